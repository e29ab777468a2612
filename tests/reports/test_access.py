"""Who sees a report: its unit's head and liaison; its lane and the office once it is submitted; nobody else at all."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient

from tests.reports import stage, story
from tests.scenes import add_item
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.reports import service
from walkthrough_app.reports.models import Report

Doors = Callable[[User], FlaskClient]
PEOPLE = ("head", "liaison", "deputy", "stranger", "stranger_liaison", "county", "style", "coord", "office", "admin")
POSTS = (
    "explain",
    "contact",
    "text/outlook",
    "walks",
    "submit",
    "withdraw",
    "take-back",
    "supplement",
    "paper",
    "preview",
)


def statuses(report: Report, cast: SimpleNamespace, client_for: Doors, page: str = "") -> dict[str, int]:
    return {name: client_for(getattr(cast, name)).get(f"/reports/{report.id}{page}").status_code for name in PEOPLE}


def test_a_draft_is_the_units_own(report: Report, cast: SimpleNamespace, client_for: Doors) -> None:
    assert statuses(report, cast, client_for) == dict.fromkeys(PEOPLE, 404) | {"head": 200, "liaison": 200}


def test_a_submitted_report_is_seen_by_its_lane_and_the_office(
    submitted: Report, cast: SimpleNamespace, client_for: Doors
) -> None:
    seen = {"head": 200, "liaison": 200, "style": 200, "office": 200}
    assert statuses(submitted, cast, client_for) == dict.fromkeys(PEOPLE, 404) | seen


def test_a_returned_report_stays_with_its_lane_while_it_is_reworked(
    submitted: Report, cast: SimpleNamespace, client_for: Doors
) -> None:
    service.return_(submitted, ["附件不全"], by=cast.style)
    service.take_back(submitted, by=cast.head)
    service.rewrite(submitted, "outlook", "还没有写完的话。", by=cast.head)
    answer = client_for(cast.style).get(f"/reports/{submitted.id}")
    assert answer.status_code == 200
    assert "还没有写完的话" not in answer.text
    assert "退回补充" in answer.text


def test_a_paper_that_was_not_submitted_is_not_for_the_lane(
    submitted: Report, cast: SimpleNamespace, client_for: Doors, store: LocalStore
) -> None:
    service.return_(submitted, ["附件不全"], by=cast.style)
    service.take_back(submitted, by=cast.head)
    stage.confirm(submitted, by=cast.head, store=store)
    lane = client_for(cast.style)
    with lane.get(f"/reports/{submitted.id}/v1.pdf") as first, lane.get(f"/reports/{submitted.id}/v2.pdf") as second:
        assert (first.status_code, second.status_code) == (200, 404)


@pytest.mark.parametrize("post", POSTS)
def test_strangers_and_receivers_change_nothing(
    submitted: Report, cast: SimpleNamespace, client_for: Doors, post: str
) -> None:
    for name, status in {
        "stranger": 404,
        "county": 404,
        "style": 403,
        "office": 403,
        "deputy": 403,
        "admin": 403,
    }.items():
        answer = client_for(getattr(cast, name)).post(f"/reports/{submitted.id}/{post}", data={"text": "x"})
        assert answer.status_code == status, name


@pytest.mark.parametrize("post", ["receive", "return"])
def test_only_the_lane_decides_on_the_page(
    submitted: Report, cast: SimpleNamespace, client_for: Doors, post: str
) -> None:
    for name, status in {
        "coord": 404,
        "stranger": 404,
        "deputy": 404,
        "admin": 404,
        "office": 403,
        "head": 403,
    }.items():
        answer = client_for(getattr(cast, name)).post(f"/reports/{submitted.id}/{post}", data={"other": "x"})
        assert answer.status_code == status, name


def test_the_liaison_has_no_page_to_confirm(report: Report, cast: SimpleNamespace, client_for: Doors) -> None:
    assert client_for(cast.liaison).get(f"/reports/{report.id}/confirm").status_code == 403


def test_nobody_gets_in_without_signing_in(report: Report, anonymous: FlaskClient) -> None:
    assert "/sign-in" in anonymous.get(f"/reports/{report.id}").headers["Location"]


def test_each_lane_has_its_own_inbox_and_the_office_both(
    submitted: Report, cast: SimpleNamespace, client_for: Doors, campaign: Campaign, store: LocalStore
) -> None:
    item = add_item(cast.county.unit, "最低生活保障审核确认")
    told = story.short("最低生活保障审核确认")
    other = service.draft(
        campaign, cast.county, [stage.put_walk(cast.county, campaign, item, told, store)], by=cast.county
    )
    stage.confirm(other, by=cast.county, store=store)
    service.submit(other, by=cast.county)
    seen = {name: client_for(getattr(cast, name)).get("/inbox").text for name in ("style", "coord", "office")}
    assert {name: ("示例市公安局" in text, "示例县" in text) for name, text in seen.items()} == {
        "style": (True, False),
        "coord": (False, True),
        "office": (True, True),
    }
