"""Pages of the board."""

from walkthrough_app.accounts.guard import NavItem
from walkthrough_app.board.routes import same, search
from walkthrough_app.board.routes.blueprint import bp
from walkthrough_app.reports.reach import DESKS

nav = [
    NavItem("同事同标", "board.same", DESKS, 40),
    NavItem("查找", "board.search", DESKS, 70),
]

__all__ = ["bp", "nav", "same", "search"]
