"""Pages of the desk: the list, one report, comments, versions compared, the audit trail."""

from walkthrough_app.accounts.navigation import Group, NavItem
from walkthrough_app.reception import queries
from walkthrough_app.reception.routes import compare, decide, inbox, photos, review, threads, trail
from walkthrough_app.reception.routes.blueprint import RECEIVERS, bp
from walkthrough_app.reports import desk

nav = [NavItem("收到的报告", "reception.inbox", RECEIVERS, 10, Group.REPORTING)]

desk_of_the_lane = desk.Desk(show=review.show, threads=queries.threads_of)

__all__ = ["bp", "compare", "decide", "desk_of_the_lane", "inbox", "nav", "photos", "review", "threads", "trail"]
