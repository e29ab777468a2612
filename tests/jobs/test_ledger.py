"""A job is added with the deed that needs it, done by whom holds its lease, and its end is written once."""

from datetime import timedelta

import pytest

from tests.jobs.conftest import KIND, Work
from walkthrough_app import jobs
from walkthrough_app.core import db
from walkthrough_app.jobs import JobState, delivery, ledger, runner
from walkthrough_app.jobs.ledger import LostError
from walkthrough_app.jobs.sweep import sweep


def sent() -> int:
    return delivery.waiting()


def run_out(job: jobs.Job) -> None:
    """The worker that holds the job died a while ago."""
    db.session.refresh(job)
    job.lease_until = ledger.clock() - timedelta(seconds=1)
    db.session.commit()


def test_a_job_is_done_and_says_what_it_made(job: jobs.Job, work: Work) -> None:
    assert jobs.run_pending() == 1
    assert work.written == ["one"]
    assert (job.state, job.progress, job.attempts) == (JobState.DONE, 100, 1)
    assert job.result == {"made": "one"}


def test_the_same_work_is_asked_for_once(job: jobs.Job, work: Work) -> None:
    again = jobs.add(KIND, "one", {"what": "another"})
    db.session.commit()
    assert again.id == job.id
    assert jobs.run_pending() == 1
    assert work.written == ["one"]
    assert jobs.add(KIND, "one", {"what": "another"}).state is JobState.DONE


def test_a_worker_hears_of_it_when_the_deed_is_committed_and_not_before(work: Work) -> None:
    before = sent()
    jobs.add(KIND, "two", {"what": "two"})
    assert sent() == before
    db.session.commit()
    assert sent() == before + 1


def test_a_deed_that_fails_leaves_no_job(work: Work) -> None:
    before = sent()
    jobs.add(KIND, "two", {"what": "two"})
    db.session.rollback()
    db.session.commit()
    assert sent() == before
    assert jobs.find(KIND, "two") is None


def test_two_workers_never_hold_the_same_job(job: jobs.Job) -> None:
    assert ledger.claim(job.id)
    assert ledger.claim(job.id) is None


def test_a_job_whose_worker_died_is_taken_by_another_and_the_first_writes_nothing(job: jobs.Job, work: Work) -> None:
    first = ledger.claim(job.id)
    assert first
    run_out(job)
    second = ledger.claim(job.id)
    assert second
    assert second.token != first.token
    with pytest.raises(LostError):
        ledger.finish(first, lambda: work.written.append("first"))
    with pytest.raises(LostError):
        ledger.tell(first, 60, "正在保存")
    ledger.finish(second, lambda: work.written.append("second"))
    assert work.written == ["second"]


def test_a_job_that_is_done_is_not_done_again(job: jobs.Job, work: Work) -> None:
    jobs.run_pending()
    runner.run(str(job.id))
    assert work.begun == ["one"]


def test_a_refusal_is_for_good_and_says_why(job: jobs.Job, work: Work) -> None:
    work.refuses()
    jobs.run_pending()
    assert (job.state, job.error) == (JobState.FAILED, "照片已经不在了。")
    assert jobs.run_pending() == 0


def test_a_mistake_is_tried_eight_times(job: jobs.Job, work: Work) -> None:
    work.breaks()
    for _ in range(7):
        assert jobs.run_pending() == 1
        assert job.state is JobState.TODO
    jobs.run_pending()
    assert (job.state, job.attempts) == (JobState.FAILED, 8)
    assert job.error == "试了8次都没有做完，请联系管理员。"
    assert jobs.run_pending() == 0
    assert work.written == []


def test_what_failed_is_done_when_it_is_asked_for_again(job: jobs.Job, work: Work) -> None:
    work.refuses()
    jobs.run_pending()
    work.trouble = None
    jobs.retry(job)
    db.session.commit()
    assert (job.state, job.error, job.attempts) == (JobState.TODO, "", 0)
    jobs.run_pending()
    assert work.written == ["one"]


def test_an_outcome_that_cannot_be_written_leaves_nothing(job: jobs.Job, work: Work) -> None:
    claim = ledger.claim(job.id)
    assert claim

    def write() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), db.transaction():
        ledger.finish(claim, write)
    assert job.state is not JobState.DONE


def test_a_worker_that_is_stopped_leaves_its_job_to_the_next(job: jobs.Job, work: Work) -> None:
    work.trouble = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        jobs.run_pending()
    assert (job.state, job.error) == (JobState.TODO, "")


def test_the_sweep_sends_again_what_was_lost_on_the_way(job: jobs.Job) -> None:
    before = sent()
    sweep()
    assert sent() == before, "it may still be on its way"
    job.updated_at -= timedelta(seconds=31)
    db.session.commit()
    sweep()
    assert sent() == before + 1
    sweep(at_start=True)
    assert sent() == before + 2


def test_the_sweep_sends_what_a_dead_worker_left(job: jobs.Job) -> None:
    ledger.claim(job.id)
    db.session.commit()
    before = sent()
    sweep(at_start=True)
    assert sent() == before, "somebody is at it"
    run_out(job)
    sweep()
    assert sent() == before + 1


def test_the_sweep_ends_what_killed_its_worker_eight_times(job: jobs.Job) -> None:
    for _ in range(8):
        assert ledger.claim(job.id)
        run_out(job)
    assert ledger.claim(job.id) is None
    sweep()
    db.session.refresh(job)
    assert (job.state, job.error) == (JobState.FAILED, "试了8次都没有做完，请联系管理员。")


def test_the_sweep_forgets_what_ended_a_month_ago_and_nothing_that_waits(job: jobs.Job, work: Work) -> None:
    other = jobs.add(KIND, "two", {"what": "two"})
    claim = ledger.claim(job.id)
    assert claim
    ledger.finish(claim, lambda: None)
    for one in (job, other):
        db.session.refresh(one)
        one.updated_at -= timedelta(days=31)
    db.session.commit()
    sweep()
    assert jobs.find(KIND, "one") is None
    assert jobs.find(KIND, "two")


@pytest.fixture(autouse=True)
def quiet_queue(stage) -> None:
    """Begin with an empty queue: what other tests sent is of no interest here."""
    delivery.huey().flush()
