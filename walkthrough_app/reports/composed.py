"""What a composed report is made of: plain values, ready for paper or for the editor."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from walkthrough_app.documents.charts import Segment


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


@dataclass(frozen=True)
class Table:
    """`number` is '' for the table that is an annex of its own."""

    number: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: ClassVar[str] = "table"


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


Block = Paragraph | Heading | Table | Figure


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
        for paragraph in self.paragraphs():
            yield paragraph.lead + paragraph.text
        tables = [block for section in self.sections for block in section.blocks if isinstance(block, Table)]
        for table in [*tables, *(annex.table for annex in self.annexes if annex.table)]:
            yield from (cell for row in table.rows for cell in row)
        yield from (photo.text for photo in self.photos)
        yield self.contact

    def paragraph(self, key: str) -> Paragraph | None:
        return next((one for one in self.paragraphs() if one.key == key), None)
