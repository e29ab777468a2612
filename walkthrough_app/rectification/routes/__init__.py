"""Pages of the ledger."""

from walkthrough_app.accounts.models import UNIT_ROLES
from walkthrough_app.accounts.navigation import Group, NavItem
from walkthrough_app.rectification.queries.ledger import owed
from walkthrough_app.rectification.rechecks.queries import count_to_do
from walkthrough_app.rectification.rights import DESKS
from walkthrough_app.rectification.routes import (
    closing,
    covering,
    deeds,
    deeds_bulk,
    escalation,
    finding,
    ledger,
    papers,
    papers_life,
    papers_new,
    recheck,
    recheck_orders,
    sheets,
    terms,
)
from walkthrough_app.rectification.routes.blueprint import bp

nav = [
    NavItem("问题台账", "rectification.ledger", DESKS, 11, Group.RECTIFYING),
    NavItem("问题整改", "rectification.ledger", UNIT_ROLES, 24, Group.RECTIFYING, owed),
    NavItem("回头看", "rectification.rechecks", DESKS, 36, Group.RECTIFYING, count_to_do),
    NavItem("督办通报", "rectification.papers", DESKS, 46, Group.RECTIFYING),
]

__all__ = [
    "bp",
    "closing",
    "covering",
    "deeds",
    "deeds_bulk",
    "escalation",
    "finding",
    "ledger",
    "nav",
    "papers",
    "papers_life",
    "papers_new",
    "recheck",
    "recheck_orders",
    "sheets",
    "terms",
]
