"""figures

Revision ID: 0010
Revises: 0009
Create Date: 2026-11-28
"""

import sqlalchemy as sa
from alembic import op


revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('unit_figure',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('lane', sa.String(length=32), nullable=True),
    sa.Column('walks', sa.Integer(), nullable=False),
    sa.Column('counted', sa.Integer(), nullable=False),
    sa.Column('finished', sa.Integer(), nullable=False),
    sa.Column('awaiting', sa.Integer(), nullable=False),
    sa.Column('items_walked', sa.Integer(), nullable=False, comment='items with a counted walk, each once'),
    sa.Column('by_head', sa.Integer(), nullable=False),
    sa.Column('in_person', sa.Integer(), nullable=False),
    sa.Column('on_behalf', sa.Integer(), nullable=False),
    sa.Column('accompanied', sa.Integer(), nullable=False),
    sa.Column('simulated', sa.Integer(), nullable=False),
    sa.Column('full', sa.Integer(), nullable=False),
    sa.Column('wait_seconds', sa.Integer(), nullable=False),
    sa.Column('waits', sa.Integer(), nullable=False, comment='counted walks in which a number was taken'),
    sa.Column('trips', sa.Integer(), nullable=False),
    sa.Column('photos', sa.Integer(), nullable=False),
    sa.Column('clips', sa.Integer(), nullable=False),
    sa.Column('findings', sa.Integer(), nullable=False),
    sa.Column('immediate', sa.Integer(), nullable=False),
    sa.Column('deadline', sa.Integer(), nullable=False),
    sa.Column('ongoing', sa.Integer(), nullable=False),
    sa.Column('escalate', sa.Integer(), nullable=False),
    sa.Column('seconds', sa.JSON(), nullable=False),
    sa.Column('categories', sa.JSON(), nullable=False),
    sa.Column('reported', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_unit_figure_campaign_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_unit_figure_unit_id')),
    sa.PrimaryKeyConstraint('campaign_id', 'unit_id', name=op.f('pk_unit_figure'))
    )
    op.create_table('finding_figure',
    sa.Column('walk_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False, comment='made on the phone'),
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('task_name', sa.String(), nullable=False),
    sa.Column('step', sa.String(length=32), nullable=True),
    sa.Column('category', sa.String(length=16), nullable=False),
    sa.Column('letter', sa.String(length=1), sa.Computed('substr(category, 1, 1)', persisted=True), nullable=False, comment='of the category, written by the database'),
    sa.Column('severity', sa.String(length=16), nullable=False),
    sa.Column('rectify_type', sa.String(length=16), nullable=True, comment='none: no measure yet'),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('fact', sa.Text(), nullable=False),
    sa.Column('measure', sa.Text(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('found_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('photos', sa.Integer(), nullable=False),
    sa.Column('is_counted', sa.Boolean(), nullable=False, comment='its walk counts'),
    sa.Column('is_reported', sa.Boolean(), nullable=False, comment='its walk stands in a report handed in'),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_finding_figure_campaign_id')),
    sa.ForeignKeyConstraint(['item_id'], ['service_item.id'], name=op.f('fk_finding_figure_item_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_finding_figure_unit_id')),
    sa.ForeignKeyConstraint(['walk_id'], ['walkthrough.id'], name=op.f('fk_finding_figure_walk_id')),
    sa.PrimaryKeyConstraint('walk_id', 'id', name=op.f('pk_finding_figure'))
    )
    with op.batch_alter_table('finding_figure', schema=None) as batch_op:
        batch_op.create_index('ix_finding_figure_category', ['campaign_id', 'category', 'found_at', 'id'], unique=False)
        batch_op.create_index('ix_finding_figure_day', ['campaign_id', 'found_at', 'id'], unique=False)
        batch_op.create_index('ix_finding_figure_letter', ['campaign_id', 'letter', 'found_at', 'id'], unique=False)
        batch_op.create_index('ix_finding_figure_severity', ['campaign_id', 'severity', 'found_at', 'id'], unique=False)
        batch_op.create_index('ix_finding_figure_step', ['campaign_id', 'step', 'found_at', 'id'], unique=False)
        batch_op.create_index('ix_finding_figure_type', ['campaign_id', 'rectify_type', 'found_at', 'id'], unique=False)
        batch_op.create_index('ix_finding_figure_same', ['task_name', 'category'], unique=False)
        batch_op.create_index('ix_finding_figure_unit', ['campaign_id', 'unit_id', 'letter', 'rectify_type', 'is_counted', 'is_reported'], unique=False)

    op.create_table('step_figure',
    sa.Column('walk_id', sa.Uuid(), nullable=False),
    sa.Column('step', sa.String(length=32), nullable=False),
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('task_name', sa.String(), nullable=False),
    sa.Column('seconds', sa.Integer(), nullable=False),
    sa.Column('is_typed', sa.Boolean(), nullable=False, comment='entered by hand, with a reason'),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_step_figure_campaign_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_step_figure_unit_id')),
    sa.ForeignKeyConstraint(['walk_id'], ['walkthrough.id'], name=op.f('fk_step_figure_walk_id')),
    sa.PrimaryKeyConstraint('walk_id', 'step', name=op.f('pk_step_figure'))
    )
    with op.batch_alter_table('step_figure', schema=None) as batch_op:
        batch_op.create_index('ix_step_figure_same', ['task_name', 'step', 'seconds'], unique=False)
        batch_op.create_index('ix_step_figure_unit', ['campaign_id', 'unit_id', 'step', 'seconds'], unique=False)

    op.create_table('walk_figure',
    sa.Column('walk_id', sa.Uuid(), nullable=False),
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('lane', sa.String(length=32), nullable=True),
    sa.Column('task_name', sa.String(), nullable=False, comment='of the item: the same item of several units has the same'),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('mode', sa.String(length=32), nullable=False),
    sa.Column('is_simulated', sa.Boolean(), nullable=False),
    sa.Column('is_by_head', sa.Boolean(), nullable=False, comment='walked by a head in person'),
    sa.Column('is_full', sa.Boolean(), nullable=False, comment='every step done and the result in hand'),
    sa.Column('is_counted', sa.Boolean(), nullable=False, comment='walked to the end or waiting for the result: a report may tell it'),
    sa.Column('is_reported', sa.Boolean(), nullable=False, comment='stands in a report that has been handed in'),
    sa.Column('day', sa.Date(), nullable=False, comment='on which it began, in Beijing'),
    sa.Column('total_seconds', sa.Integer(), nullable=False),
    sa.Column('wait_seconds', sa.Integer(), nullable=False, comment='between number and call; 0 when no number was taken'),
    sa.Column('trips', sa.Integer(), nullable=False),
    sa.Column('windows', sa.Integer(), nullable=True),
    sa.Column('materials', sa.Integer(), nullable=True, comment='really asked for'),
    sa.Column('extra_materials', sa.Integer(), nullable=True, comment='asked for that the guide does not name'),
    sa.Column('listed_materials', sa.Integer(), nullable=True, comment='named by the guide'),
    sa.Column('promise_days', sa.Integer(), nullable=True, comment='promised working days; 0 is on the spot'),
    sa.Column('actual_days', sa.Integer(), nullable=True, comment='working days from acceptance to result'),
    sa.Column('photos', sa.Integer(), nullable=False),
    sa.Column('clips', sa.Integer(), nullable=False),
    sa.Column('findings', sa.Integer(), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_walk_figure_campaign_id')),
    sa.ForeignKeyConstraint(['item_id'], ['service_item.id'], name=op.f('fk_walk_figure_item_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_walk_figure_unit_id')),
    sa.ForeignKeyConstraint(['walk_id'], ['walkthrough.id'], name=op.f('fk_walk_figure_walk_id')),
    sa.PrimaryKeyConstraint('walk_id', name=op.f('pk_walk_figure'))
    )
    with op.batch_alter_table('walk_figure', schema=None) as batch_op:
        batch_op.create_index('ix_walk_figure_day', ['campaign_id', 'day', 'walk_id', 'state', 'is_counted', 'is_reported', 'is_by_head', 'is_full', 'mode', 'is_simulated', 'wait_seconds', 'unit_id'], unique=False)
        batch_op.create_index('ix_walk_figure_item', ['item_id', 'campaign_id', 'is_counted', 'is_by_head', 'is_reported'], unique=False)
        batch_op.create_index('ix_walk_figure_name', ['campaign_id', 'task_name', 'total_seconds', 'walk_id', 'is_counted', 'is_reported', 'lane', 'unit_id'], unique=False)
        batch_op.create_index('ix_walk_figure_same', ['task_name', 'campaign_id', 'unit_id'], unique=False)
        batch_op.create_index('ix_walk_figure_unit', ['campaign_id', 'unit_id', 'day', 'walk_id'], unique=False)

    op.create_index('ix_report_version_board', 'report_version', ['report_id', 'number', 'confirmed_at', 'submitted_at', 'is_late', 'returned_at', 'received_at'])
    op.create_index('ix_report_walk_walk', 'report_walk', ['walk_id'])
    op.create_index('ix_service_item_board', 'service_item', ['unit_id', 'is_active', 'is_important', 'is_core_function', 'is_complaint', 'id'])
    op.create_index('ix_walkthrough_stopped', 'walkthrough', ['campaign_id', 'state', 'updated_at'])


def downgrade() -> None:
    op.drop_index('ix_walkthrough_stopped', 'walkthrough')
    op.drop_index('ix_service_item_board', 'service_item')
    op.drop_index('ix_report_walk_walk', 'report_walk')
    op.drop_index('ix_report_version_board', 'report_version')
    with op.batch_alter_table('walk_figure', schema=None) as batch_op:
        batch_op.drop_index('ix_walk_figure_unit')
        batch_op.drop_index('ix_walk_figure_same')
        batch_op.drop_index('ix_walk_figure_name')
        batch_op.drop_index('ix_walk_figure_item')
        batch_op.drop_index('ix_walk_figure_day')

    op.drop_table('walk_figure')
    with op.batch_alter_table('step_figure', schema=None) as batch_op:
        batch_op.drop_index('ix_step_figure_unit')
        batch_op.drop_index('ix_step_figure_same')

    op.drop_table('step_figure')
    with op.batch_alter_table('finding_figure', schema=None) as batch_op:
        batch_op.drop_index('ix_finding_figure_unit')
        batch_op.drop_index('ix_finding_figure_type')
        batch_op.drop_index('ix_finding_figure_step')
        batch_op.drop_index('ix_finding_figure_severity')
        batch_op.drop_index('ix_finding_figure_letter')
        batch_op.drop_index('ix_finding_figure_same')
        batch_op.drop_index('ix_finding_figure_day')
        batch_op.drop_index('ix_finding_figure_category')

    op.drop_table('finding_figure')
    op.drop_table('unit_figure')
