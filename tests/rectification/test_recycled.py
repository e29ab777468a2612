"""A picture serves one problem: not again when packed again, cropped, mirrored or masked; another one of the same place may."""

import io
import uuid
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from PIL import Image, ImageEnhance, ImageOps

from tests.rectification import stage
from tests.rectification.conftest import Make
from tests.reports import stage as reports_stage
from tests.reports import story
from walkthrough_app.campaigns.models import Campaign, ServiceItem
from walkthrough_app.core import db
from walkthrough_app.core.errors import Invalid
from walkthrough_app.media import draw
from walkthrough_app.media import service as media
from walkthrough_app.media.decoder.traits import traits
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.media.traits import Traits, likeness, mirrored_likeness
from walkthrough_app.quality import service as quality
from walkthrough_app.rectification import evidence, recycled, service
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import Finding, PhotoRole
from walkthrough_app.walkthroughs import log

Change = Callable[[Image.Image], Image.Image]


def cropped(keep: float, left: float = 0.5, top: float = 0.5) -> Change:
    """Cut a part out; `keep` is its side, the others where in the rest it lies."""

    def cut(image: Image.Image) -> Image.Image:
        width, height = image.width * keep, image.height * keep
        x, y = (image.width - width) * left, (image.height - height) * top
        return image.crop((round(x), round(y), round(x + width), round(y + height)))

    return cut


def packed_again(image: Image.Image) -> Image.Image:
    out = io.BytesIO()
    small = image.resize((image.width * 2 // 3, image.height * 2 // 3))
    ImageEnhance.Brightness(small).enhance(1.1).save(out, "JPEG", quality=55)
    return Image.open(out).convert("RGB")


CHANGES: dict[str, Change] = {
    "packed again": packed_again,
    "mirrored": ImageOps.mirror,
    "cropped": cropped(0.85, 0.2, 0.8),
    "mirrored and cropped": lambda image: packed_again(cropped(0.9)(ImageOps.mirror(image))),
}


@pytest.fixture
def used(make: Make, store: LocalStore) -> Finding:
    """A problem whose after-picture is scene 1."""
    finding = make(state=State.RECTIFIED)
    evidence.add(finding, [stage.photo(1, store)], PhotoRole.AFTER, by=None)
    return finding


@pytest.mark.parametrize("change", CHANGES)
def test_a_picture_that_serves_another_problem_is_refused(
    change: str, used: Finding, make: Make, cast: SimpleNamespace, store: LocalStore
) -> None:
    finding = make(state=State.RECTIFYING)
    again = media.add_photo(stage.jpeg(CHANGES[change](stage.picture(1))), store=store)
    with pytest.raises(Invalid, match=used.code) as refused:
        service.report_done(finding, "已增开窗口", [again], by=cast.liaison)
    assert refused.value.field == "photos"


@pytest.mark.parametrize("change", ["mirrored", "cropped"])
def test_a_picture_of_before_does_not_show_after(change: str, make: Make, store: LocalStore) -> None:
    finding = make(state=State.RECTIFYING)
    evidence.add(finding, [stage.photo(2, store)], PhotoRole.BEFORE, by=None)
    again = media.add_photo(stage.jpeg(CHANGES[change](stage.picture(2))), store=store)
    with pytest.raises(Invalid, match="整改前的"):
        evidence.must_be_new(finding, again, PhotoRole.AFTER)


def test_the_whole_of_which_a_part_was_used_is_refused_too(make: Make, store: LocalStore) -> None:
    part = media.add_photo(stage.jpeg(cropped(0.8)(stage.picture(3))), store=store)
    evidence.add(make(state=State.RECTIFIED), [part], PhotoRole.AFTER, by=None)
    with pytest.raises(Invalid):
        evidence.must_be_new(make(), stage.photo(3, store), PhotoRole.AFTER)


def test_a_masked_copy_is_the_same_picture(used: Finding, make: Make, store: LocalStore) -> None:
    masked = media.add_masked(stage.photo(1, store), [[0.0, 0.0, 0.9, 0.9]], store=store)
    with pytest.raises(Invalid):
        evidence.must_be_new(make(), masked, PhotoRole.AFTER)


def test_a_recheck_does_not_take_the_picture_of_the_unit(used: Finding, store: LocalStore) -> None:
    with pytest.raises(Invalid, match="单位报整改时用的"):
        evidence.must_be_new(used, stage.photo(1, store), PhotoRole.RECHECK)


def test_another_picture_is_taken(used: Finding, make: Make, store: LocalStore) -> None:
    for number in range(2, 8):
        evidence.must_be_new(make(), stage.photo(number, store), PhotoRole.AFTER)


def test_a_picture_of_a_walk_that_shows_another_problem_is_refused(
    make: Make, cast: SimpleNamespace, campaign: Campaign, item: ServiceItem, store: LocalStore
) -> None:
    told = story.Walk(item.task_name)
    told.queue(20)
    photo = told.photo("大厅", mask="clean")
    told.finding("取号后排队等候20分钟", "C2", photos=[photo])
    told.tap("finish", after=1)
    walk = reports_stage.put_walk(cast.head, campaign, item, told, store)
    kept = media.add_photo(io.BytesIO(next(iter(told.pictures.values()))), store=store)
    record = log.record_of(walk)
    db.session.execute(
        quality.looking.PhotoTrace.__table__.insert().values(  # type: ignore[attr-defined]
            walk_id=walk.id,
            photo=uuid.UUID(photo),
            unit_id=walk.unit_id,
            sha256=kept.sha256,
            taken_at=walk.created_at,
            at=walk.created_at,
        )
    )
    key = uuid.UUID(next(iter(record.state.findings)))
    assert recycled.serves_in_a_walk(make(), kept)
    assert not recycled.serves_in_a_walk(make(walk_id=walk.id, key=key), kept)


# ---- how well: the numbers of docs/rectification.md


@pytest.fixture(scope="module")
def scenes() -> dict[str, Image.Image]:
    return {name: Image.open(io.BytesIO(draw.sample_photo(name, seed=1))).convert("RGB") for name in draw.SCENES}


def test_pictures_of_different_things_share_little(scenes: dict[str, Image.Image]) -> None:
    read = {name: Traits.read(traits(image)) for name, image in scenes.items()}
    for one in scenes:
        for other in set(scenes) - {one}:
            assert likeness(read[one], read[other]) < recycled.PART - 0.1
            assert mirrored_likeness(read[one], read[other]) < recycled.MIRRORED - 0.1


@pytest.mark.parametrize(("keep", "least"), [(0.95, 0.9), (0.85, 0.9), (0.75, 0.6)])
def test_parts_are_found_as_often_as_the_docs_say(scenes: dict[str, Image.Image], keep: float, least: float) -> None:
    shares = []
    for image in scenes.values():
        whole = Traits.read(traits(image))
        for left, top in ((0.0, 0.0), (1.0, 0.3)):
            part = packed_again(cropped(keep, left, top)(image))
            shares.append(likeness(Traits.read(traits(part)), whole))
    assert sum(one >= recycled.PART for one in shares) / len(shares) >= least
