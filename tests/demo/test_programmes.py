"""The sample data shows the three sister programmes running, and one item that three counties handle otherwise."""

import random
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from walkthrough_app import jobs
from walkthrough_app.accounts.models import User
from walkthrough_app.assessment import queries as assessments
from walkthrough_app.assessment.models import GivenPoints
from walkthrough_app.board import same as board
from walkthrough_app.board.same_queries import item_for
from walkthrough_app.board.same_scope import Scope
from walkthrough_app.campaigns.models import Campaign, PlanEntry
from walkthrough_app.core import clock, db
from walkthrough_app.demo import programmes, same, town
from walkthrough_app.demo.programmes import effective, four_strict, opinions, run_once
from walkthrough_app.demo.programmes.stage import Stage
from walkthrough_app.demo.stroll import morning
from walkthrough_app.demo.town import Town
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.ratings import queries as ratings
from walkthrough_app.ratings import results
from walkthrough_app.ratings.models import CaseState, Rating, RatingCase
from walkthrough_app.records.models import Record, RecordState
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import Finding, Source
from walkthrough_app.reports.models import Report, ReportState
from walkthrough_app.visits.models import Visit, VisitDraw, VisitState
from walkthrough_app.walkthroughs import log
from walkthrough_app.walkthroughs.models import WalkState, Walkthrough

NOON = datetime(2026, 11, 26, 4, 0, tzinfo=UTC)
SEED = 3


@pytest.fixture
def store(app: Flask) -> LocalStore:
    found: LocalStore = app.extensions["media_store"]
    return found


@pytest.fixture
def made(app: Flask) -> Any:
    """示例市 before anything happens, at one noon."""
    with clock.pinned(NOON):
        questionnaires.install_builtin()
        today = clock.today()
        with clock.pinned(morning(today - timedelta(days=9), 8, 30)):
            laid_out = town.build("walk-the-process-1", today)
        db.session.commit()
        yield laid_out


def rows(model: type[db.Base]) -> Sequence[Any]:
    return db.session.scalars(select(model)).unique().all()


def campaign(title: str) -> Campaign:
    return db.session.scalars(select(Campaign).filter_by(title=title)).one()


def test_run_once_is_looked_asked_and_done_reported_and_written_down(made: Town, store: LocalStore) -> None:
    run_once.build(made, store, SEED)
    db.session.commit()
    jobs.run_pending()
    programmes.hand_in()
    plans = [one for one in rows(PlanEntry) if one.campaign.title == run_once.TITLE]
    walks = {one.plan_id: one for one in rows(Walkthrough)}
    assert (
        {one.mode.value for one in plans if one.id in walks}
        == {one.mode.value for one in plans}
        == {"look", "ask", "do"}
    )
    assert Counter(walks[one.id].state for one in plans if one.id in walks)[WalkState.FINISHED] == 3
    asked = [log.record_of(walk) for walk in walks.values() if walk.mode.value == "ask"]
    assert sorted(len(one.sets("ask")) for one in asked) == [2, 3]
    (report,) = rows(Report)
    assert report.state is ReportState.RECEIVED
    assert len(report.walks) == 3
    assert {"delay", "reluctant"} <= {tag for one in rows(Finding) for tag in one.tags}
    assert Source.SELF_CHECK in {one.source for one in rows(Finding)}
    written = Counter(one.kind for one in rows(Record))
    assert set(written) >= {"selfcheck", "discussion", "plan", "practice", "publicity", "voice", "systems"}
    special = next(one for one in rows(Record) if one.kind == "publicity")
    assert "province" in special.answers["Y-R72"]


