"""提示: all that the quality rules say about a campaign's walks, each with the way to what it is about."""

import uuid
from datetime import datetime

from flask import request, url_for

from walkthrough_app.accounts.guard import allow
from walkthrough_app.board import words
from walkthrough_app.board.queries import flags as flag_queries
from walkthrough_app.board.queries import walks as walk_queries
from walkthrough_app.board.queries.among import Chosen
from walkthrough_app.board.queries.flags import FlagList
from walkthrough_app.board.queries.scope import VIEWERS
from walkthrough_app.board.routes.blueprint import View, after, bp, chosen, more, show, view
from walkthrough_app.core import paging
from walkthrough_app.quality import queries as quality
from walkthrough_app.quality import rulebook
from walkthrough_app.quality.rulebook import Level


@bp.get("/board/flags")
@allow(*VIEWERS)
def flags() -> str:
    here = view()
    wanted = _wanted(here)
    page = paging.page(
        list(flag_queries.flags(here.campaign, wanted, after(datetime, uuid.UUID))), lambda row: (row[0].at, row[0].id)
    )
    told = [(flag, f"{unit}，{item}", word) for flag, unit, item, word in page.rows]
    return show(
        "flags",
        here,
        wanted=wanted,
        flags=quality.told(here.user, told),
        where=_where(here, [flag.walk_id for flag, *_ in told]),
        levels={level.value: level.label for level in reversed(Level)},
        rules={rule.id: rule.name for rule in rulebook.builtin().rules},
        said=words.FLAG_WORDS,
        what="，".join(part for part in _said(wanted) if part),
        count=flag_queries.count(here.campaign, wanted),
        flags_next=request.full_path.rstrip("?"),
        next=more(here, "flags", page, level=wanted.level, rule=wanted.rule, word=wanted.word),
    )


def _wanted(here: View) -> FlagList:
    return FlagList(
        units=units(here),
        is_reported=not here.is_office,
        level=chosen({level.value for level in Level}, "level"),
        rule=chosen({rule.id for rule in rulebook.builtin().rules}, "rule"),
        word=chosen(words.FLAG_WORDS, "word"),
    )


def _said(wanted: FlagList) -> list[str]:
    """Say what a list of flags is of: 请看一看，材料照片太少，还没看过的."""
    rule = rulebook.builtin().find(wanted.rule)
    level = Level(wanted.level).label if wanted.level else ""
    return [level, rule.name if rule else "", words.FLAG_WORDS.get(wanted.word, "")]


def units(here: View) -> Chosen:
    """Return whose flags are looked at."""
    return Chosen() if here.is_office and here.filters.is_all else Chosen([line.id for line in here.listed])


def sums(here: View) -> dict[str, int]:
    """Return what the board says of flags, as the list counts them."""
    return flag_queries.sums(here.campaign, FlagList(units(here), is_reported=not here.is_office))


def _where(here: View, walks: list[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return where each walk can be looked at: on the desk beside its report, else, for the office, by itself."""
    found = {walk: url_for("walkthroughs.review", walk_id=walk) for walk in walks} if here.is_office else {}
    reports = walk_queries.reports_of(walks)
    return found | {walk: url_for("reports.report", report_id=report, walk=walk) for walk, report in reports.items()}
