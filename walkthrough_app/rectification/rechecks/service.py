"""Ordering a 回头看, walking it, and saying what came of it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from walkthrough_app.accounts.models import User
from walkthrough_app.core import audit, clock, db
from walkthrough_app.core.errors import Conflict, Forbidden, Invalid
from walkthrough_app.media import queries as media
from walkthrough_app.media.models import MediaFile
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.rectification import evidence, rights, service
from walkthrough_app.rectification import queries as findings
from walkthrough_app.rectification.machine import Actor, State
from walkthrough_app.rectification.models import Finding, FindingEntry, PhotoRole
from walkthrough_app.rectification.rechecks import queries, questions
from walkthrough_app.rectification.rechecks.models import Method, Outcome, Recheck
from walkthrough_app.rectification.service.words import day_after_today
from walkthrough_app.walkthroughs import log
from walkthrough_app.walkthroughs import service as walkthroughs
from walkthrough_app.walkthroughs.models import WalkState, Walkthrough

MOST = 200  # findings in one order


@dataclass(frozen=True)
class Verdict:
    """What the checker says; `due_on` is the new term where it is not gone, `photos` are of a visit without a walk."""

    is_solved: bool
    text: str
    due_on: date | None = None
    photos: Sequence[MediaFile] = ()


def order(finding: Finding, checker: User, due_on: date | None, *, by: User, tap: uuid.UUID) -> Recheck | None:
    """Have somebody look again at what was reported done; the same form sent again changes nothing (None)."""
    made = uuid.uuid5(tap, str(finding.id))
    if db.session.get(Recheck, made):
        return None
    if checker.id not in {one.id for one in queries.candidates(finding, by)}:
        raise Invalid("checker", "回头看的人不能是整改的人，请另选一位。")
    day = day_after_today("due_on", due_on, "请填写回头看的期限。")
    if service.order_recheck(finding, checker, by=by, entry_id=made, recheck=str(made)) is None:
        return None
    method = Method.WALK if finding.walk_id else Method.VISIT
    found = Recheck(id=made, finding=finding, checker=checker, ordered_by=by, due_on=day, method=method)
    db.session.add(found)
    db.session.flush()
    return found


def order_all(wanted: Sequence[Finding], checker: User, due_on: date | None, *, by: User, tap: uuid.UUID) -> int:
    """Order those that are reported done, all or none of them; return how many there are new."""
    known = [db.session.get(Recheck, uuid.uuid5(tap, str(one.id))) for one in wanted]
    ready = [one for one, was in zip(wanted, known, strict=True) if was is None and one.state is State.RECTIFIED]
    if not ready and not any(known):
        raise Conflict("没有可以安排的：只有“已整改”的问题才安排回头看。")
    made = [order(one, checker, due_on, by=by, tap=tap) for one in ready]
    return sum(one is not None for one in made)


def hand_over(recheck: Recheck, checker: User, *, by: User, tap: uuid.UUID) -> None:
    """Send somebody else; what the first one had begun does not count."""
    findings.lock(recheck.finding)
    _must_be_open(recheck)
    if Actor.DESK not in rights.actors_of(by, recheck.finding):
        raise Forbidden("换人由作风整顿办、接收报告的工作组办理。")
    if checker.id == recheck.checker_id:
        return
    if checker.id not in {one.id for one in queries.candidates(recheck.finding, by)}:
        raise Invalid("checker", "回头看的人不能是整改的人，请另选一位。")
    if recheck.walk and recheck.walk.state is not WalkState.VOID:
        walkthroughs.void(recheck.walk, "换人回头看", by=by, tap=tap)
    recheck.checker, recheck.walk = checker, None
    db.session.flush()
    audit.record("recheck.handed_over", recheck, by=by, checker=str(checker.id))


def start(recheck: Recheck, *, by: User, tap: uuid.UUID) -> Walkthrough:
    """Begin to walk the step again; a second tap returns the walk already begun."""
    findings.lock(recheck.finding)
    db.session.refresh(recheck)
    _must_be_open(recheck)
    if recheck.walk and recheck.walk.state is not WalkState.VOID:
        return recheck.walk
    if recheck.method is not Method.WALK:
        raise Conflict("这个问题不是走流程发现的，请到现场查看后直接填写结果。")
    first = db.session.get_one(Walkthrough, recheck.finding.walk_id)
    recheck.walk = walkthroughs.walk_again(first, questionnaires.publish(_questions(recheck, first)), by=by, tap=tap)
    db.session.flush()
    return recheck.walk


def _questions(recheck: Recheck, first: Walkthrough) -> questions.Json:
    finding = recheck.finding
    found = log.record_of(first).state.findings.get(str(finding.key), {})
    return questions.document(
        first.questionnaire.document,
        step=finding.step,
        question=str(found.get("question") or "") or None,
        category=finding.category,
    )


def decide(recheck: Recheck, verdict: Verdict, *, by: User, tap: uuid.UUID) -> FindingEntry | None:
    """Say what came of it: gone (closed, or kept up), or not (done again by a new day). Only the checker does."""
    if by.id != recheck.checker_id:
        raise Forbidden("只有回头看人员本人可以办理，您可以查看。")
    finding = recheck.finding
    findings.lock(finding)
    db.session.refresh(recheck)
    if findings.entry(tap) is None:
        _must_be_open(recheck)
        _keep_photos(recheck, verdict, by)
    day = looked_on(recheck)
    if verdict.is_solved:
        entry = service.passed(finding, verdict.text, by=by, on=day, entry_id=tap)
    else:
        due_on = verdict.due_on
        entry = service.failed(finding, verdict.text, by=by, on=day, due_on=due_on, entry_id=tap)
    if entry is None:
        return None
    kept_up = finding.state is State.RECTIFYING and verdict.is_solved
    recheck.outcome = Outcome.KEPT_UP if kept_up else Outcome.PASSED if verdict.is_solved else Outcome.FAILED
    recheck.text, recheck.decided_at = entry.text, clock.now()
    db.session.flush()
    return entry


def _must_be_open(recheck: Recheck) -> None:
    if not recheck.is_open:
        raise Conflict("这次回头看已经有结果了，请刷新后再看。")


def _keep_photos(recheck: Recheck, verdict: Verdict, by: User) -> None:
    if recheck.method is Method.WALK:
        hashes = _walked(recheck, verdict)
        photos = list(media.by_hash(hashes).values())
    else:
        photos = list(verdict.photos)
    if not photos:
        raise Invalid("photos", "请至少附一张这次回头看的照片，并打码或者确认不用打码。")
    evidence.add(recheck.finding, photos, PhotoRole.RECHECK, by=by)


def _walked(recheck: Recheck, verdict: Verdict) -> list[str]:
    """Return the pictures of the walk that may be shown; the walk must be over and not say the contrary."""
    walk = recheck.walk
    if walk is None or walk.state is not WalkState.FINISHED:
        raise Conflict("请先到现场把这一步再走一遍，走完以后再填结果。")
    record = log.record_of(walk)
    if verdict.is_solved and record.answers.get(questions.SOLVED) == "no":
        raise Invalid("outcome", "走的时候记的是“没有解决”，不能通过；记错了的，请先重新打开记录改正。")
    if record.pending:
        raise Conflict("还有照片没有传完，连上网传完以后再填结果。")
    return [photo["masked"] for photo in record.state.photos.values() if photo["masked"]][: evidence.MOST]


def looked_on(recheck: Recheck) -> date:
    """Return the day on which it was looked at: when the walk began, else today."""
    started = log.record_of(recheck.walk).state.started_at if recheck.walk else None
    return min(clock.to_local(clock.parse(started)).date(), clock.today()) if started else clock.today()
