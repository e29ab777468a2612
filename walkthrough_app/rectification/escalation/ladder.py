"""Which steps a finding has before it, and from which day each counts."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from walkthrough_app.rectification.escalation.rulebook import OVERDUE, Rule, Rulebook
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import Finding


@dataclass(frozen=True)
class Rung:
    """A step of a finding: it is due on a working day that follows from the day it counts from."""

    finding: Finding
    rule: Rule
    from_on: date
    due_on: date

    @property
    def key(self) -> tuple[uuid.UUID, str, date]:
        return self.finding.id, self.rule.id, self.from_on


@dataclass(frozen=True)
class Circumstances:
    """What else decides: extensions asked for and not decided, refused ones by day, and the day of the last relapse.

    `unproved` came back by a report that was taken back since: nothing is pressed until it stands again.
    """

    asking: frozenset[uuid.UUID] = frozenset()
    refused: Mapping[uuid.UUID, date] = field(default_factory=dict)
    relapsed: Mapping[uuid.UUID, date] = field(default_factory=dict)
    unproved: frozenset[uuid.UUID] = frozenset()


def rungs(finding: Finding, book: Rulebook, known: Circumstances) -> Iterator[Rung]:
    """Yield the steps of a finding as things stand now, those to come included; none once nothing is owed."""
    for rule in book.rules:
        start = _start(finding, rule, known) if rule.is_on else None
        if start:
            yield Rung(finding, rule, start, book.due_on(rule, start))


def _start(finding: Finding, rule: Rule, known: Circumstances) -> date | None:
    if not finding.is_standing or finding.id in known.unproved:
        return None
    if rule.counts == OVERDUE:
        return _term(finding, known) if finding.state in State.unfinished() else None
    came_back = known.relapsed.get(finding.id) if finding.relapse_count else None
    return None if finding.state.is_over else came_back


def _term(finding: Finding, known: Circumstances) -> date | None:
    """Return the day the term ended: who asked in time for more waits for the answer, and counts from a refusal."""
    if finding.due_on is None or finding.id in known.asking:
        return None
    return max(finding.due_on, known.refused.get(finding.id, finding.due_on))
