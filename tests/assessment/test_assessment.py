"""The office gives points with reasons; what can be computed is; results are settled once as they stand."""

import io
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient

from tests.rectification import stage
from walkthrough_app.accounts.models import User
from walkthrough_app.assessment import queries, service
from walkthrough_app.assessment.service import Points
from walkthrough_app.campaigns.models import Campaign, ServiceItem
from walkthrough_app.core import clock, db, ids
from walkthrough_app.core.errors import Conflict, Forbidden, Invalid, NotFound
from walkthrough_app.questionnaires.parts import RubricItem
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import Finding

Client = Callable[[User], FlaskClient]


def item(campaign: Campaign, name: str) -> RubricItem:
    rubric = queries.rubric_of(campaign)
    assert rubric
    return next(one for one in rubric.items if one.id == name)


@pytest.fixture
def put(cast: SimpleNamespace, assessed: Campaign, item: ServiceItem) -> Callable[..., Finding]:
    def make(**wanted: Any) -> Finding:
        return stage.put_finding(cast.head.unit, assessed, item, **wanted)

    return make


def of_police(cast: SimpleNamespace, campaign: Campaign, name: str) -> Any:
    line = queries.line(cast.office, campaign, cast.head.unit)
    return next(one for part in line.score.parts for one in part.items if one.item.id == name)


def test_points_by_hand_carry_their_reason_and_a_correction_keeps_the_first(
    cast: SimpleNamespace, assessed: Campaign
) -> None:
    led = item(assessed, "led")
    service.give(assessed, cast.head.unit, Points(led, 8, "亲自部署3次"), by=cast.office)
    service.give(assessed, cast.head.unit, Points(led, 9, "亲自部署4次"), by=cast.office)
    assert [one.points for one in queries.history(assessed, cast.head.unit)] == [9, 8]
    found = of_police(cast, assessed, "led")
    assert (found.points, found.basis.told) == (9.0, "亲自部署4次")


def test_the_same_points_twice_are_one_row(cast: SimpleNamespace, assessed: Campaign) -> None:
    led = Points(item(assessed, "led"), 8, "亲自部署3次")
    assert service.give(assessed, cast.head.unit, led, by=cast.office) is service.give(
        assessed, cast.head.unit, led, by=cast.office
    )


