"""Reading papers. Loading is authorising: strangers get NotFound, who may only look gets Forbidden for a verb."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select

from walkthrough_app.accounts.models import UNIT_ROLES, User
from walkthrough_app.core import clock, db
from walkthrough_app.core.errors import Forbidden, NotFound
from walkthrough_app.rectification.models import Finding
from walkthrough_app.rectification.papers import rights
from walkthrough_app.rectification.papers.life import MOVES, OWED, Kind, State, Verb
from walkthrough_app.rectification.papers.models import OfficialPaper, PaperEntry, paper_finding

PAGE = 30


@dataclass(frozen=True)
class Filters:
    """Which papers to list; None and False: whatever."""

    kind: Kind | None = None
    is_late: bool = False
    is_waiting: bool = False
    page: int = 1


def paper_for(user: User, paper_id: uuid.UUID, *, verb: Verb | None = None) -> OfficialPaper:
    """Load a paper the user may see; with `verb`, Forbidden unless it is the user's to do (whatever the state)."""
    paper = db.session.scalars(select(OfficialPaper).where(OfficialPaper.id == paper_id, rights.visible(user))).first()
    if paper is None:
        raise NotFound
    if verb and MOVES[verb].who not in rights.who(user, paper):
        raise Forbidden(who_does(verb))
    return paper


def who_does(verb: Verb) -> str:
    return f"“{MOVES[verb].label}”由{MOVES[verb].who.label}办理，您可以查看。"


def page(user: User, filters: Filters) -> tuple[Sequence[OfficialPaper], int]:
    """Return a page of what the user may see, the newest first, and how many there are."""
    wanted = [rights.visible(user), OfficialPaper.state != State.DROPPED]
    if filters.kind:
        wanted.append(OfficialPaper.kind == filters.kind)
    if filters.is_waiting:
        wanted.append(_waits_for(user))
    if filters.is_late:
        owed = and_(OfficialPaper.kind == Kind.NOTICE, OfficialPaper.state.in_(OWED))
        wanted += [owed, OfficialPaper.due_on < clock.today()]
    newest = func.coalesce(OfficialPaper.issued_at, OfficialPaper.created_at).desc()
    query = select(OfficialPaper).where(*wanted).order_by(newest, OfficialPaper.id)
    found = db.session.scalars(query.limit(PAGE).offset((filters.page - 1) * PAGE)).all()
    total = db.session.scalar(select(func.count()).select_from(OfficialPaper).where(*wanted)) or 0
    return found, total


def _waits_for(user: User) -> ColumnElement[bool]:
    """Return the condition on papers that wait for the user: to be signed or answered, or to be decided."""
    if user.role not in UNIT_ROLES:
        return OfficialPaper.state.in_((State.DRAFT, State.REPLIED, State.REVIEWED))
    owed = and_(OfficialPaper.kind == Kind.NOTICE, OfficialPaper.state.in_(OWED))
    unsigned = and_(OfficialPaper.kind == Kind.LETTER, OfficialPaper.state == State.ISSUED)
    mine = and_(OfficialPaper.unit_id == user.unit_id, or_(owed, unsigned))
    return or_(mine, OfficialPaper.state == State.HEARING)


def lock(paper: OfficialPaper) -> None:
    """Let one deed at a time decide about this paper, and see what the one before has done."""
    db.session.execute(select(OfficialPaper.id).where(OfficialPaper.id == paper.id).with_for_update())
    db.session.refresh(paper)


def get(paper_id: uuid.UUID) -> OfficialPaper | None:
    return db.session.get(OfficialPaper, paper_id)


def entry(entry_id: uuid.UUID) -> PaperEntry | None:
    return db.session.get(PaperEntry, entry_id)


def entries(paper: OfficialPaper, verb: Verb) -> list[PaperEntry]:
    """Return the deeds of one kind in their order."""
    query = select(PaperEntry).where(PaperEntry.paper_id == paper.id, PaperEntry.verb == verb)
    return list(db.session.scalars(query.order_by(PaperEntry.seq)))


def of_finding(user: User, finding: Finding) -> Sequence[OfficialPaper]:
    """Return the papers about a finding that the user may see, the newest first."""
    query = select(OfficialPaper).join(paper_finding).where(paper_finding.c.finding_id == finding.id)
    query = query.where(rights.visible(user), OfficialPaper.state != State.DROPPED)
    return db.session.scalars(query.order_by(OfficialPaper.created_at.desc())).all()


def open_notices(finding: Finding) -> Sequence[OfficialPaper]:
    """Return the notices about a finding that are not answered yet."""
    query = select(OfficialPaper).join(paper_finding).where(paper_finding.c.finding_id == finding.id)
    return db.session.scalars(query.where(OfficialPaper.kind == Kind.NOTICE, OfficialPaper.state.in_(OWED))).all()


def issued(kind: Kind, office: uuid.UUID, campaign: uuid.UUID, since: date | None = None) -> list[OfficialPaper]:
    """Return the papers of a kind that an office has issued in a campaign, in the order of their numbers."""
    query = select(OfficialPaper).where(
        OfficialPaper.kind == kind, OfficialPaper.office_id == office, OfficialPaper.campaign_id == campaign
    )
    found = db.session.scalars(query.where(OfficialPaper.number.is_not(None)).order_by(OfficialPaper.issued_at))
    return [one for one in found if since is None or (one.issued_at and clock.to_local(one.issued_at).date() >= since)]


def numbers(findings: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return the numbers of the notices about findings, by finding: 督办〔2026〕5号、督办〔2026〕8号."""
    query = select(paper_finding.c.finding_id, OfficialPaper).join(OfficialPaper)
    query = query.where(paper_finding.c.finding_id.in_(findings), OfficialPaper.kind == Kind.NOTICE)
    found: dict[uuid.UUID, list[str]] = {}
    query = query.where(OfficialPaper.number.is_not(None)).order_by(OfficialPaper.issued_at)
    for finding_id, paper in db.session.execute(query):
        found.setdefault(finding_id, []).append(paper.code)
    return {finding_id: "、".join(codes) for finding_id, codes in found.items()}
