"""Dates, numbers and counts as official papers write them (GB/T 15835)."""

import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

DIGITS = "〇一二三四五六七八九"


def full_date(day: date) -> str:
    """2018年7月5日, without padding zeros."""
    return f"{day.year}年{short_date(day)}"


def short_date(day: date) -> str:
    return f"{day.month}月{day.day}日"


def moment(at: datetime) -> str:
    """2018年7月12日9时15分, 2018年7月12日9时: the clock as it stands in `at`."""
    return f"{full_date(at.date())}{at.hour}时" + (f"{at.minute}分" if at.minute else "")


def date_range(start: date, end: date, *, year: bool = False) -> str:
    """7月5日至15日, 7月5日至8月2日; years are written when asked for or when they differ."""
    first = full_date(start) if year or start.year != end.year else short_date(start)
    if start == end:
        return first
    if start.year != end.year:
        return f"{first}至{full_date(end)}"
    return f"{first}至{end.day}日" if start.month == end.month else f"{first}至{short_date(end)}"


def percent(part: float, whole: float) -> str:
    """85.7% or 42%; never 100% while something is missing; a dash when there is nothing to share out."""
    if not whole:
        return "—"
    share = _tenths(Decimal(str(part)) * 100 / Decimal(str(whole)))
    if part < whole:
        share = min(share, Decimal("99.9"))
    return f"{share.normalize():f}%"


def _tenths(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)


def numeral(number: int) -> str:
    """一, 十, 十二, 二十一: the number of a heading, 1 to 99."""
    if not 1 <= number <= 99:
        raise ValueError(f"no heading number: {number}")
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("十" if tens == 1 else f"{DIGITS[tens]}十")
    return head + (DIGITS[ones] if ones else "")


def minutes(count: int) -> str:
    return f"{count}分钟"


def took(count: int) -> str:
    return f"用时{minutes(count)}"


def listed(words: Iterable[str]) -> str:
    return "、".join(words)


def width(text: str) -> float:
    """Return how many Chinese characters wide a text is; letters and digits count half."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text)


def wrapped(text: str, room: float) -> list[str]:
    """Break a text into lines of at most `room` characters; no line begins with a stop."""
    lines, line = [], ""
    for char in text:
        if width(line + char) > room and char not in "，。；：、）”":
            lines.append(line)
            line = ""
        line += char
    return [*lines, line] if line else lines
