"""Who sees what: the office all, a lane its own units and only what was handed in, a county's office its county."""

from types import SimpleNamespace

import pytest
from sqlalchemy import func, select

from tests import desks, people
from tests.board.conftest import Doors, Page, rows_of, told
from tests.scenes import add_item
from walkthrough_app.accounts.models import OrgClass, Role
from walkthrough_app.board.queries import counties
from walkthrough_app.board.queries.lines import lines
from walkthrough_app.board.values import total
from walkthrough_app.campaigns.models import Campaign, CampaignState
from walkthrough_app.core import db
from walkthrough_app.figures import service as figures
from walkthrough_app.figures.models import WalkFigure
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.reports import service

PATHS = (
    "",
    "/flags",
    "/units",
    "/walks",
    "/items",
    "/problems",
    "/reports",
    "/heat",
    "/services",
    "/waiting",
    "/definitions",
)


def test_units_and_the_admin_have_no_board(play: SimpleNamespace, cast: SimpleNamespace, client_for: Doors) -> None:
    for name in ("head", "deputy", "liaison", "stranger", "county", "party", "admin"):
        client = client_for(getattr(cast, name))
        assert {client.get(f"/board{path}").status_code for path in PATHS} == {403}, name


def test_the_board_comes_first_for_those_who_follow_a_campaign(
    play: SimpleNamespace, cast: SimpleNamespace, opened: Page
) -> None:
    for user in (cast.office, cast.style, cast.coord):
        links = [link.text for link in opened(user, "/board").select("nav.side a")]
        assert links[:2] == ["进度", "收到的报告"]


def test_a_lane_follows_its_own_units_alone(play: SimpleNamespace, cast: SimpleNamespace, opened: Page) -> None:
    assert {row.split()[0] for row in rows_of(opened, cast.coord, "/board/units?lane=style")} == {"示例县"}
    assert "示例县" not in opened(cast.style, "/board?lane=coord").main.text


def test_a_lane_counts_everything_and_lists_what_was_handed_in(
    play: SimpleNamespace, cast: SimpleNamespace, opened: Page
) -> None:
    board = opened(cast.style, "/board").select_one(".figures").text
    assert "共走 5 次" in " ".join(board.split())
    walks = opened(cast.style, "/board/walks")
    assert told(walks) == 2
    assert "只看已报送" in walks.main.text
    for address in ("/board/walks", "/board/walks?kind=by_head", "/board/problems", "/board/problems?type=immediate"):
        assert told(opened(cast.style, address)) == len(rows_of(opened, cast.style, address)), address
    listed = " ".join(rows_of(opened, cast.style, "/board/walks"))
    assert "社会保障卡申领" not in listed  # confirmed, not handed in
    assert "普通护照首次申请" not in listed  # walked, in no report
    assert "往来港澳签注" not in listed  # still being walked
    names = " ".join(rows_of(opened, cast.style, "/board/services"))
    assert "普通护照首次申请" not in names


def test_a_lanes_list_of_services_knows_only_reported_walks(
    play: SimpleNamespace, cast: SimpleNamespace, opened: Page
) -> None:
    for kind in ("listed", "walked", "unwalked", "must", "must_by_head", "must_open"):
        rows = rows_of(opened, cast.style, f"/board/items?kind={kind}")
        assert told(opened(cast.style, f"/board/items?kind={kind}")) == len(rows), kind
        assert {row.split()[1] for row in rows if "已走" in row} <= {"居民身份证补领", "居住证申领"}


def test_a_lane_opens_the_report_and_never_the_walk(play: SimpleNamespace, cast: SimpleNamespace, opened: Page) -> None:
    report = f"/reports/{play.reports['police'].id}"
    for address in ("/board/walks", "/board/problems"):
        hrefs = [str(link["href"]) for link in opened(cast.style, address).select("tbody a")]
        assert report in hrefs
        assert not [href for href in hrefs if "/review" in href]
    assert opened(cast.style, report)


def test_what_a_lane_lists_follows_the_reports(play: SimpleNamespace, cast: SimpleNamespace, opened: Page) -> None:
    report = play.reports["police"]
    service.return_(report, ["附件不全"], by=cast.style)
    assert told(opened(cast.style, "/board/walks")) == 0
    assert told(opened(cast.office, "/board/walks?lane=style")) == 5
    service.submit(play.reports["social"], by=cast.stranger)
    assert told(opened(cast.style, "/board/walks")) == 1
    service.withdraw(play.reports["social"], by=cast.stranger)
    assert told(opened(cast.style, "/board/problems")) == 0
    figures.rebuild()
    assert db.session.scalar(select(func.count()).where(WalkFigure.is_reported)) == 1  # the county's, received


