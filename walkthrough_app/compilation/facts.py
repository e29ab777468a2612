"""What a compilation keeps of each report: plain values, small enough that hundreds of reports fit into memory."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, TypeVar

from walkthrough_app.documents.svg import Kind
from walkthrough_app.reports.told import Problem

Row = TypeVar("Row", "Walk", "Problem")


@dataclass(frozen=True, slots=True)
class Timing:
    """A step of a walk that took time: its short name, whether it is spent doing or waiting, whole minutes."""

    label: str
    kind: Kind
    minutes: int


@dataclass(frozen=True, slots=True)
class Walk:
    """One walk; days are ISO, `waited` is None where nobody took a number."""

    id: str
    item: str
    item_key: str
    is_must_walk: bool
    walker: str
    is_head: bool
    mode: str
    is_simulated: bool
    status: str
    from_on: str
    to_on: str
    steps: tuple[Timing, ...]
    missing: tuple[str, ...]
    waited: int | None
    trips: int
    photos: int
    clips: int
    limits: str
    no_finding: str


@dataclass(frozen=True, slots=True)
class Campaign:
    key: str
    title: str
    matter: str
    basis_title: str
    basis_number: str
    basis_issuer: str
    opens_on: str
    report_due: str


@dataclass(frozen=True)
class Source:
    """One report as it was frozen. `report` is its id where it is known (a PDF does not tell), `file` a file's name.

    `came_at` is the moment it was handed in, of a file that tells none the moment it was confirmed.
    """

    campaign: Campaign
    unit_key: str
    unit: str
    org_class: str
    post: str
    lane: str
    receiver: str
    kind: str
    number: int
    code: str
    came_at: str
    is_late: bool
    listed: int
    must_walk: int
    walks: tuple[Walk, ...]
    problems: tuple[Problem, ...]
    report: str = ""
    file: str = ""
    pdf_sha256: str = ""
    pages: int = 0
    state: str = ""

    @property
    def is_supplement(self) -> bool:
        return self.kind == "supplement"

    @property
    def name(self) -> str:
        return f"{self.unit}{'补报' if self.is_supplement else '专项报告'}V{self.number}"

    @property
    def reporter(self) -> tuple[str, str]:
        """Whose report it is: a county has two heads."""
        return self.unit_key, self.post

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def source_of(data: Mapping[str, Any]) -> Source:
    """Read what `as_json` wrote."""
    nested = {
        "campaign": Campaign(**data["campaign"]),
        "walks": tuple(walk_of(one) for one in data["walks"]),
        "problems": tuple(_only(Problem, one) for one in data["problems"]),
    }
    return Source(**{one.name: data[one.name] for one in fields(Source)} | nested)


def walk_of(data: Mapping[str, Any]) -> Walk:
    steps = tuple(Timing(**one) for one in data["steps"])
    return _only(Walk, {**data, "steps": steps, "missing": tuple(data["missing"])})


def _only(kind: type[Row], data: Mapping[str, Any]) -> Row:
    return kind(**{one.name: data[one.name] for one in fields(kind)})
