"""What a composed report is made of: plain values, ready for paper or for the editor."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from math import ceil
from typing import ClassVar

from walkthrough_app.documents import phrases, rows
from walkthrough_app.documents.charts import Chart, Sample, Segment, Tally, distribution, pareto

MOST_COLUMNS = 8  # on an upright page
HIGH = 3  # lines of a row: a table that has higher ones reads better across


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; `generated` is what the data says, `text` what the report says, `lead` stays as it is."""

    key: str
    text: str
    generated: str
    lead: str = ""
    kind: ClassVar[str] = "paragraph"

    @property
    def is_edited(self) -> bool:
        return self.text != self.generated

    @property
    def lines(self) -> list[str]:
        return [line for line in self.text.split("\n") if line.strip()]


@dataclass(frozen=True)
class Heading:
    text: str
    kind: ClassVar[str] = "heading"


@dataclass(frozen=True)
class Column:
    """A column of a table: its width in characters (0 takes what is left) and whether it holds running text."""

    title: str
    width: int = 0
    is_text: bool = False


def fit(cells: Iterable[str], least: int, most: int) -> int:
    """Return the width of a column that holds its cells on one line each, as far as there is room."""
    lines = [phrases.width(line) for cell in cells for line in cell.split("\n")]
    return min(most, max(least, ceil(max(lines, default=0))))


@dataclass(frozen=True)
class Table:
    """`number` is '' for a table that is an annex of its own, `may_turn` when that may stand on a turned page."""

    number: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    may_turn: bool = False
    kind: ClassVar[str] = "table"

    @property
    def is_turned(self) -> bool:
        """Tell whether it goes on a turned page: an annex with many columns, or with much text in narrow ones."""
        if len(self.columns) > MOST_COLUMNS:
            return True
        widths = [column.width for column in self.columns]
        return self.may_turn and any(rows.height(row, widths) > HIGH for row in self.rows)

    @property
    def widths(self) -> list[int]:
        return [self.width_of(column) for column in self.columns]

    def width_of(self, column: Column) -> int:
        """Return the width to print a column in: on a turned page there is more room for running text."""
        return column.width * 2 if self.is_turned and column.is_text else column.width


@dataclass(frozen=True)
class Bar:
    """One time ribbon: `label` names it when several stand together."""

    segments: tuple[Segment, ...]
    label: str = ""


@dataclass(frozen=True)
class Figure:
    number: int
    title: str
    bars: tuple[Bar, ...]
    kind: ClassVar[str] = "figure"


@dataclass(frozen=True)
class Diagram:
    """A chart over many walks (`samples`, by step) or problems (`tallies`, by category)."""

    number: int
    title: str
    samples: tuple[Sample, ...] = ()
    tallies: tuple[Tally, ...] = ()
    kind: ClassVar[str] = "diagram"

    def draw(self, width_mm: float = 156) -> Chart:
        """Draw it as wide as it will be shown, so that its type keeps its size."""
        if self.samples:
            return distribution(self.samples, width_mm=width_mm)
        return pareto(self.tallies, width_mm=width_mm)

    def table(self) -> Table:
        """Return the same as figures in a table, for where nothing can be drawn."""
        columns, rows = self._spread() if self.samples else self._shares()
        return Table(f"图{self.number}", self.title, columns, rows)

    def _spread(self) -> tuple[tuple[Column, ...], tuple[tuple[str, ...], ...]]:
        columns = (
            Column("环节"),
            *(Column(title, 6) for title in ("次数", "最短（分）", "中位数（分）", "最长（分）")),
        )
        return columns, tuple((one.label, str(len(one.minutes)), *one.words) for one in self.samples if one.minutes)

    def _shares(self) -> tuple[tuple[Column, ...], tuple[tuple[str, ...], ...]]:
        total, sums = sum(one.count for one in self.tallies), accumulate(one.count for one in self.tallies)
        columns = (Column("类别", is_text=True), Column("数量", 4), Column("累计", 6))
        rows = (
            (one.label, str(one.count), phrases.percent(part, total))
            for one, part in zip(self.tallies, sums, strict=True)
        )
        return columns, tuple(rows)


Block = Paragraph | Heading | Table | Figure | Diagram


@dataclass(frozen=True)
class Section:
    heading: str
    blocks: tuple[Block, ...]

    def paragraphs(self) -> Iterator[Paragraph]:
        return (block for block in self.blocks if isinstance(block, Paragraph))


@dataclass(frozen=True)
class Photo:
    """A masked picture with its number in the report and what its caption says."""

    number: int
    sha256: str
    when: str
    step: str
    text: str
    problems: tuple[int, ...]
    width: int
    height: int

    @property
    def src(self) -> str:
        return f"media:{self.sha256}"

    @property
    def caption(self) -> str:
        problems = f"（问题{'、'.join(map(str, self.problems))}）" if self.problems else ""
        return "　".join(part for part in (f"图{self.number}", self.when, self.step, self.text, problems) if part)


@dataclass(frozen=True)
class LeftOut:
    """A picture that may not be shown because nobody has masked it yet."""

    item: str
    when: str
    text: str


@dataclass(frozen=True)
class Annex:
    number: int
    title: str
    table: Table | None = None
    figure: Figure | None = None
    photos: tuple[Photo, ...] = ()


@dataclass(frozen=True)
class Composed:
    issuer: str
    matter: str
    addressee: str
    opening: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    annexes: tuple[Annex, ...]
    made_on: str
    contact: str
    left_out: tuple[LeftOut, ...] = field(default=())
    code: str = ""
    verify_url: str = ""

    @property
    def title(self) -> str:
        return self.issuer + self.matter

    @property
    def photos(self) -> tuple[Photo, ...]:
        return tuple(photo for annex in self.annexes for photo in annex.photos)

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield every paragraph in the order of the report, also those that are empty for now."""
        yield from self.opening
        for section in self.sections:
            yield from section.paragraphs()

    def words(self) -> Iterator[str]:
        """Yield every text that people typed or the report generated, tables and captions too."""
        return (text for _, text in self.placed())

    def placed(self) -> Iterator[tuple[str, str]]:
        """Yield every text with the place where it stands: a section, a table, an annex."""
        yield from (("开头", paragraph.lead + paragraph.text) for paragraph in self.opening)
        for section in self.sections:
            yield from ((section.heading, one.lead + one.text) for one in section.paragraphs())
            for table in (block for block in section.blocks if isinstance(block, Table)):
                yield from ((f"{table.number}{table.title}", cell) for row in table.rows for cell in row)
        for annex in self.annexes:
            place = f"附件“{annex.title}”"
            yield from ((place, cell) for row in (annex.table.rows if annex.table else ()) for cell in row)
            yield from ((place, photo.text) for photo in annex.photos)
        yield "联系人", self.contact

    def paragraph(self, key: str) -> Paragraph | None:
        return next((one for one in self.paragraphs() if one.key == key), None)
