"""同事同标: the same item of several units side by side, with its spread; nobody sees more here than elsewhere."""

import uuid
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import select

from tests import desks
from tests.scenes import add_item
from walkthrough_app.accounts.models import User
from walkthrough_app.board import same, same_findings, same_queries
from walkthrough_app.board.same_scope import Scope
from walkthrough_app.campaigns import sameness
from walkthrough_app.campaigns.models import ServiceItem
from walkthrough_app.core import db
from walkthrough_app.figures.models import FindingFigure, WalkFigure

Sign = Callable[[User], FlaskClient]


def told(name: str, *, catalog: str = "", code: str = "") -> SimpleNamespace:
    return SimpleNamespace(id=uuid.uuid4(), task_name=name, catalog_code=catalog, task_code=code)


def table(page: str, caption: str) -> list[list[str]]:
    found = next(one for one in BeautifulSoup(page, "html5lib").select("table") if caption in one.caption.text)  # type: ignore[union-attr]
    return [[" ".join(cell.text.split()) for cell in row.select("th, td")] for row in found.select("tbody tr")]


@pytest.mark.parametrize(
    ("one", "other", "are_same"),
    [
        (told("居住证申领"), told("居住证 申领"), True),
        (told("居住证（申领）"), told("居住证申领"), True),
        (told("居住证申领"), told("居住证签注"), False),
        (told("居住证申领", catalog="000109001000"), told("申领居住证", catalog="000109001000"), True),
        (told("居住证申领", code="x1"), told("申领居住证", code="X1"), True),
        (told("居住证申领", catalog=""), told("护照签发", catalog=""), False),
    ],
)
def test_the_same_name_or_the_same_code_is_the_same_item(
    one: SimpleNamespace, other: SimpleNamespace, *, are_same: bool
) -> None:
    marks = {item.id: sameness.marks_of(item) for item in (one, other)}
    assert len(sameness.grouped(marks)) == (1 if are_same else 2)


def test_what_is_the_same_as_the_same_is_the_same() -> None:
    chain = [told("甲", catalog="1"), told("乙", catalog="1", code="2"), told("丙", code="2"), told("丁")]
    found = sameness.grouped({item.id: sameness.marks_of(item) for item in chain})
    assert sorted(map(len, found)) == [1, 3]


def test_items_of_several_units_are_listed_with_their_spread(
    three: SimpleNamespace, cast: SimpleNamespace, client_for: Sign
) -> None:
    alone = add_item(cast.head.unit, "护照签发")
    desks.put(cast.head, three.campaign, alone, three.store, wait=1)
    page = client_for(cast.office).get("/same").text
    assert table(page, "几个单位") == [[desks.SAME, "3", "4", "22", "44.5", "77"]]


def test_one_item_is_set_side_by_side(three: SimpleNamespace, cast: SimpleNamespace, client_for: Sign) -> None:
    page = client_for(cast.office).get(f"/same/{three.items['head'].id}").text
    assert table(page, "各单位总用时") == [
        ["示例县 用时最短", "1", "22", "22", "22", "22", "22"],
        ["示例市公安局", "2", "37", "40.8", "44.5", "48.3", "52"],
        ["示例市人力资源和社会保障局 用时最长", "1", "77", "77", "77", "77", "77"],
    ]
    assert ["示例县", "5", "5", "10", "2"] in table(page, "各环节")
    image = BeautifulSoup(page, "html5lib").select_one("img.spread")
    assert image
    assert "示例市公安局2次，最短37、中位数44.5、最长52分钟" in str(image["alt"])


def test_a_step_is_compared_alone(three: SimpleNamespace, cast: SimpleNamespace, client_for: Sign) -> None:
    page = client_for(cast.office).get(f"/same/{three.items['county'].id}?step=queue").text
    assert [row[4] for row in table(page, "各单位排队")] == ["5", "27.5", "60"]
    assert client_for(cast.office).get(f"/same/{three.items['county'].id}?step=never").status_code == 200


def test_wording_of_the_same_problem_stands_side_by_side(
    three: SimpleNamespace, cast: SimpleNamespace, client_for: Sign
) -> None:
    page = BeautifulSoup(client_for(cast.office).get(f"/same/{three.items['head'].id}").text, "html5lib")
    headings = [" ".join(one.text.split()) for one in page.select("h3")]
    assert len(headings) == 1
    assert "3个单位，4次" in headings[0]
    told = {
        words.text: units.text for words, units in zip(page.select(".facts dt"), page.select(".facts dd"), strict=True)
    }
    assert told["取号后排队等候5分钟"] == "示例县"
    assert told["取号后排队等候35分钟"] == "示例市公安局"


