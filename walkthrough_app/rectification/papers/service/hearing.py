"""Before a bulletin is issued: the units it names may object, and somebody who did not write it looks at it."""

import uuid
from datetime import date

from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.core import clock
from walkthrough_app.core.errors import Conflict, Forbidden
from walkthrough_app.rectification.papers import contents, names, queries
from walkthrough_app.rectification.papers.life import Verb
from walkthrough_app.rectification.papers.models import OfficialPaper, PaperEntry, Part
from walkthrough_app.rectification.papers.service import moving
from walkthrough_app.rectification.service.words import day_after_today, needed

ENOUGH = 2000  # characters
AGREED = "没有意见。"
WRITING = (Verb.DRAFT, Verb.AMEND)


def hear(paper: OfficialPaper, until: date | None, *, by: User, entry_id: uuid.UUID | None = None) -> None:
    """Show the draft to the units it names, until a day."""
    deed = moving.begin(paper, Verb.HEAR, by=by, entry_id=entry_id)
    if deed is None:
        return
    units = paper.units_of(Part.NAMED)
    if not units:
        raise Conflict("这期通报没有点名的单位，可以直接审核。")
    names.refuse(contents.texts(paper.kind, paper.data), paper.data.get("not_names") or "")
    last = day_after_today("until", until, "请填写答复期限。")
    deed.done(units=[str(one.id) for one in units], until=last.isoformat())


def term(paper: OfficialPaper) -> date | None:
    """Return the last day on which the named units may object; None while they were not asked."""
    asked = queries.entries(paper, Verb.HEAR)
    return date.fromisoformat(asked[-1].data["until"]) if asked else None


def answer(paper: OfficialPaper, text: str, *, agrees: bool, by: User, entry_id: uuid.UUID | None = None) -> None:
    """Say as a named unit whether the facts are right; the last word of a unit counts."""
    deed = moving.begin(paper, Verb.OBJECT, by=by, entry_id=entry_id)
    if deed is None:
        return
    last = term(paper)
    if last and clock.today() > last:
        raise Conflict(f"答复期限是{last.month}月{last.day}日，已经过了。")
    told = text.strip()[:ENOUGH] or AGREED if agrees else needed("text", text, "请写明有意见的地方和理由。", ENOUGH)
    deed.done(told, agrees=agrees)


def review(paper: OfficialPaper, text: str, *, by: User, entry_id: uuid.UUID | None = None) -> None:
    """Find a bulletin fit to be issued; never by somebody who wrote in it."""
    deed = moving.begin(paper, Verb.REVIEW, by=by, entry_id=entry_id)
    if deed is None:
        return
    if by.id in writers(paper):
        raise Forbidden("起草、修改过这期通报的人不能审核，请换一位同志。")
    waited = open_units(paper)
    if waited:
        raise Conflict(f"{'、'.join(one.name for one in waited)}还没有答复，期限也没有到，请等一等。")
    names.refuse(contents.texts(paper.kind, paper.data), paper.data.get("not_names") or "")
    deed.done(needed("text", text, "请写明审核意见。", ENOUGH))


def reopen(paper: OfficialPaper, reason: str, *, by: User, entry_id: uuid.UUID | None = None) -> None:
    """Let a reviewed bulletin be changed again; it is reviewed anew afterwards."""
    deed = moving.begin(paper, Verb.REOPEN, by=by, entry_id=entry_id)
    if deed:
        deed.done(needed("reason", reason, "请写明退回修改的理由。", ENOUGH))


def writers(paper: OfficialPaper) -> set[uuid.UUID]:
    return {one.by_id for one in paper.entries if one.verb in WRITING}


def answers(paper: OfficialPaper) -> dict[uuid.UUID, PaperEntry]:
    """Return the last word of each unit."""
    return {one.unit_id: one for one in queries.entries(paper, Verb.OBJECT)}


def open_units(paper: OfficialPaper) -> list[Unit]:
    """Return the named units that must still be waited for: not asked yet, or asked, silent and within the term."""
    asked = {unit for one in queries.entries(paper, Verb.HEAR) for unit in one.data["units"]}
    heard = answers(paper)
    last = term(paper)
    is_over = last is not None and clock.today() > last
    return [one for one in paper.units_of(Part.NAMED) if one.id not in heard and not (is_over and str(one.id) in asked)]
