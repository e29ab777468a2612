"""The ledger of desks: what is due first on top, filters in the address, deeds for many; what a unit owes."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient

from tests.rectification.conftest import Make
from walkthrough_app.accounts.models import User
from walkthrough_app.core import clock, db
from walkthrough_app.rectification import offers, queries
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import Finding

Doors = Callable[[User], FlaskClient]


def codes(page: str) -> list[str]:
    return re.findall(r'<td class="code"><a href="[^"]*">([^<]*)</a>', page)


def days(count: int) -> object:
    return clock.today() + timedelta(days=count)


@pytest.fixture
def five(make: Make) -> SimpleNamespace:
    """One overdue, one due, one to be closed on paper, one registered, one closed."""
    return SimpleNamespace(
        late=make(due_on=days(-3), title="等候40分钟", severity="serious", must_recheck=True),
        due=make(due_on=days(2), title="指南没写复印件", category="A4", rectify_type="immediate"),
        done=make(due_on=days(1), state=State.RECTIFIED, severity="minor"),
        new=make(due_on=None, state=State.REGISTERED, title="没有座位", category="C4"),
        over=make(due_on=days(-9), state=State.CLOSED),
    )


def test_what_is_due_first_stands_on_top_and_what_is_over_stands_apart(
    five: SimpleNamespace, cast: SimpleNamespace, client_for: Doors
) -> None:
    client = client_for(cast.office)
    page = client.get("/ledger").text
    assert codes(page) == [one.code for one in (five.late, five.done, five.due, five.new)]
    assert "逾期3天" in page
    assert "还有2天" in page
    assert codes(client.get("/ledger?state=closed").text) == [five.over.code]
    assert len(codes(client.get("/ledger?state=all").text)) == 5


def test_the_counts_on_top_are_links(five: SimpleNamespace, cast: SimpleNamespace, client_for: Doors) -> None:
    page = client_for(cast.style).get("/ledger?category=C").text
    found = re.findall(r'<a (?:class="late" )?href="/ledger\?([^"]*)"[^>]*>(\S+) (\d+)</a>', page)
    counted = {words: (number, address.replace("&amp;", "&")) for address, words, number in found}
    assert counted["没有销号"][0] == "3"
    assert counted["逾期"] == ("1", "category=C&overdue=1")
    assert counted["交办"] == ("1", "category=C&state=assigned")
    assert counted["全部"][0] == "4"


NARROWED = [
    ("overdue=1", ["late"]),
    ("category=A", ["due"]),
    ("severity=serious", ["late"]),
    ("type=immediate", ["due"]),
    ("must_recheck=1", ["late"]),
    ("text=座位", ["new"]),
    ("text=%25", []),
    ("lane=coord", []),
    ("state=rectified", ["done"]),
    ("unit=00000000-0000-4000-8000-000000000000", []),
    (
        "state=nonsense&category=%27&severity=x&type=y&lane=z&unit=1&campaign=2&after=3",
        ["late", "done", "due", "new"],
    ),
]


def test_filters_narrow_and_nonsense_is_passed_over(
    five: SimpleNamespace, cast: SimpleNamespace, client_for: Doors
) -> None:
    client = client_for(cast.office)
    for address, names in NARROWED:
        found = codes(client.get(f"/ledger?{address}").text)
        assert found == [getattr(five, name).code for name in names], address


def test_pages_follow_each_other_without_a_gap(
    make: Make, cast: SimpleNamespace, client_for: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("walkthrough_app.rectification.routes.ledger.SIZE", 2)
    made = [make(due_on=day) for day in (days(1), days(1), days(1), None, None)]
    client, address, seen = client_for(cast.office), "/ledger", []
    while address:
        page = client.get(address).text
        seen += codes(page)
        following = re.search(r'rel="next" href="([^"]*)"', page)
        address = following[1].replace("&amp;", "&") if following else ""
    assert sorted(seen) == sorted(one.code for one in made)
    assert len(seen) == len(made)


def test_columns_hold_the_same_with_their_counts(
    five: SimpleNamespace, cast: SimpleNamespace, client_for: Doors, monkeypatch: pytest.MonkeyPatch, make: Make
) -> None:
    monkeypatch.setattr("walkthrough_app.rectification.routes.ledger.IN_COLUMN", 2)
    make(due_on=days(5))
    page = client_for(cast.office).get("/ledger?view=board").text
    counts = dict(re.findall(r'<h2 id="s-(\w+)">\S+ <span class="num">(\d+)</span>', page))
    assert counts == {
        "registered": "1",
        "assigned": "3",
        "rectifying": "0",
        "rectified": "1",
        "rechecking": "0",
        "closed": "1",
    }
    assert page.count('class="ticket"') == 2 + 1 + 1 + 1
    assert "看全部 3 个" in page


def test_each_desk_sees_its_own(five: SimpleNamespace, everyone: dict[str, User], client_for: Doors) -> None:
    for name in ("office", "style"):
        assert five.late.code in client_for(everyone[name]).get("/ledger").text
    for name in ("coord", "county_office", "county_style", "stranger", "county_head", "party"):
        answer = client_for(everyone[name]).get("/ledger?state=all")
        assert answer.status_code == 200
        assert "等候40分钟" not in answer.text
    assert client_for(everyone["admin"]).get("/ledger").status_code == 403


def test_a_county_has_a_ledger_of_its_own(
    five: SimpleNamespace, make: Make, everyone: dict[str, User], client_for: Doors
) -> None:
    bureau = everyone["county_head"].unit
    theirs = make(resp=bureau, lane=bureau.lane)
    for name in ("county_office", "county_style"):
        assert codes(client_for(everyone[name]).get("/ledger?state=all").text) == [theirs.code]
    assert theirs.code in client_for(everyone["county_head"]).get(f"/findings/{theirs.id}").text


def chosen(client: FlaskClient, do: str, *found: Finding) -> tuple[str, dict[str, object]]:
    """Tick findings, choose what to do, and return the page with what its form carries."""
    page = client.get("/ledger/chosen", query_string={"finding": [str(one.id) for one in found], "do": do}).text
    tap = re.search(r'name="tap" type="hidden" value="([^"]+)"', page)
    return page, {"tap": tap[1] if tap else "", "finding": re.findall(r'name="finding" value="([^"]+)"', page)}


def test_many_are_handed_over_at_once_and_each_refusal_is_named(
    five: SimpleNamespace, cast: SimpleNamespace, client_for: Doors
) -> None:
    client = client_for(cast.office)
    page, form = chosen(client, "assign", five.new, five.due)
    assert "1 个现在不能交办" in page
    form |= {"unit": str(cast.stranger.unit.id), "resp_leader": "副局长", "due_on": str(days(7))}
    answer = client.post("/ledger/assign", data=form).text
    assert "办成 1 个" in answer
    assert f"{five.due.code}" in answer
    assert "这个问题现在是“交办”，不能“交办”" in answer
    db.session.refresh(five.new)
    assert (five.new.state, five.new.resp.name, five.new.due_on) == (State.ASSIGNED, cast.stranger.unit.name, days(7))
    again = client.post("/ledger/assign", data=form).text
    assert "办成 1 个" in again
    assert len(queries.entries_of(five.new)) == 2


def test_many_are_closed_or_dismissed_with_a_reason(
    five: SimpleNamespace, cast: SimpleNamespace, client_for: Doors
) -> None:
    client = client_for(cast.style)
    _, form = chosen(client, "close", five.done, five.late)
    assert "请写明情况。" in client.post("/ledger/close", data=form).text
    answer = client.post("/ledger/close", data=form | {"text": "看了照片，窗口开了。"}).text
    assert "办成 1 个" in answer
    assert "没有办成 1 个" in answer
    _, form = chosen(client, "dismiss", five.new)
    assert "办成 1 个" in client.post("/ledger/dismiss", data=form | {"reason": "不是本单位职责"}).text
    db.session.expire_all()
    assert (five.done.state, five.new.state) == (State.CLOSED, State.DISMISSED)


def test_deeds_for_many_are_for_desks_and_for_what_they_see(
    five: SimpleNamespace, cast: SimpleNamespace, client_for: Doors
) -> None:
    data = {"finding": str(five.new.id), "reason": "不归我", "tap": str(uuid.uuid4())}
    assert client_for(cast.head).post("/ledger/dismiss", data=data).status_code == 403
    assert client_for(cast.head).get("/ledger/chosen?do=assign").status_code == 403
    assert "没有可以不予立项的问题" in client_for(cast.coord).post("/ledger/dismiss", data=data).text
    db.session.refresh(five.new)
    assert five.new.state is State.REGISTERED
    office = client_for(cast.office)
    assert "请先在台账里勾选问题" in office.get("/ledger/chosen?do=assign").text
    assert office.get("/ledger/chosen?do=nonsense").status_code == 404
    assert office.post("/ledger/assign", data={**data, "unit": str(cast.office.unit.id)}).text.count("请选择责任单位。")


def test_what_is_ticked_leads_to_what_other_features_offer(
    five: SimpleNamespace, cast: SimpleNamespace, client_for: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offers, "_offers", {})
    offers.add("ledger_bulk", offers.Offer("安排", "exports.exports", frozenset({cast.office.role})))
    client, ids = client_for(cast.office), [str(five.late.id), str(five.due.id)]
    assert 'value="exports.exports">安排' in client.get("/ledger").text
    answer = client.get("/ledger/chosen", query_string={"finding": [*ids, ids[0], "x"], "do": "exports.exports"})
    assert answer.location == f"/exports?finding={ids[0]}&finding={ids[1]}"
    style = client_for(cast.style)
    assert "安排" not in style.get("/ledger").text
    assert style.get("/ledger/chosen", query_string={"finding": ids, "do": "exports.exports"}).status_code == 404


def test_a_unit_sees_what_it_owes_and_signs_for_all_of_it(
    five: SimpleNamespace, make: Make, cast: SimpleNamespace, client_for: Doors
) -> None:
    bare = make(measure="", title="没写措施")
    client = client_for(cast.liaison)
    page = client.get("/ledger").text
    assert "要签收 3" in page
    assert "有 1 个问题逾期" in page
    assert "办结的 1" in page
    assert re.search(r'问题整改 <span class="chip bad num">3', page)
    tap = re.search(r'name="tap" value="([^"]+)"', page)
    assert tap
    for _ in range(2):
        assert "办成 2 个" in client.post("/ledger/sign", data={"tap": tap[1]}).text
    db.session.expire_all()
    assert {five.late.state, five.due.state} == {State.RECTIFYING}
    assert bare.state is State.ASSIGNED
    assert len(queries.entries_of(five.late)) == 2
    assert client_for(cast.office).post("/ledger/sign").status_code == 403
