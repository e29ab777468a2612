"""Search: two characters are enough, several words are all wanted, quotes are exact, and nothing typed ever breaks it."""

import uuid
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import select

from tests import desks
from tests.scenes import add_item
from walkthrough_app.accounts import service as accounts
from walkthrough_app.accounts.models import OrgClass, User
from walkthrough_app.board.search import asking, marking, queries, service, tokens
from walkthrough_app.board.search.models import Kind, SearchEntry
from walkthrough_app.campaigns import service as campaigns
from walkthrough_app.core import clock, db
from walkthrough_app.exports.filters import Filters
from walkthrough_app.reports import service as reports
from walkthrough_app.walkthroughs import log

Sign = Callable[[User], FlaskClient]


def found(user: User, text: str, kind: Kind | None = None, **filters: object) -> list[str]:
    """Return what is found, as kind and title, the newest first."""
    wanted = Filters(**filters)  # type: ignore[arg-type]
    entries = queries.search(user, asking.read(text), wanted, kind).entries
    return [f"{one.kind.label}：{one.title}" for one in entries]


ASKED = (
    ("排队", 4),
    ("队", 4),
    ("60", 1),
    ("排队 60", 1),
    ("排队　公安局", 2),
    ("排队 护照", 0),
    ("居住证申领", 7),
    ("“取号后排队”", 4),
    ("“排队取号”", 0),
    ("取号后 “等候60分钟”", 1),
    ("C2", 0),
    ("叫号很慢", 0),
    ("“叫号”很慢", 4),
    ("示例县", 3),
)


def test_what_is_asked_for_is_found(three: SimpleNamespace, cast: SimpleNamespace) -> None:
    for text, count in ASKED:
        assert len(found(cast.office, text)) == count, text


def test_units_items_and_problems_are_found(three: SimpleNamespace, cast: SimpleNamespace) -> None:
    assert set(found(cast.office, "示例县")) == {"单位：示例县", "事项：居住证申领", "问题：取号后排队等候5分钟"}


def test_filters_narrow_what_is_found(three: SimpleNamespace, cast: SimpleNamespace) -> None:
    assert found(cast.office, "居住证", Kind.ITEM, unit=cast.county.unit_id) == ["事项：居住证申领"]
    assert found(cast.office, "", category="C", unit=cast.county.unit_id) == ["问题：取号后排队等候5分钟"]
    assert found(cast.office, "排队", category="A2") == []
    assert len(found(cast.office, "排队", campaign=three.campaign.id)) == 4


HOSTILE = [
    "",
    " ",
    '"',
    '""',
    "“",
    "*",
    "排*",
    "NEAR(排 队)",
    "a AND",
    "OR",
    "NOT 排",
    "-",
    "'; DROP TABLE unit;--",
    "\x00排\x00队",
    "^",
    ":",
    "tokens:排",
    "(",
    "排" * 10_000,
    "排 " * 10_000,
    '"排" ' * 5000,
    "😀",
    "&|!<->",
    "\\",
    "%_",
]


def test_nothing_typed_breaks_it(three: SimpleNamespace, cast: SimpleNamespace, client_for: Sign) -> None:
    client = client_for(cast.office)
    for text in HOSTILE:
        for kind in ("", "item"):
            assert client.get("/search", query_string={"text": text, "kind": kind}).status_code == 200, text


def test_an_odd_address_is_no_error(three: SimpleNamespace, cast: SimpleNamespace, client_for: Sign) -> None:
    client = client_for(cast.office)
    for asked in ("after=x", "after=-1", f"after={10**30}", "kind=none", "campaign=&unit=", "text=%ff%00"):
        assert client.get(f"/search?text=排队&{asked}").status_code == 200, asked


def test_a_filter_that_is_there_no_more_is_one_sentence(
    three: SimpleNamespace, cast: SimpleNamespace, client_for: Sign
) -> None:
    answer = client_for(cast.office).get("/search?text=排队&unit=00000000-0000-4000-8000-000000000000")
    assert "请重新选择" in answer.text


def test_matches_are_marked_and_nothing_is_markup(
    three: SimpleNamespace, cast: SimpleNamespace, client_for: Sign
) -> None:
    desks.put(
        cast.head, three.campaign, add_item(cast.head.unit, "护照"), three.store, wait=2, title="<b>ＥＴＣ</b>窗口 排队"
    )
    page = client_for(cast.office).get("/search?text=etc 排队").text
    assert {one.text for one in BeautifulSoup(page, "html5lib").select("mark")} == {"ＥＴＣ", "排队"}
    assert "&lt;b&gt;<mark>ＥＴＣ</mark>&lt;/b&gt;" in page


def test_a_long_word_whose_parts_stand_apart_is_marked_in_parts() -> None:
    assert marking.marked("排队难，难排号", ["排队难"]) == [("排队难", True), ("，难排号", False)]
    assert marking.excerpt("前" * 100 + "排队" + "后" * 100, ["排队"])[0] == ("…", False)


