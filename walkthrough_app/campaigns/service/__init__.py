"""Use cases of campaigns: the office's campaign, a unit's catalogue, its plan and its pool of errands."""

from walkthrough_app.campaigns.service.campaigns import (
    change_campaign,
    create_campaign,
    receivers,
    set_archived,
    set_route,
)
from walkthrough_app.campaigns.service.errands import add_errand, remove_errand
from walkthrough_app.campaigns.service.items import (
    add_item,
    add_items,
    change_item,
    confirm_catalog,
    restore_item,
    retire_item,
)
from walkthrough_app.campaigns.service.many_plans import plan_many
from walkthrough_app.campaigns.service.plans import change_plan, drop_plan, plan

__all__ = [
    "add_errand",
    "add_item",
    "add_items",
    "change_campaign",
    "change_item",
    "change_plan",
    "confirm_catalog",
    "create_campaign",
    "drop_plan",
    "plan",
    "plan_many",
    "receivers",
    "remove_errand",
    "restore_item",
    "retire_item",
    "set_archived",
    "set_route",
]
