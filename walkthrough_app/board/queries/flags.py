"""提示: what the quality rules say about the walks of a campaign, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select

from walkthrough_app.accounts.models import Unit
from walkthrough_app.board.queries.among import Chosen, before
from walkthrough_app.campaigns.models import Campaign, ServiceItem
from walkthrough_app.core import db
from walkthrough_app.core.paging import SIZE, Key
from walkthrough_app.figures.models import WalkFigure
from walkthrough_app.quality.models import Flag, FlagWord
from walkthrough_app.quality.rulebook import Level
from walkthrough_app.walkthroughs.models import Walkthrough

WORDS = {
    "unseen": FlagWord.seen_at.is_(None),
    "seen": FlagWord.seen_at.is_not(None),
    "explained": func.coalesce(FlagWord.explanation, "") != "",
    "silent": func.coalesce(FlagWord.explanation, "") == "",
}


@dataclass(frozen=True)
class FlagList:
    """What a list of flags is of; '' lets all through."""

    units: Chosen
    is_reported: bool
    level: str = ""
    rule: str = ""
    word: str = ""

    def conditions(self, campaign: Campaign) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = [Flag.campaign_id == campaign.id, self.units.units(Flag.unit_id)]
        found += [WalkFigure.is_reported.is_(True)] if self.is_reported else []
        found += [Flag.level == Level(self.level)] if self.level else []
        found += [Flag.rule == self.rule] if self.rule else []
        return found + ([WORDS[self.word]] if self.word else [])


def flags(campaign: Campaign, wanted: FlagList, after: Key | None = None) -> Sequence[Any]:
    """Return one row more than a page has: the flag, its unit, its item, what was said about it."""
    columns = (Flag, Unit.name, ServiceItem.task_name, FlagWord)
    query = _of(select(*columns), campaign, wanted).join(Walkthrough, Walkthrough.id == Flag.walk_id)
    query = query.join(ServiceItem, ServiceItem.id == Walkthrough.item_id)
    query = query.join(Unit, Unit.id == Flag.unit_id)
    query = query.where(before(Flag.at, Flag.id, (after[0], after[1]) if after else None))
    return db.session.execute(query.order_by(Flag.at.desc(), Flag.id.desc()).limit(SIZE + 1)).all()


def count(campaign: Campaign, wanted: FlagList) -> int:
    return db.session.scalar(_of(select(func.count(Flag.id)), campaign, wanted)) or 0


def sums(campaign: Campaign, wanted: FlagList) -> dict[str, int]:
    """Count what the board tells of: by level, and what nobody has looked at."""
    columns = [func.count(Flag.id).filter(Flag.level == level) for level in Level]
    query = _of(select(*columns, func.count(Flag.id).filter(WORDS["unseen"])), campaign, wanted)
    return dict(zip([*(level.value for level in Level), "unseen"], db.session.execute(query).one(), strict=True))


def _of(query: Any, campaign: Campaign, wanted: FlagList) -> Any:
    query = query.select_from(Flag).outerjoin(FlagWord, FlagWord.flag_id == Flag.id)
    if wanted.is_reported:
        query = query.join(WalkFigure, WalkFigure.walk_id == Flag.walk_id)
    return query.where(*wanted.conditions(campaign))
