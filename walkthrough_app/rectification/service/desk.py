"""What the office and the groups do: hand over, decide about objections and extensions, send back, close."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.core import clock
from walkthrough_app.core.errors import Conflict, Forbidden, Invalid
from walkthrough_app.rectification import queries, terms
from walkthrough_app.rectification.machine import Verb
from walkthrough_app.rectification.models import NEXT_SEVERITY, Finding, FindingEntry
from walkthrough_app.rectification.service import moving
from walkthrough_app.rectification.service.words import day_after_today, needed

ENOUGH = 2000  # characters
LOOK_FIRST = "这个问题要回头看以后才能销号。"
SELF = "整改的人不能自己销号，请由其他人核对。"


@dataclass(frozen=True)
class Order:
    """To whom a problem is handed over and until when; posts, never names. `due_on` None: by its severity."""

    resp: Unit
    due_on: date | None = None
    resp_leader: str = ""
    resp_person: str = ""


def assign(
    finding: Finding, order: Order, *, by: User | None, entry_id: uuid.UUID | None = None
) -> FindingEntry | None:
    """Hand a registered problem over (交办): from now on its clock runs, whether the unit has signed or not."""
    deed = moving.begin(finding, Verb.ASSIGN, by=by, entry_id=entry_id)
    if deed is None:
        return None
    today = clock.today()
    due_on = order.due_on or terms.of(finding.campaign_id).due_after(today, finding.severity)
    if by:
        day_after_today("due_on", due_on, "请填写整改时限。")
    finding.resp, finding.lane = order.resp, order.resp.lane
    finding.due_on, finding.assigned_at = due_on, clock.now()
    finding.resp_leader = order.resp_leader.strip() or finding.resp_leader
    finding.resp_person = order.resp_person.strip() or finding.resp_person
    return deed.done(resp=order.resp.name, due_on=due_on.isoformat())


def dismiss(
    finding: Finding,
    reason: str,
    *,
    by: User | None,
    duplicate_of: Finding | None = None,
    entry_id: uuid.UUID | None = None,
) -> FindingEntry | None:
    """Take no action on a registered problem, with a reason (不予立项)."""
    deed = moving.begin(finding, Verb.DISMISS, by=by, entry_id=entry_id)
    if deed is None:
        return None
    if duplicate_of is not None and duplicate_of.id == finding.id:
        raise Invalid("duplicate_of", "不能说它与自己重复。")
    text = needed("reason", reason, "请写明不予立项的理由。", ENOUGH)
    finding.duplicate_of_id = duplicate_of.id if duplicate_of else None
    return deed.done(text, duplicate_of=duplicate_of.code if duplicate_of else None)


def uphold(finding: Finding, reason: str, *, by: User, entry_id: uuid.UUID | None = None) -> FindingEntry | None:
    """Let the hand-over stand in spite of the objection."""
    deed = moving.begin(finding, Verb.UPHOLD, by=by, entry_id=entry_id)
    return deed.done(needed("reason", reason, "请写明维持交办的理由。", ENOUGH)) if deed else None


def yield_(finding: Finding, reason: str, *, by: User, entry_id: uuid.UUID | None = None) -> FindingEntry | None:
    """Find the objection right: nothing is done about the problem."""
    deed = moving.begin(finding, Verb.YIELD, by=by, entry_id=entry_id)
    return deed.done(needed("reason", reason, "请写明异议成立的理由。", ENOUGH)) if deed else None


def answer_extension(
    finding: Finding, *, grant: bool, by: User, reason: str = "", entry_id: uuid.UUID | None = None
) -> FindingEntry | None:
    """Grant the extension that was asked for, or refuse it with a reason."""
    verb = Verb.GRANT_EXTENSION if grant else Verb.REFUSE_EXTENSION
    deed = moving.begin(finding, verb, by=by, entry_id=entry_id)
    if deed is None:
        return None
    asked = queries.open_extension(finding)
    if asked is None:
        raise Conflict("没有等待答复的延期申请，请刷新后再看。")
    text = reason.strip() if grant else needed("reason", reason, "请写明不同意延期的理由。", ENOUGH)
    asked.decided_at, asked.decided_by_id, asked.is_granted = clock.now(), by.id, grant
    if grant:
        finding.due_on = asked.new_due_on
    return deed.done(text, new_due_on=asked.new_due_on.isoformat())


def send_back(
    finding: Finding, reason: str, *, by: User, due_on: date | None = None, entry_id: uuid.UUID | None = None
) -> FindingEntry | None:
    """Have the work done again (退回重办), by a new day; the old evidence stays in the history."""
    deed = moving.begin(finding, Verb.SEND_BACK, by=by, entry_id=entry_id)
    if deed is None:
        return None
    text = needed("reason", reason, "请写明退回重办的理由。", ENOUGH)
    finding.due_on = new_term(finding, due_on)
    finding.rectified_on = None
    return deed.done(text, due_on=finding.due_on.isoformat())


def new_term(finding: Finding, wanted: date | None) -> date:
    """Return the day by which work that starts again must be done: as wanted, or by the severity from today."""
    if wanted:
        return day_after_today("due_on", wanted, "请填写新的时限。")
    return terms.of(finding.campaign_id).due_after(clock.today(), finding.severity)


def close(finding: Finding, text: str, *, by: User, entry_id: uuid.UUID | None = None) -> FindingEntry | None:
    """Close a minor problem after checking its papers; all others get a 回头看."""
    deed = moving.begin(finding, Verb.CLOSE, by=by, entry_id=entry_id)
    if deed is None:
        return None
    must_be_another(finding, by)
    if _needs_look(finding):
        raise Conflict(LOOK_FIRST)
    note = needed("text", text, "请写明核对的情况。", ENOUGH)
    put_closed(finding, by)
    return deed.done(note)


def why_not_close(finding: Finding, by: User) -> str:
    """Say why `by` cannot close it on paper, or ''."""
    if _needs_look(finding):
        return LOOK_FIRST
    return SELF if by.id == finding.rectified_by_id else ""


def _needs_look(finding: Finding) -> bool:
    return finding.must_recheck or finding.severity != "minor" or finding.rectify_type == "ongoing"


def must_be_another(finding: Finding, by: User) -> None:
    """Refuse who rectified it: nobody closes the own work."""
    if by.id == finding.rectified_by_id:
        raise Forbidden(SELF)


def put_closed(finding: Finding, by: User) -> None:
    finding.closed_at, finding.closed_by_id = clock.now(), by.id


def relapse(
    finding: Finding,
    reason: str,
    *,
    by: User | None,
    on: date | None = None,
    entry_id: uuid.UUID | None = None,
    **found: str | None,
) -> FindingEntry | None:
    """Reopen a closed problem that has come back, one degree more serious; `found` says where it was met `on` a day."""
    deed = moving.begin(finding, Verb.RELAPSE, by=by, entry_id=entry_id)
    if deed is None:
        return None
    setting = terms.of(finding.campaign_id)
    closed_on = clock.to_local(finding.closed_at).date() if finding.closed_at else clock.today()
    if (on or clock.today()) > closed_on + timedelta(days=setting.relapse_days):
        raise Conflict(f"销号已经超过{setting.relapse_days}天，请作为新问题登记。")
    finding.relapse_count += 1
    finding.severity = NEXT_SEVERITY.get(finding.severity, finding.severity)
    finding.must_recheck, finding.closed_at, finding.closed_by_id = True, None, None
    finding.rectified_on, finding.due_on = None, setting.due_after(clock.today(), finding.severity)
    finding.assigned_at = clock.now()
    return deed.done(needed("reason", reason, "请写明反弹的情况。", ENOUGH), **found)
