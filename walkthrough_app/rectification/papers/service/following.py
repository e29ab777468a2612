"""After a notice is issued: signed, answered, confirmed by the head, decided by the desk, urged, given more time."""

import uuid
from datetime import date

from walkthrough_app.accounts.models import User
from walkthrough_app.core import clock
from walkthrough_app.core.errors import Conflict, Invalid
from walkthrough_app.rectification import queries as ledger
from walkthrough_app.rectification.machine import State as FindingState
from walkthrough_app.rectification.machine import Verb as FindingVerb
from walkthrough_app.rectification.models import Finding, FindingEntry, PhotoRole
from walkthrough_app.rectification.papers import queries
from walkthrough_app.rectification.papers.life import Verb
from walkthrough_app.rectification.papers.models import OfficialPaper
from walkthrough_app.rectification.papers.service import moving, prints
from walkthrough_app.rectification.service.words import day_after_today, needed

ENOUGH = 2000  # characters
CHANNELS = ("电话", "短信", "微信、钉钉等工作群", "书面", "当面")


def sign(paper: OfficialPaper, *, by: User, entry_id: uuid.UUID | None = None) -> None:
    """Sign for a notice or a letter (签收)."""
    deed = moving.begin(paper, Verb.SIGN, by=by, entry_id=entry_id)
    if deed:
        deed.done()


def reply(paper: OfficialPaper, done: str, result: str, *, by: User, entry_id: uuid.UUID | None = None) -> None:
    """Answer a notice; the head confirms it afterwards."""
    deed = moving.begin(paper, Verb.REPLY, by=by, entry_id=entry_id)
    if deed:
        told = needed("done", done, "请写明办理情况。", ENOUGH)
        deed.done(told, result=needed("result", result, "请写明整改结果。", ENOUGH), evidence=evidence_of(paper))


def evidence_of(paper: OfficialPaper) -> str:
    """Return in words which pictures prove the work, '' when there are none."""
    counted = [(one.code, len(ledger.photos_of(one, PhotoRole.AFTER))) for one in paper.findings]
    told = [f"{code}整改后照片{count}张" for code, count in counted if count]
    return f"佐证：{'，'.join(told)}。" if told else ""


def confirm(paper: OfficialPaper, *, by: User, entry_id: uuid.UUID | None = None) -> None:
    """Confirm the answer as head of the unit: only now it reaches the desk."""
    deed = moving.begin(paper, Verb.CONFIRM, by=by, entry_id=entry_id)
    if deed:
        deed.done()


def approve(paper: OfficialPaper, reason: str, *, by: User, entry_id: uuid.UUID | None = None) -> None:
    """Close a notice (同意办结); not while one of its problems is not even reported as done."""
    deed = moving.begin(paper, Verb.APPROVE, by=by, entry_id=entry_id)
    if deed is None:
        return
    undone = [one.code for one in paper.findings if one.state in FindingState.unfinished()]
    if undone:
        raise Conflict(f"问题{'、'.join(undone)}还没有报告已整改，不能办结，请退回重办。")
    deed.done(needed("reason", reason, "请写明审核的情况。", ENOUGH))
    prints.add(paper)


def send_back(
    paper: OfficialPaper, reason: str, due_on: date | None, *, by: User, entry_id: uuid.UUID | None = None
) -> None:
    """Have the matter handled again, with a reason and a new term."""
    deed = moving.begin(paper, Verb.SEND_BACK, by=by, entry_id=entry_id)
    if deed is None:
        return
    told = needed("reason", reason, "请写明退回重办的理由。", ENOUGH)
    paper.due_on = day_after_today("due_on", due_on, "请填写新的时限。")
    deed.done(told, due_on=paper.due_on.isoformat())


def urge(  # noqa: PLR0913 - what the record consists of
    paper: OfficialPaper,
    on: date | None,
    channel: str,
    answer: str,
    *,
    by: User,
    entry_id: uuid.UUID | None = None,
) -> None:
    """Write down that the unit was urged (催办): when, in which way, what it said."""
    deed = moving.begin(paper, Verb.URGE, by=by, entry_id=entry_id)
    if deed is None:
        return
    day = on or clock.today()
    if day > clock.today():
        raise Invalid("on", "日期不能晚于今天。")
    if paper.issued_at and day < clock.to_local(paper.issued_at).date():
        raise Invalid("on", "日期不能早于签发的日期。")
    if channel not in CHANNELS:
        raise Invalid("channel", "请选择催办方式。")
    deed.done(answer.strip()[:ENOUGH], on=day.isoformat(), channel=channel)


def extend(finding: Finding, entry: FindingEntry) -> None:
    """Give the notices about a finding the time that its extension gave; listens to the ledger."""
    if entry.verb is not FindingVerb.GRANT_EXTENSION or finding.due_on is None:
        return
    for paper in queries.open_notices(finding):
        if paper.due_on and paper.due_on < finding.due_on:
            paper.due_on = finding.due_on
