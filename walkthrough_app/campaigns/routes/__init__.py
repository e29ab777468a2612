"""Pages of campaigns: the office's campaigns, units and invitations; a unit's catalogue, plan and pool of errands."""

from walkthrough_app.accounts.models import Role
from walkthrough_app.accounts.navigation import Group, NavItem
from walkthrough_app.campaigns.queries import PLANNERS, STEWARDS
from walkthrough_app.campaigns.routes import campaigns, errands, invitations, items, plans, units
from walkthrough_app.campaigns.routes.blueprint import bp

nav = [
    NavItem("体验计划", "campaigns.plan", PLANNERS, 20, Group.REPORTING),
    NavItem("事项目录", "campaigns.items", PLANNERS, 30, Group.REPORTING),
    NavItem("待办事项池", "campaigns.errands", frozenset({Role.LIAISON}), 35, Group.REPORTING),
    NavItem("活动", "campaigns.campaigns", STEWARDS, 60, Group.PREPARING),
    NavItem("单位与事项", "campaigns.units", frozenset({Role.OFFICE}), 65, Group.PREPARING),
]

__all__ = ["bp", "campaigns", "errands", "invitations", "items", "nav", "plans", "units"]
