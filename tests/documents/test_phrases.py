"""Numbers and dates are written as official papers write them."""

from datetime import date

import pytest

from walkthrough_app.documents import phrases


def test_a_date_has_no_padding_zeros():
    assert phrases.full_date(date(2018, 7, 5)) == "2018年7月5日"
    assert phrases.short_date(date(2018, 7, 5)) == "7月5日"


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (date(2018, 7, 5), date(2018, 7, 15), "7月5日至15日"),
        (date(2018, 7, 5), date(2018, 8, 2), "7月5日至8月2日"),
        (date(2018, 7, 5), date(2018, 7, 5), "7月5日"),
        (date(2018, 12, 28), date(2019, 1, 3), "2018年12月28日至2019年1月3日"),
        (date(2018, 7, 5), date(2019, 7, 15), "2018年7月5日至2019年7月15日"),
    ],
)
def test_a_range_repeats_only_what_changes(start, end, text):
    assert phrases.date_range(start, end) == text


def test_a_range_can_name_its_year():
    assert phrases.date_range(date(2018, 7, 5), date(2018, 7, 15), year=True) == "2018年7月5日至15日"


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (6, 7, "85.7%"),
        (47, 112, "42%"),
        (18, 18, "100%"),
        (0, 5, "0%"),
        (1, 8, "12.5%"),
        (1, 1600, "0.1%"),
        (9999, 10000, "99.9%"),
        (0, 0, "—"),
    ],
)
def test_a_share_has_one_decimal_and_is_whole_only_when_it_is(part, whole, text):
    assert phrases.percent(part, whole) == text


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九")]
)
def test_headings_are_numbered_in_chinese(number, text):
    assert phrases.numeral(number) == text


@pytest.mark.parametrize("number", [0, 100])
def test_there_is_no_heading_nought_or_hundred(number):
    with pytest.raises(ValueError, match=str(number)):
        phrases.numeral(number)


def test_minutes_stay_minutes():
    assert phrases.minutes(112) == "112分钟"
    assert phrases.took(47) == "用时47分钟"


def test_lists_are_joined_by_the_pause_mark():
    assert phrases.listed(["查询", "排队", "受理"]) == "查询、排队、受理"


def test_letters_and_figures_are_half_as_wide():
    assert phrases.width("2018年7月16日") == 6.5
