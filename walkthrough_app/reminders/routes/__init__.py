"""Pages of reminders: one's own notices and calendar, who has not reported, and the channels."""

from walkthrough_app.accounts.models import UNIT_ROLES
from walkthrough_app.accounts.navigation import Group, NavItem
from walkthrough_app.reminders.queries.desks import GROUPS
from walkthrough_app.reminders.queries.notices import unread
from walkthrough_app.reminders.queries.owing import CLERKS
from walkthrough_app.reminders.routes import feed, notices, owing, settings
from walkthrough_app.reminders.routes.blueprint import bp

nav = [
    NavItem("谁还没报", "reminders.owing", CLERKS, 15, Group.REPORTING),
    NavItem("提醒", "reminders.notices", UNIT_ROLES | frozenset(GROUPS), 85, Group.SYSTEM, unread),
]

__all__ = ["bp", "feed", "nav", "notices", "owing", "settings"]
