"""assessment

Revision ID: 0023
Revises: 0022
Create Date: 2026-11-28
"""

import sqlalchemy as sa
from alembic import op


revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None

STANDING = 'replaced_at IS NULL'


def upgrade() -> None:
    op.create_table('assessment_result',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('data', sa.JSON(), nullable=False, comment='walkthrough-assessment/1'),
    sa.Column('made_by_id', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_assessment_result_campaign_id')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_assessment_result_made_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assessment_result')),
    sa.UniqueConstraint('campaign_id', 'number', name=op.f('uq_assessment_result_campaign_id_number'))
    )
    op.create_table('given_points',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('item', sa.String(length=32), nullable=False, comment='id in the rubric of the questionnaire'),
    sa.Column('points', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.Column('replaced_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_given_points_by_id')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_given_points_campaign_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_given_points_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_given_points'))
    )
    with op.batch_alter_table('given_points', schema=None) as batch_op:
        batch_op.create_index('uq_given_points_standing', ['campaign_id', 'unit_id', 'item'], unique=True, sqlite_where=sa.text(STANDING), postgresql_where=sa.text(STANDING))


def downgrade() -> None:
    with op.batch_alter_table('given_points', schema=None) as batch_op:
        batch_op.drop_index('uq_given_points_standing')

    op.drop_table('given_points')
    op.drop_table('assessment_result')
