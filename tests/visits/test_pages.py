"""Visits over HTTP: ordered by the office, made by who was sent, told to the unit, unknown to all others."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

from flask.testing import FlaskClient

from tests.rectification.conftest import Make
from tests.visits import stage
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock, db, paging
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.rectification.machine import State
from walkthrough_app.visits import queries, service
from walkthrough_app.visits.models import Visit, VisitDraw, VisitState
from walkthrough_app.visits.queries import Filters
from walkthrough_app.walkthroughs import service as walkthroughs
from walkthrough_app.walkthroughs.models import WalkState

Client = Callable[[User], FlaskClient]
AIM = {"place": "政务大厅3号窗口", "mode": "covert", "frequency": "routine", "focus": "effect", "brief": ""}


def tap() -> dict[str, str]:
    return {"tap": str(uuid.uuid4())}


def ordered(visiting: Campaign, *units: User, by: list[User], **more: object) -> dict[str, object]:
    today = clock.today()
    return {
        **AIM,
        **tap(),
        "campaign": str(visiting.id),
        "units": [str(one.unit_id) for one in units],
        "inspectors": [str(one.id) for one in by],
        "from_on": today.isoformat(),
        "to_on": (today + timedelta(days=3)).isoformat(),
        **more,
    }


def test_the_office_orders_once(visiting: Campaign, cast: SimpleNamespace, client_for: Client) -> None:
    client = client_for(cast.office)
    assert "随机抽取几个" in client.get("/visits/order").get_data(as_text=True)
    form = ordered(visiting, cast.head, cast.party, by=[cast.style])
    for _ in range(2):
        assert client.post("/visits/order", data=form).status_code == 303
    assert db.session.query(Visit).count() == 2
    page = client.get("/visits").get_data(as_text=True)
    assert "示例市公安局" in page and "暗访 · 经常性 · 看效果" in page
    assert "安排督查" in page
    page = client_for(cast.style).get("/visits").get_data(as_text=True)
    assert "我要去的 2 处" in page and "安排督查" not in page


def test_it_draws_among_all_and_shows_the_lots(visiting: Campaign, cast: SimpleNamespace, client_for: Client) -> None:
    client = client_for(cast.office)
    assert client.post("/visits/order", data=ordered(visiting, by=[cast.style], draw=2)).status_code == 303
    lot = db.session.query(VisitDraw).one()
    page = client.get(f"/visits/draws/{lot.id}").get_data(as_text=True)
    assert lot.seed in page and page.count("抽中</span>") == 2
    assert client_for(cast.style).get(f"/visits/draws/{lot.id}").status_code == 403
    assert client.get(f"/visits/draws/{uuid.uuid4()}").status_code == 404


def test_what_is_missing_is_said(visiting: Campaign, cast: SimpleNamespace, client_for: Client) -> None:
    client = client_for(cast.office)
    page = client.post("/visits/order", data=ordered(visiting, by=[cast.style])).get_data(as_text=True)
    assert "请选择要督查的单位" in page
    form = ordered(visiting, cast.head, by=[cast.style], mode="in_person")
    assert client.post("/visits/order", data=form).status_code == 200
    assert db.session.query(Visit).count() == 0


def test_only_the_office_orders(visiting: Campaign, cast: SimpleNamespace, client_for: Client) -> None:
    for name, status in {"style": 403, "head": 403, "liaison": 403, "admin": 403, "office": 200}.items():
        assert client_for(getattr(cast, name)).get("/visits/order").status_code == status, name
        assert client_for(getattr(cast, name)).get("/visits/begin").status_code in {
            status,
            200 if name == "style" else status,
        }
    assert client_for(cast.office).get(f"/visits/order?campaign={uuid.uuid4()}").status_code == 404
    assert client_for(cast.office).get("/visits/order?campaign=x").status_code == 404


def test_without_a_campaign_it_is_said_what_to_do(cast: SimpleNamespace, client_for: Client) -> None:
    answer = client_for(cast.office).get("/visits/order")
    assert answer.status_code == 409
    assert "还没有进行中的督查活动" in answer.get_data(as_text=True)
    assert "还没有督查活动" in client_for(cast.office).get("/visits").get_data(as_text=True)
    assert "明查暗访" not in client_for(cast.style).get("/ledger").get_data(as_text=True)


def test_a_group_begins_on_the_spot(visiting: Campaign, cast: SimpleNamespace, client_for: Client) -> None:
    client = client_for(cast.style)
    page = client.get("/visits/begin").get_data(as_text=True)
    assert "示例市公安局" in page and "示例县<" not in page
    form = {**AIM, **tap(), "campaign": str(visiting.id), "unit": str(cast.head.unit_id)}
    places = [client.post("/visits/begin", data=form).headers["Location"] for _ in range(2)]
    assert places[0] == places[1]
    page = client.get(places[0]).get_data(as_text=True)
    assert 'data-screen="conduct"' in page and "工作时间人员在岗" in page


def test_a_head_the_office_sends_finds_it_under_the_own_tasks(
    visiting: Campaign, cast: SimpleNamespace, client_for: Client
) -> None:
    found = stage.order(visiting, cast.head.unit, cast.stranger, cast.office)
    assert "明查暗访 1 处" in client_for(cast.stranger).get("/tasks").get_data(as_text=True)
    assert "明查暗访" not in client_for(cast.head).get("/tasks").get_data(as_text=True)
    page = client_for(cast.stranger).get(f"/visits/{found.id}").get_data(as_text=True)
    assert "到了现场，开始督查" in page and "作废这次督查" not in page


def test_the_inspector_walks_and_hands_in_over_http(
    visit: Visit, cast: SimpleNamespace, store: LocalStore, client_for: Client, make: Make
) -> None:
    old = make(state=State.CLOSED, category="B5", severity="minor")
    client, address = client_for(cast.style), f"/visits/{visit.id}"
    places = [client.post(f"{address}/start", data=tap()).headers["Location"] for _ in range(2)]
    assert places[0] == places[1]
    for page in ("", "/sheets", "/conduct", "/base.json"):
        assert client.get(f"{places[0]}{page}").status_code == 200, page
    keys = stage.walk(visit, store, S_V1="no", S_M8="no")
    assert "去移交" in client.get(f"{places[0]}/review").get_data(as_text=True)
    assert client.get(f"/visits/walks/{visit.walk_id}").headers["Location"].endswith(address)
    page = client.get(address).get_data(as_text=True)
    assert "不想作为" in page and "移交，问题进台账" in page and old.code in page
    form = {
        **tap(),
        f"tags-{keys['S-V1']}": ["unwilling"],
        f"post-{keys['S-V1']}": " 3号窗口受理岗 ",
        f"old-{keys['S-M8']}": str(old.id),
    }
    bad = client.post(f"{address}/hand-in", data={**form, f"tags-{keys['S-V1']}": "x"})
    assert (bad.status_code, visit.state) == (200, VisitState.UNDER_WAY)
    for _ in range(2):
        assert client.post(f"{address}/hand-in", data=form).status_code == 303
    made = {one.category: one for one in queries.findings_of(visit)}
    assert (made["G6"].tags, made["G6"].resp_person) == (["unwilling"], "3号窗口受理岗")
    assert old.state is State.RELAPSED
    assert "已移交" in client.get(address).get_data(as_text=True)


def test_others_look_on_or_do_not_know_of_it(
    visit: Visit, cast: SimpleNamespace, county: SimpleNamespace, client_for: Client
) -> None:
    address = f"/visits/{visit.id}"
    office = client_for(cast.office)
    page = office.get(address).get_data(as_text=True)
    assert "作废这次督查" in page and "开始督查" not in page
    assert office.post(f"{address}/start").status_code == 403
    assert office.post(f"{address}/hand-in").status_code == 403
    assert office.post(f"{address}/feedback", data=tap()).status_code == 409
    for user in (cast.head, cast.deputy, cast.coord, cast.stranger, county.office, county.head):
        client = client_for(user)
        assert client.get(address).status_code == 404, user.username
        assert client.post(f"{address}/start").status_code == 404, user.username
        assert client.post(f"{address}/call-off", data={"reason": "x"}).status_code == 404
    for user in (cast.liaison, cast.admin):
        assert client_for(user).get(address).status_code == 403, user.username
    assert office.get(f"/visits/{uuid.uuid4()}").status_code == 404
    assert office.get(f"/visits/walks/{uuid.uuid4()}").status_code == 404


def test_the_unit_is_told_facts_and_not_who_came(
    visit: Visit, cast: SimpleNamespace, store: LocalStore, client_for: Client
) -> None:
    stage.hand_in(visit, store, S_V1="no")
    address, photo = f"/feedback/{visit.id}", f"/visits/{visit.id}/photos/{visit.facts['photos'][0]}/masked.jpg"
    for user in (cast.head, cast.liaison):
        assert "督查反馈" not in client_for(user).get("/ledger").get_data(as_text=True)
        assert client_for(user).get(address).status_code == 404
        assert client_for(user).get(photo).status_code == 404
    assert "单位现在看不到" in client_for(cast.office).get(address).get_data(as_text=True)
    form = {**tap(), "text": "请立即整改。"}
    for _ in range(2):
        assert client_for(cast.office).post(f"/visits/{visit.id}/feedback", data=form).status_code == 303
    for user in (cast.head, cast.liaison):
        client = client_for(user)
        assert "督查反馈" in client.get("/ledger").get_data(as_text=True)
        page = client.get(address).get_data(as_text=True)
        assert "空岗离岗" in page and "请立即整改。" in page
        assert cast.style.name not in page and cast.style.unit.name not in page
        with client.get(photo) as picture:
            assert picture.mimetype == "image/jpeg"
        assert visit.place in client.get("/feedback").get_data(as_text=True)
        assert client.post(f"/visits/{visit.id}/feedback", data=form).status_code == 403
    assert "督查反馈" in client_for(cast.head).get("/tasks").get_data(as_text=True)
    for user in (cast.stranger, cast.coord):
        assert client_for(user).get(address).status_code == 404
    assert client_for(cast.deputy).get(address).status_code == 403


def test_until_it_is_handed_in_the_inspector_may_open_the_walk_again_and_not_after(
    visit: Visit, cast: SimpleNamespace, store: LocalStore, client_for: Client
) -> None:
    stage.walk(visit, store, S_V1="no")
    client, walk = client_for(cast.style), f"/walks/{visit.walk_id}"
    assert "重新打开" in client.get(f"{walk}/review").get_data(as_text=True)
    assert client.post(f"{walk}/reopen", data=tap()).status_code == 303
    assert visit.walk
    walkthroughs.finish(visit.walk, by=cast.style, tap=uuid.uuid4())
    service.hand_in(visit, {}, by=cast.style, tap=uuid.uuid4())
    db.session.commit()
    page = client.get(f"{walk}/review").get_data(as_text=True)
    assert "重新打开" not in page and "这次督查已经移交，记录不能再改。" in page
    for deed in ("reopen", "void"):
        refused = client.post(f"{walk}/{deed}", data={**tap(), "reason": "想改一改"})
        assert refused.status_code == 409 and "这次督查已经移交" in refused.get_data(as_text=True)
    assert visit.walk.state is WalkState.FINISHED


def test_an_inspector_does_not_feed_back(
    visiting: Campaign, cast: SimpleNamespace, store: LocalStore, client_for: Client
) -> None:
    found = stage.order(visiting, cast.head.unit, cast.coord, cast.office)
    stage.hand_in(found, store, S_V1="no")
    client = client_for(cast.coord)
    assert client.get(f"/visits/{found.id}").status_code == 200
    assert client.post(f"/visits/{found.id}/feedback", data=tap()).status_code == 403
    assert client.get(f"/feedback/{found.id}").status_code == 404
    assert client.get(f"/feedback/{found.id}.docx").status_code == 404


def test_the_list_is_narrowed(visiting: Campaign, cast: SimpleNamespace, client_for: Client) -> None:
    stage.order(visiting, cast.head.unit, cast.style, cast.office)
    stage.order(visiting, cast.county.unit, cast.coord, cast.office)
    client = client_for(cast.office)

    def listed(query: str) -> list[bool]:
        page = client.get(f"/visits?{query}").get_data(as_text=True)
        return [f">{name}</a>" in page for name in ("示例市公安局", "示例县")]

    assert listed("") == [True, True]
    assert listed("unit=公安") == [True, False]
    assert listed("mode=open") == listed("frequency=routine") == listed("state=fed_back") == [False, False]
    assert listed("mode=covert&frequency=surprise&focus=process&state=ordered") == [True, True]
    assert listed("mode=x&frequency=x&state=x&campaign=x&after=x") == [True, True]
    assert f">{cast.county.unit.name}</a>" not in client_for(cast.style).get("/visits").get_data(as_text=True)


def test_the_list_goes_on_where_the_page_ended(visiting: Campaign, cast: SimpleNamespace) -> None:
    for unit in (cast.head.unit, cast.stranger.unit, cast.county.unit):
        stage.order(visiting, unit, cast.office, cast.office)
    first = paging.page(queries.page(cast.office, Filters(), None, 2), queries.key, 2)
    after = paging.read(first.after, *queries.KINDS)
    second = paging.page(queries.page(cast.office, Filters(), after, 2), queries.key, 2)
    assert (len(first.rows), len(second.rows), second.after) == (2, 1, "")
    assert len({one.id for one in (*first.rows, *second.rows)}) == 3


def test_statistics_say_what_a_bulletin_needs(
    visiting: Campaign, cast: SimpleNamespace, store: LocalStore, client_for: Client
) -> None:
    assert "还没有移交的督查" in client_for(cast.office).get("/visits/statistics").get_data(as_text=True)
    found = stage.order(visiting, cast.head.unit, cast.style, cast.office)
    stage.hand_in(found, store, S_V1="no", S_V3="no")
    stage.hand_in(
        stage.order(visiting, cast.county.unit, cast.coord, cast.office), store, S_V1="yes", S_V2="yes", S_V4="yes"
    )
    service.feed_back(found, "", by=cast.office, tap=uuid.uuid4())
    db.session.commit()
    page = client_for(cast.office).get(f"/visits/statistics?campaign={visiting.id}").get_data(as_text=True)
    assert "共开展督查2人次，其中暗访2次，走访单位2家。1家单位存在问题2个，已交办整改2个。" in page
    page = client_for(cast.style).get("/visits/statistics").get_data(as_text=True)
    assert "共开展督查1人次" in page and "示例县" not in page
    assert client_for(cast.office).get(f"/visits/statistics?campaign={uuid.uuid4()}").status_code == 404
    assert client_for(cast.liaison).get("/visits/statistics").status_code == 403
