"""What is done with points, ratings and the cases they make."""

from walkthrough_app.ratings.service.giving import OVER, give
from walkthrough_app.ratings.service.giving_out import PRESS, give_out
from walkthrough_app.ratings.service.points import add_points, close_point
from walkthrough_app.ratings.service.purging import purge
from walkthrough_app.ratings.service.setting import set_terms
from walkthrough_app.ratings.service.triage import Problem, answer, ask, close, decline, send_back, take_up

__all__ = [
    "OVER",
    "PRESS",
    "Problem",
    "add_points",
    "answer",
    "ask",
    "close",
    "close_point",
    "decline",
    "give",
    "give_out",
    "purge",
    "send_back",
    "set_terms",
    "take_up",
]
