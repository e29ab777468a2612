"""What is done with papers. One verb each; each takes the id of its form, so that a form sent twice counts once."""

from walkthrough_app.rectification.papers.service import prints
from walkthrough_app.rectification.papers.service.drafting import Draft, amend, draft, drop
from walkthrough_app.rectification.papers.service.following import (
    CHANNELS,
    approve,
    confirm,
    extend,
    reply,
    send_back,
    sign,
    urge,
)
from walkthrough_app.rectification.papers.service.hearing import answer, answers, hear, reopen, review
from walkthrough_app.rectification.papers.service.issuing import issue

__all__ = [
    "CHANNELS",
    "Draft",
    "amend",
    "answer",
    "answers",
    "approve",
    "confirm",
    "draft",
    "drop",
    "extend",
    "hear",
    "issue",
    "prints",
    "reopen",
    "reply",
    "review",
    "send_back",
    "sign",
    "urge",
]
