"""programmes

Revision ID: 0018
Revises: 0017
Create Date: 2026-11-28
"""

import sqlalchemy as sa
from alembic import op


revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('campaign', schema=None) as batch_op:
        batch_op.add_column(sa.Column('purpose', sa.String(length=32), server_default='walk', nullable=False, comment='copied from the questionnaire, for lists'))
    with op.batch_alter_table('service_item', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_place', sa.Boolean(), server_default=sa.false(), nullable=False, comment='a counter or an office that is visited: in no catalogue'))
    with op.batch_alter_table('walkthrough', schema=None) as batch_op:
        batch_op.alter_column('plan_id', existing_type=sa.Uuid(), nullable=True, comment='none: a visit')


def downgrade() -> None:
    with op.batch_alter_table('walkthrough', schema=None) as batch_op:
        batch_op.alter_column('plan_id', existing_type=sa.Uuid(), nullable=False, existing_comment='none: a visit')
    with op.batch_alter_table('service_item', schema=None) as batch_op:
        batch_op.drop_column('is_place')
    with op.batch_alter_table('campaign', schema=None) as batch_op:
        batch_op.drop_column('purpose')