@pytest.mark.parametrize(
    ("points", "reason", "field"), [(11, "好", "points"), (-1, "好", "points"), (5, " ", "reason")]
)
def test_points_out_of_range_or_without_a_reason_are_refused(
    cast: SimpleNamespace, assessed: Campaign, points: int, reason: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        service.give(assessed, cast.head.unit, Points(item(assessed, "led"), points, reason), by=cast.office)
    assert refused.value.field == field


def test_what_is_computed_takes_no_points_by_hand(cast: SimpleNamespace, assessed: Campaign) -> None:
    with pytest.raises(Conflict):
        service.give(assessed, cast.head.unit, Points(item(assessed, "fixed"), 5, "好"), by=cast.office)


def test_problems_in_time_and_lasting_are_computed_from_the_ledger(
    cast: SimpleNamespace, assessed: Campaign, put: Callable[..., Finding]
) -> None:
    put(state=State.CLOSED, closed_at=clock.now())
    put(state=State.RECTIFYING, due_on=clock.today().replace(year=2020))
    put(state=State.RECTIFYING, due_on=clock.today().replace(year=2090))
    put(state=State.DISMISSED)
    fixed, lasting = of_police(cast, assessed, "fixed"), of_police(cast, assessed, "lasting")
    assert (fixed.points, fixed.basis.told) == (6.0, "到期2个，已销号1个")
    assert (lasting.points, lasting.basis.cases) == (6.0, 1)


def test_a_unit_without_problems_has_nothing_to_go_by(cast: SimpleNamespace, assessed: Campaign) -> None:
    assert of_police(cast, assessed, "fixed").points is None
    assert not queries.line(cast.office, assessed, cast.head.unit).score.is_ranked


def test_a_result_is_settled_once_as_it_stands(cast: SimpleNamespace, assessed: Campaign) -> None:
    first = service.settle(assessed, by=cast.office)
    assert service.settle(assessed, by=cast.office) is first
    service.give(assessed, cast.head.unit, Points(item(assessed, "led"), 8, "亲自部署"), by=cast.office)
    assert service.settle(assessed, by=cast.office).number == 2
    assert first.data["units"][0]["total"] is None


def test_groups_look_at_their_lane_and_change_nothing(cast: SimpleNamespace, assessed: Campaign) -> None:
    assert cast.head.unit in queries.units_for(cast.style, assessed)
    assert cast.head.unit not in queries.units_for(cast.coord, assessed)
    with pytest.raises(Forbidden):
        queries.campaign_for(cast.style, assessed.id, write=True)
    with pytest.raises(NotFound):
        queries.campaign_for(cast.head, assessed.id)


def test_a_unit_sees_all_programmes_that_found_something_about_itself_and_nobody_elses(
    cast: SimpleNamespace, assessed: Campaign, campaign: Campaign, item: ServiceItem, put: Callable[..., Finding]
) -> None:
    put(state=State.ASSIGNED)
    stage.put_finding(cast.head.unit, campaign, item, state=State.CLOSED, relapse_count=1)
    seen = queries.across(cast.head, queries.seen_unit(cast.head, cast.head.unit_id))
    counts = {one.campaign.title: (one.counts["found"], one.counts["open"], one.counts["back"]) for one in seen}
    assert counts == {assessed.title: (1, 1, 0), campaign.title: (1, 0, 1)}
    for stranger in (cast.stranger, cast.coord):
        with pytest.raises(NotFound):
            queries.seen_unit(stranger, cast.head.unit_id)


def test_the_pages_open_for_the_desks_and_for_nobody_else(
    cast: SimpleNamespace, assessed: Campaign, client_for: Client
) -> None:
    unit = cast.head.unit_id
    pages = ("/assessment", f"/assessment/{assessed.id}/units/{unit}", f"/assessment/{assessed.id}.xlsx")
    for page in pages:
        assert client_for(cast.office).get(page).status_code == 200
        assert client_for(cast.style).get(page).status_code == 200
        assert client_for(cast.head).get(page).status_code == 403
    assert client_for(cast.coord).get(pages[1]).status_code == 404
    assert client_for(cast.office).get(f"/assessment/{ids.new()}/units/{unit}").status_code == 404
    assert client_for(cast.head).get(f"/units/{unit}/programmes").status_code == 200
    assert client_for(cast.stranger).get(f"/units/{unit}/programmes").status_code == 404


def test_points_are_given_on_a_page_that_refuses_nonsense(
    cast: SimpleNamespace, assessed: Campaign, client_for: Client
) -> None:
    page = f"/assessment/{assessed.id}/units/{cast.head.unit_id}/led"
    refused = client_for(cast.office).post(page, data={"points": "99", "reason": "好"})
    assert "请填0到10之间的分数" in refused.text
    assert client_for(cast.office).post(page, data={"points": "8", "reason": "亲自部署"}).status_code == 303
    assert client_for(cast.style).post(page, data={"points": "1", "reason": "改"}).status_code == 403
    assert client_for(cast.office).get(page.replace("/led", "/fixed")).status_code == 404
    assert "亲自部署" in client_for(cast.office).get(page.removesuffix("/led")).text


def test_the_workbook_says_what_is_not_ranked(cast: SimpleNamespace, assessed: Campaign, client_for: Client) -> None:
    book = openpyxl.load_workbook(io.BytesIO(client_for(cast.office).get(f"/assessment/{assessed.id}.xlsx").data))
    assert book.sheetnames == ["考核结果", "分项得分"]
    rows = list(book["考核结果"].iter_rows(values_only=True))
    assert "不排名" in next(row for row in rows if row[1] == cast.head.unit.name)
    db.session.rollback()
