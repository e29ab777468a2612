"""Submit, withdraw, return, correct and receive in any order, repeated and stale: the state machine never breaks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.reports import stage
from walkthrough_app.core import db
from walkthrough_app.core.errors import Conflict
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.reception import queries
from walkthrough_app.reports import service
from walkthrough_app.reports.models import Report, ReportState
from walkthrough_app.reports.service.papers import Papers

DEEDS = ("confirm", "submit", "withdraw", "return", "return differently", "receive", "take back")
STEPS = st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 2)), min_size=4, max_size=12)
ALLOWED = {  # verb: (from, to)
    "report.confirmed": {(ReportState.DRAFT, ReportState.CONFIRMED)},
    "report.submitted": {(ReportState.CONFIRMED, ReportState.SUBMITTED)},
    "report.withdrawn": {(ReportState.SUBMITTED, ReportState.CONFIRMED)},
    "report.returned": {(ReportState.SUBMITTED, ReportState.RETURNED)},
    "report.received": {(ReportState.SUBMITTED, ReportState.RECEIVED)},
    "report.taken_back": {(ReportState.CONFIRMED, ReportState.DRAFT), (ReportState.RETURNED, ReportState.DRAFT)},
}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_comes_in_whatever_order(
    confirmed: Report, cast: SimpleNamespace, store: LocalStore, steps: list[tuple[str, int]]
) -> None:
    papers = Papers(store.put(stage.PDF, limit=stage.MIB), len(stage.PDF), 3, store.put(stage.DOCX, limit=stage.MIB))
    with undone():
        for name, back in steps:
            deed = DOING[name]
            number = max(1, len(confirmed.versions) - back)
            check_one(confirmed, lambda deed=deed, number=number: deed(confirmed, cast, number, store, papers))
        assert len(trail(confirmed)) == len(set(map(told, trail(confirmed))))


def check_one(report: Report, deed: Callable[[], Any]) -> None:
    """Do one thing: it either changes the report and stands once in the trail, or it changes nothing at all."""
    before, entries, state = snapshot(report), len(trail(report)), report.state
    try:
        with db.session.begin_nested():
            deed()
    except Conflict as refusal:
        assert str(refusal)
        db.session.expire_all()
        assert snapshot(report) == before
    after = trail(report)
    if snapshot(report) == before:
        assert len(after) == entries
    else:
        assert len(after) == entries + 1
        assert (state, report.state) in ALLOWED[after[-1].verb]
    is_whole(report)


def is_whole(report: Report) -> None:
    """Tell that state and versions say the same."""
    last = report.versions[-1]
    assert (report.state is ReportState.RECEIVED) == (last.received_at is not None)
    if report.state is ReportState.SUBMITTED:
        assert last.submitted_at and not last.returned_at
    if report.state is ReportState.CONFIRMED:
        assert not last.submitted_at
    if report.state is ReportState.RETURNED:
        assert last.returned_at and last.return_reasons and last.return_due_on
    for version in report.versions:
        assert not (version.returned_at and version.received_at)
        assert version.submitted_at or not (version.returned_at or version.received_at)
    for version in report.versions[:-1]:
        assert not version.received_at
        assert bool(version.submitted_at) == bool(version.returned_at)


def snapshot(report: Report) -> Any:
    facts = ("number", "submitted_at", "submitted_by_id", "is_late", "returned_at", "return_reasons", "received_at")
    return report.state, [[getattr(version, fact) for fact in facts] for version in report.versions]


def trail(report: Report) -> list[queries.Deed]:
    """Return what was done, the latest last, without what the server did by itself."""
    return [deed for deed in reversed(queries.deeds_of(report)) if deed.verb in ALLOWED]


def told(deed: queries.Deed) -> tuple[Any, ...]:
    return deed.at, deed.verb, deed.details.get("number")


def confirm(report: Report, cast: SimpleNamespace, _number: int, store: LocalStore, papers: Papers) -> None:
    version = service.confirm(report, by=cast.head, ticked=True, store=store)
    service.papers.put_down(version, papers)


DOING: dict[str, Callable[..., Any]] = {
    "confirm": confirm,
    "submit": lambda report, cast, number, *_: service.submit(report, by=cast.liaison, number=number),
    "withdraw": lambda report, cast, number, *_: service.withdraw(report, by=cast.head, number=number),
    "return": lambda report, cast, number, *_: service.return_(report, ["附件不全"], by=cast.style, number=number),
    "return differently": lambda report, cast, number, *_: service.return_(
        report, ["佐证照片不足"], by=cast.style, number=number
    ),
    "receive": lambda report, cast, number, *_: service.receive(report, by=cast.style, number=number),
    "take back": lambda report, cast, *_: service.take_back(report, by=cast.liaison),
}


@contextmanager
def undone() -> Iterator[None]:
    """Leave nothing behind for the next example."""
    nested = db.session.begin_nested()
    try:
        yield
    finally:
        nested.rollback()
        db.session.expire_all()
