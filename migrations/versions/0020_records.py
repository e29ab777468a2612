"""records

Revision ID: 0020
Revises: 0019
Create Date: 2026-11-28
"""

import sqlalchemy as sa
from alembic import op


revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('record',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('unit_id', sa.Uuid(), nullable=False, comment='whose record it is'),
    sa.Column('questionnaire_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('slot', sa.String(length=36), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('title', sa.Text(), nullable=False, comment='for lists: the first text answer, cut'),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('notes', sa.JSON(), nullable=False),
    sa.Column('follow_up', sa.JSON(), nullable=False),
    sa.Column('dismissed', sa.JSON(), nullable=False, comment='questions whose suggested problem is none'),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('made_by_id', sa.Uuid(), nullable=False),
    sa.Column('settled_by_id', sa.Uuid(), nullable=True),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_record_campaign_id')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_record_made_by_id')),
    sa.ForeignKeyConstraint(['questionnaire_id'], ['questionnaire.id'], name=op.f('fk_record_questionnaire_id')),
    sa.ForeignKeyConstraint(['settled_by_id'], ['user_account.id'], name=op.f('fk_record_settled_by_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_record_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_record')),
    sa.UniqueConstraint('campaign_id', 'unit_id', 'kind', 'slot', name=op.f('uq_record_campaign_id_unit_id_kind_slot'))
    )
    with op.batch_alter_table('record', schema=None) as batch_op:
        batch_op.create_index('ix_record_due', ['state', 'due_on'], unique=False)
        batch_op.create_index('ix_record_list', ['campaign_id', 'kind', 'created_at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_record_unit_id'), ['unit_id'], unique=False)

    op.create_table('record_entry',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('record_id', sa.Uuid(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('verb', sa.String(length=32), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False, comment='answers, notes and follow_up until then'),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_record_entry_by_id')),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_record_entry_record_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_record_entry')),
    sa.UniqueConstraint('record_id', 'seq', name=op.f('uq_record_entry_record_id_seq'))
    )
    op.create_table('record_photo',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('record_id', sa.Uuid(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('shown_sha256', sa.String(length=64), nullable=True),
    sa.Column('boxes', sa.JSON(), nullable=False, comment='[x, y, w, h] as fractions of the picture'),
    sa.Column('added_by_id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['added_by_id'], ['user_account.id'], name=op.f('fk_record_photo_added_by_id')),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_record_photo_record_id')),
    sa.ForeignKeyConstraint(['sha256'], ['media_file.sha256'], name=op.f('fk_record_photo_sha256')),
    sa.ForeignKeyConstraint(['shown_sha256'], ['media_file.sha256'], name=op.f('fk_record_photo_shown_sha256')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_record_photo'))
    )
    with op.batch_alter_table('record_photo', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_record_photo_record_id'), ['record_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('record_photo', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_record_photo_record_id'))

    op.drop_table('record_photo')
    op.drop_table('record_entry')
    with op.batch_alter_table('record', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_record_unit_id'))
        batch_op.drop_index('ix_record_list')
        batch_op.drop_index('ix_record_due')

    op.drop_table('record')
