"""Pages of the office's view: progress, the list behind every figure, the same item side by side, search."""

from walkthrough_app.accounts.navigation import Group, NavItem
from walkthrough_app.board.queries.scope import VIEWERS
from walkthrough_app.board.routes import flags, lists, progress, rectifying, same, search
from walkthrough_app.board.routes.blueprint import bp

nav = [
    NavItem("进度", "board.progress", VIEWERS, 5, Group.REPORTING),
    NavItem("同事同标", "board.same", VIEWERS, 40, Group.REPORTING),
    NavItem("查找", "board.search", VIEWERS, 70, Group.SYSTEM),
]

__all__ = ["bp", "flags", "lists", "nav", "progress", "rectifying", "same", "search"]
