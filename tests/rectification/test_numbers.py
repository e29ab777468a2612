"""Numbers of papers: 1, 2, 3 … for each office, kind and year, each exactly once, however many issue at a time."""

import threading
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select

from tests.rectification import paper_stage as papers
from tests.rectification import stage as rectifying
from walkthrough_app.accounts.models import OrgClass, Role, Unit, User
from walkthrough_app.core import clock, db, series
from walkthrough_app.core.series import Series
from walkthrough_app.rectification.papers import service
from walkthrough_app.rectification.papers.life import Kind, State
from walkthrough_app.rectification.papers.models import OfficialPaper

WORKERS = 16
BRIEF = {"issuer": "示例市作风整顿办", "title": "一窗办", "unit_name": "示例市公安局", "item": ""} | dict.fromkeys(
    ("practice", "effect", "fixed_as", "spread"), "照相与受理合并在一个窗口。" * 6
)


def test_sixteen_at_once_number_every_paper_once_and_leave_no_gap(own_database: Engine):
    office, drafts = _put_drafts(160 if own_database.dialect.name == "postgresql" else 64)

    def issue(paper_id: uuid.UUID) -> None:
        service.issue(db.session.get_one(OfficialPaper, paper_id), by=db.session.get_one(User, office))

    _at_once(issue, drafts)
    with db.transaction():
        numbers = db.session.scalars(select(OfficialPaper.number)).all()
        assert sorted(numbers) == list(range(1, len(drafts) + 1))
        assert [one.last for one in db.session.scalars(select(Series))] == [len(drafts)]


def test_a_thousand_numbers_with_every_seventh_taken_back(own_database: Engine):
    """What is rolled back leaves no gap while fifteen others go on: its number is the next one's."""
    wanted = list(range(1000 if own_database.dialect.name == "postgresql" else 200))
    given: list[int] = []

    def take(n: int) -> None:
        number = series.take("notice")
        if n % 7 == 0:
            raise TakenBack
        given.append(number)

    _at_once(take, wanted)
    assert sorted(given) == list(range(1, sum(n % 7 != 0 for n in wanted) + 1))


class TakenBack(Exception):
    pass


def _at_once(do: Callable[[Any], None], wanted: Sequence[Any]) -> None:
    """Do it with each of these, in transactions of their own, sixteen beginning at the same moment."""
    start = threading.Barrier(WORKERS)

    def work(mine: Sequence[Any]) -> None:
        start.wait()
        for one in mine:
            with suppress(TakenBack), db.transaction():
                do(one)

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(work, [wanted[n::WORKERS] for n in range(WORKERS)]))


def _put_drafts(count: int) -> tuple[uuid.UUID, list[uuid.UUID]]:
    with db.transaction():
        unit = Unit(name="示例市作风整顿办", org_class=OrgClass.OFFICE)
        user = User(username="office", name="甲甲甲", post="主任", role=Role.OFFICE, unit=unit)
        db.session.add(user)
        campaign = rectifying.bare_campaign()
        made = [
            OfficialPaper(kind=Kind.BRIEF, campaign=campaign, office=unit, made_by=user, title="一窗办", data=BRIEF)
            for _ in range(count)
        ]
        db.session.add_all(made)
        db.session.flush()
        return user.id, [one.id for one in made]


def test_each_kind_office_and_year_has_its_own_numbers(cast, campaign, county, app):
    store = app.extensions["media_store"]
    finding = papers.finding(cast.head, campaign, store)
    first, second = papers.issued(cast.office, finding), papers.issued(cast.style, finding)
    assert [one.code for one in (first, second)] == [f"督办〔{first.year}〕1号", f"督办〔{first.year}〕2号"]
    brief = service.draft(service.Draft(Kind.BRIEF, campaign, "一窗办", BRIEF, scope="all"), by=cast.office)
    service.issue(brief, by=cast.office)
    assert brief.code == "典型经验第1期"
    other = service.draft(service.Draft(Kind.BRIEF, campaign, "一窗办", BRIEF, scope="all"), by=county.office)
    service.issue(other, by=county.office)
    assert other.number == 1
    with clock.pinned(clock.from_local(datetime(first.year + 1, 1, 1, 0, 0))):
        later = service.draft(service.Draft(Kind.BRIEF, campaign, "一窗办", BRIEF, scope="all"), by=cast.office)
        service.issue(later, by=cast.office)
    assert (later.year, later.number) == (first.year + 1, 1)


def test_what_is_rolled_back_gives_its_number_to_the_next(cast, campaign):
    made = [service.draft(service.Draft(Kind.BRIEF, campaign, "一窗办", BRIEF), by=cast.office) for _ in range(2)]
    db.session.commit()
    service.issue(made[0], by=cast.office)
    assert made[0].number == 1
    db.session.rollback()
    assert (made[0].state, made[0].number) == (State.DRAFT, None)
    service.issue(made[1], by=cast.office)
    assert made[1].number == 1
