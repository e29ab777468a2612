"""A heat table: unit by category, the numbers in the cells, their shade as a second sign.

It is a table rather than a drawing: it runs over pages under its head, can be read aloud, and needs no colour.
Its look stands in heat.css, which pages and papers include; the shades are classes heat-1 to heat-4.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from walkthrough_app.documents import phrases

SHADES = 4
TOTAL = "合计"
NOTHING = "还没有记录问题"


@dataclass(frozen=True)
class Heat:
    """Counts by row and column; `cells` has one list a row. ValueError when it is not a rectangle."""

    corner: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        if len(self.cells) != len(self.rows) or any(len(row) != len(self.columns) for row in self.cells):
            raise ValueError("a heat table needs a count for each row and column")

    @property
    def most(self) -> int:
        return max((count for row in self.cells for count in row), default=0)

    @property
    def row_totals(self) -> list[int]:
        return [sum(row) for row in self.cells]

    @property
    def column_totals(self) -> list[int]:
        return [sum(row[n] for row in self.cells) for n in range(len(self.columns))]

    @property
    def total(self) -> int:
        return sum(self.row_totals)

    def shade(self, count: int) -> int:
        """Return 0 for nothing, else 1 to 4 in equal parts of the largest count."""
        return -(-count * SHADES // self.most) if count else 0

    @property
    def alt(self) -> str:
        """Say in one sentence what stands out."""
        if not self.total:
            return NOTHING
        where, most = _leaders(self.rows, self.row_totals)
        what, often = _leaders(self.columns, self.column_totals)
        size = f"{self.corner}分布：{len(self.rows)}个{self.corner}、{len(self.columns)}类，共{self.total}个"
        return f"{size}，{where}最多（{most}个，占{phrases.percent(most, self.total)}），{what}最常见（{often}个）"


def _leaders(names: Sequence[str], counts: Sequence[int]) -> tuple[str, int]:
    """Return who has the largest count, all of them when they are few, and the count."""
    most = max(counts)
    first = [name for name, count in zip(names, counts, strict=True) if count == most]
    return phrases.listed(first[:3]) + ("等" if len(first) > 3 else ""), most


def heat(table: Heat) -> Markup:
    """Write the table as HTML, the same for pages and papers; everything in it is escaped."""
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for name in (*table.columns, TOTAL))
    columns = Markup('<col class="heat-name">') + Markup("<col>") * (len(table.columns) + 1)
    body = [_row(table, name, row) for name, row in zip(table.rows, table.cells, strict=True)]
    return Markup(
        '<table class="heat dense"><colgroup>{}</colgroup><thead><tr><th scope="col">{}</th>{}</tr></thead>'
        "<tbody>{}{}</tbody></table>"
    ).format(columns, table.corner, head, Markup("").join(body), _totals(table))


def _row(table: Heat, name: str, counts: Sequence[int]) -> Markup:
    cells = Markup("").join(_cell(count, table.shade(count)) for count in counts)
    return Markup('<tr><th scope="row">{}</th>{}<td class="heat-sum">{}</td></tr>').format(name, cells, sum(counts))


def _cell(count: int, shade: int) -> Markup:
    if not count:
        return Markup('<td class="heat-0"><span role="img" aria-label="0">·</span></td>')
    return Markup('<td class="heat-{}">{}</td>').format(shade, count)


def _totals(table: Heat) -> Markup:
    sums = [*table.column_totals, table.total]
    cells = Markup("").join(Markup("<td>{}</td>").format(one) for one in sums)
    return Markup('<tr class="heat-total"><th scope="row">{}</th>{}</tr>').format(TOTAL, cells)
