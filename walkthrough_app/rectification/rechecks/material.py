"""Then and now: what the walk that found it and the 回头看 say about the same step, as plain values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from walkthrough_app.core import clock, db
from walkthrough_app.questionnaires.answers import show_answer
from walkthrough_app.questionnaires.parts import Question
from walkthrough_app.rectification import queries
from walkthrough_app.rectification.models import Finding, PhotoRole
from walkthrough_app.rectification.rechecks import questions
from walkthrough_app.rectification.rechecks.models import Recheck
from walkthrough_app.walkthroughs import log
from walkthrough_app.walkthroughs.models import WalkState, Walkthrough
from walkthrough_app.walkthroughs.record import WalkRecord


@dataclass(frozen=True)
class Answer:
    """A question with what was answered then and now; '' where nothing was."""

    text: str
    then: str
    now: str


@dataclass(frozen=True)
class Side:
    """One of the two looks: its day, by whom (a post, never a name), how long it took, its pictures by hash."""

    day: date | None
    post: str
    seconds: int | None
    wait_seconds: int | None
    notes: tuple[str, ...]
    photos: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """A 回头看 as pages and its paper tell it; `solved` is what was tapped on the spot: yes, partly, no or ''."""

    recheck: Recheck
    finding: Finding
    step: str
    then: Side
    now: Side
    after_photos: tuple[str, ...]
    answers: tuple[Answer, ...]
    solved: str


def of(recheck: Recheck) -> Comparison:
    """Return both looks side by side, as far as the second one is."""
    finding, walk = recheck.finding, recheck.walk
    then = _record(db.session.get(Walkthrough, finding.walk_id) if finding.walk_id else None)
    now = _record(walk if walk and walk.state is not WalkState.VOID else None)
    step = now.document.steps[0].id if now else finding.step
    shown = _shown(finding)
    return Comparison(
        recheck=recheck,
        finding=finding,
        step=_title(then, finding.step or step),
        then=_side(then, finding.step or step, finding.found_on, shown[PhotoRole.BEFORE]),
        now=_side(now, step, _day(now), _pictures(now) if now else _since(recheck)),
        after_photos=shown[PhotoRole.AFTER],
        answers=tuple(_answers(then, now)),
        solved=str(now.answers.get(questions.SOLVED, "")) if now else "",
    )


def _record(walk: Walkthrough | None) -> WalkRecord | None:
    return log.record_of(walk) if walk else None


def _title(record: WalkRecord | None, step: str | None) -> str:
    steps = {one.id: one.title for one in record.document.steps} if record else {}
    return steps.get(step or "", "")


def _side(record: WalkRecord | None, step: str | None, day: date | None, photos: Sequence[str]) -> Side:
    if record is None:
        return Side(day, "", None, None, (), tuple(photos))
    state = record.state.steps.get(step or "")
    return Side(
        day=day,
        post=str(record.walker["post"]),
        seconds=state.seconds if state else None,
        wait_seconds=record.state.wait_seconds if step == "queue" and record.state.queue else None,
        notes=tuple(note["text"] for note in record.state.notes if note["step"] == step),
        photos=tuple(photos),
    )


def _day(record: WalkRecord | None) -> date | None:
    started = record.state.started_at if record else None
    return clock.to_local(clock.parse(started)).date() if started else None


def _shown(finding: Finding) -> dict[PhotoRole, tuple[str, ...]]:
    kept = queries.photos_of(finding)
    return {role: tuple(one.sha256 for one in kept if one.role is role) for role in PhotoRole}


def _pictures(record: WalkRecord) -> tuple[str, ...]:
    return tuple(photo["masked"] for photo in record.state.photos.values() if photo["masked"])


def _since(recheck: Recheck) -> tuple[str, ...]:
    """Return the pictures of a visit without a walk: those kept between its order and its outcome."""
    kept = queries.photos_of(recheck.finding, PhotoRole.RECHECK)
    until = recheck.decided_at or clock.now()
    return tuple(one.sha256 for one in kept if recheck.created_at <= one.created_at <= until)


def _answers(then: WalkRecord | None, now: WalkRecord | None) -> Iterable[Answer]:
    for question in now.document.steps[0].questions if now else ():
        told = _told(then, question), _told(now, question)
        if any(told):
            yield Answer(question.text, *told)


def _told(record: WalkRecord | None, question: Question) -> str:
    if record is None:
        return ""
    known = record.document.find(question.id)
    return show_answer(known, record.answers.get(question.id)) if known else ""
