"""Which walks are set side by side: campaigns, counties, only real ones, only those of a head."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from walkthrough_app.core.errors import Invalid

CITY = "city"
GONE = "所选的{}已经没有了，或者不在您的范围内，请重新选择。"


@dataclass(frozen=True, slots=True)
class Known:
    """What may be chosen: (value, words) of campaigns and of counties; `city` stands for the city's own units."""

    campaigns: Sequence[tuple[str, str]]
    counties: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Scope:
    """Nothing chosen is everything."""

    campaigns: tuple[uuid.UUID, ...] = ()
    counties: tuple[uuid.UUID, ...] = ()
    has_city: bool = False
    is_real: bool = False
    is_head: bool = False
    text: str = ""

    @property
    def is_narrow(self) -> bool:
        return self != Scope()

    def address(self) -> dict[str, Any]:
        """Return the scope as it stands in the address."""
        counties = [*(str(one) for one in self.counties), *([CITY] if self.has_city else [])]
        flags = {"real": self.is_real, "head": self.is_head}
        found: dict[str, Any] = {"campaign": [str(one) for one in self.campaigns], "county": counties}
        found |= {name: ["1"] for name, is_set in flags.items() if is_set}
        return found | ({"text": [self.text]} if self.text else {})


def read(given: Mapping[str, Sequence[str]], known: Known) -> Scope:
    """Read the lists of values in an address; Invalid with one sentence when one of them is there no more."""
    campaigns = _chosen(given, "campaign", known.campaigns, "活动")
    counties = _chosen(given, "county", known.counties, "县（市）区")
    return Scope(
        campaigns=tuple(uuid.UUID(one) for one in campaigns),
        counties=tuple(uuid.UUID(one) for one in counties if one != CITY),
        has_city=CITY in counties,
        is_real=bool("".join(given.get("real", ()))),
        is_head=bool("".join(given.get("head", ()))),
        text=" ".join("".join(given.get("text", ())).split())[:60],
    )


def _chosen(
    given: Mapping[str, Sequence[str]], name: str, known: Sequence[tuple[str, str]], label: str
) -> tuple[str, ...]:
    chosen = dict.fromkeys(one for one in given.get(name, ()) if one)
    if set(chosen) - {value for value, _ in known}:
        raise Invalid(name, GONE.format(label))
    return tuple(chosen)
