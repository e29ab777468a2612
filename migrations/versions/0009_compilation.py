"""compilation

Revision ID: 0009
Revises: 0008
Create Date: 2026-11-28
"""

import sqlalchemy as sa
from alembic import op


revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('problem_number',
    sa.Column('finding', sa.String(length=200), nullable=False),
    sa.Column('code', sa.String(length=200), nullable=False),
    sa.PrimaryKeyConstraint('finding', name=op.f('pk_problem_number')),
    sa.UniqueConstraint('code', name=op.f('uq_problem_number_code'))
    )
    op.create_table('compilation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('scope', sa.String(length=32), nullable=False),
    sa.Column('with_counties', sa.Boolean(), nullable=False, comment="the city's includes what its counties received"),
    sa.Column('material', sa.JSON(), nullable=True, comment='what the reports decide: see content.gathered'),
    sa.Column('gathering', sa.Integer(), nullable=False, comment="how often it was asked for: the job's number"),
    sa.Column('gathered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decisions', sa.JSON(), nullable=False, comment='groups of problems, by problem id'),
    sa.Column('picks', sa.JSON(), nullable=False, comment='chosen cases: models, warnings'),
    sa.Column('texts', sa.JSON(), nullable=False, comment='rewritten paragraphs: text, was'),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_compilation_campaign_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_compilation')),
    sa.UniqueConstraint('campaign_id', 'scope', name=op.f('uq_compilation_campaign_id_scope'))
    )
    op.create_table('compilation_version',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('compilation_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('data', sa.JSON(), nullable=False, comment='walkthrough-compilation/1, as in the PDF'),
    sa.Column('reports', sa.Integer(), nullable=False, comment='how many went in'),
    sa.Column('frozen_by_id', sa.Uuid(), nullable=False),
    sa.Column('frozen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('pdf_sha256', sa.String(length=64), nullable=True, comment='none until the papers are made'),
    sa.Column('pages', sa.Integer(), nullable=True),
    sa.Column('docx_sha256', sa.String(length=64), nullable=True),
    sa.Column('xlsx_sha256', sa.String(length=64), nullable=True),
    sa.Column('binder_sha256', sa.String(length=64), nullable=True, comment='all its reports bound, once asked for'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['compilation_id'], ['compilation.id'], name=op.f('fk_compilation_version_compilation_id')),
    sa.ForeignKeyConstraint(['frozen_by_id'], ['user_account.id'], name=op.f('fk_compilation_version_frozen_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_compilation_version')),
    sa.UniqueConstraint('compilation_id', 'number', name=op.f('uq_compilation_version_compilation_id_number'))
    )


def downgrade() -> None:
    op.drop_table('compilation_version')
    op.drop_table('compilation')
    op.drop_table('problem_number')
