"""A preview is laid out in the background, once for the same text, and cleared away after a day."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient

from walkthrough_app import jobs
from walkthrough_app.accounts.models import User
from walkthrough_app.core import db
from walkthrough_app.jobs.sweep import sweep
from walkthrough_app.media.storage import LocalStore, MissingError
from walkthrough_app.reports import service
from walkthrough_app.reports.models import Report

Doors = Callable[[User], FlaskClient]


@pytest.fixture
def liaison(cast: SimpleNamespace, client_for: Doors) -> FlaskClient:
    return client_for(cast.liaison)


def ask(client: FlaskClient, report: Report) -> str:
    answer = client.post(f"/reports/{report.id}/preview")
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_the_page_waits_and_then_leads_to_the_paper(report: Report, liaison: FlaskClient) -> None:
    address = ask(liaison, report)
    waiting = liaison.get(address)
    assert waiting.headers["Refresh"] == "2"
    assert "正在生成PDF" in waiting.text
    jobs.run_pending()
    with liaison.get(address, follow_redirects=True) as answer:
        assert answer.mimetype == "application/pdf"
        assert answer.data.startswith(b"%PDF")
        assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert report.versions == []


def test_the_same_text_is_laid_out_once(report: Report, cast: SimpleNamespace, liaison: FlaskClient) -> None:
    db.session.commit()
    jobs.run_pending()  # what walks have asked for
    first = ask(liaison, report)
    assert jobs.run_pending() == 1
    assert ask(liaison, report) == first
    assert jobs.run_pending() == 0
    service.rewrite(report, "outlook", "我局将认真整改。", by=cast.liaison)
    db.session.commit()
    assert ask(liaison, report) != first
    assert jobs.run_pending() == 1


def test_it_is_cleared_away_after_a_day(report: Report, liaison: FlaskClient, store: LocalStore) -> None:
    address = ask(liaison, report)
    jobs.run_pending()
    job = service.previews.job_of(report, address.rsplit("/", 1)[1])
    sha256 = (job.result or {})["sha256"]
    sweep()
    assert store.path(sha256)
    job.updated_at -= timedelta(days=1, seconds=1)
    db.session.commit()
    sweep()
    with pytest.raises(MissingError):
        store.path(sha256)
    answer = liaison.get(address)
    assert answer.status_code == 404
    assert "这份预览已经清理了，请回到报告再点一次预览。" in answer.text


def test_one_whose_file_is_lost_is_made_again(report: Report, liaison: FlaskClient, store: LocalStore) -> None:
    address = ask(liaison, report)
    jobs.run_pending()
    job = service.previews.job_of(report, address.rsplit("/", 1)[1])
    store.delete((job.result or {})["sha256"])
    assert liaison.get(f"{address}/pdf").status_code == 404
    assert ask(liaison, report) == address
    assert jobs.run_pending() == 1
    with liaison.get(f"{address}/pdf") as answer:
        assert answer.status_code == 200


def test_nobody_else_opens_it(report: Report, liaison: FlaskClient, cast: SimpleNamespace, client_for: Doors) -> None:
    address = ask(liaison, report)
    jobs.run_pending()
    for name in ("stranger", "stranger_liaison", "style", "office", "deputy"):
        client = client_for(getattr(cast, name))
        assert {client.get(address).status_code, client.get(f"{address}/pdf").status_code} == {404}


def test_a_name_that_is_none_is_not_found(report: Report, liaison: FlaskClient) -> None:
    assert liaison.get(f"/reports/{report.id}/preview/nonsense").status_code == 404
    assert liaison.get(f"/reports/{report.id}/preview/nonsense/pdf").status_code == 404
