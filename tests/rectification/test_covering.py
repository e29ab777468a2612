"""Pictures of the work can be masked by who answers for them, for good; nobody else touches them."""

import json
import uuid
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient
from PIL import Image

from tests.rectification import stage
from tests.rectification.conftest import Make
from walkthrough_app.accounts.models import User
from walkthrough_app.core import db
from walkthrough_app.core.audit import AuditEntry
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.rectification import evidence, queries
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import Finding, PhotoRole

Doors = Callable[[User], FlaskClient]
BOX = [0.1, 0.1, 0.3, 0.3]


@pytest.fixture
def shown(make: Make, cast: SimpleNamespace, store: LocalStore) -> Finding:
    """A problem reported as done, with a picture of before and one of after."""
    finding = make(state=State.RECTIFIED, severity="minor", rectified_by_id=cast.liaison.id)
    evidence.add(finding, [stage.photo(1, store)], PhotoRole.BEFORE, by=None)
    evidence.add(finding, [stage.photo(2, store)], PhotoRole.AFTER, by=cast.liaison)
    db.session.commit()
    return finding


def address(finding: Finding, role: PhotoRole = PhotoRole.AFTER) -> str:
    return f"/findings/{finding.id}/photos/{queries.photos_of(finding, role)[0].id}/cover"


def save(client: FlaskClient, finding: Finding, **wanted: str) -> int:
    seen = queries.photos_of(finding, PhotoRole.AFTER)[0].sha256
    data = {"seen": seen, "boxes": json.dumps([BOX]), "do": "save"} | wanted
    return client.post(address(finding), data=data).status_code


def test_a_tap_adds_a_box_undo_takes_it_and_saving_covers_it_for_good(
    shown: Finding, cast: SimpleNamespace, client_for: Doors, store: LocalStore
) -> None:
    client, photo = client_for(cast.liaison), queries.photos_of(shown, PhotoRole.AFTER)[0]
    before = photo.sha256
    assert f'href="{address(shown)}"' in client.get(f"/findings/{shown.id}").text
    assert "点一下要遮住的人脸" in client.get(address(shown)).text
    page = client.post(address(shown), data={"boxes": "[]", "mask.x": "140", "mask.y": "100", "size": "l"}).text
    assert page.count("<rect") == 1
    assert "要遮住1处" in page
    page = client.post(address(shown), data={"boxes": json.dumps([BOX, BOX]), "do": "undo"}).text
    assert page.count("<rect") == 1
    assert queries.photos_of(shown, PhotoRole.AFTER)[0].sha256 == before
    assert save(client, shown) == 303
    db.session.expire_all()
    assert photo.sha256 != before
    with store.open(photo.sha256) as file:
        picture = Image.open(file).convert("RGB")
        covered = picture.crop((70, 55, 180, 140)).getcolors(maxcolors=110 * 85)
    assert covered and len(covered) < 100  # one plain box where many colours were
    audit = db.session.query(AuditEntry).filter_by(verb="finding.photo_covered").one()
    assert audit.details == {"photo": str(photo.id), "was": before}


def test_its_desk_may_and_nobody_else(
    shown: Finding, cast: SimpleNamespace, county: SimpleNamespace, client_for: Doors
) -> None:
    before = queries.photos_of(shown, PhotoRole.AFTER)[0].sha256
    for user in (cast.stranger, cast.coord, county.office):
        assert client_for(user).get(address(shown)).status_code == 404
        assert save(client_for(user), shown) == 404
    assert save(client_for(cast.admin), shown) == 403
    shown.unit = cast.stranger.unit
    db.session.commit()
    assert save(client_for(cast.stranger), shown) == 403  # where it was met: may look
    assert f'href="{address(shown)}"' not in client_for(cast.stranger).get(f"/findings/{shown.id}").text
    assert queries.photos_of(shown, PhotoRole.AFTER)[0].sha256 == before
    assert save(client_for(cast.style), shown) == 303


def test_pictures_of_before_come_from_the_walk_and_are_masked_there(
    shown: Finding, cast: SimpleNamespace, client_for: Doors
) -> None:
    for user in (cast.liaison, cast.style):
        assert client_for(user).get(address(shown, PhotoRole.BEFORE)).status_code == 403


def test_a_unit_covers_nothing_any_more_once_it_is_over_and_learns_nothing_of_a_look(
    shown: Finding, cast: SimpleNamespace, client_for: Doors
) -> None:
    client = client_for(cast.liaison)
    shown.state = State.RECHECKING
    db.session.commit()
    assert client.get(address(shown)).status_code == 200
    shown.state = State.CLOSED
    db.session.commit()
    assert save(client, shown) == 409
    assert save(client_for(cast.style), shown) == 303


def test_nothing_marked_covered_meanwhile_and_bad_boxes_are_told(
    shown: Finding, cast: SimpleNamespace, client_for: Doors
) -> None:
    client = client_for(cast.liaison)
    for boxes in ("[]", "", "x", "{}", '[["a",1,1,1]]', "[[0,0,1]]", "[[NaN,0,1,1]]", "[[2,0,1,1]]"):
        assert save(client, shown, boxes=boxes) == 409, boxes
    seen = queries.photos_of(shown, PhotoRole.AFTER)[0].sha256
    assert save(client, shown) == 303
    assert save(client, shown, seen=seen) == 409
    bad = f"/findings/{shown.id}/photos/{uuid.uuid4()}/cover"
    assert client.get(bad).status_code == 404
