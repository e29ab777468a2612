"""Pages of the walk. Each posts events; without JavaScript they are ordinary forms."""

from walkthrough_app.accounts.models import Role
from walkthrough_app.accounts.navigation import Group, NavItem
from walkthrough_app.walkthroughs.routes import clips, findings, photos, review, steps, tasks, walk
from walkthrough_app.walkthroughs.routes.blueprint import bp

nav = [NavItem("我的任务", "walkthroughs.tasks", frozenset({Role.HEAD, Role.DEPUTY}), 10, Group.REPORTING)]

__all__ = ["bp", "clips", "findings", "nav", "photos", "review", "steps", "tasks", "walk"]
