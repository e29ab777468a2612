"""rechecks

Revision ID: 0015
Revises: 0014
Create Date: 2026-11-28
"""

import sqlalchemy as sa
from alembic import op


revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

LIVE = "state != 'void'"
LIVE_WALK = "state != 'void' AND purpose = 'walk'"
OPEN = 'decided_at IS NULL'


def _live(condition: str) -> None:
    with op.batch_alter_table('walkthrough', schema=None) as batch_op:
        batch_op.create_index('uq_walkthrough_live', ['plan_id'], unique=True, sqlite_where=sa.text(condition), postgresql_where=sa.text(condition))


def upgrade() -> None:
    op.drop_index('uq_walkthrough_live', table_name='walkthrough')
    op.add_column('walkthrough', sa.Column('purpose', sa.String(length=32), nullable=False, server_default=sa.text("'walk'")))
    _live(LIVE_WALK)
    op.add_column('media_file', sa.Column('traits', sa.Text(), nullable=True, comment='what is where in it, to know a part or a mirrored copy again; see decoder/traits.py'))
    op.create_table('recheck',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('finding_id', sa.Uuid(), nullable=False),
    sa.Column('checker_id', sa.Uuid(), nullable=False),
    sa.Column('ordered_by_id', sa.Uuid(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('method', sa.String(length=32), nullable=False),
    sa.Column('walk_id', sa.Uuid(), nullable=True),
    sa.Column('outcome', sa.String(length=32), nullable=True),
    sa.Column('text', sa.Text(), nullable=False, comment='how it was found to be'),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['checker_id'], ['user_account.id'], name=op.f('fk_recheck_checker_id')),
    sa.ForeignKeyConstraint(['finding_id'], ['finding.id'], name=op.f('fk_recheck_finding_id')),
    sa.ForeignKeyConstraint(['ordered_by_id'], ['user_account.id'], name=op.f('fk_recheck_ordered_by_id')),
    sa.ForeignKeyConstraint(['walk_id'], ['walkthrough.id'], name=op.f('fk_recheck_walk_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recheck'))
    )
    with op.batch_alter_table('recheck', schema=None) as batch_op:
        batch_op.create_index('uq_recheck_open', ['finding_id'], unique=True, sqlite_where=sa.text(OPEN), postgresql_where=sa.text(OPEN))
        batch_op.create_index('ix_recheck_mine', ['checker_id', 'decided_at', 'due_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_recheck_finding_id'), ['finding_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_recheck_walk_id'), ['walk_id'], unique=False)
    op.create_table('recheck_seed',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('seed', sa.String(length=32), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_recheck_seed_campaign_id')),
    sa.PrimaryKeyConstraint('campaign_id', name=op.f('pk_recheck_seed'))
    )
    op.create_table('recheck_draw',
    sa.Column('finding_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('percent', sa.Integer(), nullable=False, comment='the share as it was set then'),
    sa.Column('is_serious', sa.Boolean(), nullable=False, comment='serious: looked at again whatever the lot'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['finding_id'], ['finding.id'], name=op.f('fk_recheck_draw_finding_id')),
    sa.PrimaryKeyConstraint('finding_id', name=op.f('pk_recheck_draw'))
    )


def downgrade() -> None:
    op.drop_table('recheck_draw')
    op.drop_table('recheck_seed')
    op.drop_table('recheck')
    op.drop_column('media_file', 'traits')
    op.drop_index('uq_walkthrough_live', table_name='walkthrough')
    op.execute("UPDATE walkthrough SET state = 'void' WHERE purpose != 'walk'")
    op.drop_column('walkthrough', 'purpose')
    _live(LIVE)
