"""Who is told what of papers that wait: counts and days, by kind; the paper itself says of what."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from walkthrough_app.rectification.papers.life import Kind
from walkthrough_app.reminders import days, words
from walkthrough_app.reminders.queries.papers import Owed, PaperOwed


def owed(waiting: Sequence[PaperOwed], day: date, *, always: bool = False) -> Iterator[str]:
    """Yield what one person is told on a day of the papers that wait for the unit: what is due first comes first."""
    told = [one for one in waiting if not _is_past(one, day) and (always or is_told(one, day))]
    counted = Counter((one.kind, one.what, one.due_on) for one in told)
    for (kind, what, due_on), count in sorted(counted.items(), key=lambda entry: _place(*entry[0])):
        yield words.paper_waits(count, kind.label, what.value, due_on, day)


def _place(kind: Kind, what: Owed, due_on: date | None) -> tuple[date, int, int]:
    """Return where a line stands: by its term, what has none last; within a day as kinds and deeds are declared."""
    return (due_on or date.max, list(Kind).index(kind), list(Owed).index(what))


def _is_past(one: PaperOwed, day: date) -> bool:
    """Tell whether it is too late: who is named in a bulletin may object until a day."""
    return one.what is Owed.OBJECT and (one.due_on is None or day > one.due_on)


def is_told(one: PaperOwed, day: date) -> bool:
    """Tell whether the day reminds of a paper: as of other terms; what only wants a word, every third working day."""
    if one.due_on and (one.what is Owed.ANSWER or day > one.due_on):
        return days.is_reminder_day(one.due_on, day)
    return days.is_nagging_day(one.since, day) or (one.due_on is not None and days.is_reminder_day(one.due_on, day))
