"""Data for load tests is real data: whole logs, figures that follow from them, the same again from the same seed."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import click
import pytest
from flask import Flask
from sqlalchemy import select

from walkthrough_app import demo
from walkthrough_app.accounts.models import OrgClass, Unit, User
from walkthrough_app.campaigns.models import Campaign, PlanEntry
from walkthrough_app.core import clock, db
from walkthrough_app.demo.load import Size, answering, catalogue, layout, run
from walkthrough_app.demo.load.chance import Chance, shares
from walkthrough_app.demo.load.setting import Given, Pace, Picture
from walkthrough_app.demo.load.story import Story
from walkthrough_app.figures import service as figures
from walkthrough_app.figures.models import FindingFigure, StepFigure, UnitFigure, WalkFigure
from walkthrough_app.jobs.models import Job, JobState
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.questionnaires import source
from walkthrough_app.questionnaires.document import Document
from walkthrough_app.reports.models import Report, ReportState, ReportVersion
from walkthrough_app.reports.service import papers
from walkthrough_app.walkthroughs import log, snapshot
from walkthrough_app.walkthroughs.fitting import event_fits
from walkthrough_app.walkthroughs.models import Walkthrough

NOON = datetime(2026, 11, 26, 4, 0, tzinfo=UTC)
SIZE = Size(6, 40, 4.0)


def test_load_data_is_as_much_as_was_asked_for_and_real(app: Flask) -> None:
    with clock.pinned(NOON):
        questionnaires.install_builtin()
        db.session.commit()
        run(replace(app.config["SETTINGS"], demo_password="load-testing-1"), SIZE, 7)
    the_numbers_are_those_that_were_asked_for()
    reports_have_papers_that_say_what_they_are(app)
    every_log_is_whole_and_every_figure_follows_from_it()


def rows(model: type[db.Base]) -> Sequence[Any]:
    return db.session.scalars(select(model)).all()


def the_numbers_are_those_that_were_asked_for() -> None:
    walking = {unit.id for unit in rows(Unit) if unit.org_class is not OrgClass.OFFICE}
    walks = rows(Walkthrough)
    assert (len(walking), len(walks)) == (SIZE.units, SIZE.walks)
    assert {walk.unit_id for walk in walks} <= walking
    assert 2 <= len(rows(FindingFigure)) / len(walks) <= 6
    city, county = sorted(rows(Campaign), key=lambda one: one.parent_id is not None)
    assert (county.parent_id, county.county_id is not None) == (city.id, True)
    assert {plan.campaign_id for plan in rows(PlanEntry)} == {city.id, county.id}
    assert {"admin", "office", "style", "coord", "county1_office", "head", "deputy", "liaison"} <= {
        user.username for user in rows(User) if user.password_hash
    }


def every_log_is_whole_and_every_figure_follows_from_it() -> None:
    for walk in rows(Walkthrough):
        last: dict[str, Any] = {}
        for event in sorted(log.record_of(walk).data["events"], key=lambda one: (one["device"], one["seq"])):
            assert event_fits()(event)
            assert event["prev"] == last.get(event["device"])
            assert event["hash"] == snapshot.event_hash(event)
            last[event["device"]] = event["hash"]
        assert log.record_of(walk).state.status == walk.state.value
    before = told()
    db.session.expunge_all()
    assert figures.rebuild() == SIZE.walks
    db.session.expunge_all()
    assert told() == before


def told() -> list[Any]:
    """Return every figure that there is, but for when it was written down."""
    return sorted(
        str([in_order(getattr(row, one.key)) for one in model.__table__.columns if one.key != "updated_at"])
        for model in (WalkFigure, StepFigure, FindingFigure, UnitFigure)
        for row in rows(model)
    )


def in_order(value: Any) -> Any:
    """A sum kept as an object says the same whichever part came first."""
    return json.dumps(value, sort_keys=True) if isinstance(value, dict) else value


def reports_have_papers_that_say_what_they_are(app: Flask) -> None:
    versions = rows(ReportVersion)
    handed_in = [one for one in versions if one.submitted_at]
    assert handed_in
    assert all(one.pdf_sha256 for one in versions)
    paper = app.extensions["media_store"].path(handed_in[0].pdf_sha256).read_bytes()
    assert f"LOAD TEST DATA - not a report - {handed_in[0].code}".encode() in paper
    assert {job.state for job in rows(Job) if job.kind == papers.KIND} == {JobState.DONE}
    assert {report.state for report in rows(Report)} <= set(ReportState)
    assert all(report.walks for report in rows(Report))


def test_the_same_seed_tells_the_same_walk() -> None:
    document = Document.parse(source.programme("walkthrough"))
    scenes = ("hall", "counter", "notice", "form", "receipt", "licence", "kiosk")
    pictures = [Picture(one, "a" * 64, "b" * 64, 1000, 800, 600, "c" * 64 if one == "hall" else None) for one in scenes]
    given = Given(
        walk=uuid.UUID(int=1),
        walker=uuid.UUID(int=2),
        mode="accompanied",
        is_simulated=False,
        stop=None,
        day=date(2026, 10, 20),
        last_day=date(2026, 11, 20),
        ends="finished",
        findings=10,
        facts={"guide_materials": 3, "promise_workdays": 5, "limit_scene_num": 1},
        weights=answering.weights({"C": 2.0}, document),
        pace=Pace(catalogue.minutes("取水许可新办"), 12),
        pictures=pictures,
        document=document,
        thresholds=document.thresholds,
    )
    first, again, other = (Story(given, Chance(seed)).tell() for seed in ("1/1", "1/1", "2/1"))
    assert first == again
    assert first != other
    assert catalogue.items(30, Chance("1")) == catalogue.items(30, Chance("1"))


def test_a_database_with_somebody_in_it_is_left_alone(cast, app: Flask) -> None:
    assert demo._somebody()
    with pytest.raises(click.ClickException, match="已有数据"):
        demo.refuse_somebody()


def test_any_number_of_units_has_names_of_its_own() -> None:
    for count in (2, 6, 56, 57, 300, 1000, 3000):
        plots = layout.plots(count, count * 100, Chance("x"))
        assert len({plot.name for plot in plots}) == len(plots) == count
        assert sum(plot.walks for plot in plots) == count * 100
        assert sum(not plot.county for plot in plots) == min(count - (5 < count <= 56), 56)


def test_what_is_not_said_follows_from_what_is() -> None:
    assert Size.of(None, 100_000, None) == Size(1000, 100_000, 10.0)
    assert Size.of(20, None, 3) == Size(20, 2000, 3)
    assert shares(10, [1, 1, 1]) == [3, 4, 3]
