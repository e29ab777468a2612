"""A daily duty is done once a day, from its time on, by however many workers; what was missed stays missed."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import select

from tests.jobs.conftest import KIND, Work
from walkthrough_app import jobs
from walkthrough_app.core import clock, db
from walkthrough_app.jobs import duties, ledger
from walkthrough_app.jobs.sweep import PATIENCE, sweep


@pytest.fixture
def duty(work: Work, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(duties, "known", {})
    jobs.daily(KIND, at=time(8, 30), title="每日提醒")
    return


def days() -> list[str]:
    return sorted(db.session.scalars(select(jobs.Job.key).filter_by(kind=KIND)))


def look(at: str) -> None:
    with clock.pinned(clock.from_local(datetime.fromisoformat(at))):
        duties.look()


def test_it_is_asked_for_from_its_time_on(duty: None) -> None:
    look("2026-11-23 08:29")
    assert days() == []
    look("2026-11-23 08:30")
    assert days() == ["2026-11-23"]


def test_however_often_workers_look_it_is_one_job_a_day(duty: None) -> None:
    for at in ("2026-11-23 08:30", "2026-11-23 08:31", "2026-11-23 23:59", "2026-11-24 00:01", "2026-11-24 10:00"):
        look(at)
    assert days() == ["2026-11-23", "2026-11-24"]


def test_two_workers_that_look_at_the_same_moment_add_one_job(duty: None) -> None:
    with clock.pinned(clock.from_local(datetime.fromisoformat("2026-11-23 09:00"))), db.transaction():
        duties.add_due()
        duties.add_due()
    assert days() == ["2026-11-23"]


def test_days_without_a_worker_are_not_made_up_for(duty: None) -> None:
    look("2026-11-20 09:00")
    look("2026-11-24 17:00")
    assert days() == ["2026-11-20", "2026-11-24"]


def test_the_job_knows_its_day(duty: None) -> None:
    look("2026-11-23 09:00")
    job = jobs.find(KIND, "2026-11-23")
    assert job is not None
    assert (job.args, job.title) == ({"day": "2026-11-23"}, "每日提醒")


def test_work_whose_time_has_not_come_waits_as_long_as_it_says(job: jobs.Job, work: Work) -> None:
    work.trouble = jobs.Later("没有发出去，稍后再试。", timedelta(minutes=4))
    jobs.run_pending()
    db.session.refresh(job)
    assert (job.state, job.error) == (jobs.JobState.TODO, "没有发出去，稍后再试。")
    assert job.updated_at > ledger.clock() + timedelta(minutes=3)
    assert _lost() == []
    job.updated_at = ledger.clock() - PATIENCE
    db.session.commit()
    assert _lost() == [job.id]


def _lost() -> list[object]:
    from walkthrough_app.jobs import sweep as module

    sweep()
    return list(module._lost(ledger.clock(), PATIENCE))
