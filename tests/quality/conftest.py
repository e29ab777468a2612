"""Two units that walk the same item, in the database."""

import io
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from flask import Flask
from PIL import Image, ImageEnhance

from tests.reports import stage, story
from tests.scenes import add_item
from walkthrough_app import jobs
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import db
from walkthrough_app.media import draw
from walkthrough_app.media import service as media
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.quality.models import Flag
from walkthrough_app.walkthroughs.models import Walkthrough

FACT = "二楼综合窗口的告知单和网上写的对不上，多跑了一个来回；等候椅坏了两天还没修，身边的老人只好站着。"


@pytest.fixture
def store(app: Flask) -> LocalStore:
    found: LocalStore = app.extensions["media_store"]
    return found


@pytest.fixture
def put(campaign: Campaign, store: LocalStore) -> Callable[..., Walkthrough]:
    """Store a short walk: `put(walker, at=…)`; `shown` are hashes of pictures, `fact` tells its problem."""

    def add(
        walker: User,
        *,
        at: str = "2018-07-09T08:30:00+08:00",
        item: str = "居住证申领",
        shown: tuple[str, ...] = (),
        fact: str = "",
        device: str = "",
    ) -> Walkthrough:
        told = story.short(f"{item}/{walker.username}", role=walker.role.value, at=at)
        for event in told.events:
            event["device"] = device or f"phone-{walker.username}"
        if shown or fact:
            told.tap("reopen")
            for media_hash in shown:
                told.tap("photo", "queue", media=media_hash, taken_at=None, caption="")
            told.finding("另一个问题", "C4", fact=fact)
            told.tap("finish")
            for event in told.events:
                event["device"] = device or f"phone-{walker.username}"
        known = next((one for one in items if one.unit_id == walker.unit_id and one.task_name == item), None)
        if known is None:
            known = add_item(walker.unit, item)
            items.append(known)
        return stage.put_walk(walker, campaign, known, told, store)

    items: list[object] = []
    return add


@pytest.fixture
def look() -> Callable[[], None]:
    def run() -> None:
        db.session.commit()
        jobs.run_pending()
        db.session.expire_all()

    return run


@pytest.fixture
def flags() -> Callable[..., dict[str, Flag]]:
    """Return the flags of a walk by `rule/case's place`, as the rows stand."""

    def read(walk: Walkthrough) -> dict[str, Flag]:
        found = db.session.query(Flag).filter_by(walk_id=walk.id).all()
        return {one.rule: one for one in found}

    return read


@pytest.fixture(scope="session")
def drawn() -> tuple[bytes, ...]:
    """A hall, a poor copy of the same picture, and another hall."""
    hall = Image.open(io.BytesIO(draw.sample_photo("hall", seed=1)))
    other = Image.open(io.BytesIO(draw.sample_photo("hall", seed=3)))
    copy = ImageEnhance.Brightness(hall.resize((hall.width // 2, hall.height // 2))).enhance(1.1)
    return tuple(_jpeg(one) for one in (hall, copy, other))


@pytest.fixture
def pictures(app: Flask, store: LocalStore, drawn: tuple[bytes, ...]) -> SimpleNamespace:
    """The same in the store; by their hash."""
    kept = [media.add_photo(io.BytesIO(one), store=store).sha256 for one in drawn]
    db.session.commit()
    return SimpleNamespace(hall=kept[0], copy=kept[1], other=kept[2])


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=60)
    return out.getvalue()
