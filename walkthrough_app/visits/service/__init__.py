"""What is done about a visit: ordered, begun, handed in, fed back, called off."""

from walkthrough_app.visits.service.feeding_back import call_off, feed_back
from walkthrough_app.visits.service.giving_out import PRESS, draft, give_out
from walkthrough_app.visits.service.handing_in import Wish, hand_in, why_not
from walkthrough_app.visits.service.ordering import Aim, Order, begin, order
from walkthrough_app.visits.service.walking import start

__all__ = [
    "PRESS",
    "Aim",
    "Order",
    "Wish",
    "begin",
    "call_off",
    "draft",
    "feed_back",
    "give_out",
    "hand_in",
    "order",
    "start",
    "why_not",
]
