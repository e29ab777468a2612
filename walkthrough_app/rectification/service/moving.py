"""One move of one finding: locked, allowed by the machine, written down as a deed, told to who wants to know."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm.exc import StaleDataError

from walkthrough_app.accounts.models import UNIT_ROLES, User
from walkthrough_app.core import audit, clock, db, ids
from walkthrough_app.core.errors import Conflict, Forbidden
from walkthrough_app.rectification import changes, machine, queries, rights
from walkthrough_app.rectification.machine import MOVES, Actor, State, Verb
from walkthrough_app.rectification.models import Finding, FindingEntry
from walkthrough_app.rectification.queries.findings import who_does

CHANGED = "这个问题刚刚被别人办理过，请刷新后再试。"


@dataclass(frozen=True)
class Deed:
    """A move that is allowed and holds the lock; `done` finishes it."""

    finding: Finding
    verb: Verb
    by: User | None
    entry_id: uuid.UUID
    by_sheet: bool = False

    def done(self, text: str = "", **data: Any) -> FindingEntry:
        """Set the state and write the deed down; `data` must be plain JSON."""
        finding, before = self.finding, self.finding.state
        target = MOVES[self.verb].target or before
        if self.by_sheet:
            data["by_sheet"] = True
        if target is not before:
            finding.state, finding.state_since = target, clock.now()
        made = write(finding, self.verb, before, by=self.by, entry_id=self.entry_id, text=text, data=data)
        audit.record(f"finding.{self.verb.value}", finding, by=self.by, to=target.value)
        changes.tell(finding, made)
        return made


def begin(  # noqa: PLR0913 - who does what, and in which capacity
    finding: Finding,
    verb: Verb,
    *,
    by: User | None,
    entry_id: uuid.UUID | None = None,
    checker: bool = False,
    by_sheet: bool = False,
) -> Deed | None:
    """Lock the finding and see whether `by` may do this now; None when the very same form was done before.

    `by_sheet`: a desk enters what the unit filled into a spreadsheet, and so does what is the unit's to do.
    `by` is None for what the rules do. Conflict or Forbidden say in one sentence why not.
    """
    queries.lock(finding)
    if entry_id and (done := queries.entry(entry_id)):
        if done.finding_id == finding.id and done.verb is verb:
            return None
        raise Conflict("这张表单已经用过了，请刷新后再填。")
    if not MOVES[verb].actors & _actors(by, finding, checker=checker, by_sheet=by_sheet):
        raise Forbidden(who_does(verb))
    if not machine.is_open(verb, finding.state):
        raise Conflict(why_not(verb, finding.state, by))
    return Deed(finding, verb, by, entry_id or ids.new(), by_sheet)


def _actors(by: User | None, finding: Finding, *, checker: bool, by_sheet: bool) -> frozenset[Actor]:
    if by is None:
        return frozenset({Actor.RULE})
    known = rights.actors_of(by, finding)
    if by_sheet and Actor.DESK in known:
        known |= {Actor.UNIT}
    return known | {Actor.CHECKER} if checker else known


def why_not(verb: Verb, state: State, by: User | None = None) -> str:
    """Say why a move is not open; to the unit without telling that somebody is looking again (S002-25)."""
    if state is State.RECHECKING and by and by.role in UNIT_ROLES:
        return f"这个问题现在不能“{MOVES[verb].label}”，请过几天再看。"
    return f"这个问题现在是“{state.label}”，不能“{MOVES[verb].label}”，请刷新后再看。"


def write(  # noqa: PLR0913 - what a deed consists of
    finding: Finding,
    verb: Verb,
    before: State | None,
    *,
    by: User | None,
    entry_id: uuid.UUID | None = None,
    text: str = "",
    data: dict[str, Any] | None = None,
) -> FindingEntry:
    last = db.session.scalar(select(func.max(FindingEntry.seq)).where(FindingEntry.finding_id == finding.id))
    made = FindingEntry(
        id=entry_id or ids.new(),
        finding=finding,
        seq=(last or 0) + 1,
        verb=verb,
        from_state=before,
        to_state=finding.state,
        by=by,
        text=text,
        data=data or {},
    )
    db.session.add(made)
    save()
    return made


def save() -> None:
    try:
        db.session.flush()
    except StaleDataError as error:
        raise Conflict(CHANGED) from error
