"""exports

Revision ID: 0012
Revises: 0011
Create Date: 2026-11-28
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR


revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('export',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('listing', sa.String(length=64), nullable=False, comment='the key of the list'),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('file_kind', sa.String(length=32), nullable=False),
    sa.Column('filters', sa.JSON(), nullable=False, comment='as they stand in the address'),
    sa.Column('sha256', sa.String(length=64), nullable=True, comment='none while it is being made, and once forgotten'),
    sa.Column('size', sa.Integer(), nullable=True, comment='bytes'),
    sa.Column('rows', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_export_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_export'))
    )
    with op.batch_alter_table('export', schema=None) as batch_op:
        batch_op.create_index('ix_export_sha256', ['sha256'], unique=False)
        batch_op.create_index('ix_export_user', ['user_id', 'created_at'], unique=False)

    op.create_table('search_entry',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('ref_id', sa.Uuid(), nullable=False, comment='the problem, item or unit'),
    sa.Column('walk_id', sa.Uuid(), nullable=True, comment='of a problem'),
    sa.Column('item_id', sa.Uuid(), nullable=True),
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('campaign_id', sa.Uuid(), nullable=True, comment='of a problem'),
    sa.Column('category', sa.String(length=16), nullable=False, comment='of a problem'),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('context', sa.Text(), nullable=False, comment="of a problem: the item's name"),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tokens', sa.Text().with_variant(TSVECTOR(), 'postgresql'), nullable=True, comment='in PostgreSQL only'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_entry'))
    )
    with op.batch_alter_table('search_entry', schema=None) as batch_op:
        batch_op.create_index('ix_search_entry_ref', ['ref_id'], unique=False)
        batch_op.create_index('ix_search_entry_unit', ['unit_id'], unique=False)
        batch_op.create_index('ix_search_entry_walk', ['walk_id'], unique=False)

    if op.get_bind().dialect.name == 'sqlite':
        op.execute("CREATE VIRTUAL TABLE search_fts USING fts5"
                   "(tokens, content='', contentless_delete=1, detail=none, tokenize='ascii')")
    else:
        op.execute("CREATE INDEX ix_search_entry_tokens ON search_entry USING gin (tokens)")

    with op.batch_alter_table('walk_figure', schema=None) as batch_op:
        batch_op.create_index('ix_walk_figure_spread', ['is_counted', 'item_id', 'campaign_id', 'unit_id', 'is_simulated', 'is_by_head', 'walk_id', 'total_seconds'], unique=False)
    with op.batch_alter_table('report_walk', schema=None) as batch_op:
        batch_op.create_index('ix_report_walk_walk_id', ['walk_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('report_walk', schema=None) as batch_op:
        batch_op.drop_index('ix_report_walk_walk_id')

    with op.batch_alter_table('walk_figure', schema=None) as batch_op:
        batch_op.drop_index('ix_walk_figure_spread')

    if op.get_bind().dialect.name == 'sqlite':
        op.execute("DROP TABLE search_fts")
    with op.batch_alter_table('search_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_search_entry_walk')
        batch_op.drop_index('ix_search_entry_unit')
        batch_op.drop_index('ix_search_entry_ref')

    op.drop_table('search_entry')
    with op.batch_alter_table('export', schema=None) as batch_op:
        batch_op.drop_index('ix_export_user')
        batch_op.drop_index('ix_export_sha256')

    op.drop_table('export')
