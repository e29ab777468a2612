"""What a ledger is narrowed to, as it stands in an address; what is not understood there is left out."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from walkthrough_app.accounts.models import Lane
from walkthrough_app.core import ids
from walkthrough_app.core.forms import tidy
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import SEVERITIES
from walkthrough_app.walkthroughs.record import RECTIFY_TYPES

LONGEST = 60  # characters
EVERYTHING = "all"
Member = TypeVar("Member", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Filters:
    """None, '' and False are everything; without a state only what is not over yet, unless `is_all`."""

    campaign: uuid.UUID | None = None
    unit: uuid.UUID | None = None
    lane: Lane | None = None
    state: State | None = None
    is_all: bool = False
    letter: str = ""
    category: str = ""
    severity: str = ""
    rectify_type: str = ""
    is_overdue: bool = False
    must_recheck: bool = False
    words: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Tell whether anything but the state is set."""
        return replace(self, state=None, is_all=False) != Filters()

    def anywhere(self) -> "Filters":
        """Return the same for whatever state, overdue or not: what the counts on top are counted from."""
        return replace(self, state=None, is_all=True, is_overdue=False)


def of(args: Mapping[str, str]) -> Filters:
    letter = args.get("category", "")
    return Filters(
        campaign=ids.parse(args.get("campaign")),
        unit=ids.parse(args.get("unit")),
        lane=_member(Lane, args.get("lane", "")),
        state=_member(State, args.get("state", "")),
        is_all=args.get("state") == EVERYTHING,
        letter=letter if len(letter) == 1 and "A" <= letter <= "Z" else "",
        severity=_known(SEVERITIES, args.get("severity", "")),
        rectify_type=_known(RECTIFY_TYPES, args.get("type", "")),
        is_overdue=args.get("overdue") == "1",
        must_recheck=args.get("must_recheck") == "1",
        words=(tidy(args.get("text")) or "")[:LONGEST],
    )


def args_of(filters: Filters) -> dict[str, str]:
    """Write filters as an address carries them."""
    given = {
        "campaign": str(filters.campaign or ""),
        "unit": str(filters.unit or ""),
        "lane": filters.lane.value if filters.lane else "",
        "state": filters.state.value if filters.state else EVERYTHING if filters.is_all else "",
        "category": filters.letter,
        "severity": filters.severity,
        "type": filters.rectify_type,
        "overdue": "1" if filters.is_overdue else "",
        "must_recheck": "1" if filters.must_recheck else "",
        "text": filters.words,
    }
    return {name: value for name, value in given.items() if value}


def _member(kind: type[Member], text: str) -> Member | None:
    return next((one for one in kind if one.value == text), None)


def _known(among: Mapping[str, str], text: str) -> str:
    return text if text in among else ""
