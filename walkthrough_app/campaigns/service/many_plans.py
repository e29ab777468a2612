"""Many plan entries of one unit at once: the rules of `plan` for each, with few statements for all."""

from collections.abc import Sequence

from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.campaigns import queries, rules
from walkthrough_app.campaigns.models import Campaign, PlanEntry, ServiceItem
from walkthrough_app.campaigns.service.plans import fill, told
from walkthrough_app.campaigns.values import PlanFields
from walkthrough_app.core import audit, db
from walkthrough_app.core.errors import Conflict, Invalid


def plan_many(
    campaign: Campaign, unit: Unit, wanted: Sequence[tuple[ServiceItem, PlanFields]], *, by: User
) -> list[PlanEntry]:
    """Plan walks of a unit's items, all or none; errors as of `plan`. Errands are planned one by one."""
    rules.check_may_plan(campaign, unit)
    queries.lock_items(unit)
    taken = {(entry.item_id, entry.walker_id) for entry in queries.plan_of(unit, campaign)}
    made = []
    for item, fields in wanted:
        _check(campaign, unit, item, fields)
        pair = (item.id, fields["walker"].id)
        if pair in taken:
            raise Invalid("walker", f"{fields['walker'].name}已经安排了体验这个事项，不用重复安排。")
        taken.add(pair)
        entry = PlanEntry(campaign_id=campaign.id, campaign=campaign, unit_id=unit.id, item=item)
        fill(entry, fields, by=by)
        made.append(entry)
    db.session.add_all(made)
    db.session.flush()
    for entry in made:
        audit.record("plan.made", entry, by=by, **told(entry))
    return made


def _check(campaign: Campaign, unit: Unit, item: ServiceItem, fields: PlanFields) -> None:
    if item.unit_id != unit.id or not item.is_active or fields.get("errand"):
        raise Conflict("这个事项不在目录里，不能安排体验。")
    rules.check_delegation(item, fields["walker"], fields.get("delegation_reason", ""))
    rules.check_mode(campaign, item, fields["mode"], is_simulated=fields.get("is_simulated", False), errand=None)
    rules.check_dates(campaign, fields["from_on"], fields["to_on"])
