"""same: the groups of items that are the same in several units

Revision ID: 0013
Revises: 0012
Create Date: 2026-11-28
"""

import unicodedata
import uuid

import sqlalchemy as sa
from alembic import op


revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

SPREAD = ['same_id', 'is_counted', 'total_seconds', 'unit_id', 'campaign_id', 'is_simulated', 'is_by_head', 'walk_id', 'is_reported', 'lane']
SPREAD_BEFORE = ['is_counted', 'item_id', 'campaign_id', 'unit_id', 'is_simulated', 'is_by_head', 'walk_id', 'total_seconds']


def upgrade() -> None:
    op.create_table('item_mark',
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('mark', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['service_item.id'], name=op.f('fk_item_mark_item_id')),
    sa.PrimaryKeyConstraint('item_id', 'mark', name=op.f('pk_item_mark'))
    )
    with op.batch_alter_table('item_mark', schema=None) as batch_op:
        batch_op.create_index('ix_item_mark_mark', ['mark', 'item_id'], unique=False)
    group = sa.Column('same_id', sa.Uuid(), nullable=True, comment='of the group of items that are the same in several units, see sameness.py')
    op.add_column('service_item', group)
    op.add_column('walk_figure', sa.Column('same_id', sa.Uuid(), nullable=True, comment="of the item's group, copied from it"))
    fill()
    with op.batch_alter_table('service_item', schema=None) as batch_op:
        batch_op.alter_column('same_id', existing_type=sa.Uuid(), nullable=False)
        batch_op.create_index('ix_service_item_same', ['same_id'], unique=False)
    with op.batch_alter_table('walk_figure', schema=None) as batch_op:
        batch_op.alter_column('same_id', existing_type=sa.Uuid(), nullable=False)
        batch_op.drop_index('ix_walk_figure_spread')
        batch_op.create_index('ix_walk_figure_spread', SPREAD, unique=False)


def fill() -> None:
    """Group the items there are, and tell their walks."""
    bind, key = op.get_bind(), sa.Uuid()
    item = sa.table('service_item', sa.column('id', key), sa.column('same_id', key), sa.column('task_name'),
                    sa.column('catalog_code'), sa.column('task_code'))
    mark = sa.table('item_mark', sa.column('item_id', key), sa.column('mark'))
    walk = sa.table('walk_figure', sa.column('item_id', key), sa.column('same_id', key))
    marks = {row.id: sorted(marks_of(row)) for row in bind.execute(sa.select(item))}
    groups = grouped(marks)
    if not marks:
        return
    bind.execute(sa.insert(mark), [{'item_id': item_id, 'mark': one} for item_id, those in marks.items() for one in those])
    row = sa.update(item).where(item.c.id == sa.bindparam('key')).values(same_id=sa.bindparam('name', type_=key))
    bind.execute(row, [{'key': item_id, 'name': name} for item_id, name in groups.items()])
    bind.execute(sa.update(walk).values(
        same_id=sa.select(item.c.same_id).where(item.c.id == walk.c.item_id).scalar_subquery()))


def marks_of(row):
    plain = ''.join(one for char in row.task_name for one in unicodedata.normalize('NFKC', char).lower() if one.isalnum())
    codes = {code.strip().upper() for code in (row.catalog_code, row.task_code)} - {''}
    return {f'name {plain or row.task_name}', *(f'code {code}' for code in codes)}


def grouped(marks):
    """Return a number for the group of each item."""
    leaders, first = {}, {}

    def leader(one):
        while leaders.get(one, one) != one:
            one = leaders[one]
        return one

    for those in marks.values():
        for one in those[1:]:
            leaders[leader(one)] = leader(those[0])
    return {key: first.setdefault(leader(those[0]), uuid.uuid4()) for key, those in marks.items()}


def downgrade() -> None:
    with op.batch_alter_table('walk_figure', schema=None) as batch_op:
        batch_op.drop_index('ix_walk_figure_spread')
        batch_op.create_index('ix_walk_figure_spread', SPREAD_BEFORE, unique=False)
        batch_op.drop_column('same_id')
    with op.batch_alter_table('service_item', schema=None) as batch_op:
        batch_op.drop_index('ix_service_item_same')
        batch_op.drop_column('same_id')
    op.drop_table('item_mark')
