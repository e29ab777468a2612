"""Pages of reminders: one's own notices and calendar, who has not reported, and the channels."""

from walkthrough_app.accounts.guard import NavItem
from walkthrough_app.accounts.models import UNIT_ROLES
from walkthrough_app.reminders.queries.desks import GROUPS
from walkthrough_app.reminders.queries.owing import CLERKS
from walkthrough_app.reminders.routes import feed, notices, owing, settings
from walkthrough_app.reminders.routes.blueprint import bp, count_unread

nav = [
    NavItem("谁还没报", "reminders.owing", CLERKS, 15),
    NavItem("提醒", "reminders.notices", UNIT_ROLES | frozenset(GROUPS), 85, count_unread),
]

__all__ = ["bp", "feed", "nav", "notices", "owing", "settings"]
