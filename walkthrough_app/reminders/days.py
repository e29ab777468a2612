"""Which days remind: seven, three, one and no days before, then every third working day."""

from datetime import date, timedelta

from walkthrough_app.core import clock

AHEAD = (7, 3, 1, 0)
EVERY = 3  # working days


def last_workday(day: date) -> date:
    """Return the day itself, or the last working day before it."""
    while not clock.is_workday(day):
        day -= timedelta(days=1)
    return day


def is_reminder_day(due: date, day: date) -> bool:
    """Tell whether those who owe something by `due` are reminded on `day`: never on a day off."""
    if not clock.is_workday(day):
        return False
    if day > due:
        return (clock.workdays_between(due, day) - 1) % EVERY == 0
    return any(last_workday(due - timedelta(days=ahead)) == day for ahead in AHEAD)


def is_nagging_day(since: date, day: date) -> bool:
    """The same for what has no deadline: from the first working day after `since`, every third."""
    return day > since and is_reminder_day(since, day)