def test_a_lane_is_not_told_of_plans_and_walks_under_way(
    play: SimpleNamespace, cast: SimpleNamespace, opened: Page
) -> None:
    kinds = opened(cast.style, "/board/waiting?what=stopped").select(".tabs a")
    assert [link.text.strip() for link in kinds] == ["逾期没有报送", "退回后还没有重报", "报来了等接收"]
    for kind in ("walks", "under_way"):
        assert told(opened(cast.style, f"/board/walks?kind={kind}")) == 2  # as if nothing had been chosen


def test_a_draft_campaign_has_no_board(play: SimpleNamespace, cast: SimpleNamespace, opened: Page) -> None:
    play.campaign.state = CampaignState.DRAFT
    db.session.commit()
    opened(cast.office, f"/board?campaign={play.campaign.id}", 404)


@pytest.fixture
def below(play: SimpleNamespace, cast: SimpleNamespace) -> SimpleNamespace:
    """示例县 runs its own campaign below the city's: one bureau with two services, an office that follows."""
    county, city = cast.county.unit, play.campaign
    bureau, office = people.unit("示例县公安局", OrgClass.CITY_DEPT), people.unit("示例县作风办", OrgClass.OFFICE)
    bureau.parent_id = office.parent_id = county.id
    head = people.person("bureau", "局长", Role.HEAD, bureau)
    own = Campaign(
        **{name: getattr(city, name) for name in ("programme", "basis_title", "basis_number", "basis_issuer")},
        **{name: getattr(city, name) for name in ("opens_on", "walk_due", "report_due", "questionnaire_id")},
        title="示例县“一把手走流程”",
        parent_id=city.id,
        county_id=county.id,
    )
    db.session.add(own)
    db.session.commit()
    add_item(bureau, "居住证申领"), add_item(bureau, "户口登记")
    return SimpleNamespace(campaign=own, head=head, office=people.person("below", "主任", Role.OFFICE, office))


def test_a_countys_office_follows_its_county_alone(play: SimpleNamespace, below: SimpleNamespace, opened: Page) -> None:
    rows = rows_of(opened, below.office, "/board/units")
    assert [row.split()[0] for row in rows] == ["示例县公安局"]
    opened(below.office, f"/board?campaign={play.campaign.id}", 404)
    assert told(opened(below.office, "/board/items")) == 2


def test_counties_add_up_to_what_their_own_boards_say(below: SimpleNamespace, store: LocalStore) -> None:
    item = add_item(below.head.unit, "护照签发")
    item.is_active = False
    desks.put(below.head, below.campaign, item, store, wait=5)
    below.head.is_active = False  # a unit without a head owes a report all the same
    db.session.commit()
    summed = counties.sums([below.campaign])[below.campaign.id]
    told = total(line.figures for line in lines(below.campaign))
    names = ("items_walked", "listed", "by_head", "counted", "findings", "due", "handed_in")
    assert {name: summed[name] for name in names} == {name: told[name] for name in names}
    assert (summed["items_walked"], summed["listed"], summed["due"]) == (1, 3, 1)


def test_the_citys_board_leaves_the_counties_units_out_and_adds_them_up_below(
    play: SimpleNamespace, below: SimpleNamespace, cast: SimpleNamespace, opened: Page
) -> None:
    assert "示例县公安局" not in {line.name for line in lines(play.campaign)}
    board = opened(cast.office, f"/board?campaign={play.campaign.id}")
    table = next(one for one in board("table") if "县（市）区" in one.caption.text)
    rows = {row.th.text.strip(): [cell.text for cell in row("td")] for row in table.tbody("tr")}
    assert rows["示例县"][0] == "0/2"
    assert rows["市级活动"][0] == "5/7"
    assert rows["各县（市）区合计"][0] == "0/2"
    assert rows["全市合计"][0] == "5/9"
    assert rows["全市合计"][3] == "2/5"
    county, own, *sums = table.tbody("tr")
    lists = ["/board/items", "/board/items", "/board/walks", "/board/reports", "/board/problems"]
    for row, where in ((county, below.campaign.id), (own, play.campaign.id)):
        for cell, there in zip(row("td"), lists, strict=True):
            if cell.text not in {"0", "—"}:  # nothing to list
                address = cell.a["href"]
                assert address.startswith(f"{there}?campaign={where}")
                opened(cast.office, address)
    assert not any(row("a") for row in sums)  # what is added up over campaigns is no list
    link = table.tbody.select_one("a")["href"]
    assert [row.split()[0] for row in rows_of(opened, cast.office, link.replace("/board?", "/board/units?"))] == [
        "示例县公安局"
    ]
