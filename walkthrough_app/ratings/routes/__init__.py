"""The pages of ratings: what the public sees, and what office and unit do with it."""

from walkthrough_app.accounts.models import Role
from walkthrough_app.accounts.navigation import Group, NavItem
from walkthrough_app.campaigns.queries import STEWARDS
from walkthrough_app.ratings.queries import has_forms
from walkthrough_app.ratings.routes import cases, points, public, results
from walkthrough_app.ratings.routes.blueprint import bp

__all__ = ["bp", "cases", "nav", "points", "public", "results"]
nav = [
    NavItem("群众评价", "ratings.board", STEWARDS, 46, Group.ASSESSING, shown=has_forms),
    # heads and deputies come from 我的任务
    NavItem("群众评价", "ratings.mine", frozenset({Role.LIAISON}), 46, Group.ASSESSING, shown=has_forms),
]
