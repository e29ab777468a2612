"""papers made later

Revision ID: 0003
Revises: 0002
Create Date: 2026-11-28
"""

import sqlalchemy as sa
from alembic import op


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('report_version', schema=None) as batch_op:
        batch_op.add_column(sa.Column('code', sa.String(length=16), nullable=True, comment='printed on the paper, leads to its proof'))
        batch_op.add_column(sa.Column('docx_sha256', sa.String(length=64), nullable=True))
        batch_op.alter_column('pdf_sha256', existing_type=sa.String(length=64), nullable=True, comment='none until the paper is laid out')
        batch_op.alter_column('pdf_size', existing_type=sa.Integer(), nullable=True, existing_comment='bytes')
        batch_op.alter_column('pages', existing_type=sa.Integer(), nullable=True)
        batch_op.create_unique_constraint(op.f('uq_report_version_code'), ['code'])


def downgrade() -> None:
    op.execute("UPDATE report_version SET pdf_sha256 = '', pdf_size = 0, pages = 0 WHERE pdf_sha256 IS NULL")
    with op.batch_alter_table('report_version', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('uq_report_version_code'), type_='unique')
        batch_op.alter_column('pages', existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column('pdf_size', existing_type=sa.Integer(), nullable=False, existing_comment='bytes')
        batch_op.alter_column('pdf_sha256', existing_type=sa.String(length=64), nullable=False, comment=None)
        batch_op.drop_column('docx_sha256')
        batch_op.drop_column('code')