def test_four_strict_shows_visits_promises_ratings_and_points(made: Town, store: LocalStore) -> None:
    four_strict.build(made, store, SEED)
    db.session.commit()
    within = campaign("“四严机关”创建活动")
    assert Counter(one.state for one in rows(Visit)) == {
        VisitState.FED_BACK: 2,
        VisitState.HANDED_IN: 1,
        VisitState.UNDER_WAY: 1,
        VisitState.ORDERED: 2,
    }
    assert all(one.score["total"] is not None for one in rows(Visit) if one.state.is_over)
    (lot,) = rows(VisitDraw)
    assert (len(lot.drawn), len(lot.pool) > 5) == (2, True)
    states = {one.state for one in rows(Finding) if one.source in {Source.COVERT, Source.OPEN}}
    assert {State.REGISTERED, State.ASSIGNED, State.CLOSED} <= states
    promises_are_kept_broken_and_late()
    people_rated_on_many_days_and_small_groups_stay_hidden(within)
    assert len([one for one in rows(Record) if one.kind == "special" and one.state is RecordState.SETTLED]) == 1
    the_assessment_is_partly_by_hand(within, made.people["office"], ranked=3)


def promises_are_kept_broken_and_late() -> None:
    promises = [one for one in rows(Record) if one.kind == "commitment"]
    said = Counter(one.follow_up.get("S-R6") for one in promises)
    assert said == {"yes": 2, "no": 1, None: 2}
    assert sum(one.is_overdue for one in promises) == 1
    assert any(one.title == "公开承诺没有兑现" for one in rows(Finding))


def people_rated_on_many_days_and_small_groups_stay_hidden(within: Campaign) -> None:
    given = rows(Rating)
    assert 60 <= len(given) <= 150
    assert len({one.given_on for one in given}) > 15
    (asked,) = ratings.forms_of(within)
    counts = ratings.counts_of(within, asked.form.id)
    lines = results.figures(asked, results.tallies(counts, lambda row: row[0].unit.name), 5).lines
    assert {line.key for line in lines if line.is_small} >= {town.COUNTY}
    assert sum(line.score is not None for line in lines) >= 2
    cases = Counter(one.state for one in rows(RatingCase))
    assert {CaseState.FINDING, CaseState.CLOSED, CaseState.DECLINED, CaseState.NEW} == set(cases)


def the_assessment_is_partly_by_hand(within: Campaign, office: User, *, ranked: int) -> None:
    lines = assessments.lines(office, within)
    assert sum(one.score.is_ranked for one in lines) >= ranked
    assert any(not one.score.is_ranked for one in lines)
    assert rows(GivenPoints)


def test_effective_shows_the_seven_measures_and_ratings_by_national_codes(made: Town, store: LocalStore) -> None:
    effective.build(made, store, SEED)
    db.session.commit()
    done = [one for one in rows(Visit) if one.state.is_over]
    assert len(done) == 3
    assert all(len(one.score["measures"]) == 7 and one.score["evidence"] for one in done)
    said = [one.answers for one in rows(Rating)]
    assert len(said) > 40
    assert {"c209", "c213", "c109"} <= {code for one in said for code in [*one.get("F-H3", ()), *one.get("F-H2", ())]}
    (taken,) = [one for one in rows(RatingCase) if one.state is CaseState.FINDING]
    assert (taken.is_bad, taken.finding.source, taken.finding.state) == (True, Source.RATING, State.ASSIGNED)
    assert CaseState.ASKED in {one.state for one in rows(RatingCase)}
    the_assessment_is_partly_by_hand(campaign("“服务型效能型”机关创建"), made.people["office"], ranked=2)


def test_three_counties_ask_for_different_things_for_the_same_item(made: Town, store: LocalStore) -> None:
    same.build(made, store, clock.today())
    db.session.commit()
    office = made.people["office"]
    ((line,), _) = board.lines(office, Scope())
    compared = board.compare(office, Scope(), item_for(office, line.id))
    assert {side.name: side.typical("materials") for side in compared.sides} == {"示例区": "3", "示例新区": "6"}
    assert {side.name: side.typical("trips") for side in compared.sides} == {"示例区": "1", "示例新区": "2"}


def test_the_same_seed_lets_the_public_say_the_same(made: Town, store: LocalStore) -> None:
    first, again, other = (said(made, store, seed) for seed in (5, 5, 6))
    assert first == again
    assert first != other


def said(made: Town, store: LocalStore, seed: int) -> list[Any]:
    chance = random.Random(seed)
    stage = Stage(made, made.campaign, store, clock.today(), chance, seed)
    return [opinions._opinion(stage, 0.3) for _ in range(20)] + [stage.tap()]
