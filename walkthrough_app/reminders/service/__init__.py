"""Use cases of reminders: the daily tick, urging by hand, channels, calendar addresses, delivering."""

from walkthrough_app.reminders.service.delivering import MOST, Parcel, put_down, settle, take
from walkthrough_app.reminders.service.feeds import drop_feed, find, renew_feed, token_of
from walkthrough_app.reminders.service.outlets import drop_outlet, set_mail, set_robot, try_out
from walkthrough_app.reminders.service.posting import DELIVER, post_mail
from walkthrough_app.reminders.service.reading import read_all
from walkthrough_app.reminders.service.ticking import Day, look, owed_by, tick
from walkthrough_app.reminders.service.urging import Urged, urge

__all__ = [
    "DELIVER",
    "MOST",
    "Day",
    "Parcel",
    "Urged",
    "drop_feed",
    "drop_outlet",
    "find",
    "look",
    "owed_by",
    "post_mail",
    "put_down",
    "read_all",
    "renew_feed",
    "set_mail",
    "set_robot",
    "settle",
    "take",
    "tick",
    "token_of",
    "try_out",
    "urge",
]
