"""Days and moments of the data as the papers write them."""

from datetime import date

from walkthrough_app.core import clock
from walkthrough_app.documents import phrases


def moment_of(text: str) -> str:
    """Write an ISO moment: 7月9日9时42分, 7月9日10时."""
    at = clock.to_local(clock.parse(text))
    minute = f"{at.minute}分" if at.minute else ""
    return f"{phrases.short_date(at.date())}{at.hour}时{minute}"


def day_at(moment: str) -> date:
    """Return the day of an ISO moment in Beijing."""
    return clock.to_local(clock.parse(moment)).date()


def day_of(text: str | None, *, year: bool = False) -> str:
    """Write an ISO day; '' when there is none."""
    if not text:
        return ""
    day = date.fromisoformat(text)
    return phrases.full_date(day) if year else phrases.short_date(day)
