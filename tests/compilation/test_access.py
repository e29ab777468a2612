"""A lane compiles its own reports, the office the whole; a county sees only its own; nobody else sees anything."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient

from tests.people import person, unit
from walkthrough_app import jobs
from walkthrough_app.accounts.models import OrgClass, Role, User
from walkthrough_app.campaigns.models import Campaign, Route
from walkthrough_app.compilation import queries, service
from walkthrough_app.compilation.models import Compilation, Scope
from walkthrough_app.core import db
from walkthrough_app.core.errors import Conflict, Forbidden, NotFound
from walkthrough_app.reports.models import Report, ReportState

Client = Callable[[User], FlaskClient]
READ = ("", "/groups")
WRITE = ("/cases", "/text/overview")
POSTS = ("/refresh", "/freeze", "/text/overview", "/cases", "/v1/papers", "/v1/binder")


@pytest.mark.parametrize("who", ["head", "liaison", "deputy", "admin", "stranger"])
def test_those_who_do_not_compile_are_kept_out(
    who: str, cast: SimpleNamespace, compilation: Compilation, client_for: Client
) -> None:
    client = client_for(getattr(cast, who))
    for url in ("/compilations", *(f"/compilations/{compilation.id}{end}" for end in READ + WRITE)):
        assert client.get(url).status_code == 403
    assert client.post(f"/compilations/{compilation.id}/freeze").status_code == 403


def test_nobody_signed_in_is_asked_to_sign_in(anonymous: FlaskClient, compilation: Compilation) -> None:
    assert "/sign-in" in anonymous.get(f"/compilations/{compilation.id}").headers["Location"]


def test_the_other_lane_finds_nothing(cast: SimpleNamespace, compilation: Compilation, client_for: Client) -> None:
    client = client_for(cast.coord)
    for end in READ + WRITE:
        assert client.get(f"/compilations/{compilation.id}{end}").status_code == 404
    for end in POSTS:
        assert client.post(f"/compilations/{compilation.id}{end}").status_code == 404
    for scope in ("style", "all"):
        assert client.get(f"/compilations/{compilation.campaign_id}/{scope}").status_code == 404


def test_the_office_looks_at_a_lane_and_changes_nothing(
    cast: SimpleNamespace, compilation: Compilation, client_for: Client
) -> None:
    client = client_for(cast.office)
    for end in READ:
        assert client.get(f"/compilations/{compilation.id}{end}").status_code == 200
    for end in POSTS:
        assert client.post(f"/compilations/{compilation.id}{end}").status_code == 403
    key = service.content_of(compilation).groups[0].key
    shown = client.get(f"/compilations/{compilation.id}/groups/{key}")
    assert (shown.status_code, b"<form" in shown.data.split(b"<main")[1]) == (200, False)
    assert client.post(f"/compilations/{compilation.id}/groups/{key}/aside").status_code == 403


def test_the_office_compiles_the_whole(cast: SimpleNamespace, campaign: Campaign, two: list[Report]) -> None:
    with pytest.raises(Forbidden):
        service.begin(campaign, Scope.ALL, by=cast.style)
    made = service.begin(campaign, Scope.ALL, by=cast.office)
    db.session.commit()
    jobs.run_pending()
    db.session.refresh(made)
    content = service.content_of(made)
    assert {one.unit for one in content.material.missing} == {"示例县", "示例市委组织部"}
    assert content.data["issuer"] == "示例市深化机关作风整顿领导小组办公室"
    service.freeze(made, by=cast.office)
    assert {one.state for one in two} == {ReportState.COMPILED}


def test_while_reports_are_gathered_nothing_is_frozen(cast: SimpleNamespace, compilation: Compilation) -> None:
    service.refresh(compilation, by=cast.style)
    before = compilation.gathering
    service.refresh(compilation, by=cast.style)
    assert compilation.gathering == before
    with pytest.raises(Conflict, match="正在汇集"):
        service.freeze(compilation, by=cast.style)


@pytest.fixture
def county(cast: SimpleNamespace, campaign: Campaign) -> SimpleNamespace:
    """A county with an office, a unit and a campaign of its own under the city's."""
    office = unit("示例县作风整顿办", OrgClass.OFFICE)
    bureau = unit("示例县民政局", OrgClass.CITY_DEPT)
    office.parent_id = bureau.parent_id = cast.county.unit_id
    names = ("programme", "basis_title", "basis_number", "opens_on", "walk_due", "report_due", "questionnaire_id")
    own = Campaign(
        title="示例县“一把手走流程”活动",
        basis_issuer="示例县作风整顿领导小组办公室",
        parent_id=campaign.id,
        county_id=cast.county.unit_id,
        **{name: getattr(campaign, name) for name in names},
    )
    db.session.add(own)
    db.session.flush()
    for route in campaign.routes:
        db.session.add(Route(campaign_id=own.id, lane=route.lane, receiver=f"县{route.receiver[1:]}"))
    people = SimpleNamespace(
        campaign=own,
        style=person("county_style", "组长", Role.GROUP_STYLE, office),
        head=person("bureau_head", "局长", Role.HEAD, bureau),
        liaison=person("bureau_liaison", "科长", Role.LIAISON, bureau),
    )
    db.session.commit()
    return people


def test_a_county_compiles_its_own_and_sees_no_more(
    cast: SimpleNamespace, compilation: Compilation, county: SimpleNamespace, client_for: Client
) -> None:
    client = client_for(county.style)
    page = client.get("/compilations").get_data(as_text=True)
    assert "示例县“一把手走流程”活动" in page
    assert compilation.campaign.title not in page.replace("示例县“一把手走流程”活动", "")
    assert client.get(f"/compilations/{compilation.id}").status_code == 404
    assert client.get(f"/compilations/{compilation.campaign_id}/style").status_code == 404
    assert client.get(f"/compilations/{county.campaign.id}/style").status_code == 200
    assert [one.unit for one in queries.due(county.campaign, Scope.STYLE)] == ["示例县民政局"]


def test_the_city_sees_a_countys_and_leaves_it_alone(cast: SimpleNamespace, county: SimpleNamespace) -> None:
    assert queries.scope_for(cast.office, county.campaign.id, Scope.ALL) is county.campaign
    with pytest.raises(Forbidden):
        queries.scope_for(cast.office, county.campaign.id, Scope.ALL, write=True)
    with pytest.raises(NotFound):
        queries.scope_for(cast.coord, county.campaign.id, Scope.STYLE)


def test_the_citys_roll_up_takes_in_what_counties_received(
    cast: SimpleNamespace, compilation: Compilation, county: SimpleNamespace, hand_in: Callable[..., Report]
) -> None:
    from tests.compilation import corpus

    told = corpus.walk(6, 0)
    below = hand_in(county.head, county.liaison, told, by=county.style, of=county.campaign)
    service.refresh(compilation, by=cast.style, with_counties=True)
    db.session.commit()
    jobs.run_pending()
    db.session.expire_all()
    content = service.content_of(compilation)
    assert "示例县民政局" in {one.main.unit for one in content.material.reporters}
    assert any(code.startswith("WT-") and "县直-示例县民政局" in code for code in content.numbers.values())
    service.freeze(compilation, by=cast.style)
    assert below.state is ReportState.RECEIVED
