"""整改 on the board: how far each unit is, counted from the ledger, and nothing that a lane may not see."""

from collections import Counter
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from tests.board.conftest import Doors, Page
from tests.rectification import overdue
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import Finding


@pytest.fixture
def findings(cast: SimpleNamespace, campaign: Campaign) -> list[Finding]:
    later = clock.today() + timedelta(days=9)
    police, county = cast.head.unit, cast.county.unit
    return [
        overdue.put(police, campaign, due_on=date(2026, 9, 30)),
        overdue.put(police, campaign, due_on=later),
        overdue.put(police, campaign, state=State.RECTIFIED, due_on=date(2026, 9, 30)),
        overdue.put(police, campaign, state=State.CLOSED, relapse_count=1),
        overdue.put(police, campaign, state=State.DISMISSED),
        overdue.put(police, campaign, is_standing=False),
        overdue.put(county, campaign, state=State.DISPUTED, due_on=date(2026, 9, 30)),
    ]


def recounted(findings: list[Finding], unit: str) -> list[str]:
    """Count one by one what the page counts in the database."""
    mine = [one for one in findings if one.resp.name == unit and one.is_standing and one.state is not State.DISMISSED]
    states = Counter(one.state for one in mine)
    is_open = len(mine) - states[State.CLOSED]
    late, back = sum(one.is_overdue for one in mine), sum(one.relapse_count > 0 for one in mine)
    share = f"{100 * states[State.CLOSED] // len(mine)}%"
    counted = (len(mine), is_open, late, states[State.RECTIFIED], states[State.CLOSED], back)
    return [*map(str, counted), share]


def test_each_unit_s_figures_are_those_of_its_problems(cast, campaign, findings, opened: Page) -> None:
    page = opened(cast.office, f"/board/rectification?campaign={campaign.id}")
    rows = {row.th.get_text(): [cell.get_text() for cell in row.find_all("td")] for row in page.select("tbody tr")}
    assert rows == {name: recounted(findings, name) for name in ("示例市公安局", "示例县")}
    assert rows["示例市公安局"] == ["4", "3", "1", "1", "1", "1", "25%"]
    kpis = [one.get_text() for one in page.select(".kpi .value")]
    assert kpis == ["5", "4", "1", "1", "1", "1", "20%"]


def test_a_lane_sees_its_own_units(cast, campaign, findings, opened: Page) -> None:
    for user, unit in ((cast.style, "示例市公安局"), (cast.coord, "示例县")):
        page = opened(user, f"/board/rectification?campaign={campaign.id}")
        assert [one.get_text() for one in page.select("tbody th")] == [unit]


def test_the_board_leads_there_once_there_are_problems(cast, campaign, opened: Page) -> None:
    address = f"/board?campaign={campaign.id}"
    assert "各单位" not in opened(cast.office, address).get_text()
    overdue.put(cast.head.unit, campaign)
    link = opened(cast.office, address).find("a", string="各单位")
    assert link
    assert link["href"].startswith("/board/rectification")
    assert "还没有问题" in opened(cast.coord, f"/board/rectification?campaign={campaign.id}").get_text()


def test_strangers_and_units_do_not_see_it(cast, county, campaign, findings, client_for: Doors) -> None:
    for who in (cast.head, cast.liaison, cast.admin):
        assert client_for(who).get("/board/rectification").status_code == 403
    assert client_for(county.office).get(f"/board/rectification?campaign={campaign.id}").status_code == 404
