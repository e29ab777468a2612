"""整改: how far each unit is with its problems, each figure with the list behind it."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from flask import url_for

from walkthrough_app.accounts.guard import allow
from walkthrough_app.board.queries import rectifying
from walkthrough_app.board.queries.scope import VIEWERS
from walkthrough_app.board.routes.blueprint import View, after, bp, more, show, view
from walkthrough_app.board.values import UnitLine
from walkthrough_app.core import paging
from walkthrough_app.documents import phrases

# key: (words, how the ledger is narrowed to the same problems; None: it cannot be)
COLUMNS: dict[str, tuple[str, dict[str, str] | None]] = {
    "problems": ("问题", None),
    "open": ("未销号", {}),
    "overdue": ("超期", {"overdue": "1"}),
    "rectified": ("已整改待核", {"state": "rectified"}),
    "closed": ("已销号", {"state": "closed"}),
    "relapsed": ("反弹", None),
}


@bp.get("/board/rectification")
@allow(*VIEWERS)
def rectification() -> str:
    here = view()
    known = rectifying.by_unit(here.user, here.campaign)
    lines = [line for line in here.listed if known.get(line.id)]
    page = paging.cut(lines, _by_name, after(str))
    return show(
        "rectification",
        here,
        page=page,
        known=known,
        columns=COLUMNS,
        rate=rate,
        sums=sums_of(here, known),
        ledger=ledger(here),
        is_whole=is_whole(here),
        next=more(here, "rectification", page),
    )


def _by_name(line: UnitLine) -> paging.Key:
    return (line.name,)


def sums_of(here: View, known: dict[Any, Counter[str]] | None = None) -> Counter[str]:
    """Add up the units that are looked at."""
    counts = rectifying.by_unit(here.user, here.campaign) if known is None else known
    found: Counter[str] = Counter()
    for line in here.listed:
        found.update(counts.get(line.id, {}))
    return found


def rate(counts: Counter[str]) -> str:
    return phrases.percent(counts["closed"], counts["problems"])


def is_whole(here: View) -> bool:
    """Tell whether a ledger can be narrowed to just the units that are looked at."""
    return not (here.filters.org_class or here.filters.standing or here.filters.text or here.filters.unit_id)


def ledger(here: View) -> Callable[..., str]:
    """Return what gives the address of the list behind a figure, '' for one that no filter of the ledger tells."""

    def link(column: str, unit: Any = None) -> str:
        wanted = COLUMNS[column][1]
        if wanted is None:
            return ""
        lane = {"lane": here.filters.lane.value} if here.is_office and here.filters.lane else {}
        whose = {"unit": str(unit)} if unit else lane
        args: dict[str, Any] = {**wanted, **whose}
        return url_for("rectification.ledger", campaign=str(here.campaign.id), **args)

    return link
