"""The desk's list: what waits comes first, the oldest on top; filters stand in the address; pages do not overlap."""

import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine

from tests.reception.conftest import Doors
from walkthrough_app.accounts.models import OrgClass, User
from walkthrough_app.core import clock, db
from walkthrough_app.reception import queries
from walkthrough_app.reception.queries import worklist
from walkthrough_app.reception.values import Desk, Filters
from walkthrough_app.reports import service
from walkthrough_app.reports.models import Report

HandIn = Callable[..., Report]


def order(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]*">([^<]*)</a>', page)


@pytest.fixture
def three(hand_in: HandIn, cast: SimpleNamespace) -> list[Report]:
    """One waits for three days, one for one day, and a third was received."""
    made = []
    for name, days in (("示例市一局", 3), ("示例市二局", 2), ("示例市三局", 1)):
        with time_machine.travel(clock.now() - timedelta(days=days), tick=False):
            made.append(hand_in(name))
    service.receive(made[1], by=cast.style)
    db.session.commit()
    return made


def test_what_waits_longest_is_on_top_and_what_is_done_at_the_end(
    three: list[Report], cast: SimpleNamespace, client_for: Doors
) -> None:
    page = client_for(cast.style).get("/inbox").text
    assert order(page) == ["示例市一局", "示例市三局", "示例市二局"]
    assert "本组处理，已等3天" in page


def test_a_state_is_a_link_with_its_count(three: list[Report], cast: SimpleNamespace, client_for: Doors) -> None:
    client = client_for(cast.style)
    assert re.findall(r">(\w+) <span class=\"num\">(\d+)<", client.get("/inbox").text) == [
        ("全部", "3"),
        ("待处理", "2"),
        ("已退回", "0"),
        ("已接收", "1"),
    ]
    assert order(client.get("/inbox?state=received").text) == ["示例市二局"]


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("words=二局", ["示例市二局"]),
        ("words=%25", []),
        ("words=_", []),
        ("due=late", []),
        ("due=intime&state=waiting", ["示例市一局", "示例市三局"]),
        ("org_class=party_dept", []),
        ("org_class=city_dept&words=一", ["示例市一局"]),
        ("state=nonsense&due=x&org_class=y&campaign=z&after=a~b~c", ["示例市一局", "示例市三局", "示例市二局"]),
        ("after=waiting~2018-07-01~00000000-0000-4000-8000-000000000000", ["示例市一局", "示例市三局", "示例市二局"]),
    ],
)
def test_filters_narrow_and_nonsense_is_passed_over(
    three: list[Report], cast: SimpleNamespace, client_for: Doors, address: str, names: list[str]
) -> None:
    assert order(client_for(cast.style).get(f"/inbox?{address}").text) == names


def test_a_campaign_narrows(three: list[Report], cast: SimpleNamespace) -> None:
    campaign = three[0].campaign_id
    assert queries.counts(cast.style, Filters(campaign_id=campaign))[Desk.WAITING] == 2
    assert queries.counts(cast.style, Filters(campaign_id=three[0].id))[Desk.WAITING] == 0


def test_pages_follow_each_other_without_gap_or_overlap(
    three: list[Report], cast: SimpleNamespace, client_for: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worklist, "PAGE", 1)
    client, address, seen = client_for(cast.style), "/inbox", []
    for _ in range(3):
        page = client.get(address).text
        seen += order(page)
        address = next(iter(re.findall(r'rel="next" href="([^"]*)"', page)), "").replace("&amp;", "&")
    assert seen == ["示例市一局", "示例市三局", "示例市二局"]
    assert not address


def test_the_corrected_version_takes_the_place_of_the_returned_one(corrected: Report, cast: SimpleNamespace) -> None:
    listed, _ = queries.page(cast.style, Filters())
    assert [(one.version.number, one.desk) for one in listed] == [(2, Desk.WAITING)]


def test_what_is_returned_says_until_when_and_when_it_is_over(
    submitted: Report, cast: SimpleNamespace, client_for: Doors
) -> None:
    until = clock.today() + timedelta(days=3)
    service.return_(submitted, ["附件不全"], by=cast.style, due_on=until)
    db.session.commit()
    assert f"单位补充，{until.month}月{until.day}日前" in client_for(cast.style).get("/inbox").text
    with time_machine.travel(clock.now() + timedelta(days=5), tick=False):
        assert "单位补充，已超2天" in client_for(cast.style).get("/inbox").text


def test_a_supplement_stands_beside_its_report(received: Report, cast: SimpleNamespace, client_for: Doors) -> None:
    supplement = Report(
        campaign=received.campaign, unit=received.unit, head=received.head, lane=received.lane, kind="supplement"
    )
    supplement.supplements_id, supplement.walks = received.id, list(received.walks)
    db.session.add(supplement)
    version = received.versions[0]
    copied = {name: getattr(version, name) for name in ("number", "data", "confirmed_by_id", "confirmed_at")}
    supplement.versions.append(type(version)(**copied, code="SUPPLEMENT", submitted_at=clock.now()))
    supplement.state = "submitted"
    db.session.commit()
    client = client_for(cast.style)
    assert "补报 第1版" in client.get("/inbox").text
    assert "原来的专项报告" in client.get(f"/reports/{supplement.id}").text
    assert f"/reports/{supplement.id}" in client.get(f"/reports/{received.id}").text


def test_open_comments_are_counted(thread: object, cast: SimpleNamespace, client_for: Doors) -> None:
    assert "1条批注" in client_for(cast.style).get("/inbox").text


def test_a_lane_sees_its_own_the_office_both(hand_in: HandIn, cast: SimpleNamespace, client_for: Doors) -> None:
    hand_in("示例市一局")
    hand_in("示例二县", OrgClass.COUNTY)
    seen = {name: order(client_for(getattr(cast, name)).get("/inbox").text) for name in ("style", "coord", "office")}
    assert seen == {"style": ["示例市一局"], "coord": ["示例二县"], "office": ["示例市一局", "示例二县"]}


def test_a_county_sees_what_its_own_units_hand_in_and_the_city_decides_nothing_of_it(
    hand_in: HandIn, county_desk: User, cast: SimpleNamespace, client_for: Doors
) -> None:
    own = hand_in("示例县民政局", parent=cast.county.unit)
    own.campaign.county_id = cast.county.unit_id
    db.session.commit()
    client = client_for(county_desk)
    assert order(client.get("/inbox").text) == ["示例县民政局"]
    assert client.get(f"/reports/{own.id}").status_code == 200
    assert order(client_for(cast.style).get("/inbox").text) == []
    assert client_for(cast.style).post(f"/reports/{own.id}/receive", data={"number": 1}).status_code == 403


def test_a_county_sees_nothing_of_the_city(hand_in: HandIn, county_desk: User, client_for: Doors) -> None:
    theirs = hand_in("示例市一局")
    client = client_for(county_desk)
    assert order(client.get("/inbox").text) == []
    assert client.get(f"/reports/{theirs.id}").status_code == 404


@pytest.mark.parametrize("name", ["head", "liaison", "deputy", "stranger", "admin"])
def test_nobody_else_has_a_desk(cast: SimpleNamespace, client_for: Doors, name: str) -> None:
    assert client_for(getattr(cast, name)).get("/inbox").status_code == 403


def test_an_empty_desk_says_so(cast: SimpleNamespace, client_for: Doors) -> None:
    client = client_for(cast.style)
    assert "还没有收到报告" in client.get("/inbox").text
    assert "没有符合条件" in client.get("/inbox?words=x").text
