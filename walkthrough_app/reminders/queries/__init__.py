"""Reading who owes what, what people were told, and how. Loading is authorising."""

from walkthrough_app.reminders.queries.agenda import agenda
from walkthrough_app.reminders.queries.debts import debts, debts_of
from walkthrough_app.reminders.queries.desks import desks
from walkthrough_app.reminders.queries.feeds import feed_of, feed_with, moments
from walkthrough_app.reminders.queries.members import walking_campaigns
from walkthrough_app.reminders.queries.notices import count_unread, notice_on, notices_of
from walkthrough_app.reminders.queries.outlets import (
    deliveries,
    delivery_with,
    failures,
    outlet,
    outlet_for,
    outlets,
    silenced,
)
from walkthrough_app.reminders.queries.owing import Owing, campaign_for, campaigns_for, counts, owing
from walkthrough_app.reminders.queries.papers import papers
from walkthrough_app.reminders.queries.records import unsettled
from walkthrough_app.reminders.queries.rectifying import rectifying, reminded_since, waiting

__all__ = [
    "Owing",
    "agenda",
    "campaign_for",
    "campaigns_for",
    "count_unread",
    "counts",
    "debts",
    "debts_of",
    "deliveries",
    "delivery_with",
    "desks",
    "failures",
    "feed_of",
    "feed_with",
    "moments",
    "notice_on",
    "notices_of",
    "outlet",
    "outlet_for",
    "outlets",
    "owing",
    "papers",
    "rectifying",
    "reminded_since",
    "silenced",
    "unsettled",
    "waiting",
    "walking_campaigns",
]
