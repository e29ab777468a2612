"""Pages of visits."""

from walkthrough_app.accounts.navigation import Group, NavItem
from walkthrough_app.visits.queries import DESKS, TOLD, count_to_do, has_campaign, has_feedback
from walkthrough_app.visits.routes import deeds, listing, one, ordering, statistics, told
from walkthrough_app.visits.routes.blueprint import bp

nav = [
    NavItem("明查暗访", "visits.visits", DESKS, 35, Group.ASSESSING, count_to_do, has_campaign),
    NavItem("督查反馈", "visits.feedbacks", TOLD, 46, Group.RECTIFYING, shown=has_feedback),
]

__all__ = ["bp", "deeds", "listing", "nav", "one", "ordering", "statistics", "told"]
