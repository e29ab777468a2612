"""考核结果 as a workbook: the ranking, and every item of every unit."""

from collections.abc import Iterator, Sequence
from typing import IO

from walkthrough_app.assessment.queries import Line
from walkthrough_app.assessment.scoring import ENOUGH
from walkthrough_app.assessment.service import place_of
from walkthrough_app.documents.workbook import Cell, Column, Sheet, write_xlsx

NOTE = f"依据占全部分值的比例低于{ENOUGH}%的，不排名；没有依据的项目不计分，也不当作满分。"
RANKING = (
    Column("名次", 8),
    Column("单位", 28),
    Column("总分", 8, "0.0"),
    Column("等次", 10),
    Column("依据覆盖率（%）", 14, "0"),
    Column("佐证（份）", 10, "0"),
)
ITEMS = (
    Column("单位", 28),
    Column("部分", 12),
    Column("项目", 24),
    Column("分值", 8, "0"),
    Column("得分", 8, "0.0"),
    Column("依据", 48, is_wrapped=True),
)


def write(target: IO[bytes], lines: Sequence[Line], *, title: str) -> None:
    """Write the workbook into an open file."""
    sheets = [Sheet("考核结果", RANKING, _ranking(lines), NOTE), Sheet("分项得分", ITEMS, _items(lines))]
    write_xlsx(target, sheets, title=title)


def _ranking(lines: Sequence[Line]) -> Iterator[Sequence[Cell]]:
    order = place_of(list(lines))
    for one in lines:
        place = order.get(str(one.unit.id))
        score = one.score
        yield (place, one.unit.name, score.total, score.band or "不排名", score.coverage, score.evidence)


def _items(lines: Sequence[Line]) -> Iterator[Sequence[Cell]]:
    for one in lines:
        for part in one.score.parts:
            for item in part.items:
                told = item.basis.told if item.points is not None else "没有依据，不计分"
                yield (one.unit.name, part.part.name, item.item.name, item.item.points, item.points, told)
