"""visits

Revision ID: 0019
Revises: 0018
Create Date: 2026-11-28
"""

import sqlalchemy as sa
from alembic import op


revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('visit_draw',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('drawn_by_id', sa.Uuid(), nullable=False),
    sa.Column('seed', sa.String(length=32), nullable=False),
    sa.Column('pool', sa.JSON(), nullable=False, comment='names of the units drawn from'),
    sa.Column('drawn', sa.JSON(), nullable=False, comment='names of those drawn, in the order of their lots'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_visit_draw_campaign_id')),
    sa.ForeignKeyConstraint(['drawn_by_id'], ['user_account.id'], name=op.f('fk_visit_draw_drawn_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit_draw'))
    )
    with op.batch_alter_table('visit_draw', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_visit_draw_campaign_id'), ['campaign_id'], unique=False)

    op.create_table('visit',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('unit_id', sa.Uuid(), nullable=False, comment='that is visited'),
    sa.Column('item_id', sa.Uuid(), nullable=False, comment="the place, no catalogue's"),
    sa.Column('inspector_id', sa.Uuid(), nullable=False),
    sa.Column('ordered_by_id', sa.Uuid(), nullable=False),
    sa.Column('draw_id', sa.Uuid(), nullable=True),
    sa.Column('mode', sa.String(length=32), nullable=False),
    sa.Column('frequency', sa.String(length=32), nullable=False),
    sa.Column('focus', sa.String(length=32), nullable=False),
    sa.Column('brief', sa.Text(), nullable=False, comment='what to look at'),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('to_on', sa.Date(), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('walk_id', sa.Uuid(), nullable=True),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('score', sa.JSON(), nullable=False),
    sa.Column('findings', sa.Integer(), nullable=False, comment='that went to the ledger'),
    sa.Column('feedback', sa.Text(), nullable=False, comment='what the unit is told beside the facts'),
    sa.Column('void_reason', sa.Text(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('handed_in_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('fed_back_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('fed_back_by_id', sa.Uuid(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_visit_campaign_id')),
    sa.ForeignKeyConstraint(['draw_id'], ['visit_draw.id'], name=op.f('fk_visit_draw_id')),
    sa.ForeignKeyConstraint(['fed_back_by_id'], ['user_account.id'], name=op.f('fk_visit_fed_back_by_id')),
    sa.ForeignKeyConstraint(['inspector_id'], ['user_account.id'], name=op.f('fk_visit_inspector_id')),
    sa.ForeignKeyConstraint(['item_id'], ['service_item.id'], name=op.f('fk_visit_item_id')),
    sa.ForeignKeyConstraint(['ordered_by_id'], ['user_account.id'], name=op.f('fk_visit_ordered_by_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_visit_unit_id')),
    sa.ForeignKeyConstraint(['walk_id'], ['walkthrough.id'], name=op.f('fk_visit_walk_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit')),
    sa.UniqueConstraint('walk_id', name=op.f('uq_visit_walk_id'))
    )
    with op.batch_alter_table('visit', schema=None) as batch_op:
        batch_op.create_index('ix_visit_list', ['campaign_id', 'to_on', 'id'], unique=False)
        batch_op.create_index('ix_visit_mine', ['inspector_id', 'state', 'to_on'], unique=False)
        batch_op.create_index('ix_visit_unit', ['unit_id', 'state'], unique=False)

    with op.batch_alter_table('service_item', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_service_item_unit_id_task_name'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_service_item_unit_id_task_name_is_place'), ['unit_id', 'task_name', 'is_place'])


def downgrade() -> None:
    with op.batch_alter_table('service_item', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_service_item_unit_id_task_name_is_place'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_service_item_unit_id_task_name'), ['unit_id', 'task_name'])

    with op.batch_alter_table('visit', schema=None) as batch_op:
        batch_op.drop_index('ix_visit_unit')
        batch_op.drop_index('ix_visit_mine')
        batch_op.drop_index('ix_visit_list')

    op.drop_table('visit')
    with op.batch_alter_table('visit_draw', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_visit_draw_campaign_id'))

    op.drop_table('visit_draw')