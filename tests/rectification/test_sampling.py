"""Who is looked at again is drawn by lot: anybody can draw again, in any order, and gets the same."""

import hashlib
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient

from tests.rectification import stage
from tests.rectification.conftest import Make
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import db
from walkthrough_app.core.errors import Conflict
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.rectification import service, terms
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import Finding
from walkthrough_app.rectification.rechecks import sampling
from walkthrough_app.rectification.rechecks.models import RecheckDraw

Client = Callable[[User], FlaskClient]
CODES = [f"WT-2026-市直-公安局-{number:04}" for number in range(1000)]


@pytest.fixture
def report(cast: SimpleNamespace, store: LocalStore) -> Callable[[Finding, int], None]:
    def done(finding: Finding, picture: int) -> None:
        service.report_done(finding, "已改好", [stage.photo(picture, store)], by=cast.liaison)

    return done


Report = Callable[[Finding, int], None]


def test_a_lot_is_what_the_docs_say_and_spreads_evenly() -> None:
    words = f"seed:{CODES[0]}".encode()
    assert sampling.lot("seed", CODES[0]) == int(hashlib.sha256(words).hexdigest(), 16) % 100
    drawn = [code for code in CODES if sampling.lot("seed", code) < 30]
    assert 250 < len(drawn) < 350
    assert drawn != [code for code in CODES if sampling.lot("other", code) < 30]


@pytest.mark.parametrize(("percent", "is_drawn"), [(0, False), (100, True)])
def test_the_share_decides(percent: int, is_drawn: bool, make: Make, report: Report, campaign: Campaign) -> None:
    terms.put(campaign.id, {"sample_percent": percent})
    finding = make(state=State.RECTIFYING, severity="minor")
    report(finding, 1)
    assert finding.must_recheck is is_drawn


def test_what_is_serious_is_always_looked_at_again(make: Make, report: Report, campaign: Campaign) -> None:
    terms.put(campaign.id, {"sample_percent": 0})
    finding = make(state=State.RECTIFYING, severity="serious")
    report(finding, 1)
    assert finding.must_recheck


def test_what_is_drawn_is_not_closed_on_paper(
    make: Make, report: Report, campaign: Campaign, cast: SimpleNamespace
) -> None:
    terms.put(campaign.id, {"sample_percent": 100})
    finding = make(state=State.RECTIFYING, severity="minor")
    report(finding, 1)
    with pytest.raises(Conflict, match="回头看以后"):
        service.close(finding, "看过照片", by=cast.office)


def test_everybody_draws_the_same_and_only_once(
    make: Make, report: Report, campaign: Campaign, cast: SimpleNamespace
) -> None:
    findings = [make(state=State.RECTIFYING, severity="minor") for _ in range(3)]
    for number, finding in enumerate(reversed(findings), 1):
        report(finding, number)
    seed = sampling.seed_of(campaign.id)
    draws = {one.finding_id: one for one in sampling.draws(cast.office, campaign.id)}
    for finding in findings:
        assert draws[finding.id].number == sampling.lot(seed, finding.code)
        assert finding.must_recheck is (draws[finding.id].number < 30)
    terms.put(campaign.id, {"sample_percent": 100})
    service.send_back(findings[0], "照片不清楚", by=cast.office)
    report(findings[0], 9)
    drawn = db.session.get_one(RecheckDraw, findings[0].id)
    assert (drawn.percent, drawn.number) == (30, draws[findings[0].id].number)


def test_the_page_shows_seed_rule_and_lots_to_the_desks_alone(
    make: Make, report: Report, campaign: Campaign, cast: SimpleNamespace, county: SimpleNamespace, client_for: Client
) -> None:
    address = f"/campaigns/{campaign.id}/draws"
    assert "还没有抽过" in client_for(cast.office).get(address).get_data(as_text=True)
    finding = make(state=State.RECTIFYING)
    report(finding, 1)
    db.session.commit()
    for user in (cast.office, cast.style):
        page = client_for(user).get(address).get_data(as_text=True)
        assert sampling.known_seed(campaign.id) in page and finding.code in page
    assert finding.code not in client_for(cast.coord).get(address).get_data(as_text=True)
    for user in (cast.head, cast.liaison, cast.admin):
        assert client_for(user).get(address).status_code == 403
    assert client_for(county.office).get(address).status_code == 404
