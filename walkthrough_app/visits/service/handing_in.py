"""核对过的移交: what the visit found goes into the ledger, and what it says is frozen."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from walkthrough_app.accounts.models import User
from walkthrough_app.core import audit, clock, db
from walkthrough_app.core.errors import Conflict, Invalid
from walkthrough_app.rectification import queries as ledger
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import Finding, Source
from walkthrough_app.rectification.service import desk
from walkthrough_app.rectification.service.taking_in import Found, take_in
from walkthrough_app.reports.voice import clause_of
from walkthrough_app.visits import queries, telling
from walkthrough_app.visits.models import Visit, VisitState
from walkthrough_app.visits.service.walking import must_be_open
from walkthrough_app.walkthroughs import log
from walkthrough_app.walkthroughs.models import WalkState
from walkthrough_app.walkthroughs.record import WalkRecord

RECHECK = "recheck"  # the dim of questions about what was found last time
Json = dict[str, Any]


@dataclass(frozen=True)
class Wish:
    """What is added to a problem: tags of conduct, the post that is responsible (never a name), what came back.

    Without tags those of the walk stay.
    """

    tags: Sequence[str] | None = None
    post: str = ""
    relapsed: uuid.UUID | None = None


def why_not(visit: Visit, record: WalkRecord | None) -> str:
    """Say what is still to be done before it can be handed in, or ''."""
    if record is None or visit.walk is None or visit.walk.state is not WalkState.FINISHED:
        return "请先走完，在“核对”里确认。"
    if record.pending:
        return "还有照片或录音没有传完，连上网传完以后再移交。"
    open_ones = [one for one in _shown(record) if not one["masked"]]
    return f"问题的照片还有{len(open_ones)}张没有打码或确认。" if open_ones else ""


def _shown(record: WalkRecord) -> list[Json]:
    """Return the pictures of the problems, but for those that could not be used."""
    wanted = {photo for one in record.state.findings.values() for photo in one.get("photos") or ()}
    return [one for key, one in record.state.photos.items() if key in wanted and not one["refused"]]


def hand_in(visit: Visit, wishes: Mapping[str, Wish], *, by: User, tap: uuid.UUID) -> list[Finding]:
    """Register each problem of the walk once, freeze facts and score; Conflict while something is still to be done."""
    queries.lock(visit)
    if visit.state.is_over:
        return list(queries.findings_of(visit))
    must_be_open(visit)
    record = log.record_of(visit.walk) if visit.walk else None
    reason = why_not(visit, record)
    if reason or record is None:
        raise Conflict(reason)
    taken = [_take(visit, record, key, wishes.get(key, Wish()), by=by, tap=tap) for key in record.state.findings]
    visit.facts, visit.score, visit.findings = telling.facts(record), telling.score(record), len(taken)
    visit.state, visit.handed_in_at = VisitState.HANDED_IN, clock.now()
    db.session.flush()
    audit.record("visit.handed_in", visit, by=by, findings=[one.code for one in taken])
    return taken


def _take(visit: Visit, record: WalkRecord, key: str, wish: Wish, *, by: User, tap: uuid.UUID) -> Finding:  # noqa: PLR0913
    told = record.state.findings[key]
    tags = list(wish.tags if wish.tags is not None else told.get("tags") or ())
    if not set(tags) <= {one.id for one in record.document.tags}:
        raise Invalid("tags", "请从列出的作风表现里选。")
    found = Found(
        unit=visit.unit,
        source=Source.COVERT if visit.is_covert else Source.OPEN,
        category=str(told["category"]),
        severity=str(told["severity"]),
        title=str(told["title"]),
        fact=str(told.get("fact") or ""),
        clause=clause_of(str((told.get("clause") or {}).get("text", ""))).strip("“”"),
        found_on=_day(record),
        key=uuid.uuid5(visit.id, key),
        walk_id=visit.walk_id,
        item_id=visit.item_id,
        task_name=visit.place,
        step=told.get("step"),
        mode=visit.mode.label,
        root_cause=str(told.get("root_cause") or ""),
        tags=tags,
        photos=[record.state.photos[one]["masked"] for one in told.get("photos") or () if _is_kept(record, one)],
        resp_person=wish.post.strip(),
    )
    finding = take_in(visit.campaign, found, by=by, visit=str(visit.id))
    if wish.relapsed:
        _link(visit, record, finding, told, wish.relapsed, by=by, tap=tap)
    return finding


def _is_kept(record: WalkRecord, photo: str) -> bool:
    return photo in record.state.photos and bool(record.state.photos[photo]["masked"])


def _day(record: WalkRecord) -> Any:
    started = record.state.started_at
    return clock.to_local(clock.parse(started)).date() if started else clock.today()


def may_have_relapsed(record: WalkRecord, told: Mapping[str, Any]) -> bool:
    """Tell whether a problem comes of a question about what was found last time (S001-35)."""
    question = record.document.find(str(told.get("question") or ""))
    return question is not None and question.dim == RECHECK


def _link(  # noqa: PLR0913
    visit: Visit, record: WalkRecord, new: Finding, told: Json, old_id: uuid.UUID, *, by: User, tap: uuid.UUID
) -> None:
    """Reopen the closed problem that has come back; the new one stays as its proof, handed over no second time."""
    old = next((one for one in queries.closed_at(visit) if one.id == old_id), None)
    if old is None or not may_have_relapsed(record, told):
        raise Invalid("relapsed", "请从这个单位已销号的问题里选。")
    if new.state is not State.REGISTERED:  # the same place and kind: it was linked by rule
        return
    ledger.lock(old)
    day = new.found_on
    text = f"{day.month}月{day.day}日{new.source.label}发现反弹：{new.title}（{new.code}）。"
    walk = str(visit.walk_id)
    desk.relapse(old, text, by=None, on=day, found=new.code, walk=walk, found_on=day.isoformat())
    desk.dismiss(new, f"同一问题反弹，并入{old.code}办理。", by=None, duplicate_of=old)
    audit.record("visit.relapse_found", visit, by=by, old=old.code, new=new.code, tap=str(tap))
