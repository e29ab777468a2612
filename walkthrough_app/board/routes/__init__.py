"""Pages of the office's view: progress, and the list behind every figure."""

from walkthrough_app.accounts.guard import NavItem
from walkthrough_app.board.queries.scope import VIEWERS
from walkthrough_app.board.routes import lists, progress
from walkthrough_app.board.routes.blueprint import bp

nav = [NavItem("进度", "board.progress", VIEWERS, 5)]

__all__ = ["bp", "lists", "nav", "progress"]
