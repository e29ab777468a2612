"""The steps of one finding as its page and its history show them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from walkthrough_app.rectification.escalation import queries
from walkthrough_app.rectification.escalation.models import EscalationStep, EscalationStop
from walkthrough_app.rectification.escalation.rulebook import OVERDUE, REMIND, Rule, Rulebook
from walkthrough_app.rectification.models import Finding


@dataclass(frozen=True)
class Rung:
    """A step: `due_on` None while nothing makes it run; taken, stopped, or still to come."""

    rule: str
    name: str
    says: str
    due_on: date | None
    step: EscalationStep | None
    stop: EscalationStop | None

    @property
    def is_waiting(self) -> bool:
        """Tell whether it proposed something the desk has not settled."""
        return self.step is not None and self.step.act != REMIND and self.step.settled_at is None


@dataclass(frozen=True)
class Event:
    """One line of the history."""

    at: datetime
    text: str
    by: str


def rungs(finding: Finding) -> list[Rung]:
    """Return every step of the campaign's rules in their order, with how it stands for this finding."""
    coming = {one.rule.id: one for one in queries.rungs_of([finding])}
    taken, stops = queries.taken_of([finding]), queries.stops_of([finding])
    found = []
    for rule in queries.book_of(finding.campaign_id).rules:
        rung = coming.get(rule.id)
        step = taken.get(rung.key) if rung else None
        if rule.is_on:
            stop = stops.get((finding.id, rule.id))
            found.append(Rung(rule.id, rule.name, rule.says, rung.due_on if rung else None, step, stop))
    return found


def history(finding: Finding) -> list[Event]:
    """Return what was done and stopped, in the order in which it was, for the finding's own history."""
    book = queries.book_of(finding.campaign_id)
    events = [*_steps(finding, book), *_stops(finding, book)]
    return sorted(events, key=lambda one: one.at)


def _steps(finding: Finding, book: Rulebook) -> Iterator[Event]:
    for step in queries.taken_of([finding]).values():
        rule = book.find(step.rule)
        yield Event(step.done_at, rule.says if rule else step.rule, "按规则自动")
        if step.settled_at:
            done = f"：{step.settled_how}" if step.settled_how else ""
            yield Event(step.settled_at, f"{name_of(step.rule, book)}已办{done}", _post(step.settled_by))


def _stops(finding: Finding, book: Rulebook) -> Iterator[Event]:
    for stop in queries.all_stops_of(finding):
        name = name_of(stop.rule, book)
        yield Event(stop.created_at, f"停止{name}：{stop.reason}", _post(stop.by))
        if stop.resumed_at:
            yield Event(stop.resumed_at, f"恢复{name}：{stop.resumed_why}", _post(stop.resumed_by))


def name_of(rule_id: str, book: Rulebook) -> str:
    rule = book.find(rule_id)
    return f"“{rule.name if rule else rule_id}”"


def _post(user: object) -> str:
    return getattr(user, "post", "")


def counted_from(rule: Rule, book: Rulebook) -> str:
    """Say what the days of a step count from, as the label of their field."""
    if rule.after:
        return f"{name_of(rule.after, book)}以后几个工作日"
    return "到期以后第几个工作日" if rule.counts == OVERDUE else "反弹以后几个工作日"
