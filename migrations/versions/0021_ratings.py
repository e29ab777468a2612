"""ratings

Revision ID: 0021
Revises: 0020
Create Date: 2026-11-28
"""

import sqlalchemy as sa
from alembic import op


revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('rating_day_secret',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('secret', sa.LargeBinary(length=32), nullable=False),
    sa.PrimaryKeyConstraint('day', name=op.f('pk_rating_day_secret'))
    )
    op.create_table('rating_source_count',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('mark', sa.String(length=64), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('day', 'mark', name=op.f('pk_rating_source_count'))
    )
    op.create_table('rating_point',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('form_key', sa.String(length=32), nullable=False, comment='id of the public form in the questionnaire'),
    sa.Column('name', sa.String(), nullable=False, comment='as the card says it: 3号窗口'),
    sa.Column('code', sa.String(length=16), nullable=False),
    sa.Column('made_by_id', sa.Uuid(), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_rating_point_campaign_id')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_rating_point_made_by_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_rating_point_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rating_point')),
    sa.UniqueConstraint('campaign_id', 'unit_id', 'form_key', 'name', name=op.f('uq_rating_point_campaign_id_unit_id_form_key_name')),
    sa.UniqueConstraint('code', name=op.f('uq_rating_point_code'))
    )
    with op.batch_alter_table('rating_point', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rating_point_unit_id'), ['unit_id'], unique=False)

    op.create_table('rating_setting',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('changes', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_rating_setting_campaign_id')),
    sa.PrimaryKeyConstraint('campaign_id', name=op.f('pk_rating_setting'))
    )
    op.create_table('rating',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('point_id', sa.Uuid(), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False, comment='question id to option id or ids; no text'),
    sa.Column('comment', sa.Text(), nullable=False, comment='numbers of people masked before it came here'),
    sa.Column('is_aside', sa.Boolean(), nullable=False, comment='too many of one source on one day: not counted'),
    sa.Column('is_purged', sa.Boolean(), nullable=False, comment='there was a comment, its text is gone'),
    sa.ForeignKeyConstraint(['point_id'], ['rating_point.id'], name=op.f('fk_rating_point_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rating'))
    )
    with op.batch_alter_table('rating', schema=None) as batch_op:
        batch_op.create_index('ix_rating_point_day', ['point_id', 'given_on'], unique=False)

    op.create_table('rating_count',
    sa.Column('point_id', sa.Uuid(), nullable=False),
    sa.Column('month', sa.String(length=7), nullable=False, comment='2026-11'),
    sa.Column('question', sa.String(length=16), nullable=False),
    sa.Column('answer', sa.String(length=32), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['point_id'], ['rating_point.id'], name=op.f('fk_rating_count_point_id')),
    sa.PrimaryKeyConstraint('point_id', 'month', 'question', 'answer', name=op.f('pk_rating_count'))
    )
    op.create_table('rating_case',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rating_id', sa.Uuid(), nullable=False),
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('is_bad', sa.Boolean(), nullable=False),
    sa.Column('is_aside', sa.Boolean(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('passed_on', sa.Text(), nullable=False, comment='what the unit is shown'),
    sa.Column('asked_on', sa.Date(), nullable=True),
    sa.Column('outcome', sa.String(length=16), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False, comment='why not taken up, sent back, or how it was closed'),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('finding_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_rating_case_campaign_id')),
    sa.ForeignKeyConstraint(['finding_id'], ['finding.id'], name=op.f('fk_rating_case_finding_id')),
    sa.ForeignKeyConstraint(['rating_id'], ['rating.id'], name=op.f('fk_rating_case_rating_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_rating_case_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rating_case')),
    sa.UniqueConstraint('rating_id', name=op.f('uq_rating_case_rating_id'))
    )
    with op.batch_alter_table('rating_case', schema=None) as batch_op:
        batch_op.create_index('ix_rating_case_desk', ['campaign_id', 'state', 'due_on'], unique=False)
        batch_op.create_index('ix_rating_case_unit', ['unit_id', 'state', 'due_on'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('rating_case', schema=None) as batch_op:
        batch_op.drop_index('ix_rating_case_unit')
        batch_op.drop_index('ix_rating_case_desk')

    op.drop_table('rating_case')
    op.drop_table('rating_count')
    with op.batch_alter_table('rating', schema=None) as batch_op:
        batch_op.drop_index('ix_rating_point_day')

    op.drop_table('rating')
    op.drop_table('rating_setting')
    with op.batch_alter_table('rating_point', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_rating_point_unit_id'))

    op.drop_table('rating_point')
    op.drop_table('rating_source_count')
    op.drop_table('rating_day_secret')
