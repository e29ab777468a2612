"""Every figure is what the raw events say, at every moment: counted here a second time, from the events alone."""

from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.reports import stage, story
from tests.scenes import add_item
from walkthrough_app.campaigns.models import Campaign, ServiceItem
from walkthrough_app.core import clock, db
from walkthrough_app.figures import queries, service
from walkthrough_app.figures.models import FindingFigure, StepFigure, UnitFigure, WalkFigure
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.walkthroughs import log
from walkthrough_app.walkthroughs.models import Walkthrough


@pytest.fixture
def store(app: Flask) -> LocalStore:
    found: LocalStore = app.extensions["media_store"]
    return found


@pytest.fixture
def walks(
    cast: SimpleNamespace, campaign: Campaign, must_walk_item: ServiceItem, store: LocalStore
) -> list[tuple[Walkthrough, story.Walk]]:
    """Four walks of one unit: two of the head (one void at the end of its log), the deputy's, one in the middle."""
    told = [story.short(), story.newborn(), story.short(role="deputy", at="2018-07-11T08:30:00+08:00"), begun()]
    people = [cast.head, cast.head, cast.deputy, cast.head]
    names = ("居民身份证补领", "新生儿国内出生户口登记", "居住证申领", "护照签发")
    items = [must_walk_item, *(add_item(cast.head.unit, name) for name in names[1:])]
    put = [stage.put_walk(who, campaign, item, one, store) for who, item, one in zip(people, items, told, strict=True)]
    return list(zip(put, told, strict=True))


def begun() -> story.Walk:
    walk = story.Walk("护照签发", at="2018-07-12T08:30:00+08:00")
    walk.step("query", 3)
    return walk


def minutes(told: story.Walk, start: str, stop: str, step: str | None = None) -> float:
    """Add up the minutes between two kinds of taps, from the raw events."""
    total, since = 0.0, None
    for event in told.events:
        if step and event["step"] != step:
            continue
        at = stamp(event)
        if event["kind"] == start:
            since = at
        elif event["kind"] == stop and since is not None:
            total, since = total + (at - since) / 60, None
    return total


def stamp(event: dict[str, Any]) -> float:
    return clock.parse(event["at"]).timestamp()


def kinds(told: story.Walk) -> Counter[str]:
    return Counter(event["kind"] for event in told.events)


def unit_figure(walk: Walkthrough) -> UnitFigure:
    found = queries.of_unit(walk.campaign_id, walk.unit_id)
    assert found
    return found


def test_a_unit_comes_to_what_its_events_say(walks: list[tuple[Walkthrough, story.Walk]]) -> None:
    found = unit_figure(walks[0][0])
    done = [told for _, told in walks if kinds(told)["finish"]]
    events = [event for told in done for event in told.events]
    taps = Counter(event["kind"] for event in events)
    types = Counter(event["payload"]["rectify_type"] for event in events if event["kind"] == "measure")
    letters = Counter(event["payload"]["category"][0] for event in events if event["kind"] == "finding")
    assert (found.walks, found.counted, found.items_walked) == (len(walks), len(done), len(done))
    assert found.by_head == sum(told.role == "head" for told in done)
    assert found.modes == dict(Counter(told.mode for told in done))
    assert (found.findings, found.photos, found.trips) == (taps["finding"], taps["photo"], taps["trip"])
    assert found.categories == dict(letters)
    assert (found.immediate, found.ongoing, found.escalate) == tuple(
        types[name] for name in ("immediate", "ongoing", "escalate")
    )
    assert found.wait_seconds == sum(minutes(told, "number", "called") for told in done) * 60
    for step in ("query", "prepare", "queue", "accept", "result"):
        assert found.seconds[step] == sum(minutes(told, "step_start", "step_stop", step) for told in done) * 60


def test_a_walk_that_is_void_counts_no_more(walks: list[tuple[Walkthrough, story.Walk]], cast: SimpleNamespace) -> None:
    walk, told = walks[0]
    before = unit_figure(walk)
    walks_before, findings_before = before.walks, before.findings
    told.tap("void", reason="走错了事项")
    log.append(walk, told.events[-1:], by=cast.head, door="sync")
    after = unit_figure(walk)
    assert (after.walks, after.counted) == (walks_before - 1, 2)
    assert after.findings == findings_before - kinds(told)["finding"]


def test_a_problem_taken_back_is_gone_from_the_list(
    walks: list[tuple[Walkthrough, story.Walk]], cast: SimpleNamespace
) -> None:
    walk, told = walks[0]
    key = next(event["payload"]["finding"] for event in told.events if event["kind"] == "finding")
    told.tap("reopen")
    told.tap("drop", finding=key)
    log.append(walk, told.events[-2:], by=cast.head, door="sync")
    assert db.session.scalars(select(FindingFigure.id).where(FindingFigure.walk_id == walk.id)).all() == []


def test_the_same_events_again_change_nothing(
    walks: list[tuple[Walkthrough, story.Walk]], cast: SimpleNamespace
) -> None:
    before = everything()
    for walk, told in walks:
        log.append(walk, told.events, by=walk.walker, door="sync")
    assert everything() == before


def test_figures_made_anew_from_the_events_are_the_same(walks: list[tuple[Walkthrough, story.Walk]]) -> None:
    before = everything()
    assert service.rebuild() == len(walks)
    assert everything() == before


def test_walks_from_before_an_update_are_caught_up(walks: list[tuple[Walkthrough, story.Walk]]) -> None:
    before = everything()
    walk = walks[0][0]
    for model in (FindingFigure, StepFigure, WalkFigure):
        for row in db.session.scalars(select(model).where(model.walk_id == walk.id)):
            db.session.delete(row)
    db.session.flush()
    assert service.catch_up() == 1
    assert everything() == before
    assert service.catch_up() == 0


def everything() -> list[Any]:
    """Return all figures as plain rows, without the moment they were written."""
    db.session.expire_all()
    rows = []
    for model in (WalkFigure, StepFigure, FindingFigure, UnitFigure):
        columns = [column for column in model.__table__.columns if column.name != "updated_at"]
        rows.append(sorted(map(str, db.session.execute(select(*columns)).all())))
    assert db.session.scalar(select(func.count()).select_from(WalkFigure))
    return rows
