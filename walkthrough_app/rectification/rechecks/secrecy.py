"""Nobody is warned (S002-25): until it is decided, a 回头看 looks to the unit as if nothing had been ordered.

Lists show `state_for` (in SQL: `shown_state`) and `entries_for` rather than the finding's own state and history.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, case, or_, select

from walkthrough_app.accounts.models import UNIT_ROLES, User
from walkthrough_app.rectification import queries, rights
from walkthrough_app.rectification.machine import State, Verb
from walkthrough_app.rectification.models import Finding, FindingEntry
from walkthrough_app.rectification.rechecks import queries as rechecks
from walkthrough_app.rectification.rechecks.models import Recheck


def knows(user: User, finding: Finding) -> bool:
    """Tell whether the user may know that the finding is being looked at again."""
    if user.role not in UNIT_ROLES or finding.state is not State.RECHECKING:
        return True
    found = rechecks.open_of(finding)
    return found is not None and user.id in {found.checker_id, found.ordered_by_id}


def state_for(user: User, finding: Finding) -> State:
    """Return the state to show: 已整改 to a unit that is not to be warned."""
    return finding.state if knows(user, finding) else State.RECTIFIED


def shown_state(user: User) -> ColumnElement[Any]:
    """Return the same as a column to select, sort and filter by."""
    if user.role not in UNIT_ROLES:
        return Finding.state.expression
    mine = select(Recheck.finding_id).where(
        Recheck.decided_at.is_(None), or_(Recheck.checker_id == user.id, Recheck.ordered_by_id == user.id)
    )
    is_hidden = and_(Finding.state == State.RECHECKING, Finding.id.not_in(mine))
    return case((is_hidden, State.RECTIFIED.value), else_=Finding.state)


def entries_for(user: User, finding: Finding) -> Sequence[FindingEntry]:
    """Return the history to show: without the order of what is not decided."""
    entries = queries.entries_of(finding)
    if knows(user, finding):
        return entries
    return [one for one in entries if one.seq < _ordered_at(entries)]


def _ordered_at(entries: Sequence[FindingEntry]) -> int:
    return max(one.seq for one in entries if one.verb is Verb.ORDER_RECHECK)


def hidden_deeds(user: User, finding: Finding) -> frozenset[Verb]:
    """Return the deeds of which a unit is not told who did them: what a visit found was registered by who came."""
    is_visited = user.role in UNIT_ROLES and finding.source in rights.VISITED
    return frozenset({Verb.REGISTER}) if is_visited else frozenset()
