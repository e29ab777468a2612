"""Every figure is what the events say, and opens a list that has just so many rows."""

import re
from types import SimpleNamespace

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.board.conftest import Doors, Page, rows_of, told
from tests.board.recount import recount
from walkthrough_app.accounts.models import Lane, OrgClass
from walkthrough_app.board.queries.lines import lines
from walkthrough_app.board.values import Filters, total
from walkthrough_app.figures import service as figures

POLICE, SOCIAL, COUNTY = "示例市公安局", "示例市人力资源和社会保障局", "示例县"
CITY = {POLICE, SOCIAL, "示例市委组织部"}
CHOICES = [
    (Filters(), CITY | {COUNTY}),
    (Filters(lane=Lane.STYLE), CITY),
    (Filters(lane=Lane.COORD), {COUNTY}),
    (Filters(org_class=OrgClass.CITY_DEPT), {POLICE, SOCIAL}),
    (Filters(text="公安"), {POLICE}),
    (Filters(org_class=OrgClass.PARTY_DEPT), {"示例市委组织部"}),
]


def test_the_board_says_what_the_events_say(play: SimpleNamespace) -> None:
    for filters, units in CHOICES:
        found = lines(play.campaign, filters)
        assert {line.name for line in found} == units
        summed = total(line.figures for line in found)
        expected = recount(play, units)
        assert {name: summed[name] for name in expected} == expected, filters


def test_the_cards_say_it_in_words(play: SimpleNamespace, cast: SimpleNamespace, opened: Page) -> None:
    expected = recount(play, CITY | {COUNTY})
    soup = opened(cast.office, "/board")
    cards = {card.select_one(".what").text: card.select_one(".value").text for card in soup.select(".kpi")}
    assert cards == {
        "应走事项": str(expected["listed"]),
        "必须亲自走": f"{expected['must_by_head']} / {expected['must']}",
        "已报送": "2 / 4",
        "亲自办率": f"{expected['by_head'] / expected['counted']:.1%}".replace(".0%", "%"),
        "全程率": f"{expected['full'] / expected['counted']:.1%}".replace(".0%", "%"),
        "发现问题": str(expected["findings"]),
        "平均等候": f"{int(expected['wait_seconds'] / expected['waits'] / 60 + 0.5)} 分",
    }


OVERVIEWS = ("/board", "/board?lane=style", "/board?class=county", "/board?state=submitted", "/board/heat")


def test_every_figure_opens_a_list_of_just_so_many_rows(
    play: SimpleNamespace, cast: SimpleNamespace, opened: Page
) -> None:
    links = {link for address in OVERVIEWS for link in figures_on(opened(cast.office, address))}
    assert len(links) > 60
    for href, number in links:
        assert told(opened(cast.office, href)) == number, href
        assert len(rows_of(opened, cast.office, href)) == number, href


def figures_on(soup: BeautifulSoup) -> set[tuple[str, int]]:
    """Return the address behind each number of a page."""
    links = [link for link in soup.select("main a[href*='/board/']") if link.text.strip().isdigit()]
    return {(str(link["href"]), int(link.text.strip())) for link in links}


def test_what_waits_is_listed_as_often_as_the_board_says(
    play: SimpleNamespace, cast: SimpleNamespace, opened: Page
) -> None:
    links = opened(cast.office, "/board").select(".waits a")
    assert len(links) >= 4
    for link in links:
        assert len(rows_of(opened, cast.office, str(link["href"]))) == int(link.strong.text)


def test_a_unit_is_a_row_with_its_own_figures(play: SimpleNamespace, cast: SimpleNamespace, opened: Page) -> None:
    rows = {
        row.th.text.strip(): row
        for row in opened(cast.office, "/board").select(".ribboned")[0].find_parent("tbody")("tr")
    }
    own = recount(play, {POLICE})
    cells = [cell.get_text(strip=True) for cell in rows[POLICE]("td")]
    assert cells[:2] == [f"{own['items_walked']}/{own['listed']}", "已报送"]
    assert cells[2] == str(own["findings"])
    assert rows[POLICE].select_one("svg[role=img]")["aria-label"].startswith("各环节用时")


def test_a_unit_with_nothing_is_a_calm_row(play: SimpleNamespace, cast: SimpleNamespace, opened: Page) -> None:
    row = next(one for one in opened(cast.office, "/board")("tr") if "示例市委组织部" in one.text)
    assert row.get_text("|", strip=True) == "示例市委组织部|0/0|未报|0|0|—"


def test_figures_made_anew_are_the_same(play: SimpleNamespace) -> None:
    before = [(line.figures, line.reported) for line in lines(play.campaign)]
    figures.rebuild()
    assert [(line.figures, line.reported) for line in lines(play.campaign)] == before
    assert any(reported for _, reported in before)


def test_every_figure_is_explained_in_a_sentence(cast: SimpleNamespace, opened: Page) -> None:
    text = opened(cast.office, "/board/definitions").text
    for word in ("应走事项", "覆盖率", "亲自办率", "全程率", "平均等候", "平均跑动", "迟报", "逾期未报", "发现问题"):
        assert word in text
    assert not re.search(r"[{}]", text)


def test_without_a_campaign_the_board_says_so(cast: SimpleNamespace, client_for: Doors) -> None:
    client: FlaskClient = client_for(cast.office)
    for path in ("", "/units", "/walks", "/items", "/problems", "/reports", "/heat", "/services", "/waiting"):
        assert "还没有活动" in client.get(f"/board{path}").text


def test_an_empty_campaign_has_a_board(campaign: object, cast: SimpleNamespace, client_for: Doors) -> None:
    client = client_for(cast.office)
    for path in ("", "/units", "/walks", "/items", "/problems", "/reports", "/heat", "/services", "/waiting"):
        assert client.get(f"/board{path}").status_code == 200
    assert "—" in client.get("/board").text
