"""Pages of the ledger."""

from walkthrough_app.accounts.guard import NavItem
from walkthrough_app.rectification.routes import papers, papers_life, papers_new
from walkthrough_app.rectification.routes.blueprint import READERS, bp

nav: list[NavItem] = [NavItem("督办通报", "rectification.papers", READERS, 45)]

__all__ = ["bp", "nav", "papers", "papers_life", "papers_new"]
