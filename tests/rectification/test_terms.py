"""The office sets a campaign's terms and steps on one page that says what comes of it."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.rectification import overdue
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import db
from walkthrough_app.core.audit import AuditEntry
from walkthrough_app.rectification import terms
from walkthrough_app.rectification.escalation import queries

Client = Callable[[User], FlaskClient]


@pytest.fixture
def address(campaign: Campaign) -> str:
    return f"/campaigns/{campaign.id}/terms"


def filled(client: FlaskClient, address: str) -> dict[str, str]:
    page = BeautifulSoup(client.get(address).data, "html.parser")
    form = page.find("form", id="terms")
    assert form
    fields = [one for one in form.find_all("input") if one.get("type") != "checkbox" or one.has_attr("checked")]
    return {str(one["name"]): str(one.get("value", "y")) for one in fields}


def test_the_office_sets_terms_and_steps(
    cast: SimpleNamespace, campaign: Campaign, client_for: Client, address: str
) -> None:
    client = client_for(cast.office)
    given = filled(client, address)
    assert (given["moderate_days"], given["notice-days"], given["notice-on"]) == ("15", "5", "y")
    changed = {**given, "moderate_days": "10", "notice-days": "3"}
    del changed["bulletin-on"]
    assert client.post(address, data=changed).status_code == 303
    assert client.post(address, data=changed).status_code == 303
    assert terms.of(campaign.id).moderate_days == 10
    book = queries.book_of(campaign.id)
    assert [(one.id, one.workdays, one.is_on) for one in book.rules if one.id in {"notice", "bulletin"}] == [
        ("notice", 3, True),
        ("bulletin", 5, False),
    ]
    told = [
        one for one in db.session.query(AuditEntry) if one.verb in {"rectification.terms_set", "escalation.rules_set"}
    ]
    assert [one.details["changes"] for one in told] == [
        {"moderate_days": [15, 10]},
        {"notice": {"workdays": 3}, "bulletin": {"is_on": False}},
    ]
    assert filled(client, address)["moderate_days"] == "10"


def test_the_page_says_what_comes_of_it(
    cast: SimpleNamespace, campaign: Campaign, client_for: Client, address: str
) -> None:
    with overdue.at(date(2026, 9, 28)):
        page = client_for(cast.office).get(address).get_data(as_text=True)
    assert "已经交办的日期不变" in page
    assert "一般到10月8日" in page.replace("2026年", "")


def test_a_term_set_counts_for_what_is_handed_over_later(cast: SimpleNamespace, campaign: Campaign) -> None:
    known = overdue.put(cast.head.unit, campaign)
    terms.put(campaign.id, {"moderate_days": 1})
    assert known.due_on == overdue.BEFORE_HOLIDAY
    assert terms.of(campaign.id).due_after(overdue.BEFORE_HOLIDAY, "moderate") == date(2026, 10, 8)


@pytest.mark.parametrize(
    ("field", "value"),
    [("minor_days", "0"), ("relapse_days", "721"), ("extensions", "许多"), ("reminder-days", "0"), ("notice-days", "")],
)
def test_what_cannot_be_is_refused_beside_its_field(
    cast: SimpleNamespace, campaign: Campaign, client_for: Client, address: str, field: str, value: str
) -> None:
    client = client_for(cast.office)
    answer = client.post(address, data={**filled(client, address), "moderate_days": "9", field: value})
    assert answer.status_code == 200
    page = BeautifulSoup(answer.data, "html.parser")
    assert page.find(id=f"{field}-error")
    assert terms.of(campaign.id).moderate_days == 15


def test_only_the_office_of_the_realm(
    cast: SimpleNamespace, county: SimpleNamespace, client_for: Client, address: str
) -> None:
    for who in (cast.style, cast.coord, cast.head, cast.liaison, cast.admin):
        assert client_for(who).get(address).status_code == 403
        assert client_for(who).post(address, data={"minor_days": "4"}).status_code == 403
    assert client_for(county.office).get(address).status_code == 404
    assert client_for(cast.office).get("/campaigns/00000000-0000-4000-8000-000000000000/terms").status_code == 404
