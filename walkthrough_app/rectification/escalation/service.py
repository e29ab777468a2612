"""Taking the steps that are due, and what desks do about them: stop, go on, settle."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError

from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import audit, clock, db
from walkthrough_app.core.errors import Conflict, Forbidden, Invalid, NotFound
from walkthrough_app.rectification import queries as ledger
from walkthrough_app.rectification import rights
from walkthrough_app.rectification.escalation import queries, rulebook
from walkthrough_app.rectification.escalation.ladder import Rung
from walkthrough_app.rectification.escalation.models import EscalationSetting, EscalationStep, EscalationStop
from walkthrough_app.rectification.machine import Verb
from walkthrough_app.rectification.models import Finding, FindingEntry
from walkthrough_app.rectification.service.words import needed

ENOUGH = 500  # characters
NOT_YOURS = "升级督办由作风整顿办和接收报告的工作组办理，您可以查看。"


def run() -> list[EscalationStep]:
    """Take every step that is due by today; doing it again takes none, missed days are made up for."""
    return take(queries.due(clock.today()))


def take(rungs: Iterable[Rung]) -> list[EscalationStep]:
    return [step for rung in rungs if (step := _take(rung))]


def _take(rung: Rung) -> EscalationStep | None:
    made = EscalationStep(
        finding=rung.finding, rule=rung.rule.id, act=rung.rule.act, from_on=rung.from_on, due_on=rung.due_on
    )
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:  # another run took it at the same moment
        return None
    details = {"rule": rung.rule.id, "due_on": rung.due_on.isoformat()}
    audit.record("finding.escalated", rung.finding, by=None, **details)
    return made


def note(finding: Finding, entry: FindingEntry) -> None:
    """Follow the deeds: what came back goes onto the bulletin's list at once."""
    if entry.verb is Verb.RELAPSE:
        rungs = queries.due_of([finding], clock.today())
        take(rung for rung in rungs if rung.rule.counts == rulebook.RELAPSED)


def stop(finding: Finding, rule_id: str, reason: str, *, by: User) -> None:
    """Stop a step of one finding, with a reason; what it proposed leaves the desk's list. Again the same: nothing."""
    rule = _rule(finding, rule_id, by)
    text = needed("reason", reason, "请写明停止的理由。", ENOUGH)
    known = queries.stops_of([finding]).get((finding.id, rule.id))
    if known:
        if known.by_id == by.id and known.reason == text:
            return
        raise Conflict(f"“{rule.name}”已经停止了，请刷新后再看。")
    db.session.add(EscalationStop(finding=finding, rule=rule.id, reason=text, by=by))
    db.session.flush()
    audit.record("finding.escalation_stopped", finding, by=by, rule=rule.id)


def resume(finding: Finding, rule_id: str, reason: str, *, by: User) -> None:
    """Go on with a stopped step, with a reason; what is due meanwhile is done at once."""
    rule = _rule(finding, rule_id, by)
    known = queries.stops_of([finding]).get((finding.id, rule.id))
    if known is None:
        raise Conflict(f"“{rule.name}”没有停止，请刷新后再看。")
    known.resumed_why = needed("reason", reason, "请写明恢复的理由。", ENOUGH)
    known.resumed_at, known.resumed_by_id = clock.now(), by.id
    db.session.flush()
    audit.record("finding.escalation_resumed", finding, by=by, rule=rule.id)
    take(queries.due_of([finding], clock.today()))


def settle(finding: Finding, act: str, how: str, *, by: User) -> int:
    """Take the proposals of a kind off the list: the notice was sent, the bulletin tells it. Return how many."""
    _must_decide(finding, by)
    found = [one for one in queries.taken_of([finding]).values() if one.act == act and one.settled_at is None]
    for one in found:
        one.settled_at, one.settled_by_id, one.settled_how = clock.now(), by.id, how.strip()[:ENOUGH]
    db.session.flush()
    if found:
        audit.record("finding.escalation_settled", finding, by=by, act=act, how=how.strip()[:ENOUGH])
    return len(found)


def _rule(finding: Finding, rule_id: str, by: User) -> rulebook.Rule:
    _must_decide(finding, by)
    ledger.lock(finding)
    rule = queries.book_of(finding.campaign_id).find(rule_id)
    if rule is None:
        raise NotFound
    return rule


def _must_decide(finding: Finding, by: User) -> None:
    if not rights.is_desk(by, finding):
        raise Forbidden(NOT_YOURS)


def set_rules(campaign: Campaign, changes: Mapping[str, Any], *, by: User) -> None:
    """Keep what a campaign sets otherwise: `{rule: {"is_on": bool, "workdays": number}}`; Invalid names the field."""
    kept = {rule.id: change for rule in rulebook.builtin().rules if (change := _difference(rule, changes))}
    setting = db.session.get(EscalationSetting, campaign.id) or EscalationSetting(campaign_id=campaign.id)
    if (setting.changes or {}) == kept:
        return
    setting.changes = kept
    db.session.add(setting)
    audit.record("escalation.rules_set", campaign, by=by, changes=kept)


def _difference(rule: rulebook.Rule, changes: Mapping[str, Any]) -> dict[str, Any]:
    wanted = changes.get(rule.id, {})
    found = {
        name: wanted[name]
        for name in ("is_on", "workdays")
        if wanted.get(name, getattr(rule, name)) != getattr(rule, name)
    }
    days, least = found.get("workdays", rule.workdays), least_days(rule)
    if not isinstance(days, int) or not least <= days <= rulebook.MOST_WORKDAYS:
        raise Invalid(f"{rule.id}-days", f"请填{least}到{rulebook.MOST_WORKDAYS}个工作日。")
    return found


def least_days(rule: rulebook.Rule) -> int:
    """Return the fewest days: a term that is not over is not overdue."""
    return 1 if rule.counts == rulebook.OVERDUE and not rule.after else 0
