"""Points: made by the office or a unit, one or many, each with a code nobody guesses; printed; closed."""

from types import SimpleNamespace

import pytest

from walkthrough_app.campaigns.models import Campaign, CampaignState
from walkthrough_app.core import db
from walkthrough_app.core.audit import AuditEntry
from walkthrough_app.core.errors import Conflict, Forbidden, Invalid
from walkthrough_app.ratings import queries, service
from walkthrough_app.ratings.models import RatingPoint
from walkthrough_app.ratings.service.points import LENGTH


def test_the_office_makes_one_for_every_unit_at_once(evaluation: Campaign, cast: SimpleNamespace, client_for) -> None:
    data = {"form": "mass", "unit": "every", "names": "办事大厅\n\n 综合窗口 \n办事大厅"}
    answer = client_for(cast.office).post(f"/ratings/points?campaign={evaluation.id}", data=data)
    assert answer.status_code == 303
    made = queries.points_of(evaluation)
    assert len(made) == 2 * 4, "two names at each of four units"
    assert len({point.code for point in made}) == 8
    assert all(len(point.code) == LENGTH for point in made)


def test_a_unit_makes_its_own_and_never_anothers(evaluation: Campaign, cast: SimpleNamespace, client_for) -> None:
    data = {"form": "mass", "unit": str(cast.stranger.unit_id), "names": "1号窗口"}
    assert client_for(cast.liaison).post(f"/ratings/points?campaign={evaluation.id}", data=data).status_code == 303
    (made,) = queries.points_of(evaluation)
    assert made.unit_id == cast.head.unit_id
    with pytest.raises(Forbidden):
        service.add_points(evaluation, [cast.stranger.unit], "mass", ["大厅"], by=cast.liaison)


def test_the_same_again_makes_no_second_code(evaluation: Campaign, counter: RatingPoint, cast: SimpleNamespace) -> None:
    assert service.add_points(evaluation, [cast.head.unit], "mass", [counter.name], by=cast.office) == []


@pytest.mark.parametrize("names", [[], ["长" * 31], [str(n) for n in range(101)]])
def test_what_cannot_be_a_point_is_refused(evaluation: Campaign, cast: SimpleNamespace, names: list[str]) -> None:
    with pytest.raises(Invalid):
        service.add_points(evaluation, [cast.head.unit], "mass", names, by=cast.office)


def test_a_campaign_that_is_over_gets_no_points(evaluation: Campaign, cast: SimpleNamespace) -> None:
    evaluation.state = CampaignState.CLOSED
    with pytest.raises(Conflict):
        service.add_points(evaluation, [cast.head.unit], "mass", ["大厅"], by=cast.office)


def test_cards_carry_the_code_and_its_address(counter: RatingPoint, cast: SimpleNamespace, client_for) -> None:
    for user in (cast.office, cast.liaison):
        page = client_for(user).get(f"/ratings/cards?campaign={counter.campaign_id}").get_data(as_text=True)
        assert f"/r/{counter.code}" in page
        assert "data:image/svg+xml" in page
    other = client_for(cast.stranger).get(f"/ratings/cards?campaign={counter.campaign_id}").get_data(as_text=True)
    assert counter.code not in other


def test_closing_is_for_its_own_people_and_written_down(
    counter: RatingPoint, cast: SimpleNamespace, county: SimpleNamespace, client_for
) -> None:
    address = f"/ratings/points/{counter.id}/close"
    for user, status in ((cast.stranger, 404), (county.office, 404), (cast.style, 403), (cast.deputy, 403)):
        assert client_for(user).post(address).status_code == status, user.username
    assert counter.closed_at is None
    for _ in range(2):
        assert client_for(cast.liaison).post(address).status_code == 303
    db.session.expire_all()
    assert counter.closed_at
    assert db.session.query(AuditEntry).filter_by(verb="rating_point.closed").count() == 1


def test_only_the_office_sets_the_terms(evaluation: Campaign, cast: SimpleNamespace, client_for) -> None:
    address = f"/ratings/terms?campaign={evaluation.id}"
    wanted = {"smallest": "8", "per_device": "3", "per_network": "100"}
    assert client_for(cast.liaison).post(address, data=wanted).status_code == 403
    client = client_for(cast.office)
    assert client.post(address, data=wanted).status_code == 303
    bad = client.post(address, data={**wanted, "smallest": "1"})
    assert "请填3到50份" in bad.get_data(as_text=True)
    assert 'value="8"' in client.get(address).get_data(as_text=True)
