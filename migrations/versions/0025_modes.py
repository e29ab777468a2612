"""modes: how walks are done is named by each programme

Revision ID: 0025
Revises: 0024
Create Date: 2026-11-28
"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op


revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None

OLD = ('in_person', 'on_behalf', 'accompanied')


def upgrade() -> None:
    with op.batch_alter_table('unit_figure', schema=None) as batch_op:
        batch_op.add_column(sa.Column('modes', sa.JSON(), nullable=False, server_default='{}'))
    count_again()
    with op.batch_alter_table('unit_figure', schema=None) as batch_op:
        batch_op.alter_column('modes', server_default=None)
        for name in OLD:
            batch_op.drop_column(name)


def downgrade() -> None:
    with op.batch_alter_table('unit_figure', schema=None) as batch_op:
        for name in OLD:
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default='0'))
    name_again()
    with op.batch_alter_table('unit_figure', schema=None) as batch_op:
        for name in OLD:
            batch_op.alter_column(name, server_default=None)
        batch_op.drop_column('modes')


def count_again() -> None:
    """Count the walks of each unit by how they were done, all that count and those in reports."""
    walks = 'SELECT campaign_id, unit_id, mode, is_reported, count(*) FROM walk_figure WHERE is_counted GROUP BY 1, 2, 3, 4'
    found: dict[tuple[Any, Any], tuple[dict[str, int], dict[str, int]]] = {}
    for campaign, unit, mode, is_reported, count in op.get_bind().execute(sa.text(walks)):
        everything, reported = found.setdefault((campaign, unit), ({}, {}))
        for counts in (everything, reported) if is_reported else (everything,):
            counts[mode] = counts.get(mode, 0) + count
    for row in rows('reported'):
        everything, in_reports = found.get((row.campaign_id, row.unit_id), ({}, {}))
        told = {name: value for name, value in data(row.reported).items() if name not in OLD}
        write(row, modes=everything, reported=told | {'modes': in_reports} if told else {})


def name_again() -> None:
    for row in rows('modes, reported'):
        told = data(row.reported)
        in_reports = told.pop('modes', {})
        counts = {name: data(row.modes).get(name, 0) for name in OLD}
        write(row, **counts, reported=told | {name: in_reports.get(name, 0) for name in OLD} if told else {})


def rows(columns: str) -> Any:
    return op.get_bind().execute(sa.text(f'SELECT campaign_id, unit_id, {columns} FROM unit_figure')).all()


def data(value: Any) -> dict[str, Any]:
    """Read a JSON column: SQLite gives text, PostgreSQL the data."""
    return json.loads(value) if isinstance(value, str) else value


def write(row: Any, **values: Any) -> None:
    said = {name: json.dumps(value) if isinstance(value, dict) else value for name, value in values.items()}
    sets = ', '.join(f'{name} = :{name}' for name in said)
    query = sa.text(f'UPDATE unit_figure SET {sets} WHERE campaign_id = :campaign AND unit_id = :unit')
    op.get_bind().execute(query, {**said, 'campaign': row.campaign_id, 'unit': row.unit_id})
