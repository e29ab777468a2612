"""reception

Revision ID: 0008
Revises: 0007
Create Date: 2026-11-28
"""

import sqlalchemy as sa
from alembic import op


revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('review_thread',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('report_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False, comment='of the version'),
    sa.Column('place', sa.String(length=120), nullable=False, comment='see reception/places.py'),
    sa.Column('title', sa.String(), nullable=False, comment='the place in words, as it stood there'),
    sa.Column('resolved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('resolved_by_id', sa.Uuid(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_review_thread_report_id')),
    sa.ForeignKeyConstraint(['resolved_by_id'], ['user_account.id'], name=op.f('fk_review_thread_resolved_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review_thread'))
    )
    with op.batch_alter_table('review_thread', schema=None) as batch_op:
        batch_op.create_index('ix_review_thread_report_id_number', ['report_id', 'number'], unique=False)

    op.create_table('review_comment',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('thread_id', sa.Uuid(), nullable=False),
    sa.Column('author_id', sa.Uuid(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['user_account.id'], name=op.f('fk_review_comment_author_id')),
    sa.ForeignKeyConstraint(['thread_id'], ['review_thread.id'], name=op.f('fk_review_comment_thread_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review_comment'))
    )
    with op.batch_alter_table('review_comment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_review_comment_thread_id'), ['thread_id'], unique=False)

    with op.batch_alter_table('report_version', schema=None) as batch_op:
        batch_op.add_column(sa.Column('return_due_on', sa.Date(), nullable=True, comment='by when the lane wants the corrected report'))
        batch_op.create_index('ix_report_version_received', ['submitted_at', 'id', 'report_id', 'number', 'is_late'], unique=False, sqlite_where=sa.text('received_at IS NOT NULL'), postgresql_where=sa.text('received_at IS NOT NULL'))
        batch_op.create_index('ix_report_version_returned', ['submitted_at', 'id', 'report_id', 'number', 'is_late'], unique=False, sqlite_where=sa.text('returned_at IS NOT NULL'), postgresql_where=sa.text('returned_at IS NOT NULL'))
        batch_op.create_index('ix_report_version_waiting', ['submitted_at', 'id', 'report_id', 'number', 'is_late'], unique=False, sqlite_where=sa.text('submitted_at IS NOT NULL AND returned_at IS NULL AND received_at IS NULL'), postgresql_where=sa.text('submitted_at IS NOT NULL AND returned_at IS NULL AND received_at IS NULL'))



def downgrade() -> None:
    with op.batch_alter_table('report_version', schema=None) as batch_op:
        batch_op.drop_index('ix_report_version_waiting', sqlite_where=sa.text('submitted_at IS NOT NULL AND returned_at IS NULL AND received_at IS NULL'), postgresql_where=sa.text('submitted_at IS NOT NULL AND returned_at IS NULL AND received_at IS NULL'))
        batch_op.drop_index('ix_report_version_returned', sqlite_where=sa.text('returned_at IS NOT NULL'), postgresql_where=sa.text('returned_at IS NOT NULL'))
        batch_op.drop_index('ix_report_version_received', sqlite_where=sa.text('received_at IS NOT NULL'), postgresql_where=sa.text('received_at IS NOT NULL'))
        batch_op.drop_column('return_due_on')

    with op.batch_alter_table('review_comment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_review_comment_thread_id'))

    op.drop_table('review_comment')
    with op.batch_alter_table('review_thread', schema=None) as batch_op:
        batch_op.drop_index('ix_review_thread_report_id_number')

    op.drop_table('review_thread')
