"""Days as offices count them."""

from datetime import UTC, date, datetime

import pytest

from walkthrough_app.core import clock


def test_the_day_of_acceptance_is_not_counted() -> None:
    assert clock.workdays_between(date(2018, 7, 9), date(2018, 7, 9)) == 0
    assert clock.workdays_between(date(2018, 7, 9), date(2018, 7, 10)) == 1


def test_weekends_holidays_and_make_up_days_are_chinese() -> None:
    assert clock.workdays_between(date(2025, 9, 30), date(2025, 10, 9)) == 1
    assert clock.is_workday(date(2025, 9, 28))
    assert not clock.is_workday(date(2025, 10, 1))


def test_years_nobody_knows_yet_count_plain_weekdays() -> None:
    assert clock.workdays_between(date(2031, 1, 3), date(2031, 1, 10)) == 5


def test_adding_workdays_is_the_way_back() -> None:
    start = date(2018, 7, 6)
    assert clock.workdays_between(start, clock.add_workdays(start, 15)) == 15


def test_a_deadline_ends_at_the_last_second_in_china() -> None:
    assert clock.end_of_day(date(2018, 7, 20)) == datetime(2018, 7, 20, 15, 59, 59, tzinfo=UTC)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        clock.parse("2018-07-09T09:00:00")


def test_moments_are_written_as_the_phone_writes_them() -> None:
    assert clock.iso(clock.parse("2018-07-09T09:00:00+08:00")) == "2018-07-09T01:00:00.000Z"


def test_a_span_no_walk_can_have_costs_nothing() -> None:
    assert clock.workdays_between(date(2018, 7, 9), date(9999, 12, 31)) > 2_000_000
