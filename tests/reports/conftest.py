"""Papers read once and shared, and walks put straight into the log."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pdfplumber
import pikepdf
import pytest
from flask import Flask

from tests.reports import stage, story
from tests.reports.story import Walk
from walkthrough_app.campaigns.models import Campaign, ServiceItem
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.reports import service
from walkthrough_app.reports.models import Report
from walkthrough_app.reports.render import render
from walkthrough_app.walkthroughs import package
from walkthrough_app.walkthroughs.models import Walkthrough


class Paper:
    """A PDF that was made, with its text page by page."""

    def __init__(self, pdf: bytes) -> None:
        self.bytes = pdf
        with pdfplumber.open(io.BytesIO(pdf)) as opened:
            self.pages = [page.extract_text().replace("\n", "").replace(" ", "") for page in opened.pages]
            self.pictures = [len(page.images) for page in opened.pages]
        self.text = "".join(self.pages)

    def attachment(self, name: str) -> bytes:
        with pikepdf.open(io.BytesIO(self.bytes)) as pdf:
            return bytes(pdf.attachments[name].get_file().read_bytes())


def make(walks: list[Walk], **changes: object) -> SimpleNamespace:
    """Render a report over walks; return it with the data it was made from."""
    data = story.report(walks, **changes)
    pictures = {sha256: content for walk in walks for sha256, content in walk.pictures.items()}
    rendered = render(data, pictures, generated=datetime(2018, 7, 16, tzinfo=UTC))
    return SimpleNamespace(data=data, paper=Paper(rendered.pdf), rendered=rendered)


@pytest.fixture(scope="session")
def summer() -> SimpleNamespace:
    """The special report over three walks with 24 pictures."""
    return make(story.three_walks())


@pytest.fixture
def pack(tmp_path: Path) -> Callable[..., Path]:
    """Write a walk package as a phone or another server would."""

    def write(walks: list[Walk] | None = None, *, without: str = "", **changes: object) -> Path:
        walks = walks or [story.short()]
        files = {key: path for key, path in story.write_pictures(tmp_path, walks).items() if key != without}
        documents = [one["document"] for one in story.questionnaires()]
        data = package.build(
            campaign=story.CAMPAIGN,
            unit=story.UNIT,
            walks=[walk.json() for walk in walks],
            questionnaires=documents,
        )
        target = tmp_path / "记录包.zip"
        package.write(target, data | changes, files)
        return target

    return write


@pytest.fixture
def store(app: Flask) -> LocalStore:
    found: LocalStore = app.extensions["media_store"]
    return found


@pytest.fixture
def walk(cast: SimpleNamespace, campaign: Campaign, must_walk_item: ServiceItem, store: LocalStore) -> Walkthrough:
    """The head has walked the item that the head must walk; nothing is missing."""
    return stage.put_walk(cast.head, campaign, must_walk_item, story.short(), store)


@pytest.fixture
def report(cast: SimpleNamespace, campaign: Campaign, walk: Walkthrough) -> Report:
    return service.draft(campaign, cast.head, [walk], by=cast.liaison)


@pytest.fixture
def confirmed(cast: SimpleNamespace, report: Report, store: LocalStore) -> Report:
    stage.confirm(report, by=cast.head, store=store)
    return report


@pytest.fixture
def submitted(cast: SimpleNamespace, confirmed: Report) -> Report:
    service.submit(confirmed, by=cast.liaison)
    return confirmed


@pytest.fixture
def received(cast: SimpleNamespace, submitted: Report) -> Report:
    service.receive(submitted, by=cast.style)
    return submitted
