"""回头看 over HTTP: ordered for several, walked and decided by who looks, unknown to all others."""

import io
import uuid
from collections.abc import Callable
from types import SimpleNamespace

from flask.testing import FlaskClient
from sqlalchemy import select

from tests.rectification import stage
from tests.rectification.conftest import Make
from tests.rectification.looking import SOON, walked
from walkthrough_app.accounts.models import Role, User
from walkthrough_app.core import db
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import Finding, FindingPhoto
from walkthrough_app.rectification.rechecks import material, service
from walkthrough_app.rectification.rechecks.models import Recheck

Client = Callable[[User], FlaskClient]


def test_it_is_ordered_for_several_over_http_once(
    done: Finding, make: Make, cast: SimpleNamespace, client_for: Client
) -> None:
    other = make(state=State.RECTIFIED, rectified_by_id=cast.liaison.id)
    early = make(state=State.RECTIFYING)
    client = client_for(cast.office)
    ids = [str(one.id) for one in (done, other, early)]
    page = client.get("/rechecks/order", query_string={"finding": ids}).get_data(as_text=True)
    assert "1个还没有整改完" in page
    form = {"finding": ids, "checker": str(cast.style.id), "due_on": SOON.isoformat(), "tap": str(uuid.uuid4())}
    for _ in range(2):
        assert client.post("/rechecks/order", data=form).status_code == 303
    assert db.session.query(Recheck).count() == 2
    assert (done.state, other.state, early.state) == (State.RECHECKING, State.RECHECKING, State.RECTIFYING)
    assert "取号后排队" in client_for(cast.style).get("/rechecks").get_data(as_text=True)


def test_who_may_order(done: Finding, cast: SimpleNamespace, county: SimpleNamespace, client_for: Client) -> None:
    address = f"/rechecks/order?finding={done.id}"
    for name, status in {"office": 200, "style": 200, "head": 200, "liaison": 403, "deputy": 403, "admin": 403}.items():
        assert client_for(getattr(cast, name)).get(address).status_code == status, name
    for user in (cast.stranger, cast.coord, county.office, county.head):
        assert client_for(user).get(address).status_code == 404
    for bad in ("", "?finding=x", f"?finding={uuid.uuid4()}"):
        assert client_for(cast.office).get(f"/rechecks/order{bad}").status_code == 404


def test_what_is_not_done_is_not_ordered(make: Make, cast: SimpleNamespace, client_for: Client) -> None:
    finding = make(state=State.RECTIFYING)
    form = {"finding": str(finding.id), "checker": str(cast.style.id), "due_on": SOON.isoformat()}
    answer = client_for(cast.office).post("/rechecks/order", data=form)
    assert answer.status_code == 409
    assert "已整改" in answer.get_data(as_text=True)


def test_the_checker_walks_and_decides_over_http(
    ordered: Recheck, done: Finding, cast: SimpleNamespace, store: LocalStore, client_for: Client
) -> None:
    client, address = client_for(cast.style), f"/rechecks/{ordered.id}"
    assert "到了现场，开始走" in client.get(address).get_data(as_text=True)
    places = [client.post(f"{address}/start", data={"tap": str(uuid.uuid4())}).headers["Location"] for _ in range(2)]
    assert places[0] == places[1]
    page = client.get(places[0]).get_data(as_text=True)
    assert 'data-screen="queue"' in page and 'data-screen="query"' not in page
    assert client.get(f"{places[0]}/sheets").status_code == 200
    assert client.get(f"{places[0]}/queue").status_code == 200
    assert client.get(f"{places[0]}/base.json").get_json()["questionnaires"]
    walk = walked(ordered, store)
    review = client.get(f"/walks/{walk.id}/review").get_data(as_text=True)
    assert "去下结论" in review and "记为问题" not in review
    page = client.get(address).get_data(as_text=True)
    assert "确认结果" in page and "40 分" in page
    form = {"outcome": "solved", "text": "只等了2分钟", "tap": str(uuid.uuid4())}
    assert client.post(address, data={**form, "text": ""}).status_code == 200
    for _ in range(2):
        assert client.post(address, data=form).status_code == 303
    assert done.state is State.CLOSED
    assert "通过" in client.get(address).get_data(as_text=True)
    assert client.post(address, data={**form, "tap": str(uuid.uuid4())}).status_code == 409


def test_others_look_on_or_do_not_know_of_it(
    ordered: Recheck, cast: SimpleNamespace, county: SimpleNamespace, client_for: Client
) -> None:
    address = f"/rechecks/{ordered.id}"
    office = client_for(cast.office)
    page = office.get(address).get_data(as_text=True)
    assert "换人去看" in page and "开始走" not in page
    assert office.post(f"{address}/start").status_code == 403
    assert office.post(address, data={"outcome": "solved", "text": "好"}).status_code == 403
    for user in (cast.coord, cast.stranger, cast.admin, county.office):
        assert client_for(user).get(address).status_code == 404
        assert client_for(user).post(f"{address}/start").status_code == 404
    assert client_for(cast.style).get(f"/rechecks/{uuid.uuid4()}").status_code == 404


def test_a_head_finds_it_under_the_own_tasks(done: Finding, cast: SimpleNamespace, client_for: Client) -> None:
    service.order(done, cast.head, SOON, by=cast.office, tap=uuid.uuid4())
    db.session.commit()
    assert "回头看 1 个" in client_for(cast.head).get("/tasks").get_data(as_text=True)
    assert "回头看" not in client_for(cast.deputy).get("/tasks").get_data(as_text=True)


def test_pictures_are_those_of_both_looks_and_no_others(
    ordered: Recheck, cast: SimpleNamespace, store: LocalStore, client_for: Client
) -> None:
    walked(ordered, store, photo=5)
    mine = material.of(ordered).now.photos[0]
    other = stage.photo(6, store).sha256
    db.session.commit()
    client = client_for(cast.style)
    with client.get(f"/rechecks/{ordered.id}/photos/{mine}/masked.jpg") as picture:
        assert picture.mimetype == "image/jpeg"
    assert client.get(f"/rechecks/{ordered.id}/photos/{other}/masked.jpg").status_code == 404
    assert client_for(cast.liaison).get(f"/rechecks/{ordered.id}/photos/{mine}/preview.jpg").status_code == 404


def test_a_visit_needs_a_picture_and_takes_it(
    make: Make, cast: SimpleNamespace, client_for: Client, store: LocalStore
) -> None:
    finding = make(state=State.RECTIFIED, rectified_by_id=cast.liaison.id)
    found = service.order(finding, cast.office, SOON, by=cast.office, tap=uuid.uuid4())
    assert found
    db.session.commit()
    client, form = client_for(cast.office), {"outcome": "solved", "text": "座椅已摆好", "tap": str(uuid.uuid4())}
    refused = client.post(f"/rechecks/{found.id}", data=form)
    assert refused.status_code == 200 and "至少附一张" in refused.get_data(as_text=True)
    picture = (io.BytesIO(stage.jpeg(stage.picture(8)).read()), "now.jpg")
    sent = client.post(f"/rechecks/{found.id}", data={**form, "photos": picture}, content_type="multipart/form-data")
    assert sent.status_code == 303
    assert finding.state is State.CLOSED
    assert db.session.scalars(select(FindingPhoto).where(FindingPhoto.finding_id == finding.id)).one()
    assert Role.OFFICE is cast.office.role
