"""Reminders come seven, three, one and no days before, on working days, then every third working day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkthrough_app.core import clock
from walkthrough_app.reminders.days import AHEAD, is_nagging_day, is_reminder_day, last_workday

IN_2026 = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def days(due: date, before: int = 10, after: int = 0) -> list[str]:
    span = (due + timedelta(days=n) for n in range(-before, after + 1))
    return [str(day)[5:] for day in span if is_reminder_day(due, day)]


def test_an_ordinary_deadline_reminds_four_times() -> None:
    assert days(date(2026, 6, 12)) == ["06-05", "06-09", "06-11", "06-12"]


def test_a_day_off_reminds_on_the_last_working_day_before() -> None:
    assert days(date(2026, 6, 15)) == ["06-08", "06-12", "06-15"]


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (date(2026, 10, 8), ["09-30", "10-08"]),  # seven, three and one days before lie in the holidays of National Day
        (date(2026, 10, 10), ["09-30", "10-09", "10-10"]),  # a Saturday on which people work
        (date(2026, 10, 3), ["09-24", "09-30"]),  # a deadline in the holidays
        (date(2026, 2, 24), ["02-14", "02-24"]),  # Spring Festival: the 14th is a Saturday on which people work
        (date(2026, 3, 2), ["02-14", "02-27", "02-28", "03-02"]),
    ],
)
def test_holidays_and_make_up_days_of_2026(due: date, expected: list[str]) -> None:
    assert days(due, before=20) == expected


def test_what_is_overdue_is_said_on_every_third_working_day() -> None:
    assert days(date(2026, 9, 29), before=-1, after=25) == ["09-30", "10-10", "10-14", "10-19", "10-22"]


@given(due=IN_2026, day=IN_2026)
def test_nobody_is_reminded_on_a_day_off(due: date, day: date) -> None:
    if is_reminder_day(due, day):
        assert clock.is_workday(day)


@given(due=IN_2026)
def test_each_of_the_four_days_has_its_reminder_and_there_are_no_others(due: date) -> None:
    before = {due - timedelta(days=n) for n in range(40)}
    said = {day for day in before if is_reminder_day(due, day)}
    assert said == {last_workday(due - timedelta(days=ahead)) for ahead in AHEAD}
    assert 1 <= len(said) <= 4


@given(due=st.dates(date(2026, 1, 1), date(2026, 10, 31)))
def test_between_two_reminders_of_something_overdue_lie_two_working_days(due: date) -> None:
    said = [day for day in (due + timedelta(days=n) for n in range(1, 50)) if is_reminder_day(due, day)]
    assert said[0] == clock.add_workdays(due, 1)
    assert all(clock.workdays_between(a, b) == 3 for a, b in pairwise(said))


def test_what_has_no_deadline_is_said_from_the_next_working_day_on() -> None:
    since = date(2026, 9, 30)
    assert not is_nagging_day(since, since)
    assert is_nagging_day(since, date(2026, 10, 8))
    assert not is_nagging_day(since, date(2026, 10, 9))
