"""One verb each: looking at walks, setting the rules, words about flags."""

from walkthrough_app.quality.service.looking import (
    KIND,
    ask,
    ask_again,
    echo,
    look,
    note,
    paused,
    put_down,
    rebuild,
    trace,
)
from walkthrough_app.quality.service.rules import CAMPAIGN, book_of, set_rules
from walkthrough_app.quality.service.words import LONGEST, explain, mark_seen

__all__ = [
    "CAMPAIGN",
    "KIND",
    "LONGEST",
    "ask",
    "ask_again",
    "book_of",
    "echo",
    "explain",
    "look",
    "mark_seen",
    "note",
    "paused",
    "put_down",
    "rebuild",
    "set_rules",
    "trace",
]
