"""Until it is fed back nobody at the unit knows of a visit, and it changes no figure of the walks (S002-25)."""

import re
import uuid
from collections.abc import Callable
from types import SimpleNamespace

from flask.testing import FlaskClient

from tests.visits import stage
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns import queries as campaigns
from walkthrough_app.campaigns.models import Campaign, ServiceItem
from walkthrough_app.core import clock, db
from walkthrough_app.figures.models import FindingFigure, StepFigure, UnitFigure, WalkFigure
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.rectification import rights
from walkthrough_app.rectification.ledger.filters import Filters
from walkthrough_app.rectification.machine import Actor
from walkthrough_app.rectification.queries import ledger
from walkthrough_app.reminders.models import Notice
from walkthrough_app.reminders.queries.agenda import agenda
from walkthrough_app.reminders.service import ticking
from walkthrough_app.visits import service
from walkthrough_app.visits.models import Visit

Client = Callable[[User], FlaskClient]


def test_the_history_does_not_tell_the_unit_who_registered_it(
    visit: Visit, cast: SimpleNamespace, store: LocalStore, client_for: Client
) -> None:
    (finding,) = stage.hand_in(visit, store, S_V1="no")
    service.feed_back(visit, "", by=cast.office, tap=uuid.uuid4())
    db.session.commit()
    who = f"{cast.style.unit.name}{cast.style.post}"
    for user, is_told in ((cast.head, False), (cast.liaison, False), (cast.office, True)):
        page = client_for(user).get(f"/findings/{finding.id}").get_data(as_text=True)
        assert (who in page, "督查人员" in page) == (is_told, not is_told)


def test_no_figure_changes(
    campaign: Campaign, item: ServiceItem, visit: Visit, cast: SimpleNamespace, store: LocalStore, client_for: Client
) -> None:
    board = _board(client_for(cast.office))
    coverage = campaigns.coverages(campaign)
    stage.hand_in(visit, store, S_V1="no")
    service.feed_back(visit, "", by=cast.office, tap=uuid.uuid4())
    db.session.commit()
    assert _board(client_for(cast.office)) == board
    assert campaigns.coverages(campaign) == coverage
    for table in (WalkFigure, StepFigure, FindingFigure, UnitFigure):
        assert db.session.query(table).filter_by(**_of(table, visit)).count() == 0


def _board(client: FlaskClient) -> str:
    pages = [client.get(f"/board{page}").get_data(as_text=True) for page in ("", "/units", "/items", "/walks")]
    return re.sub(r'name="csrf_token" value="[^"]*"', "", "".join(pages))


def _of(table: type, visit: Visit) -> dict[str, object]:
    return {"unit_id": visit.unit_id} if hasattr(table, "unit_id") else {"walk_id": visit.walk_id}


def test_the_walk_is_nobody_s_of_the_unit(
    visit: Visit, cast: SimpleNamespace, store: LocalStore, client_for: Client
) -> None:
    stage.hand_in(visit, store, S_V1="no")
    service.feed_back(visit, "", by=cast.office, tap=uuid.uuid4())
    db.session.commit()
    for user in (cast.head, cast.deputy, cast.liaison, cast.stranger, cast.coord):
        client = client_for(user)
        for page in ("", "/review", "/base.json", "/package.zip", "/sheets"):
            assert client.get(f"/walks/{visit.walk_id}{page}").status_code in {403, 404}, (user.username, page)
    assert client_for(cast.office).get(f"/walks/{visit.walk_id}/review").status_code == 200


def test_its_problems_wait_for_the_feedback(
    visit: Visit, cast: SimpleNamespace, store: LocalStore, client_for: Client
) -> None:
    (finding,) = stage.hand_in(visit, store, S_V1="no")
    address = f"/findings/{finding.id}"
    told = client_for(cast.office).get(address).status_code
    assert told == 200
    for user in (cast.head, cast.liaison, cast.deputy):
        assert not rights.sees(user, finding)
        assert ledger.count(user, Filters(is_all=True)) == 0
        assert client_for(user).get(address).status_code == 404
    service.feed_back(visit, "", by=cast.office, tap=uuid.uuid4())
    db.session.commit()
    for user in (cast.head, cast.liaison):
        assert ledger.count(user, Filters(is_all=True)) == 1
        assert client_for(user).get(address).status_code == 200


