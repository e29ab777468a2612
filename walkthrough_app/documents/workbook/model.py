"""What a spreadsheet is made of: sheets with typed columns, rows that are taken one by one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

Cell = str | int | float | date | datetime | None
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in characters, and how its numbers are written (Excel's own codes)."""

    title: str
    width: float = 12
    number: str = ""
    is_wrapped: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: `rows` may be a generator, so that memory stays bounded; `note` stands above the header.

    `choices` gives a column (by its title) a list to choose from, as in templates that people fill in.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    note: str = ""
    choices: Sequence[tuple[str, Sequence[str]]] = ()


def is_like_formula(text: str) -> bool:
    """Tell whether a spreadsheet could take a text for a formula: our text never is one."""
    return text.startswith(FORMULA_STARTS)
