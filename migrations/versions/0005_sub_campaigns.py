"""sub-campaigns

Revision ID: 0005
Revises: 0004
Create Date: 2026-11-28
"""

import sqlalchemy as sa
from alembic import op


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('campaign', schema=None) as batch_op:
        batch_op.add_column(sa.Column('parent_id', sa.Uuid(), nullable=True, comment="the city's campaign whose figures this one's roll up into"))
        batch_op.add_column(sa.Column('county_id', sa.Uuid(), nullable=True, comment="the county that runs it for its own units (S002-12); none: the city's"))
        batch_op.add_column(sa.Column('grace_days', sa.Integer(), nullable=False, server_default='0', comment='working days after report_due that are not yet late'))
        batch_op.create_index(batch_op.f('ix_campaign_parent_id'), ['parent_id'], unique=False)
        batch_op.create_unique_constraint(batch_op.f('uq_campaign_parent_id_county_id'), ['parent_id', 'county_id'])
        batch_op.create_foreign_key(batch_op.f('fk_campaign_parent_id'), 'campaign', ['parent_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_campaign_county_id'), 'unit', ['county_id'], ['id'])


def downgrade() -> None:
    with op.batch_alter_table('campaign', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_campaign_county_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_campaign_parent_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_campaign_parent_id_county_id'), type_='unique')
        batch_op.drop_index(batch_op.f('ix_campaign_parent_id'))
        batch_op.drop_column('grace_days')
        batch_op.drop_column('county_id')
        batch_op.drop_column('parent_id')
