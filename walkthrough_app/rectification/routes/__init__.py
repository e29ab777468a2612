"""Pages of the ledger."""

from walkthrough_app.accounts.guard import NavItem
from walkthrough_app.accounts.models import UNIT_ROLES
from walkthrough_app.rectification.queries.ledger import owed
from walkthrough_app.rectification.rights import DESKS
from walkthrough_app.rectification.routes import closing, deeds, deeds_bulk, escalation, finding, ledger, papers, papers_life, papers_new, sheets, terms
from walkthrough_app.rectification.routes.blueprint import READERS, bp

nav = [
    NavItem("问题台账", "rectification.ledger", DESKS, 11),
    NavItem("问题整改", "rectification.ledger", UNIT_ROLES, 45, owed),
    NavItem("督办通报", "rectification.papers", READERS, 46),
]

__all__ = ["bp", "closing", "deeds", "deeds_bulk", "escalation", "finding", "ledger", "nav", "papers", "papers_life", "papers_new", "sheets", "terms"]
