"""The plan: which item, by whom, how and when; made by head or liaison of the unit."""

from typing import Unpack

from walkthrough_app.accounts.models import Role, User
from walkthrough_app.campaigns import queries, rules
from walkthrough_app.campaigns.models import Campaign, Errand, PlanEntry, PlanState, ServiceItem
from walkthrough_app.campaigns.values import PlanFields
from walkthrough_app.core import audit, clock, db
from walkthrough_app.core.errors import Conflict, Invalid

TEXTS = ("focus_point", "difficulty", "test_question")


def plan(*, campaign: Campaign, item: ServiceItem, by: User, **fields: Unpack[PlanFields]) -> PlanEntry:
    """Plan a walk; Invalid beside the field that breaks a rule, Conflict when planning is not open."""
    rules.check_may_plan(campaign, item.unit)
    queries.lock(item)
    if not item.is_active:
        raise Conflict("这个事项已经移出目录，不能安排体验。")
    _check(campaign, item, fields)
    entry = PlanEntry(campaign_id=campaign.id, campaign=campaign, unit_id=item.unit_id, item=item)
    fill(entry, fields, by=by)
    db.session.add(entry)
    db.session.flush()
    audit.record("plan.made", entry, by=by, **told(entry))
    return entry


def change_plan(entry: PlanEntry, *, by: User, **fields: Unpack[PlanFields]) -> None:
    """Change an entry as a whole, as long as nobody has begun to walk it."""
    rules.check_may_plan(entry.campaign, entry.item.unit)
    queries.lock(entry.item)
    rules.check_untouched(entry)
    _check(entry.campaign, entry.item, fields, but=entry)
    fill(entry, fields, by=by)
    db.session.flush()
    audit.record("plan.changed", entry, by=by, **told(entry))


def drop_plan(entry: PlanEntry, *, by: User) -> None:
    """Take an entry out of the plan; its errand goes back to the pool. Dropping twice is dropping once."""
    if entry.state is PlanState.DROPPED:
        return
    rules.check_untouched(entry)
    entry.state = PlanState.DROPPED
    _take_errand(entry, None)
    db.session.flush()
    audit.record("plan.dropped", entry, by=by)


def _check(campaign: Campaign, item: ServiceItem, fields: PlanFields, *, but: PlanEntry | None = None) -> None:
    rules.check_delegation(item, fields["walker"], fields.get("delegation_reason", ""))
    errand = fields.get("errand")
    rules.check_mode(campaign, item, fields["mode"], is_simulated=fields.get("is_simulated", False), errand=errand)
    rules.check_dates(campaign, fields["from_on"], fields["to_on"])
    rules.check_single(campaign, item, fields["walker"], but=but)
    if errand and errand.is_taken and (but is None or but.errand_id != errand.id):
        raise Invalid("errand", "这件待办事项已经安排了体验，请选另一件。")


def fill(entry: PlanEntry, fields: PlanFields, *, by: User) -> None:
    """Write what was checked into an entry."""
    for name in TEXTS:
        setattr(entry, name, fields.get(name, ""))
    entry.mode, entry.is_simulated = fields["mode"], fields.get("is_simulated", False)
    entry.from_on, entry.to_on = fields["from_on"], fields["to_on"]
    _take_errand(entry, fields.get("errand"))
    _delegate(entry, fields["walker"], fields.get("delegation_reason", ""), by=by)


def _delegate(entry: PlanEntry, walker: User, reason: str, *, by: User) -> None:
    """Note who delegated, to whom, when and why (S002-9); nothing of it when the head walks."""
    if walker.role is Role.HEAD:
        entry.delegation_reason, entry.delegated_by_id, entry.delegated_at = "", None, None
    elif (entry.walker_id, entry.delegation_reason) != (walker.id, reason):
        entry.delegation_reason, entry.delegated_by_id, entry.delegated_at = reason, by.id, clock.now()
    entry.walker, entry.walker_id = walker, walker.id


def _take_errand(entry: PlanEntry, wanted: Errand | None) -> None:
    """Take the errand out of the pool, and give back the one the entry had."""
    before = queries.errand(entry.errand_id) if entry.errand_id else None
    if before:
        before.is_taken = False
    if wanted:
        wanted.is_taken = True
    entry.errand_id = wanted.id if wanted else None


def told(entry: PlanEntry) -> dict[str, object]:
    """Return what the audit keeps of an entry."""
    return {
        "item": entry.item.task_name,
        "walker": entry.walker.username,
        "mode": entry.mode.value,
        "from_on": entry.from_on.isoformat(),
        "to_on": entry.to_on.isoformat(),
        "delegation_reason": entry.delegation_reason,
    }