def test_other_problems_stay_apart() -> None:
    unit = uuid.uuid4()
    titles = [("窗口少，排队久", "C2"), ("窗口少，排队太久", "C2"), ("窗口少，排队久", "A2"), ("叫号机坏了", "C2")]
    found = same_findings.problems(FindingFigure(unit_id=unit, title=title, category=code) for title, code in titles)
    assert sorted(one.times for one in found) == [1, 1, 2]


def test_the_scope_narrows_what_is_compared(three: SimpleNamespace, cast: SimpleNamespace, client_for: Sign) -> None:
    client, county = client_for(cast.office), cast.county.unit_id
    for asked, said in (
        ("", "3个单位，4次"),
        ("head=1", "3个单位，3次"),
        ("real=1", "3个单位，4次"),
        ("county=city", "2个单位，3次"),
        (f"county={county}", "1个单位，1次"),
        (f"county=city&county={county}", "3个单位，4次"),
        (f"campaign={three.campaign.id}", "3个单位，4次"),
    ):
        assert said in client.get(f"/same/{three.items['head'].id}?{asked}").text, asked


def test_only_a_head_and_only_real_walks(three: SimpleNamespace, cast: SimpleNamespace) -> None:
    figure = db.session.get_one(WalkFigure, three.walks["stranger"].id)
    figure.is_simulated = True
    db.session.commit()
    found = same.compare(cast.office, Scope(is_real=True, is_head=True), one_item(cast.office))
    assert {side.name: len(side.walks) for side in found.sides} == {"示例县": 1, "示例市公安局": 1}


def test_a_scope_that_is_there_no_more_is_one_sentence(
    three: SimpleNamespace, cast: SimpleNamespace, client_for: Sign
) -> None:
    client = client_for(cast.office)
    for asked in ("campaign=00000000-0000-4000-8000-000000000000", "county=nowhere"):
        for address in ("/same", f"/same/{three.items['head'].id}"):
            answer = client.get(f"{address}?{asked}&after=x")
            assert answer.status_code == 200
            assert "请重新选择" in answer.text


def test_a_lane_compares_what_was_handed_in_to_it(
    three: SimpleNamespace, cast: SimpleNamespace, client_for: Sign
) -> None:
    address = f"/same/{three.items['head'].id}"
    assert "0个单位，0次" in client_for(cast.style).get(address).text
    desks.hand_in(three, cast.head, three.walks["head"])
    desks.hand_in(three, cast.stranger, three.walks["stranger"])
    assert "2个单位，2次" in client_for(cast.style).get(address).text
    assert table(client_for(cast.style).get("/same").text, "几个单位")[0][1:3] == ["2", "2"]
    assert client_for(cast.coord).get(address).status_code == 404
    assert "还没有" in client_for(cast.coord).get("/same").text


def test_a_countys_office_compares_its_own_units(
    three: SimpleNamespace, cast: SimpleNamespace, client_for: Sign
) -> None:
    client = client_for(three.county_office)
    assert client.get(f"/same/{three.items['head'].id}").status_code == 404
    for address in (three.items["county"].id, three.items["county"].same_id):
        assert "1个单位，1次" in client.get(f"/same/{address}").text


def test_units_compare_nothing(cast: SimpleNamespace, item: ServiceItem, client_for: Sign) -> None:
    for name in ("head", "liaison", "deputy", "admin"):
        client = client_for(getattr(cast, name))
        assert client.get("/same").status_code == 403
        assert client.get(f"/same/{item.id}").status_code == 403


def test_the_list_goes_on_where_it_ended(
    three: SimpleNamespace, cast: SimpleNamespace, client_for: Sign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(same, "PAGE", 1)
    for who in ("head", "stranger"):
        item = add_item(getattr(cast, who).unit, "护照签发")
        desks.put(getattr(cast, who), three.campaign, item, three.store, wait=1)
    client = client_for(cast.office)
    first = BeautifulSoup(client.get("/same").text, "html5lib")
    following = first.select_one("a[rel=next]")
    assert following
    second = client.get(str(following["href"])).text
    assert table(str(first), "几个单位")[0][0] == desks.SAME
    assert table(second, "几个单位")[0][0] == "护照签发"
    assert 'rel="next"' not in second


def test_walks_follow_their_items(three: SimpleNamespace, cast: SimpleNamespace) -> None:
    mine, other = three.items["head"], three.items["stranger"]
    assert mine.same_id == other.same_id
    other.task_name = "居住证签注"
    db.session.flush()
    query = select(WalkFigure.item_id, WalkFigure.same_id)
    assert dict(db.session.execute(query).all())[other.id] == other.same_id != mine.same_id


def one_item(user: User) -> same_queries.SameItem:
    item_id = db.session.scalars(select(ServiceItem.id).filter_by(task_name=desks.SAME).limit(1)).one()
    return same_queries.item_for(user, item_id)
