"""What the tests of campaigns share: signed-in people, a filled-in plan form, and walks as create_app knows them."""

import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.campaigns.doors import entries
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns import progress, service
from walkthrough_app.campaigns.models import Campaign, Mode, PlanEntry, ServiceItem
from walkthrough_app.core import clock, db
from walkthrough_app.walkthroughs import queries as walks


@pytest.fixture
def liaison(cast: SimpleNamespace, client_for: Callable[[User], FlaskClient]) -> FlaskClient:
    return client_for(cast.liaison)


@pytest.fixture
def office(cast: SimpleNamespace, client_for: Callable[[User], FlaskClient]) -> FlaskClient:
    return client_for(cast.office)


@pytest.fixture
def filled(cast: SimpleNamespace, campaign: Campaign) -> Callable[..., dict[str, Any]]:
    """Fill in the plan form: the head, in person, the next five days."""

    def fill(**changes: Any) -> dict[str, Any]:
        today = clock.today()
        last = today + timedelta(days=5)
        usual = {"walker": cast.head.id, "mode": "in_person", "from_on": today, "to_on": last}
        return {name: str(value) for name, value in {**usual, **changes}.items()}

    return fill


@pytest.fixture
def plan_it(liaison: FlaskClient, filled: Callable[..., dict[str, Any]]) -> Callable[..., Any]:
    """Post the plan form for an item; as the liaison unless told otherwise."""

    def send(item: ServiceItem, *, client: FlaskClient | None = None, **changes: Any) -> Any:
        return (client or liaison).post(f"/plan/new?item={item.id}", data=filled(**changes))

    return send


@pytest.fixture
def entry(cast: SimpleNamespace, campaign: Campaign, item: ServiceItem) -> PlanEntry:
    """What the deputy is to walk."""
    return planned(cast.deputy, item, campaign, by=cast.liaison)


def planned(walker: User, item: ServiceItem, campaign: Campaign, *, by: User) -> PlanEntry:
    today = clock.today()
    made = service.plan(
        campaign=campaign,
        item=item,
        walker=walker,
        mode=Mode.IN_PERSON,
        from_on=today,
        to_on=today + timedelta(days=5),
        delegation_reason="事项较多",
        by=by,
    )
    db.session.commit()
    return made


@pytest.fixture
def no_entry(campaign: Campaign) -> Iterator[None]:
    """The test leaves no plan entry behind."""
    yield
    assert entries() == []


@pytest.fixture(autouse=True)
def walks_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_reader", walks.walks_of_plans)


@pytest.fixture
def nowhere() -> uuid.UUID:
    return uuid.UUID("00000000-0000-4000-8000-000000000000")
