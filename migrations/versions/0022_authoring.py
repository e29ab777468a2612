"""authoring

Revision ID: 0022
Revises: 0021
Create Date: 2026-11-28
"""

import sqlalchemy as sa
from alembic import op


revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('questionnaire_draft',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('based_on_id', sa.Uuid(), nullable=True, comment='the published version it goes on from; none: a programme of its own'),
    sa.Column('document', sa.JSON(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False, comment='raised by every save; a form names the one it shows'),
    sa.Column('edited_by_id', sa.Uuid(), nullable=False),
    sa.Column('edited_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('left_out', sa.JSON(), nullable=False, comment='what a foreign form had that could not be carried'),
    sa.Column('published_id', sa.Uuid(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['based_on_id'], ['questionnaire.id'], name=op.f('fk_questionnaire_draft_based_on_id')),
    sa.ForeignKeyConstraint(['edited_by_id'], ['user_account.id'], name=op.f('fk_questionnaire_draft_edited_by_id')),
    sa.ForeignKeyConstraint(['published_id'], ['questionnaire.id'], name=op.f('fk_questionnaire_draft_published_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_questionnaire_draft'))
    )
    with op.batch_alter_table('questionnaire_draft', schema=None) as batch_op:
        batch_op.create_index('uq_questionnaire_draft_open', ['key'], unique=True, sqlite_where=sa.text('published_id IS NULL'), postgresql_where=sa.text('published_id IS NULL'))

    op.create_table('questionnaire_draft_save',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('draft_id', sa.Uuid(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('what', sa.String(), nullable=False),
    sa.Column('document', sa.JSON(), nullable=False),
    sa.Column('saved_by_id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['questionnaire_draft.id'], name=op.f('fk_questionnaire_draft_save_draft_id')),
    sa.ForeignKeyConstraint(['saved_by_id'], ['user_account.id'], name=op.f('fk_questionnaire_draft_save_saved_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_questionnaire_draft_save')),
    sa.UniqueConstraint('draft_id', 'revision', name=op.f('uq_questionnaire_draft_save_draft_id_revision'))
    )
    with op.batch_alter_table('questionnaire_draft_save', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_questionnaire_draft_save_draft_id'), ['draft_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('questionnaire_draft_save', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_questionnaire_draft_save_draft_id'))

    op.drop_table('questionnaire_draft_save')
    with op.batch_alter_table('questionnaire_draft', schema=None) as batch_op:
        batch_op.drop_index('uq_questionnaire_draft_open', sqlite_where=sa.text('published_id IS NULL'), postgresql_where=sa.text('published_id IS NULL'))

    op.drop_table('questionnaire_draft')
