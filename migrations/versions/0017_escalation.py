"""escalation

Revision ID: 0017
Revises: 0016
Create Date: 2026-11-28
"""

import sqlalchemy as sa
from alembic import op


revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('closing_report',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('data', sa.JSON(), nullable=False, comment='walkthrough-closing/1, as in the PDF'),
    sa.Column('made_by_id', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('pdf_sha256', sa.String(length=64), nullable=True, comment='none until the papers are made'),
    sa.Column('pages', sa.Integer(), nullable=True),
    sa.Column('docx_sha256', sa.String(length=64), nullable=True),
    sa.Column('xlsx_sha256', sa.String(length=64), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_closing_report_campaign_id')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_closing_report_made_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_closing_report')),
    sa.UniqueConstraint('campaign_id', 'number', name=op.f('uq_closing_report_campaign_id_number'))
    )
    op.create_table('escalation_setting',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('changes', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_escalation_setting_campaign_id')),
    sa.PrimaryKeyConstraint('campaign_id', name=op.f('pk_escalation_setting'))
    )
    op.create_table('escalation_step',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('finding_id', sa.Uuid(), nullable=False),
    sa.Column('rule', sa.String(length=32), nullable=False),
    sa.Column('act', sa.String(length=16), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False, comment='the day it counts from: due, extension refused, or come back'),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_by_id', sa.Uuid(), nullable=True),
    sa.Column('settled_how', sa.Text(), nullable=False, comment='e.g. the number of the notice'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['finding_id'], ['finding.id'], name=op.f('fk_escalation_step_finding_id')),
    sa.ForeignKeyConstraint(['settled_by_id'], ['user_account.id'], name=op.f('fk_escalation_step_settled_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_escalation_step')),
    sa.UniqueConstraint('finding_id', 'rule', 'from_on', name=op.f('uq_escalation_step_finding_id_rule_from_on'))
    )
    with op.batch_alter_table('escalation_step', schema=None) as batch_op:
        batch_op.create_index('ix_escalation_step_done_at', ['done_at'], unique=False)
        batch_op.create_index('ix_escalation_step_waiting', ['act', 'settled_at', 'finding_id'], unique=False)

    op.create_table('escalation_stop',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('finding_id', sa.Uuid(), nullable=False),
    sa.Column('rule', sa.String(length=32), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.Column('resumed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('resumed_by_id', sa.Uuid(), nullable=True),
    sa.Column('resumed_why', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_escalation_stop_by_id')),
    sa.ForeignKeyConstraint(['finding_id'], ['finding.id'], name=op.f('fk_escalation_stop_finding_id')),
    sa.ForeignKeyConstraint(['resumed_by_id'], ['user_account.id'], name=op.f('fk_escalation_stop_resumed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_escalation_stop'))
    )
    with op.batch_alter_table('escalation_stop', schema=None) as batch_op:
        batch_op.create_index('ix_escalation_stop_finding_id', ['finding_id', 'resumed_at'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('escalation_stop', schema=None) as batch_op:
        batch_op.drop_index('ix_escalation_stop_finding_id')

    op.drop_table('escalation_stop')
    with op.batch_alter_table('escalation_step', schema=None) as batch_op:
        batch_op.drop_index('ix_escalation_step_waiting')
        batch_op.drop_index('ix_escalation_step_done_at')

    op.drop_table('escalation_step')
    op.drop_table('escalation_setting')
    op.drop_table('closing_report')
