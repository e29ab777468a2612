"""Pictures of records: nobody else sees one before somebody masked it."""

import io
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from tests.browser.files import photo
from tests.records.conftest import Desk
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import db
from walkthrough_app.records import queries
from walkthrough_app.records.models import Record, RecordPhoto
from walkthrough_app.rectification.models import FindingPhoto

At = Callable[[User, Campaign], Desk]


def file(seed: int = 1) -> tuple[io.BytesIO, str]:
    return io.BytesIO(photo(seed, (320, 240))), "现场.jpg"


@pytest.fixture
def made(at: At, cast: SimpleNamespace, run_once: Campaign) -> Record:
    """What a young party member saw, with a picture, and a problem in it."""
    return at(cast.head, run_once).made("member_walk", Y_R29=file(), Y_R25="2")


def only(record: Record) -> RecordPhoto:
    db.session.expire_all()
    (found,) = queries.photos_of(record).values()
    return found


def get(desk: Desk, record: Record, size: str) -> int:
    with desk.client.get(f"/records/one/{record.id}/photos/{only(record).id}/{size}.jpg") as answer:
        return answer.status_code


def tap(desk: Desk, record: Record, **fields: str) -> int:
    return desk.client.post(f"/records/one/{record.id}/photos/{only(record).id}", data=fields).status_code


def test_it_is_kept_and_shown_to_its_writer_only(
    at: At, cast: SimpleNamespace, run_once: Campaign, made: Record
) -> None:
    assert only(made).shown_sha256 is None
    assert get(at(cast.liaison, run_once), made, "clean") == 200
    for user in (cast.office, cast.deputy, cast.stranger):
        assert get(at(user, run_once), made, "full") in {403, 404}
    assert "照片还没有打码" in at(cast.office, run_once).page(made)


def test_a_tap_masks_and_then_others_see_the_copy(
    at: At, cast: SimpleNamespace, run_once: Campaign, made: Record
) -> None:
    desk = at(cast.head, run_once)
    assert desk.client.get(f"/records/one/{made.id}/photos/{only(made).id}").status_code == 200
    assert tap(desk, made, **{"mask.x": "144", "mask.y": "100"}) == 303
    shown = only(made)
    assert shown.shown_sha256 not in {None, shown.sha256} and len(shown.boxes) == 1
    office = at(cast.office, run_once)
    assert (get(office, made, "full"), get(office, made, "preview"), get(office, made, "clean")) == (200, 200, 403)
    assert tap(desk, made, do="undo") == 303
    assert only(made).shown_sha256 is None


def test_one_may_say_that_nothing_needs_masking(
    at: At, cast: SimpleNamespace, run_once: Campaign, made: Record
) -> None:
    assert tap(at(cast.head, run_once), made, do="clear") == 303
    assert only(made).shown_sha256 == only(made).sha256
    assert get(at(cast.office, run_once), made, "full") == 200


def test_only_who_writes_the_record_masks(at: At, cast: SimpleNamespace, run_once: Campaign, made: Record) -> None:
    for user in (cast.office, cast.deputy):
        assert tap(at(user, run_once), made, do="clear") == 403
    assert tap(at(cast.stranger, run_once), made, do="clear") == 404
    assert only(made).shown_sha256 is None


def test_a_problem_takes_along_what_may_be_shown(
    at: At, cast: SimpleNamespace, run_once: Campaign, made: Record
) -> None:
    desk = at(cast.head, run_once)
    tap(desk, made, do="clear")
    desk.client.post(f"/records/one/{made.id}/problems", data={"do": "take:Y-R25"})
    (kept,) = db.session.query(FindingPhoto)
    assert kept.sha256 == only(made).sha256


def test_a_change_keeps_the_picture_and_another_takes_its_place(
    at: At, cast: SimpleNamespace, run_once: Campaign, made: Record
) -> None:
    desk, first = at(cast.head, run_once), only(made)
    assert desk.change(made, Y_R21="换个说法").status_code == 303
    assert only(made).id == first.id
    assert desk.change(made, Y_R29=file(2)).status_code == 303
    assert only(made).id != first.id
    assert db.session.get(RecordPhoto, first.id)


def test_what_is_no_picture_is_refused_and_the_text_stays(at: At, cast: SimpleNamespace, run_once: Campaign) -> None:
    answer = at(cast.head, run_once).send("member_walk", Y_R29=(io.BytesIO(b"<svg/>"), "a.jpg"), Y_R21="办居住证")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200 and "办居住证" in page and 'class="error" id="q-Y-R29-error"' in page


def test_a_picture_of_another_record_is_not_there(
    at: At, cast: SimpleNamespace, run_once: Campaign, made: Record
) -> None:
    desk = at(cast.head, run_once)
    other = desk.made("suggestion")
    assert desk.client.get(f"/records/one/{other.id}/photos/{only(made).id}/full.jpg").status_code == 404
