"""recordings and tokens

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-22
"""

import sqlalchemy as sa
from alembic import op


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('media_file', schema=None) as batch_op:
        batch_op.add_column(sa.Column('seconds', sa.Double(), nullable=True, comment='how long a recording lasts'))
        batch_op.alter_column('preview_sha256',
               existing_type=sa.String(length=64),
               existing_nullable=False,
               comment="a small JPEG; '' for a voice note")
        batch_op.alter_column('width',
               existing_type=sa.INTEGER(),
               nullable=True)
        batch_op.alter_column('height',
               existing_type=sa.INTEGER(),
               nullable=True)

    with op.batch_alter_table('user_account', schema=None) as batch_op:
        batch_op.add_column(sa.Column('tokens_from', sa.DateTime(timezone=True), nullable=True, comment='what phones may send with was issued after this'))


def downgrade() -> None:
    with op.batch_alter_table('user_account', schema=None) as batch_op:
        batch_op.drop_column('tokens_from')

    op.execute('UPDATE media_file SET width = 0, height = 0 WHERE width IS NULL')  # voice notes have no size
    with op.batch_alter_table('media_file', schema=None) as batch_op:
        batch_op.alter_column('height',
               existing_type=sa.INTEGER(),
               nullable=False)
        batch_op.alter_column('width',
               existing_type=sa.INTEGER(),
               nullable=False)
        batch_op.alter_column('preview_sha256',
               existing_type=sa.String(length=64),
               existing_nullable=False,
               comment=None)
        batch_op.drop_column('seconds')
