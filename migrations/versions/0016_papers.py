"""papers

Revision ID: 0016
Revises: 0015
Create Date: 2026-11-28
"""

import sqlalchemy as sa
from alembic import op


revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('official_paper',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('office_id', sa.Uuid(), nullable=False, comment="who issues it: numbers are the office's"),
    sa.Column('lane', sa.String(length=32), nullable=True, comment='of the group that wrote it; none: the office itself'),
    sa.Column('unit_id', sa.Uuid(), nullable=True, comment='who must answer, or whom it is about'),
    sa.Column('year', sa.Integer(), nullable=True, comment='with number: given when it is issued'),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('scope', sa.String(length=16), nullable=False, comment='readers: all, a class of units, or units'),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True, comment='of the answer, with extensions; of objections to a bulletin'),
    sa.Column('made_by_id', sa.Uuid(), nullable=False),
    sa.Column('issued_by_id', sa.Uuid(), nullable=True),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=True, comment='dispatch: the clock of 督办 starts here'),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_official_paper_campaign_id')),
    sa.ForeignKeyConstraint(['issued_by_id'], ['user_account.id'], name=op.f('fk_official_paper_issued_by_id')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_official_paper_made_by_id')),
    sa.ForeignKeyConstraint(['office_id'], ['unit.id'], name=op.f('fk_official_paper_office_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_official_paper_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_official_paper')),
    sa.UniqueConstraint('kind', 'office_id', 'year', 'number', name=op.f('uq_official_paper_kind_office_id_year_number'))
    )
    with op.batch_alter_table('official_paper', schema=None) as batch_op:
        batch_op.create_index('ix_official_paper_office', ['office_id', 'kind', 'state', 'created_at'], unique=False)
        batch_op.create_index('ix_official_paper_unit', ['unit_id', 'state', 'created_at'], unique=False)

    op.create_table('official_paper_entry',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('paper_id', sa.Uuid(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('verb', sa.String(length=32), nullable=False),
    sa.Column('to_state', sa.String(length=32), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('post', sa.String(), nullable=False, comment='unit and post, as papers name people'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_official_paper_entry_by_id')),
    sa.ForeignKeyConstraint(['paper_id'], ['official_paper.id'], name=op.f('fk_official_paper_entry_paper_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_official_paper_entry_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_official_paper_entry')),
    sa.UniqueConstraint('paper_id', 'seq', name=op.f('uq_official_paper_entry_paper_id_seq'))
    )
    op.create_table('official_paper_print',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('paper_id', sa.Uuid(), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('pdf_sha256', sa.String(length=64), nullable=True, comment='none until a job has made it'),
    sa.Column('pages', sa.Integer(), nullable=True),
    sa.Column('docx_sha256', sa.String(length=64), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['paper_id'], ['official_paper.id'], name=op.f('fk_official_paper_print_paper_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_official_paper_print')),
    sa.UniqueConstraint('paper_id', 'edition', name=op.f('uq_official_paper_print_paper_id_edition'))
    )
    op.create_table('official_paper_unit',
    sa.Column('paper_id', sa.Uuid(), nullable=False),
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('part', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['paper_id'], ['official_paper.id'], name=op.f('fk_official_paper_unit_paper_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_official_paper_unit_unit_id')),
    sa.PrimaryKeyConstraint('paper_id', 'unit_id', 'part', name=op.f('pk_official_paper_unit'))
    )
    with op.batch_alter_table('official_paper_unit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_official_paper_unit_unit_id'), ['unit_id'], unique=False)

    op.create_table('official_paper_finding',
    sa.Column('paper_id', sa.Uuid(), nullable=False),
    sa.Column('finding_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['finding_id'], ['finding.id'], name=op.f('fk_official_paper_finding_finding_id')),
    sa.ForeignKeyConstraint(['paper_id'], ['official_paper.id'], name=op.f('fk_official_paper_finding_paper_id')),
    sa.PrimaryKeyConstraint('paper_id', 'finding_id', name=op.f('pk_official_paper_finding'))
    )
    with op.batch_alter_table('official_paper_finding', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_official_paper_finding_finding_id'), ['finding_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('official_paper_finding', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_official_paper_finding_finding_id'))

    op.drop_table('official_paper_finding')
    with op.batch_alter_table('official_paper_unit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_official_paper_unit_unit_id'))

    op.drop_table('official_paper_unit')
    op.drop_table('official_paper_print')
    op.drop_table('official_paper_entry')
    with op.batch_alter_table('official_paper', schema=None) as batch_op:
        batch_op.drop_index('ix_official_paper_unit')
        batch_op.drop_index('ix_official_paper_office')

    op.drop_table('official_paper')
