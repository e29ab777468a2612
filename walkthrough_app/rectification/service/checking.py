"""The outcome of a 回头看: passed, kept up, or not. Who checks is known to the 回头看 itself."""

import uuid
from datetime import date

from walkthrough_app.accounts.models import User
from walkthrough_app.core import clock
from walkthrough_app.rectification.machine import Verb
from walkthrough_app.rectification.models import Finding, FindingEntry
from walkthrough_app.rectification.service import moving
from walkthrough_app.rectification.service.desk import must_be_another, new_term, put_closed
from walkthrough_app.rectification.service.words import needed

ENOUGH = 2000  # characters


def order_recheck(
    finding: Finding, checker: User, *, by: User, entry_id: uuid.UUID | None = None, **data: str
) -> FindingEntry | None:
    """Have somebody who did not do the work look again."""
    deed = moving.begin(finding, Verb.ORDER_RECHECK, by=by, entry_id=entry_id)
    if deed is None:
        return None
    must_be_another(finding, checker)
    return deed.done(checker=checker.post, **data)


def passed(
    finding: Finding, text: str, *, by: User, on: date | None = None, entry_id: uuid.UUID | None = None
) -> FindingEntry | None:
    """Close the finding; what is to be kept up for good is looked at again in a year instead."""
    verb = Verb.KEEP_UP if finding.rectify_type == "ongoing" else Verb.PASSED
    deed = moving.begin(finding, verb, by=by, entry_id=entry_id, checker=True)
    if deed is None:
        return None
    must_be_another(finding, by)
    _checked(finding, needed("text", text, "请写明回头看的情况。", ENOUGH), on)
    if verb is Verb.PASSED:
        put_closed(finding, by)
    else:
        finding.next_look_on = _in_a_year(finding.checked_on or clock.today())
        finding.due_on = finding.next_look_on
    return deed.done(finding.check_result)


def failed(  # noqa: PLR0913 - what the record of a 回头看 asks for
    finding: Finding,
    text: str,
    *,
    by: User,
    on: date | None = None,
    due_on: date | None = None,
    entry_id: uuid.UUID | None = None,
) -> FindingEntry | None:
    """Have the work done again by a new day."""
    deed = moving.begin(finding, Verb.FAILED, by=by, entry_id=entry_id, checker=True)
    if deed is None:
        return None
    must_be_another(finding, by)
    _checked(finding, needed("text", text, "请写明现在的情况。", ENOUGH), on)
    finding.due_on, finding.rectified_on, finding.must_recheck = new_term(finding, due_on), None, True
    return deed.done(finding.check_result, due_on=finding.due_on.isoformat())


def _checked(finding: Finding, text: str, on: date | None) -> None:
    finding.checked_on, finding.check_result = on or clock.today(), text


def _in_a_year(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
