"""What a compilation is: plain JSON (`walkthrough-compilation/1`), frozen in a version and inside its PDF.

`{schema, issuer, addressee, realm, contact, as_of, made_on, is_reviewed, due, sources, numbers, proposals, decisions,
picks, texts, warnings, ledger}`: `sources` as in facts.py, `due` who owes a report (null: not known), `numbers` the
number of each problem, `proposals` the proposed group of each, `decisions` as in grouping.py, `picks` the chosen cases
(`{models, warnings}`), `texts` rewritten paragraphs `{key: {text, was}}` with what the figures said at the time,
`warnings` further sentences by unit, `ledger` how each problem stands (standing.py; absent: nobody knows).
`is_reviewed` is false where no human has looked at groups and cases.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from typing import Any

from walkthrough_app.compilation import grouping, material, standing, thin
from walkthrough_app.compilation.facts import Source, source_of
from walkthrough_app.compilation.grouping import Decisions, Group
from walkthrough_app.compilation.material import Due, Material
from walkthrough_app.compilation.standing import Standing

SCHEMA = "walkthrough-compilation/1"
PLACES = (("县", "全县"), ("旗", "全旗"), ("区", "全区"))


@dataclass(frozen=True)
class Scope:
    """Who compiles for whom, about where: 全市 or 全县; `contact` is a post and a telephone, or ''."""

    issuer: str
    addressee: str
    realm: str
    contact: str = ""


@dataclass(frozen=True)
class Content:
    """The data of a compilation with the material it is written from."""

    data: Mapping[str, Any]

    @cached_property
    def sources(self) -> list[Source]:
        return [source_of(one) for one in self.data["sources"]]

    @cached_property
    def material(self) -> Material:
        due = self.data["due"]
        told = material.combine(
            self.sources,
            as_of=date.fromisoformat(self.data["as_of"]),
            due=None if due is None else [Due(**one) for one in due],
            warnings=self.data["warnings"],
        )
        return standing.applied(told, self.ledger)

    @cached_property
    def ledger(self) -> dict[str, Standing]:
        """How the problems stand in the ledger, by their id; empty where a compilation was made from files."""
        return standing.read(self.data.get("ledger", {}))

    @cached_property
    def groups(self) -> list[Group]:
        return grouping.groups(self.material, self.data["proposals"], self.decisions)

    @cached_property
    def group_of(self) -> dict[str, Group]:
        """Find the group of a problem by its id."""
        return {problem.id: one for one in self.groups for problem in one.problems}

    @cached_property
    def decisions(self) -> Decisions:
        return Decisions.of(self.data["decisions"])

    @property
    def numbers(self) -> Mapping[str, str]:
        numbers: Mapping[str, str] = self.data["numbers"]
        return numbers

    @property
    def made_on(self) -> date:
        return date.fromisoformat(self.data["made_on"])


def gathered(  # noqa: PLR0913 - one line of the data each
    sources: Iterable[Source],
    *,
    as_of: date,
    due: Sequence[Due] | None,
    numbers: Mapping[str, str],
    proposals: Mapping[str, str],
    warnings: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, Any]:
    """Return the part of a compilation that its reports decide; numbers and groups that are known are kept."""
    kept, _ = material.newest(sources)
    whole = material.combine(kept, as_of=as_of, due=due, warnings=warnings)
    return {
        "as_of": as_of.isoformat(),
        "due": None if due is None else [asdict(one) for one in due],
        "sources": [one.as_json() for one in kept],
        "numbers": material.number(whole, numbers),
        "proposals": grouping.propose(whole.problems, proposals),
        "warnings": thin.by_unit(warnings or {}),
    }


def content(
    part: Mapping[str, Any],
    scope: Scope,
    *,
    made_on: date,
    chosen: Mapping[str, Any] | None = None,
    is_reviewed: bool = True,
) -> Content:
    """Put what was gathered together with what people decided (`decisions`, `picks`, `texts`)."""
    people = {"decisions": {}, "picks": {}, "texts": {}} | dict(chosen or {})
    head = {"schema": SCHEMA, "made_on": made_on.isoformat(), "is_reviewed": is_reviewed}
    return Content({**head, **asdict(scope), **part, **people})


def realm_of(issuer: str) -> str:
    """Return how the place is called that an issuer speaks for: 全县, 全区, 全旗, else 全市."""
    return next((word for sign, word in PLACES if sign in issuer[:8]), "全市")


def addressee_of(basis_issuer: str) -> str:
    """Return whom a compilation goes to: the leading group whose office opened the campaign."""
    return basis_issuer.removesuffix("办公室") or basis_issuer
