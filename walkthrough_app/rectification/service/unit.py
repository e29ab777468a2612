"""What the responsible unit does: sign, object, tell its progress, ask for time, report the work as done."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from walkthrough_app.accounts.models import User
from walkthrough_app.core import clock, db
from walkthrough_app.core.errors import Conflict, Invalid
from walkthrough_app.media.models import MediaFile
from walkthrough_app.rectification import evidence, queries, terms
from walkthrough_app.rectification.machine import State, Verb
from walkthrough_app.rectification.models import Extension, Finding, FindingEntry, PhotoRole
from walkthrough_app.rectification.service import moving
from walkthrough_app.rectification.service.words import day_after_today, needed

TYPES = ("immediate", "deadline", "ongoing", "escalate")
ENOUGH = 2000  # characters
NO_PICTURE = "请至少附一张整改后的照片。"


@dataclass(frozen=True)
class Plan:
    """The measure with what belongs to it; posts, never names."""

    rectify_type: str
    measure: str
    steps: str = ""
    due_on: date | None = None
    resp_leader: str = ""
    resp_person: str = ""
    escalate_to: str = ""


def plan_of(finding: Finding) -> Plan:
    """Return the plan as it stands in the ledger."""
    return Plan(
        finding.rectify_type,
        finding.measure,
        finding.steps,
        finding.due_on,
        finding.resp_leader,
        finding.resp_person,
        finding.escalate_to,
    )


def sign(
    finding: Finding,
    *,
    by: User,
    plan: Plan | None = None,
    entry_id: uuid.UUID | None = None,
    by_sheet: bool = False,
) -> FindingEntry | None:
    """Sign for a problem (签收); after a relapse with a new plan. `by_sheet` here and below as in moving.begin."""
    verb = Verb.RESTART if finding.state is State.RELAPSED else Verb.SIGN
    deed = moving.begin(finding, verb, by=by, entry_id=entry_id, by_sheet=by_sheet)
    if deed is None:
        return None
    _take(finding, plan or plan_of(finding))
    finding.signed_at, finding.signed_by_id = clock.now(), by.id
    return deed.done(measure=finding.measure, steps=finding.steps, due_on=clock.iso_day(finding.due_on))


def is_complete(finding: Finding) -> bool:
    """Tell whether the plan as it stands can be signed for with one tap; after a relapse there must be a new one."""
    plan = plan_of(finding)
    has_steps = bool(plan.steps.strip()) or plan.rectify_type != "deadline"
    has_body = bool(plan.escalate_to.strip()) or plan.rectify_type != "escalate"
    is_full = plan.rectify_type in TYPES and bool(plan.measure.strip()) and has_steps and has_body
    return finding.state is State.ASSIGNED and finding.due_on is not None and is_full


def _take(finding: Finding, plan: Plan) -> None:
    """Write the plan into the finding."""
    plan = checked(finding, plan)
    finding.rectify_type, finding.measure, finding.steps = plan.rectify_type, plan.measure, plan.steps
    finding.due_on, finding.escalate_to = plan.due_on, plan.escalate_to
    finding.resp_leader, finding.resp_person = plan.resp_leader, plan.resp_person


def checked(finding: Finding, plan: Plan) -> Plan:
    """Return the plan tidied; Invalid when something of it is missing (S002-64…66)."""
    if plan.rectify_type not in TYPES:
        raise Invalid("rectify_type", "请选择整改类型。")
    measure = needed("measure", plan.measure, "请写明整改措施。", ENOUGH)
    steps = plan.steps.strip()
    if plan.rectify_type == "deadline" and not steps:
        raise Invalid("steps", "不能马上改完的，请写明整改步骤。")
    due_on = _due(finding, plan.due_on)
    if plan.rectify_type == "escalate" and not plan.escalate_to.strip():
        raise Invalid("escalate_to", "请写明提请哪个部门协调。")
    posts = plan.resp_leader.strip(), plan.resp_person.strip()
    return Plan(plan.rectify_type, measure, steps, due_on, *posts, plan.escalate_to.strip())


def _due(finding: Finding, wanted: date | None) -> date:
    """Return the term: the unit may set itself an earlier day than the one it was given, not a later one."""
    given = finding.due_on
    if given is None:
        return day_after_today("due_on", wanted, "请填写整改时限。")
    if wanted and wanted > given:
        raise Invalid("due_on", f"整改时限不能晚于交办的{given.month}月{given.day}日；来不及的，签收以后申请延期。")
    return wanted or given


def dispute(finding: Finding, text: str, *, by: User, entry_id: uuid.UUID | None = None) -> FindingEntry | None:
    """Object within the term; the clock of the term goes on."""
    deed = moving.begin(finding, Verb.DISPUTE, by=by, entry_id=entry_id)
    if deed is None:
        return None
    last = objection_until(finding)
    if clock.today() > last:
        raise Conflict(f"提出异议的期限是{last.month}月{last.day}日，已经过了；请签收后整改，或者与工作组联系。")
    return deed.done(needed("text", text, "请写明有异议的理由。", ENOUGH))


def objection_until(finding: Finding) -> date:
    """Return the last day on which the unit may object."""
    start = clock.to_local(finding.assigned_at or finding.created_at).date()
    return clock.add_workdays(start, terms.of(finding.campaign_id).objection_days)


def note(
    finding: Finding, text: str, *, by: User, entry_id: uuid.UUID | None = None, by_sheet: bool = False
) -> FindingEntry | None:
    """Tell how far it is."""
    deed = moving.begin(finding, Verb.NOTE, by=by, entry_id=entry_id, by_sheet=by_sheet)
    return deed.done(needed("text", text, "请写明整改进展。", ENOUGH)) if deed else None


def ask_extension(  # noqa: PLR0913 - what the paper asks for
    finding: Finding,
    new_due_on: date | None,
    reason: str,
    progress: str,
    *,
    by: User,
    entry_id: uuid.UUID | None = None,
    by_sheet: bool = False,
) -> FindingEntry | None:
    """Ask for more time, before the term is over, as often as the campaign allows (default: once)."""
    deed = moving.begin(finding, Verb.ASK_EXTENSION, by=by, entry_id=entry_id, by_sheet=by_sheet)
    if deed is None:
        return None
    _may_ask(finding)
    due_on, new_due_on = finding.due_on or clock.today(), later_day(finding, new_due_on)
    asked = Extension(
        finding_id=finding.id,
        reason=needed("reason", reason, "请写明延期的理由。", ENOUGH),
        progress=needed("progress", progress, "请写明目前的进展。", ENOUGH),
        old_due_on=due_on,
        new_due_on=new_due_on,
        asked_by_id=by.id,
    )
    db.session.add(asked)
    return deed.done(asked.reason, progress=asked.progress, new_due_on=new_due_on.isoformat())


def later_day(finding: Finding, wanted: date | None) -> date:
    """Return a new due day that is later than the one there is."""
    due_on = finding.due_on or clock.today()
    if wanted is None or wanted <= due_on:
        raise Invalid("new_due_on", f"新的时限要晚于原来的{due_on.month}月{due_on.day}日。")
    return day_after_today("new_due_on", wanted, "请填写新的时限。")


def why_not_extend(finding: Finding) -> str:
    """Say why no more time can be asked for, or ''."""
    try:
        _may_ask(finding)
    except Conflict as error:
        return error.message
    return ""


def _may_ask(finding: Finding) -> None:
    if finding.due_on and clock.today() > finding.due_on:
        raise Conflict("整改时限已经过了，不能再申请延期；请抓紧整改，并在进展里说明原因。")
    if queries.open_extension(finding):
        raise Conflict("已经申请过延期，请等答复。")
    granted = sum(bool(one.is_granted) for one in queries.extensions_of(finding))
    most = terms.of(finding.campaign_id).extensions
    if granted >= most:
        raise Conflict(f"最多延期{most}次，不能再申请。" if most else "这次活动不能延期。")


def report_done(  # noqa: PLR0913 - what the paper asks for
    finding: Finding,
    result: str,
    photos: Sequence[MediaFile],
    *,
    by: User,
    done_on: date | None = None,
    entry_id: uuid.UUID | None = None,
    by_sheet: bool = False,
) -> FindingEntry | None:
    """Report the work as done, with at least one picture that serves no other problem (against closing on paper)."""
    deed = moving.begin(finding, Verb.REPORT_DONE, by=by, entry_id=entry_id, by_sheet=by_sheet)
    if deed is None:
        return None
    text, day = _outcome(result, done_on)
    evidence.add(finding, photos, PhotoRole.AFTER, by=by)
    if not evidence.since_restart(finding, PhotoRole.AFTER):
        raise Invalid("photos", NO_PICTURE)
    finding.result, finding.rectified_on, finding.rectified_by_id = text, day, by.id
    return deed.done(text, done_on=day.isoformat(), photos=[one.sha256 for one in photos])


def fix_now(  # noqa: PLR0913 - what the paper asks for
    finding: Finding,
    result: str,
    photos: Sequence[MediaFile],
    *,
    by: User,
    done_on: date | None = None,
    entry_id: uuid.UUID | None = None,
) -> FindingEntry | None:
    """Report a problem as put right before anybody handed it over (立行立改), with pictures of before and after."""
    deed = moving.begin(finding, Verb.FIX_NOW, by=by, entry_id=entry_id)
    if deed is None:
        return None
    if finding.rectify_type != "immediate":
        raise Conflict("只有立行立改的问题可以现在报告，其他的请等交办以后再整改。")
    if not queries.photos_of(finding, PhotoRole.BEFORE):
        raise Conflict("这个问题没有整改前的照片，请等交办以后再整改。")
    finding.result, finding.rectified_on = _outcome(result, done_on)
    evidence.add(finding, photos, PhotoRole.AFTER, by=by)
    if not queries.photos_of(finding, PhotoRole.AFTER):
        raise Invalid("photos", NO_PICTURE)
    finding.rectified_by_id, finding.assigned_at = by.id, finding.assigned_at or clock.now()
    day = finding.rectified_on
    return deed.done(finding.result, done_on=day.isoformat(), photos=[one.sha256 for one in photos])


def _outcome(result: str, done_on: date | None) -> tuple[str, date]:
    text = needed("result", result, "请写明整改结果。", ENOUGH)
    day = done_on or clock.today()
    if day > clock.today():
        raise Invalid("done_on", "完成日期不能晚于今天。")
    return text, day
