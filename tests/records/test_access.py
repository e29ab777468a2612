"""Who writes and who reads: the unit its own, the office and its group what lies with them, public kinds everybody."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from tests.records.conftest import Desk, open_campaign
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign, CampaignState
from walkthrough_app.core import db, ids
from walkthrough_app.records.models import Record

At = Callable[[User, Campaign], Desk]
UNIT_WRITES = {"head", "liaison"}
OFFICE_WRITES = {"office", "style"}


@pytest.fixture
def everyone(cast: SimpleNamespace, county: SimpleNamespace) -> dict[str, User]:
    own = ("head", "deputy", "liaison", "stranger", "county", "style", "coord", "office", "admin")
    below = ("office", "style", "head")
    return {name: getattr(cast, name) for name in own} | {f"county_{name}": getattr(county, name) for name in below}


def status(desk: Desk, record: Record) -> int:
    return desk.client.get(f"/records/one/{record.id}").status_code


def test_a_unit_writes_its_own_kinds(at: At, everyone: dict[str, User], strict: Campaign) -> None:
    page = f"/records/{strict.id}/commitment/new"
    may = {name for name, user in everyone.items() if at(user, strict).client.get(page).status_code == 200}
    assert may == UNIT_WRITES | {"stranger", "county"}


def test_the_office_and_its_groups_write_theirs(at: At, everyone: dict[str, User], strict: Campaign) -> None:
    may = {name for name, user in everyone.items() if at(user, strict).send("dispatch").status_code in {200, 303}}
    assert may == {"office", "style", "coord"}


def test_a_group_writes_about_units_of_its_lane_only(at: At, cast: SimpleNamespace, strict: Campaign) -> None:
    about = str(cast.head.unit.id)
    assert at(cast.style, strict).made("dispatch", unit=about).unit == cast.head.unit
    assert at(cast.coord, strict).send("dispatch", unit=about).status_code == 404
    assert at(cast.head, strict).send("dispatch", unit=about).status_code == 403


def test_a_unit_cannot_write_about_another(at: At, cast: SimpleNamespace, strict: Campaign) -> None:
    made = at(cast.head, strict).made("commitment", unit=str(cast.stranger.unit.id))
    assert made.unit == cast.head.unit


def test_who_reads_what_a_unit_wrote(at: At, everyone: dict[str, User], strict: Campaign) -> None:
    made = at(everyone["head"], strict).made("problem_list")
    seen = {name: status(at(user, strict), made) for name, user in everyone.items()}
    assert {name for name, code in seen.items() if code == 200} == {"head", "deputy", "liaison", "style", "office"}
    assert set(seen.values()) <= {200, 403, 404}


def test_promises_are_read_by_every_unit_and_changed_by_none(
    at: At, everyone: dict[str, User], strict: Campaign
) -> None:
    made = at(everyone["head"], strict).made("commitment", S_R1="两天办结")
    readers = {name for name, user in everyone.items() if status(at(user, strict), made) == 200}
    assert readers == {"head", "deputy", "liaison", "stranger", "county", "style", "coord", "office"}
    assert at(everyone["stranger"], strict).change(made).status_code == 403
    other = at(everyone["stranger"], strict)
    assert "两天办结" in other.client.get(other.list_of("commitment")).get_data(as_text=True)
    assert "经过" not in other.page(made)


def test_one_taken_back_is_no_longer_public(at: At, cast: SimpleNamespace, strict: Campaign) -> None:
    desk = at(cast.head, strict)
    made = desk.made("commitment")
    desk.client.post(f"/records/one/{made.id}/withdraw", data={"reason": "重复"})
    assert status(at(cast.stranger, strict), made) == 404
    assert status(at(cast.office, strict), made) == 200


def test_a_deputy_reads_and_does_not_write(at: At, cast: SimpleNamespace, strict: Campaign) -> None:
    made = at(cast.head, strict).made("commitment")
    desk = at(cast.deputy, strict)
    assert status(desk, made) == 200
    assert desk.change(made).status_code == desk.send("commitment").status_code == 403


def test_the_office_does_not_write_for_a_unit(at: At, cast: SimpleNamespace, strict: Campaign) -> None:
    made = at(cast.head, strict).made("commitment")
    assert at(cast.office, strict).change(made).status_code == 403
    assert at(cast.office, strict).send("commitment", unit=str(cast.head.unit.id)).status_code == 403


def test_a_campaign_not_yet_open_is_nobodys(at: At, cast: SimpleNamespace) -> None:
    draft = open_campaign("four_strict", state=CampaignState.DRAFT)
    for user in (cast.head, cast.office):
        assert at(user, draft).client.get(f"/records/{draft.id}/commitment").status_code == 404


def test_a_countys_campaign_stays_in_the_county(at: At, cast: SimpleNamespace, county: SimpleNamespace) -> None:
    own = open_campaign("four_strict", county_id=cast.county.unit.id)
    made = at(county.head, own).made("commitment")
    assert status(at(county.office, own), made) == 200
    assert status(at(cast.head, own), made) == 404
    assert status(at(cast.office, own), made) == 200


def test_what_is_nowhere_is_not_found(at: At, cast: SimpleNamespace, strict: Campaign, campaign: Campaign) -> None:
    client = at(cast.head, strict).client
    for path in (
        f"/records/one/{ids.new()}",
        f"/records/{strict.id}/nothing",
        f"/records/{strict.id}/nothing/new",
        f"/records/{campaign.id}/commitment",
        f"/records/{strict.id}/units/{cast.stranger.unit.id}",
    ):
        assert client.get(path).status_code == 404, path


def test_the_navigation_leads_here_only_where_there_are_records(
    at: At, cast: SimpleNamespace, campaign: Campaign
) -> None:
    link = 'href="/records"'
    assert link not in at(cast.head, campaign).client.get("/tasks").get_data(as_text=True)
    open_campaign("four_strict")
    db.session.commit()
    assert link in at(cast.head, campaign).client.get("/tasks").get_data(as_text=True)
