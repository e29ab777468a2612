"""Pages of the ledger."""

from walkthrough_app.accounts.guard import NavItem
from walkthrough_app.rectification import rights
from walkthrough_app.rectification.rechecks.queries import count_to_do
from walkthrough_app.rectification.routes import recheck, recheck_orders  # noqa: F401 - they add their routes
from walkthrough_app.rectification.routes.blueprint import bp

nav: list[NavItem] = [NavItem("回头看", "rectification.rechecks", rights.DESKS, 36, count_to_do)]

__all__ = ["bp", "nav"]
