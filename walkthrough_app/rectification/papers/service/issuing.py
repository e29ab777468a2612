"""Issuing: checked once more, numbered, frozen, and given to a job that makes its files."""

import uuid

from walkthrough_app.accounts.models import User
from walkthrough_app.core import clock, series
from walkthrough_app.core.errors import Conflict
from walkthrough_app.rectification import service as ledger
from walkthrough_app.rectification.escalation import service as escalation
from walkthrough_app.rectification.machine import State as FindingState
from walkthrough_app.rectification.papers import contents, names
from walkthrough_app.rectification.papers.life import Kind, Verb
from walkthrough_app.rectification.papers.models import OfficialPaper
from walkthrough_app.rectification.papers.service import drafting, moving, prints

SETTLES = {Kind.NOTICE: "notice", Kind.BULLETIN: "bulletin"}  # what waits for them on the lists of escalation
SHORTEST, LONGEST = 300, 500  # characters of 典型经验 (domain §6.7)


def issue(paper: OfficialPaper, *, by: User, entry_id: uuid.UUID | None = None) -> None:
    """Issue a paper under the next number of its office, kind and year; Conflict says what is still wrong with it."""
    deed = moving.begin(paper, Verb.ISSUE, by=by, entry_id=entry_id)
    if deed is None:
        return
    _check(paper)
    year = clock.today().year
    paper.year, paper.number = year, series.take(f"{paper.kind.value}:{paper.office_id}:{year}")
    paper.issued_at, paper.issued_by_id = clock.now(), by.id
    deed.done(code=paper.code)
    if paper.kind is Kind.LETTER:
        _assign(paper, by)
    if paper.kind in SETTLES:
        for finding in paper.findings:
            escalation.settle(finding, SETTLES[paper.kind], paper.code, by=by)
    prints.add(paper)


def _check(paper: OfficialPaper) -> None:
    if paper.kind in drafting.ADDRESSED:
        drafting.must_be_open(paper.findings)
        if paper.due_on and paper.due_on < clock.today():
            raise Conflict("办理时限已经过了，请先改时限再签发。")
    if paper.kind.is_published:
        names.refuse(contents.texts(paper.kind, paper.data), paper.data.get("not_names") or "")
    if paper.kind is Kind.BRIEF:
        count = contents.length_of_brief(paper.data)
        if not SHORTEST <= count <= LONGEST:
            raise Conflict(f"典型经验写{SHORTEST}到{LONGEST}个字，现在有{count}个字。")


def _assign(paper: OfficialPaper, by: User) -> None:
    """Hand over what was only registered so far: its clock runs from the letter on."""
    due = {one["code"]: clock.day_of(one["due_on"]) for one in paper.data["problems"]}
    for finding in paper.findings:
        if finding.state is FindingState.REGISTERED:
            ledger.assign(finding, ledger.Order(finding.resp, due.get(finding.code)), by=by)
