"""Days and moments of the data as the papers write them."""

from datetime import date

from walkthrough_app.core import clock
from walkthrough_app.documents import phrases


def written(day: date, beside: int | None) -> str:
    """Write a day; its year only where it is not the year of the report (`beside`)."""
    return phrases.short_date(day) if day.year == beside else phrases.full_date(day)


def moment_of(text: str, beside: int | None) -> str:
    """Write an ISO moment: 7月9日9时42分, 7月9日10时."""
    at = clock.to_local(clock.parse(text))
    minute = f"{at.minute}分" if at.minute else ""
    return f"{written(at.date(), beside)}{at.hour}时{minute}"


def day_at(moment: str) -> date:
    """Return the day of an ISO moment in Beijing."""
    return clock.to_local(clock.parse(moment)).date()


def day_of(text: str | None, beside: int | None = None) -> str:
    """Write an ISO day, with its year unless it is `beside`; '' when there is none."""
    return written(date.fromisoformat(text), beside) if text else ""
