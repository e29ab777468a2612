"""Pages of the ledger."""

from walkthrough_app.accounts.guard import NavItem
from walkthrough_app.rectification.routes import closing, escalation, terms
from walkthrough_app.rectification.routes.blueprint import bp

nav: list[NavItem] = []

__all__ = ["bp", "closing", "escalation", "nav", "terms"]
