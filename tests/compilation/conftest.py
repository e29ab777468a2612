"""Reports as files, as data, and as received on this server."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete

from tests.compilation import corpus
from tests.compilation.corpus import Corpus
from tests.reports import stage, story
from tests.scenes import add_item
from walkthrough_app import jobs
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.compilation import content, digest, service
from walkthrough_app.compilation.content import Content, Scope
from walkthrough_app.compilation.models import Compilation
from walkthrough_app.compilation.models import Scope as Whose
from walkthrough_app.core import db
from walkthrough_app.jobs import runner
from walkthrough_app.jobs.models import Job
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.reports import service as reports
from walkthrough_app.reports.models import Report

SCOPE = Scope("市作风整顿办作风评议组", "示例市深化机关作风整顿领导小组", "全市", "联系人：办公室，电话：0453-0000000")


def content_of(data: list[dict[str, Any]], *, as_of: date = date(2018, 8, 1), **given: Any) -> Content:
    """Compile plain report data, as the command does."""
    sources = [digest.of_data(one, file=f"{n}.pdf") for n, one in enumerate(data)]
    kept = {"numbers": {}, "proposals": {}, "due": None} | {
        key: given.pop(key) for key in ("numbers", "proposals", "due", "warnings") if key in given
    }
    part = content.gathered(sources, as_of=as_of, **kept)
    return content.content(part, SCOPE, made_on=as_of, **given)


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Twelve PDFs from three servers."""
    return corpus.make(tmp_path_factory.mktemp("arrived"))


@pytest.fixture(scope="session")
def nine() -> list[dict[str, Any]]:
    """The data of nine reports of eight units."""
    return [corpus.data(n) for n in range(len(corpus.UNITS))]


@pytest.fixture(autouse=True)
def _no_beat(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's own transaction holds the lock that a heartbeat would wait for."""
    monkeypatch.setattr(runner, "BEAT_SECONDS", 3600)


@pytest.fixture
def store(app: Flask) -> LocalStore:
    found: LocalStore = app.extensions["media_store"]
    return found


Hand = Callable[..., Report]


@pytest.fixture
def hand_in(cast: SimpleNamespace, campaign: Campaign, store: LocalStore) -> Hand:
    """Have a head walk, confirm and submit; the lane receives."""

    def run(head: User, liaison: User, told: story.Walk, *, by: User | None = None, of: Campaign = campaign) -> Report:
        item = add_item(head.unit, told.item["task_name"])
        walk = stage.put_walk(head, of, item, told, store)
        report = reports.draft(of, head, [walk], by=liaison)
        for gap in reports.check(report):
            if gap.level == "explain":
                reports.explain(report, gap.key, "按计划在体验期内走完", by=liaison)
        stage.confirm(report, by=head, store=store)
        reports.submit(report, by=liaison)
        if by:
            reports.receive(report, by=by)
        db.session.execute(delete(Job).where(Job.kind == reports.papers.KIND))  # laid out elsewhere
        db.session.commit()
        return report

    return run


@pytest.fixture
def two(cast: SimpleNamespace, hand_in: Hand) -> list[Report]:
    """Two units whose reports the style lane has received, with nearly the same problem."""
    first = hand_in(cast.head, cast.liaison, story.short("居住证申领"), by=cast.style)
    other = corpus.walk(1, 0)
    return [first, hand_in(cast.stranger, cast.stranger_liaison, other, by=cast.style)]


@pytest.fixture
def compilation(cast: SimpleNamespace, campaign: Campaign, two: list[Report]) -> Compilation:
    """The style lane's compilation, gathered."""
    made = service.begin(campaign, Whose.STYLE, by=cast.style)
    db.session.commit()
    jobs.run_pending()
    db.session.refresh(made)
    return made
