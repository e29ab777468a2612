"""Who is told what of problems to be put right: counts and days, never an item, never a 回头看 that is to come."""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from walkthrough_app.reminders import days, words
from walkthrough_app.reminders.queries.rectifying import Rectifying, Term


def owed(one: Rectifying, day: date, *, reminded: Collection[UUID] = (), always: bool = False) -> Iterator[str]:
    """Yield what a unit is told on a day: what waits to be signed for, what is due, what is late."""
    unsigned = [term.unsigned_since for term in one.terms if term.unsigned_since]
    if unsigned and (always or any(days.is_nagging_day(since, day) for since in unsigned)):
        yield words.unsigned(len(unsigned))
    due = Counter(term.due_on for term in one.terms if term.due_on and term.due_on >= day)
    for on in sorted(due):
        if always or days.is_reminder_day(on, day):
            yield words.rectify_until(due[on], on, day)
    late = [term for term in one.terms if _is_late(term, day)]
    if late and (always or any(_is_told(term, day, reminded) for term in late)):
        yield words.overdue(len(late), max((day - term.due_on).days for term in late if term.due_on))


def _is_late(term: Term, day: date) -> bool:
    return term.due_on is not None and term.due_on < day and not term.is_quiet


def _is_told(term: Term, day: date, reminded: Collection[UUID]) -> bool:
    return term.id in reminded or (term.due_on is not None and days.is_reminder_day(term.due_on, day))
