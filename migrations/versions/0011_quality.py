"""quality

Revision ID: 0011
Revises: 0010
Create Date: 2026-11-28
"""

import sqlalchemy as sa
from alembic import op


revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('quality_setting',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('changes', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_quality_setting_campaign_id')),
    sa.PrimaryKeyConstraint('campaign_id', name=op.f('pk_quality_setting'))
    )
    op.create_table('device_trace',
    sa.Column('walk_id', sa.Uuid(), nullable=False),
    sa.Column('device', sa.String(length=64), nullable=False),
    sa.Column('walker_id', sa.Uuid(), nullable=False),
    sa.Column('events', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['walk_id'], ['walkthrough.id'], name=op.f('fk_device_trace_walk_id')),
    sa.ForeignKeyConstraint(['walker_id'], ['user_account.id'], name=op.f('fk_device_trace_walker_id')),
    sa.PrimaryKeyConstraint('walk_id', 'device', name=op.f('pk_device_trace'))
    )
    with op.batch_alter_table('device_trace', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_device_trace_device'), ['device'], unique=False)

    op.create_table('flag',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('walk_id', sa.Uuid(), nullable=False),
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('rule', sa.String(length=32), nullable=False),
    sa.Column('level', sa.String(length=32), nullable=False),
    sa.Column('sentence', sa.Text(), nullable=False),
    sa.Column('evidence', sa.JSON(), nullable=False, comment='of this walk: ids of steps, photos, findings, events'),
    sa.Column('others', sa.JSON(), nullable=False, comment='ids of the other walks it was compared with'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_flag_campaign_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_flag_unit_id')),
    sa.ForeignKeyConstraint(['walk_id'], ['walkthrough.id'], name=op.f('fk_flag_walk_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_flag'))
    )
    with op.batch_alter_table('flag', schema=None) as batch_op:
        batch_op.create_index('ix_flag_campaign', ['campaign_id', 'unit_id', 'rule'], unique=False)
        batch_op.create_index(batch_op.f('ix_flag_walk_id'), ['walk_id'], unique=False)

    op.create_table('flag_word',
    sa.Column('flag_id', sa.Uuid(), nullable=False),
    sa.Column('walk_id', sa.Uuid(), nullable=False),
    sa.Column('explanation', sa.Text(), nullable=False),
    sa.Column('explained_by_id', sa.Uuid(), nullable=True),
    sa.Column('explained_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('remark', sa.Text(), nullable=False, comment="the office's word, not shown to the unit"),
    sa.Column('seen_by_id', sa.Uuid(), nullable=True),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['explained_by_id'], ['user_account.id'], name=op.f('fk_flag_word_explained_by_id')),
    sa.ForeignKeyConstraint(['seen_by_id'], ['user_account.id'], name=op.f('fk_flag_word_seen_by_id')),
    sa.ForeignKeyConstraint(['walk_id'], ['walkthrough.id'], name=op.f('fk_flag_word_walk_id')),
    sa.PrimaryKeyConstraint('flag_id', name=op.f('pk_flag_word'))
    )
    with op.batch_alter_table('flag_word', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_flag_word_walk_id'), ['walk_id'], unique=False)

    op.create_table('photo_trace',
    sa.Column('walk_id', sa.Uuid(), nullable=False),
    sa.Column('photo', sa.Uuid(), nullable=False),
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_photo_trace_unit_id')),
    sa.ForeignKeyConstraint(['walk_id'], ['walkthrough.id'], name=op.f('fk_photo_trace_walk_id')),
    sa.PrimaryKeyConstraint('walk_id', 'photo', name=op.f('pk_photo_trace'))
    )
    with op.batch_alter_table('photo_trace', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_photo_trace_sha256'), ['sha256'], unique=False)

    op.create_table('text_trace',
    sa.Column('walk_id', sa.Uuid(), nullable=False),
    sa.Column('place', sa.String(length=64), nullable=False, comment='fact:<finding>, feeling, note:<question>'),
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False, comment='only letters and figures'),
    sa.Column('mark_a', sa.BigInteger(), nullable=False),
    sa.Column('mark_b', sa.BigInteger(), nullable=False),
    sa.Column('mark_c', sa.BigInteger(), nullable=False),
    sa.Column('mark_d', sa.BigInteger(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_text_trace_unit_id')),
    sa.ForeignKeyConstraint(['walk_id'], ['walkthrough.id'], name=op.f('fk_text_trace_walk_id')),
    sa.PrimaryKeyConstraint('walk_id', 'place', name=op.f('pk_text_trace'))
    )
    with op.batch_alter_table('text_trace', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_text_trace_mark_a'), ['mark_a'], unique=False)
        batch_op.create_index(batch_op.f('ix_text_trace_mark_b'), ['mark_b'], unique=False)
        batch_op.create_index(batch_op.f('ix_text_trace_mark_c'), ['mark_c'], unique=False)
        batch_op.create_index(batch_op.f('ix_text_trace_mark_d'), ['mark_d'], unique=False)

    op.create_table('walk_trace',
    sa.Column('walk_id', sa.Uuid(), nullable=False),
    sa.Column('walker_id', sa.Uuid(), nullable=False),
    sa.Column('spans', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['walk_id'], ['walkthrough.id'], name=op.f('fk_walk_trace_walk_id')),
    sa.ForeignKeyConstraint(['walker_id'], ['user_account.id'], name=op.f('fk_walk_trace_walker_id')),
    sa.PrimaryKeyConstraint('walk_id', name=op.f('pk_walk_trace'))
    )
    with op.batch_alter_table('walk_trace', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_walk_trace_walker_id'), ['walker_id'], unique=False)

    with op.batch_alter_table('media_file', schema=None) as batch_op:
        batch_op.add_column(sa.Column('look', sa.String(length=64), nullable=True, comment='256 bits that near copies share; see decoder/look.py'))
        batch_op.add_column(sa.Column('look_a', sa.Integer(), nullable=True, comment='its 16-bit bands, for finding what is near'))
        batch_op.add_column(sa.Column('look_b', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('look_c', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('look_d', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_media_file_look_a'), ['look_a'], unique=False)
        batch_op.create_index(batch_op.f('ix_media_file_look_b'), ['look_b'], unique=False)
        batch_op.create_index(batch_op.f('ix_media_file_look_c'), ['look_c'], unique=False)
        batch_op.create_index(batch_op.f('ix_media_file_look_d'), ['look_d'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('media_file', schema=None) as batch_op:
        for band in 'dcba':
            batch_op.drop_index(batch_op.f(f'ix_media_file_look_{band}'))
            batch_op.drop_column(f'look_{band}')
        batch_op.drop_column('look')

    with op.batch_alter_table('walk_trace', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_walk_trace_walker_id'))

    op.drop_table('walk_trace')
    with op.batch_alter_table('text_trace', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_text_trace_mark_d'))
        batch_op.drop_index(batch_op.f('ix_text_trace_mark_c'))
        batch_op.drop_index(batch_op.f('ix_text_trace_mark_b'))
        batch_op.drop_index(batch_op.f('ix_text_trace_mark_a'))

    op.drop_table('text_trace')
    with op.batch_alter_table('photo_trace', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_photo_trace_sha256'))

    op.drop_table('photo_trace')
    with op.batch_alter_table('flag_word', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_flag_word_walk_id'))

    op.drop_table('flag_word')
    with op.batch_alter_table('flag', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_flag_walk_id'))
        batch_op.drop_index('ix_flag_campaign')

    op.drop_table('flag')
    with op.batch_alter_table('device_trace', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_device_trace_device'))

    op.drop_table('device_trace')
    op.drop_table('quality_setting')