def test_pages_follow_one_another(
    three: SimpleNamespace, cast: SimpleNamespace, client_for: Sign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 3)
    monkeypatch.setattr(queries, "BATCH", 2)
    for text in ("居住证", "“居住证”"):
        client, address, seen = client_for(cast.office), f"/search?text={text}", []
        while address:
            page = BeautifulSoup(client.get(address).text, "html5lib")
            seen += [one.text for one in page.select("article")]
            more = page.select_one("a[rel=next]")
            address = str(more["href"]) if more else ""
        assert len(seen) == 7


def test_a_lane_finds_what_was_handed_in_to_it(three: SimpleNamespace, cast: SimpleNamespace) -> None:
    assert found(cast.style, "排队") == []
    report = desks.hand_in(three, cast.head, three.walks["head"])
    assert found(cast.style, "排队") == ["问题：取号后排队等候20分钟"]
    assert found(cast.coord, "排队") == []
    assert found(cast.coord, "居住证") == ["事项：居住证申领"]
    reports.withdraw(report, by=cast.head)
    db.session.commit()
    assert found(cast.style, "排队") == []


def test_rights_hold_though_the_index_lags(three: SimpleNamespace, cast: SimpleNamespace) -> None:
    report = desks.hand_in(three, cast.head, three.walks["head"])
    db.session.execute(type(report).__table__.update().values(state="draft"))  # type: ignore[attr-defined]
    assert found(cast.style, "排队") == []


def test_a_countys_office_finds_its_own(three: SimpleNamespace, cast: SimpleNamespace) -> None:
    add_item(desks.child(three, "示例县医保局"), "医保缴费")
    assert found(three.county_office, "排队") == ["问题：取号后排队等候5分钟"]
    assert found(three.county_office, "医保缴费") == ["事项：医保缴费"]
    assert found(three.county_office, "公安局") == []


def test_units_search_nothing(three: SimpleNamespace, cast: SimpleNamespace, client_for: Sign) -> None:
    for name in ("head", "liaison", "deputy", "admin"):
        assert client_for(getattr(cast, name)).get("/search?text=排队").status_code == 403
        assert found(getattr(cast, name), "排队") == []


def test_what_changes_is_found_anew(three: SimpleNamespace, cast: SimpleNamespace) -> None:
    campaigns.change_item(three.items["county"], by=cast.office, task_name="居住证补领")
    assert found(cast.office, "居住证补领") == ["事项：居住证补领"]
    campaigns.retire_item(add_item(cast.county.unit, "临时事项"), by=cast.office)
    assert found(cast.office, "临时事项") == []
    cast.county.unit.name = "样例县"
    db.session.commit()
    assert set(found(cast.office, "样例县")) >= {"单位：样例县", "问题：取号后排队等候5分钟"}


def test_a_problem_taken_back_is_found_no_more(three: SimpleNamespace, cast: SimpleNamespace) -> None:
    walk = three.walks["county"]
    entry = db.session.scalars(select(SearchEntry).where(SearchEntry.walk_id == walk.id)).one()
    number = entry.ref_id
    told = log.record_of(walk).data["events"]
    taps = [
        {**told[-1], "id": str(uuid.uuid4()), "seq": len(told) + n, "kind": kind, "payload": payload,
         "step": None, "at": clock.iso(clock.now())}
        for n, (kind, payload) in enumerate([("reopen", {}), ("drop", {"finding": str(number)})], 1)
    ]  # fmt: skip
    log.append(walk, taps, by=cast.county, door="sync")
    db.session.commit()
    assert found(cast.office, "等候5分钟") == []


def test_rebuilding_changes_nothing(three: SimpleNamespace, cast: SimpleNamespace) -> None:
    desks.hand_in(three, cast.head, three.walks["head"])
    asked = [
        (user, text) for user in (cast.office, cast.style, three.county_office) for text in ("排队", "居住证", "示例")
    ]
    before = [sorted(found(user, text)) for user, text in asked]
    assert service.rebuild() == 11
    assert [sorted(found(user, text)) for user, text in asked] == before
    assert service.catch_up() == 0


def test_the_index_is_caught_up_after_an_update(three: SimpleNamespace, cast: SimpleNamespace) -> None:
    from walkthrough_app.board.search import index

    index.clear(db.session.connection())
    assert found(cast.office, "排队") == []
    assert service.catch_up() == 11
    assert len(found(cast.office, "排队")) == 4


def test_a_new_unit_is_found_and_an_office_is_not(cast: SimpleNamespace) -> None:
    accounts.add_unit(name="示例市气象局", org_class=OrgClass.CITY_DEPT, by=cast.admin)
    assert found(cast.office, "气象") == ["单位：示例市气象局"]
    assert found(cast.office, "作风整顿办") == []


def test_tokens_of_users_never_are_facets() -> None:
    assert not {one for one in tokens.of_texts(["zkproblem zl style"]) if one.startswith("z")}
    assert list(tokens.of_word("Ａb队")) == ["61x62", "62x961f"]
