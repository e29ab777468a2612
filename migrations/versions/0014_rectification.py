"""rectification

Revision ID: 0014
Revises: 0013
Create Date: 2026-11-28
"""

import sqlalchemy as sa
from alembic import op


revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def carry_on_numbers() -> None:
    """Go on behind the numbers that problems have been given so far."""
    last: dict[str, int] = {}
    for (code,) in op.get_bind().execute(sa.text("SELECT code FROM problem_number")):
        beginning, _, count = code.rpartition("-")
        last[beginning] = max(last.get(beginning, 0), int(count))
    if last:
        table = sa.table("number_series", sa.column("name", sa.String), sa.column("last", sa.Integer))
        op.bulk_insert(table, [{"name": name, "last": count} for name, count in last.items()])


def upgrade() -> None:
    op.create_table('number_series',
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_number_series'))
    )
    carry_on_numbers()
    op.create_table('rectification_setting',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('changes', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_rectification_setting_campaign_id')),
    sa.PrimaryKeyConstraint('campaign_id', name=op.f('pk_rectification_setting'))
    )
    op.create_table('finding',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('unit_id', sa.Uuid(), nullable=False, comment='where it was found'),
    sa.Column('resp_id', sa.Uuid(), nullable=False, comment='责任单位'),
    sa.Column('lane', sa.String(length=32), nullable=True, comment='of the responsible unit: who supervises'),
    sa.Column('source', sa.String(length=32), nullable=False),
    sa.Column('walk_id', sa.Uuid(), nullable=True),
    sa.Column('key', sa.Uuid(), nullable=True, comment='of the finding inside its walk'),
    sa.Column('item_id', sa.Uuid(), nullable=True),
    sa.Column('task_name', sa.String(), nullable=False, comment="of the item; '' for what concerns none"),
    sa.Column('step', sa.String(length=32), nullable=True),
    sa.Column('mode', sa.String(length=16), nullable=False, comment='亲身办 …, as the papers write it'),
    sa.Column('code', sa.String(length=200), nullable=False, comment='WT-2026-市直-公安局-0007'),
    sa.Column('category', sa.String(length=16), nullable=False),
    sa.Column('letter', sa.String(length=1), sa.Computed('substr(category, 1, 1)', persisted=True), nullable=False),
    sa.Column('severity', sa.String(length=16), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('fact', sa.Text(), nullable=False),
    sa.Column('clause', sa.Text(), nullable=False, comment='依据（原文）'),
    sa.Column('root_cause', sa.String(length=16), nullable=False),
    sa.Column('tags', sa.JSON(), nullable=False),
    sa.Column('found_on', sa.Date(), nullable=False),
    sa.Column('rectify_type', sa.String(length=16), nullable=False),
    sa.Column('measure', sa.Text(), nullable=False),
    sa.Column('steps', sa.Text(), nullable=False),
    sa.Column('resp_leader', sa.String(), nullable=False, comment='责任领导, by post'),
    sa.Column('resp_person', sa.String(), nullable=False, comment='责任人, by post'),
    sa.Column('escalate_to', sa.String(), nullable=False, comment='提请协调: which body'),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('state_since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('is_standing', sa.Boolean(), nullable=False, comment="false while its report is the unit's own again"),
    sa.Column('assigned_at', sa.DateTime(timezone=True), nullable=True, comment='交办: the clock of 督办 starts here'),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=True, comment='签收'),
    sa.Column('signed_by_id', sa.Uuid(), nullable=True),
    sa.Column('result', sa.Text(), nullable=False, comment='what came of it, as the unit reports'),
    sa.Column('rectified_on', sa.Date(), nullable=True),
    sa.Column('rectified_by_id', sa.Uuid(), nullable=True),
    sa.Column('must_recheck', sa.Boolean(), nullable=False, comment='serious, relapsed or drawn: no closing on paper'),
    sa.Column('checked_on', sa.Date(), nullable=True, comment='of the last 回头看'),
    sa.Column('check_result', sa.Text(), nullable=False),
    sa.Column('next_look_on', sa.Date(), nullable=True, comment='长期坚持: the yearly look-back'),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_by_id', sa.Uuid(), nullable=True),
    sa.Column('relapse_count', sa.Integer(), nullable=False),
    sa.Column('duplicate_of_id', sa.Uuid(), nullable=True),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_finding_campaign_id')),
    sa.ForeignKeyConstraint(['closed_by_id'], ['user_account.id'], name=op.f('fk_finding_closed_by_id')),
    sa.ForeignKeyConstraint(['duplicate_of_id'], ['finding.id'], name=op.f('fk_finding_duplicate_of_id')),
    sa.ForeignKeyConstraint(['item_id'], ['service_item.id'], name=op.f('fk_finding_item_id')),
    sa.ForeignKeyConstraint(['rectified_by_id'], ['user_account.id'], name=op.f('fk_finding_rectified_by_id')),
    sa.ForeignKeyConstraint(['resp_id'], ['unit.id'], name=op.f('fk_finding_resp_id')),
    sa.ForeignKeyConstraint(['signed_by_id'], ['user_account.id'], name=op.f('fk_finding_signed_by_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_finding_unit_id')),
    sa.ForeignKeyConstraint(['walk_id'], ['walkthrough.id'], name=op.f('fk_finding_walk_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_finding')),
    sa.UniqueConstraint('code', name=op.f('uq_finding_code')),
    sa.UniqueConstraint('walk_id', 'key', name=op.f('uq_finding_walk_id_key'))
    )
    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.create_index('ix_finding_due', ['state', 'due_on'], unique=False)
        batch_op.create_index('ix_finding_ledger', ['campaign_id', 'state', 'due_on', 'id'], unique=False)
        batch_op.create_index('ix_finding_same', ['item_id', 'category', 'state'], unique=False)
        batch_op.create_index('ix_finding_unit', ['resp_id', 'state', 'due_on', 'id'], unique=False)

    op.create_table('finding_entry',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('finding_id', sa.Uuid(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('verb', sa.String(length=32), nullable=False),
    sa.Column('from_state', sa.String(length=32), nullable=True),
    sa.Column('to_state', sa.String(length=32), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=True, comment='none: by rule'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_finding_entry_by_id')),
    sa.ForeignKeyConstraint(['finding_id'], ['finding.id'], name=op.f('fk_finding_entry_finding_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_finding_entry')),
    sa.UniqueConstraint('finding_id', 'seq', name=op.f('uq_finding_entry_finding_id_seq'))
    )
    op.create_table('finding_extension',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('finding_id', sa.Uuid(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('progress', sa.Text(), nullable=False),
    sa.Column('old_due_on', sa.Date(), nullable=False),
    sa.Column('new_due_on', sa.Date(), nullable=False),
    sa.Column('asked_by_id', sa.Uuid(), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Uuid(), nullable=True),
    sa.Column('is_granted', sa.Boolean(), nullable=True, comment='none: not decided'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['asked_by_id'], ['user_account.id'], name=op.f('fk_finding_extension_asked_by_id')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user_account.id'], name=op.f('fk_finding_extension_decided_by_id')),
    sa.ForeignKeyConstraint(['finding_id'], ['finding.id'], name=op.f('fk_finding_extension_finding_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_finding_extension'))
    )
    with op.batch_alter_table('finding_extension', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_finding_extension_finding_id'), ['finding_id'], unique=False)

    op.create_table('finding_photo',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('finding_id', sa.Uuid(), nullable=False),
    sa.Column('role', sa.String(length=32), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('caption', sa.String(), nullable=False),
    sa.Column('added_by_id', sa.Uuid(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['added_by_id'], ['user_account.id'], name=op.f('fk_finding_photo_added_by_id')),
    sa.ForeignKeyConstraint(['finding_id'], ['finding.id'], name=op.f('fk_finding_photo_finding_id')),
    sa.ForeignKeyConstraint(['sha256'], ['media_file.sha256'], name=op.f('fk_finding_photo_sha256')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_finding_photo')),
    sa.UniqueConstraint('finding_id', 'role', 'sha256', name=op.f('uq_finding_photo_finding_id_role_sha256'))
    )
    with op.batch_alter_table('finding_photo', schema=None) as batch_op:
        batch_op.create_index('ix_finding_photo_sha256', ['sha256'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('finding_photo', schema=None) as batch_op:
        batch_op.drop_index('ix_finding_photo_sha256')

    op.drop_table('finding_photo')
    with op.batch_alter_table('finding_extension', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_finding_extension_finding_id'))

    op.drop_table('finding_extension')
    op.drop_table('finding_entry')
    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.drop_index('ix_finding_unit')
        batch_op.drop_index('ix_finding_same')
        batch_op.drop_index('ix_finding_ledger')
        batch_op.drop_index('ix_finding_due')

    op.drop_table('finding')
    op.drop_table('rectification_setting')
    op.drop_table('number_series')
