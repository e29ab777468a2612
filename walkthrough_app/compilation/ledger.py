"""Reading the ledger for a compilation."""

import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import func, select

from walkthrough_app.compilation.standing import DONE, Standing
from walkthrough_app.core import clock, db
from walkthrough_app.documents import phrases
from walkthrough_app.rectification.machine import State, Verb
from walkthrough_app.rectification.models import Extension, Finding, FindingEntry, FindingPhoto, PhotoRole

CHUNK = 500
# Gives the numbers of the notices about findings, by their id; the papers of rectification connect themselves.
Numbers = Callable[[Collection[uuid.UUID]], Mapping[uuid.UUID, str]]
_numbers: list[Numbers] = []


def connect(numbers: Numbers) -> None:
    if numbers not in _numbers:
        _numbers.append(numbers)


def standings(problems: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return how problems stand, by their id, as plain JSON; those that are not in the ledger are left out."""
    wanted = [uuid.UUID(one) for one in problems]
    found = {}
    for start in range(0, len(wanted), CHUNK):
        query = select(Finding).where(Finding.key.in_(wanted[start : start + CHUNK]), Finding.is_standing)
        findings = db.session.scalars(query).unique().all()
        known = _Around([one.id for one in findings])
        for one in findings:
            found[str(one.key)] = asdict(known.standing(one))
    return found


class _Around:
    """What belongs to some findings beside their row."""

    def __init__(self, ids: Collection[uuid.UUID]) -> None:
        self.extensions = dict(_extensions(ids))
        self.notes = dict(_notes(ids))
        after = select(FindingPhoto.finding_id, func.count()).where(FindingPhoto.role == PhotoRole.AFTER)
        rows = db.session.execute(after.where(FindingPhoto.finding_id.in_(ids)).group_by(FindingPhoto.finding_id))
        self.photos = {row[0]: row[1] for row in rows}
        self.notices = {key: text for ask in _numbers for key, text in ask(ids).items()}

    def standing(self, one: Finding) -> Standing:
        return Standing(
            state=one.state.value,
            severity=one.severity,
            resp=one.resp.name,
            leader=one.resp_leader,
            person=one.resp_person,
            rectify_type=one.rectify_type,
            measure=one.measure,
            steps=one.steps,
            due_on=_iso(one.due_on) if one.state is not State.DISMISSED else "",
            extension=self.extensions.get(one.id, ""),
            progress=one.result if one.state in DONE else self.notes.get(one.id, ""),
            done_on=_iso(one.rectified_on),
            after=self.photos.get(one.id, 0),
            notices=self.notices.get(one.id, ""),
            checked_on=_iso(one.checked_on),
            check_result=one.check_result,
            closed_on=_iso(clock.to_local(one.closed_at).date() if one.closed_at else None),
            relapses=one.relapse_count,
        )


def _extensions(ids: Collection[uuid.UUID]) -> Iterator[tuple[uuid.UUID, str]]:
    """Yield what came of the last request for more time."""
    query = select(Extension).where(Extension.finding_id.in_(ids)).order_by(Extension.created_at)
    for one in db.session.scalars(query):
        until = f"延到{phrases.short_date(one.new_due_on)}"
        answer = "，待答复" if one.is_open else "" if one.is_granted else "，未同意"
        yield one.finding_id, f"{'申请' if answer else ''}{until}{answer}"


def _notes(ids: Collection[uuid.UUID]) -> Iterator[tuple[uuid.UUID, str]]:
    query = select(FindingEntry.finding_id, FindingEntry.text).where(FindingEntry.verb == Verb.NOTE)
    for row in db.session.execute(query.where(FindingEntry.finding_id.in_(ids)).order_by(FindingEntry.seq)):
        yield row[0], row[1]


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
