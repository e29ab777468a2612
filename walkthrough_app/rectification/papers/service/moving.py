"""One move of one paper: locked, allowed by its life, written down as a deed."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm.exc import StaleDataError

from walkthrough_app.accounts.models import User
from walkthrough_app.core import audit, db, ids
from walkthrough_app.core.errors import Conflict, Forbidden
from walkthrough_app.rectification.papers import life, queries, rights
from walkthrough_app.rectification.papers.life import MOVES, Kind, State, Verb
from walkthrough_app.rectification.papers.models import OfficialPaper, PaperEntry

USED = "这张表单已经用过了，请刷新后再填。"
CHANGED = "这份文书刚刚被别人办理过，请刷新后再试。"


@dataclass(frozen=True)
class Deed:
    """A move that is allowed and holds the lock; `done` finishes it."""

    paper: OfficialPaper
    verb: Verb
    by: User
    entry_id: uuid.UUID

    def done(self, text: str = "", **data: Any) -> PaperEntry:
        """Set the state and write the deed down; `data` must be plain JSON."""
        target = MOVES[self.verb].target
        if target:
            self.paper.state = target
        return write(self.paper, self.verb, by=self.by, entry_id=self.entry_id, text=text, data=data)


def begin(paper: OfficialPaper, verb: Verb, *, by: User, entry_id: uuid.UUID | None = None) -> Deed | None:
    """Lock the paper and see whether `by` may do this now; None when the very same form was done before."""
    queries.lock(paper)
    if entry_id and (done := queries.entry(entry_id)):
        if done.paper_id == paper.id and done.verb is verb:
            return None
        raise Conflict(USED)
    if MOVES[verb].who not in rights.who(by, paper):
        raise Forbidden(queries.who_does(verb))
    if not life.is_open(verb, paper.kind, paper.state):
        raise Conflict(why_not(verb, paper.kind, paper.state))
    return Deed(paper, verb, by, entry_id or ids.new())


def why_not(verb: Verb, kind: Kind, state: State) -> str:
    if verb is Verb.ISSUE and kind is Kind.BULLETIN and state in {State.DRAFT, State.HEARING}:
        return "通报要由另一位同志审核以后才能签发。"
    return f"这份{kind.label}现在是“{state.label}”，不能“{MOVES[verb].label}”，请刷新后再看。"


def write(  # noqa: PLR0913 - what a deed consists of
    paper: OfficialPaper,
    verb: Verb,
    *,
    by: User,
    entry_id: uuid.UUID | None = None,
    text: str = "",
    data: dict[str, Any] | None = None,
) -> PaperEntry:
    last = db.session.scalar(select(func.max(PaperEntry.seq)).where(PaperEntry.paper_id == paper.id))
    made = PaperEntry(
        id=entry_id or ids.new(),
        paper=paper,
        seq=(last or 0) + 1,
        verb=verb,
        to_state=paper.state,
        by_id=by.id,
        unit_id=by.unit_id,
        post=f"{by.unit.name}{by.post}",
        text=text,
        data=data or {},
    )
    db.session.add(made)
    save()
    audit.record(f"paper.{verb.value}", paper, by=by, to=paper.state.value)
    return made


def save() -> None:
    try:
        db.session.flush()
    except StaleDataError as error:
        raise Conflict(CHANGED) from error
