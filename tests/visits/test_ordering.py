"""Inspectors are sent out: chosen or drawn, in turns, never to their own unit, and nobody visited is told."""

import uuid
from datetime import timedelta
from types import SimpleNamespace

import pytest

from tests.visits import stage
from tests.visits.stage import COVERT
from walkthrough_app.campaigns import queries as campaigns
from walkthrough_app.campaigns import service as campaign_service
from walkthrough_app.campaigns.models import Campaign, CampaignPurpose, CampaignState, ServiceItem
from walkthrough_app.core import clock, db
from walkthrough_app.core.audit import AuditEntry
from walkthrough_app.core.errors import Conflict, Forbidden, Invalid, NotFound
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.visits import queries, sampling, service
from walkthrough_app.visits.models import Visit, VisitDraw, VisitState
from walkthrough_app.visits.service import Aim, Order


def wanted(cast: SimpleNamespace, **changes: object) -> Order:
    today = clock.today()
    plain = {
        "units": [cast.head.unit, cast.stranger.unit, cast.party.unit],
        "inspectors": [cast.style, cast.office],
        "aim": COVERT,
        "from_on": today,
        "to_on": today + timedelta(days=7),
    }
    return Order(**{**plain, **changes})  # type: ignore[arg-type]


def test_a_campaign_is_for_visits_when_its_questionnaire_is(visiting: Campaign, cast: SimpleNamespace) -> None:
    assert visiting.purpose is CampaignPurpose.VISIT
    assert stage.campaign("effective", cast.office).purpose is CampaignPurpose.VISIT
    assert stage.campaign("walkthrough", cast.office).purpose is CampaignPurpose.WALK


def test_its_purpose_never_changes(visiting: Campaign, cast: SimpleNamespace) -> None:
    fields = {name: getattr(visiting, name) for name in ("title", "opens_on", "walk_due", "report_due")}
    with pytest.raises(Invalid, match="不能互换"):
        campaign_service.change_campaign(
            visiting, by=cast.office, questionnaire=questionnaires.load("walkthrough"), **fields
        )


def test_the_inspectors_take_turns(visiting: Campaign, cast: SimpleNamespace) -> None:
    made = service.order(visiting, wanted(cast), by=cast.office, tap=uuid.uuid4())
    assert [(one.unit, one.inspector) for one in made] == [
        (cast.head.unit, cast.style),
        (cast.stranger.unit, cast.office),
        (cast.party.unit, cast.style),
    ]
    assert {one.state for one in made} == {VisitState.ORDERED}
    assert db.session.query(AuditEntry).filter_by(verb="visit.ordered").count() == 3


def test_nobody_visits_the_own_unit(visiting: Campaign, cast: SimpleNamespace) -> None:
    made = service.order(
        visiting, wanted(cast, inspectors=[cast.head, cast.stranger]), by=cast.office, tap=uuid.uuid4()
    )
    assert all(one.inspector.unit_id != one.unit_id for one in made)
    with pytest.raises(Invalid, match="不能督查自己的单位"):
        service.order(
            visiting, wanted(cast, units=[cast.head.unit], inspectors=[cast.deputy]), by=cast.office, tap=uuid.uuid4()
        )


def test_the_same_form_sent_again_makes_nothing(visiting: Campaign, cast: SimpleNamespace) -> None:
    tap = uuid.uuid4()
    assert len(service.order(visiting, wanted(cast), by=cast.office, tap=tap)) == 3
    assert service.order(visiting, wanted(cast), by=cast.office, tap=tap) == []
    assert db.session.query(Visit).count() == 3


def test_units_are_drawn_by_lots_that_can_be_drawn_again(visiting: Campaign, cast: SimpleNamespace) -> None:
    tap = uuid.uuid4()
    made = service.order(visiting, wanted(cast, draw=2), by=cast.office, tap=tap)
    lot = db.session.get_one(VisitDraw, tap)
    assert len(lot.pool) == 3
    assert [one.unit.name for one in made] == lot.drawn == sampling.draw(lot.seed, lot.pool, 2)
    assert service.order(visiting, wanted(cast, draw=2), by=cast.office, tap=tap) == []


def test_the_place_stands_in_no_catalogue(visit: Visit, visiting: Campaign, cast: SimpleNamespace) -> None:
    again = stage.order(visiting, cast.head.unit, cast.office, cast.office)
    assert again.item is visit.item
    assert visit.item.is_place
    assert campaigns.items_of(cast.head.unit) == [] == campaigns.items_of(cast.head.unit, is_active=False)
    with pytest.raises(NotFound):
        campaigns.item_for(cast.liaison, visit.item_id)


def test_a_unit_may_list_an_item_that_is_called_like_a_place(visit: Visit, cast: SimpleNamespace) -> None:
    made = campaign_service.add_item(
        unit=cast.head.unit, task_name=visit.place, item_kind=visit.item.item_kind, by=cast.liaison
    )
    assert isinstance(made, ServiceItem)
    assert campaigns.items_of(cast.head.unit) == [made]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"units": []}, "units"),
        ({"inspectors": []}, "inspectors"),
        ({"draw": 4}, "draw"),
        ({"aim": Aim(" ", COVERT.mode, COVERT.frequency, COVERT.focus)}, "place"),
        ({"to_on": clock.today() - timedelta(days=1)}, "to_on"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(
    visiting: Campaign, cast: SimpleNamespace, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        service.order(visiting, wanted(cast, **changes), by=cast.office, tap=uuid.uuid4())
    assert refused.value.field == field


def test_nothing_is_ordered_when_it_is_over(visiting: Campaign, cast: SimpleNamespace) -> None:
    visiting.state = CampaignState.CLOSED
    with pytest.raises(Conflict):
        service.order(visiting, wanted(cast), by=cast.office, tap=uuid.uuid4())


def test_a_group_goes_at_once_to_units_of_its_lane(visiting: Campaign, cast: SimpleNamespace) -> None:
    tap = uuid.uuid4()
    walk = service.begin(visiting, cast.head.unit, COVERT, by=cast.style, tap=tap)
    assert service.begin(visiting, cast.head.unit, COVERT, by=cast.style, tap=tap) is walk
    with pytest.raises(NotFound):
        service.begin(visiting, cast.county.unit, COVERT, by=cast.style, tap=uuid.uuid4())
    with pytest.raises(Forbidden):
        service.begin(visiting, cast.head.unit, COVERT, by=cast.stranger, tap=uuid.uuid4())


def test_a_county_s_office_visits_in_its_own_realm(cast: SimpleNamespace, county: SimpleNamespace) -> None:
    city = stage.campaign("four_strict", cast.office)
    own = stage.campaign("four_strict", county.office, {"county": cast.county.unit, "parent": city})
    assert [one.name for one in queries.units_for(county.office, own)] == ["示例县民政局"]
    assert {one.id for one in queries.inspectors_for(own) if one.role in queries.DESKS} == {
        county.office.id,
        county.style.id,
        county.coord.id,
    }
    with pytest.raises(NotFound):
        queries.campaign_for(county.office, city.id)
    assert service.begin(own, county.head.unit, COVERT, by=county.office, tap=uuid.uuid4())