def test_a_county_s_desks_learn_of_the_city_s_visit_when_the_county_does(
    visiting: Campaign,
    cast: SimpleNamespace,
    county: SimpleNamespace,
    store: LocalStore,
    client_for: Client,
) -> None:
    visit = stage.order(visiting, cast.county.unit, cast.coord, cast.office)
    (finding,) = stage.hand_in(visit, store, S_V1="no")
    address = f"/findings/{finding.id}"
    assert client_for(cast.coord).get(address).status_code == 200
    nobody = (cast.stranger, cast.style, cast.county, cast.county_liaison, county.office, county.coord, county.head)
    for user in nobody:
        assert client_for(user).get(address).status_code == 404, user.username
        assert not rights.sees(user, finding)
        assert not rights.actors_of(user, finding) & {Actor.DESK}
        assert ledger.count(user, Filters(is_all=True)) == 0, user.username
    service.feed_back(visit, "", by=cast.office, tap=uuid.uuid4())
    db.session.commit()
    for user in (cast.county, county.office, county.coord):
        assert client_for(user).get(address).status_code == 200, user.username
        assert ledger.count(user, Filters(is_all=True)) == 1, user.username
    for user in (cast.stranger, cast.style, county.style, county.head):
        assert client_for(user).get(address).status_code == 404, user.username


def test_a_county_s_desks_know_what_their_own_visit_found(
    cast: SimpleNamespace, county: SimpleNamespace, store: LocalStore, client_for: Client
) -> None:
    city = stage.campaign("four_strict", cast.office)
    own = stage.campaign("four_strict", county.office, {"county": cast.county.unit, "parent": city})
    (finding,) = stage.hand_in(stage.order(own, county.head.unit, county.style, county.office), store, S_V1="no")
    for user, status in ((county.office, 200), (county.style, 200), (county.coord, 404), (county.head, 404)):
        assert client_for(user).get(f"/findings/{finding.id}").status_code == status, user.username
        assert ledger.count(user, Filters(is_all=True)) == (status == 200), user.username


def test_no_word_goes_to_the_unit(visit: Visit, cast: SimpleNamespace, store: LocalStore) -> None:
    stage.hand_in(visit, store, S_V1="no")
    ticking.tick(ticking.look(clock.add_workdays(clock.today(), 1)))
    db.session.flush()
    mine = [cast.head.id, cast.deputy.id, cast.liaison.id]
    assert db.session.query(Notice).filter(Notice.user_id.in_(mine)).count() == 0
    assert agenda(cast.head) == []


def test_the_unit_s_pages_say_nothing(
    visiting: Campaign, visit: Visit, cast: SimpleNamespace, store: LocalStore, client_for: Client
) -> None:
    stage.hand_in(visit, store, S_V1="no")
    pages = {
        cast.liaison: ("/plan", "/items", "/ledger", "/reminders", "/reports", "/feedback"),
        cast.head: ("/tasks", "/feedback"),
    }
    for user, addresses in pages.items():
        for address in addresses:
            page = client_for(user).get(address)
            assert page.status_code == 200, address
            text = page.get_data(as_text=True)
            assert visiting.title not in text, address
            assert visit.place not in text, address


def test_lists_for_walks_leave_its_campaign_out(
    visiting: Campaign, campaign: Campaign, visit: Visit, cast: SimpleNamespace, client_for: Client
) -> None:
    client = client_for(cast.office)
    for address in ("/board", "/inbox", "/compilations", "/exports", "/reminders/owing", "/board/waiting"):
        page = client.get(address)
        assert page.status_code == 200, address
        assert visiting.title not in page.get_data(as_text=True), address
    assert client.get(f"/board?campaign={visiting.id}").status_code == 404
    assert visiting.title in client.get("/campaigns").get_data(as_text=True)
