"""先看一眼: on the walk's page and before confirming; it explains, and stops nobody."""

import uuid
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.reports import stage
from walkthrough_app import jobs
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import db
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.quality import queries
from walkthrough_app.reports import service
from walkthrough_app.reports.models import ReportState
from walkthrough_app.walkthroughs import log
from walkthrough_app.walkthroughs.log import FormDoor
from walkthrough_app.walkthroughs.models import Walkthrough

Client = Callable[[User], FlaskClient]


@pytest.fixture
def scene(
    cast: SimpleNamespace, campaign: Campaign, put: Callable[..., Walkthrough], look: Callable[[], None]
) -> SimpleNamespace:
    """A head's walk with the same picture twice, in a draft that only waits for being confirmed."""
    walk = put(cast.head, shown=(), fact="等候椅坏了两天还没修")
    look()
    flag = next(one for one in queries.flags_for_unit(cast.head, [walk.id]))
    report = service.draft(campaign, cast.head, [walk], by=cast.liaison)
    db.session.commit()
    return SimpleNamespace(walk=walk, flag=flag, report=report)


@pytest.fixture
def put(put: Callable[..., Walkthrough], pictures: SimpleNamespace) -> Callable[..., Walkthrough]:
    return lambda walker, **given: put(walker, **{**given, "shown": (pictures.hall, pictures.hall)})


def read(client: FlaskClient, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.data, "html.parser")


def test_the_head_takes_a_look_before_confirming(
    scene: SimpleNamespace, cast: SimpleNamespace, client_for: Client
) -> None:
    page = read(client_for(cast.head), f"/reports/{scene.report.id}/confirm")
    card = page.find(id="first-look")
    assert card
    assert scene.flag.sentence in card.get_text()
    assert card.find("a", href=lambda href: href and f"/walks/{scene.walk.id}/review" in href)


def test_an_explanation_comes_back_to_the_same_page(
    scene: SimpleNamespace, cast: SimpleNamespace, client_for: Client
) -> None:
    client = client_for(cast.head)
    here = f"/reports/{scene.report.id}/confirm"
    data = {"explanation": "网络不好，同一张传了两次", "next": here}
    answer = client.post(f"/flags/{scene.flag.id}/explain", data=data)
    assert answer.headers["Location"] == f"{here}#flag-{scene.flag.id}"
    area = read(client, here).find("textarea", id=f"why-{scene.flag.id}")
    assert area
    assert area.get_text().strip() == "网络不好，同一张传了两次"


def test_the_walks_own_page_says_it_too_and_the_office_sees_no_form(
    scene: SimpleNamespace, cast: SimpleNamespace, client_for: Client
) -> None:
    address = f"/walks/{scene.walk.id}/review"
    assert read(client_for(cast.head), address).find(id="first-look")
    assert read(client_for(cast.liaison), address).find(id="first-look")
    assert read(client_for(cast.office), address).find(id="first-look") is None


def test_flags_stop_nobody_and_after_submission_the_walks_are_looked_at_again(
    cast: SimpleNamespace, scene: SimpleNamespace, store: LocalStore
) -> None:
    report = scene.report
    _measure(scene.walk, cast.head)
    report.explanations = {gap.key: "已说明" for gap in service.check(report)}
    version = stage.confirm(report, by=cast.head, store=store)
    service.submit(report, by=cast.liaison)
    assert report.state is ReportState.SUBMITTED
    assert jobs.find("quality.look", f"{scene.walk.id}:submitted:{version.id}")


def _measure(walk: Walkthrough, by: User) -> None:
    """Say what is done about the problem that has no measure yet."""
    found = log.record_of(walk).state.findings
    door = FormDoor(walk, by, uuid.uuid4())
    key = next(key for key, one in found.items() if not one["measure"])
    door.add("measure", finding=key, rectify_type="ongoing", measure="定期检修", due_on=None)
    door.commit()
    db.session.commit()


def test_the_office_sets_the_rules_of_a_campaign(
    cast: SimpleNamespace, campaign: Campaign, client_for: Client, scene: SimpleNamespace, look: Callable[[], None]
) -> None:
    client, address = client_for(cast.office), f"/campaigns/{campaign.id}/quality"
    page = read(client, address)
    given = {
        one["name"]: one.get("value", "")
        for one in page.find_all("input")
        if one.get("type") != "checkbox" or one.has_attr("checked")
    }
    assert client.post(address, data=given).status_code == 303
    given.pop("picture_same-on")
    assert client.post(address, data=given | {"step_short-floor": "30"}).status_code == 303
    look()
    assert "picture_same" not in {one.rule for one in queries.flags_for_unit(cast.head, [scene.walk.id])}
    again = read(client, address).find("input", id="step_short-floor")
    assert again
    assert again["value"] == "30"
    refused = client.post(address, data=given | {"step_short-floor": "-1"})
    assert refused.status_code == 200
    assert "请填 0 到" in refused.get_data(as_text=True)
    assert client_for(cast.head).get(address).status_code == 403
