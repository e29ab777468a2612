"""The pages of ratings: what the public sees, and what office and unit do with it."""

from walkthrough_app.accounts.guard import NavItem
from walkthrough_app.accounts.models import Role
from walkthrough_app.ratings.routes import cases, points, public, results
from walkthrough_app.ratings.routes.blueprint import bp
from walkthrough_app.ratings.routes.results import has_forms

__all__ = ["bp", "cases", "nav", "points", "public", "results"]
nav = [
    NavItem("群众评价", "ratings.board", frozenset({Role.OFFICE, Role.ADMIN}), 46, shown=has_forms),
    NavItem(
        "群众评价", "ratings.mine", frozenset({Role.LIAISON}), 46, shown=has_forms
    ),  # heads and deputies come from 我的任务
]
