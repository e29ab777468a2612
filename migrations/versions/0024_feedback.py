"""papers that go back to a unit: 督查反馈单, 评议结果反馈单

Revision ID: 0024
Revises: 0023
Create Date: 2026-11-28
"""

import sqlalchemy as sa
from alembic import op


revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('visit_paper',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('visit_id', sa.Uuid(), nullable=False),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('pdf_sha256', sa.String(length=64), nullable=True, comment='none until a job has made it'),
    sa.Column('pages', sa.Integer(), nullable=True),
    sa.Column('docx_sha256', sa.String(length=64), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['visit_id'], ['visit.id'], name=op.f('fk_visit_paper_visit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit_paper')),
    sa.UniqueConstraint('visit_id', name=op.f('uq_visit_paper_visit_id'))
    )
    op.create_table('rating_paper',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('form_key', sa.String(length=32), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('pdf_sha256', sa.String(length=64), nullable=True, comment='none until a job has made it'),
    sa.Column('pages', sa.Integer(), nullable=True),
    sa.Column('docx_sha256', sa.String(length=64), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_rating_paper_by_id')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_rating_paper_campaign_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_rating_paper_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rating_paper')),
    sa.UniqueConstraint('campaign_id', 'unit_id', 'form_key', 'number', name=op.f('uq_rating_paper_campaign_id_unit_id_form_key_number'))
    )


def downgrade() -> None:
    op.drop_table('rating_paper')
    op.drop_table('visit_paper')
