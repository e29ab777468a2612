"""`walkthrough jobs` shows the operator what waits and what failed, and does a failed one again."""

import uuid
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tests.jobs.conftest import Work
from walkthrough_app import jobs
from walkthrough_app.core import db
from walkthrough_app.jobs import JobState, commands


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Run the command on the tests' database."""
    monkeypatch.setenv("WALKTHROUGH_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(db, "connect", lambda _url: None)

    def run(*arguments: str) -> str:
        done = CliRunner().invoke(commands.jobs, arguments, standalone_mode=False)
        if isinstance(done.exception, click.ClickException):
            return done.exception.message
        assert done.exception is None
        return done.output

    return run


def test_nothing_waits(said, session) -> None:
    assert said() == "没有在等的，也没有没做成的。\n"


def test_it_lists_what_waits_and_why_something_failed(said, job: jobs.Job, work: Work) -> None:
    assert "等待" in said()
    work.refuses()
    jobs.run_pending()
    line = said()
    assert str(job.id) in line
    assert "没有做成" in line
    assert "一份报告  照片已经不在了。" in line


def test_a_failed_one_is_done_again(said, job: jobs.Job, work: Work) -> None:
    work.refuses()
    jobs.run_pending()
    work.trouble = None
    assert "已放回队列" in said("--retry", str(job.id))
    assert job.state is JobState.TODO
    jobs.run_pending()
    assert work.written == ["one"]


def test_one_that_waits_is_not_put_back(said, job: jobs.Job) -> None:
    assert said("--retry", str(job.id)) == "这个任务的状态是“等待”，只有没有做成的可以再做。"


def test_one_that_is_not_there_is_said(said, session) -> None:
    assert said("--retry", str(uuid.uuid4())) == "没有这个任务。"
