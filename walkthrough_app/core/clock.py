"""Time: aware UTC inside, Asia/Shanghai only at the edge. The only caller of datetime.now."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import chinese_calendar

LOCAL = ZoneInfo("Asia/Shanghai")
LONGEST_COUNT = 3660  # days
_pinned: ContextVar[datetime | None] = ContextVar("pinned", default=None)


def now() -> datetime:
    return _pinned.get() or datetime.now(UTC)


@contextmanager
def pinned(moment: datetime) -> Iterator[None]:
    """Let the block live at another moment: sample data is walked through the services, days ago."""
    token = _pinned.set(moment)
    try:
        yield
    finally:
        _pinned.reset(token)


def today() -> date:
    return to_local(now()).date()


def to_local(moment: datetime) -> datetime:
    return moment.astimezone(LOCAL)


def from_local(naive: datetime) -> datetime:
    """Take a wall-clock time typed by a user and return the moment."""
    return naive.replace(tzinfo=LOCAL).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """Return the last second of a deadline day (23:59:59 local)."""
    return from_local(datetime.combine(day, datetime.max.time().replace(microsecond=0)))


def parse(text: str) -> datetime:
    """Read an ISO 8601 moment with its zone; ValueError when the zone is missing."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"no time zone: {text!r}")
    return moment.astimezone(UTC)


def day_of(text: str) -> date | None:
    """Read a day written as 2026-07-15; None for what no calendar has."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def minutes(seconds: float) -> int:
    """Return whole minutes, half up, as the phone counts them."""
    return int(seconds + 30) // 60


def iso(moment: datetime) -> str:
    """Write a moment as `2026-11-22T10:00:00.000Z`, the form the phone writes too."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def iso_day(day: date | None) -> str | None:
    """Write a day as `2026-11-22`; None for none."""
    return day.isoformat() if day else None


@lru_cache(maxsize=4096)
def is_workday(day: date) -> bool:
    """Tell a Chinese working day (holidays and make-up days); plain weekdays outside the known years."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def workdays_between(start: date, end: date) -> int:
    """Count working days after `start` up to and including `end`: the day of acceptance is not counted.

    Spans no walk can have (a mistyped year) are counted by the week, so that they cost nothing.
    """
    days = (end - start).days
    if days > LONGEST_COUNT:
        return days // 7 * 5
    return sum(is_workday(start + timedelta(days=n)) for n in range(1, days + 1))


def add_workdays(start: date, count: int) -> date:
    """Return the day that is `count` working days after `start`."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day
