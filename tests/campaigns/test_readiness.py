"""The set-up page lists what is still lacking, and each line leads to where it is done."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from tests.campaigns.conftest import planned
from walkthrough_app.accounts.models import Lane
from walkthrough_app.campaigns import present, readiness, service
from walkthrough_app.campaigns.models import CampaignState
from walkthrough_app.core import db


def counts(campaign) -> dict[str, tuple[int, int]]:
    found = readiness.standings(campaign, with_plans=True)
    return {line.label: (line.done, line.total) for line in readiness.lines(campaign, found)}


def test_it_counts_what_is_there(cast, campaign, item) -> None:
    assert counts(campaign) == {
        "参加单位": (4, 4),
        "单位有事项": (1, 4),
        "单位有一把手账号": (4, 4),
        "一把手登录过": (0, 4),
        "报送联系人": (0, 2),
        "接收报告的账号": (2, 2),
        "目录已确认": (0, 1),
        "已有体验计划": (0, 4),
    }


def test_it_grows_with_every_step(cast, campaign, item) -> None:
    planned(cast.deputy, item, campaign, by=cast.liaison)
    service.set_route(campaign, Lane.STYLE, by=cast.office, receiver="某组", contact="某同志", phone="0000-1234567")
    cast.head.password_hash = "x"
    cast.party.is_active = False
    db.session.commit()
    found = counts(campaign)
    assert (found["已有体验计划"], found["报送联系人"], found["一把手登录过"]) == ((1, 4), (1, 2), (1, 4))
    assert found["单位有一把手账号"] == (3, 4)


def test_every_line_leads_somewhere(office, campaign, item) -> None:
    page = BeautifulSoup(office.get(f"/campaigns/{campaign.id}").text, "html.parser")
    links = [one["href"] for one in page.select(".ready a")]
    assert len(links) == 8
    for link in links:
        assert office.get(link).status_code == 200, link


@pytest.mark.parametrize("lacks", list(readiness.LACKS))
def test_the_units_that_lack_something_can_be_listed(office, cast, campaign, item, lacks) -> None:
    cast.party.is_active = False
    db.session.commit()
    page = office.get(f"/campaigns/{campaign.id}/units?lacks={lacks}").text
    assert "示例市委组织部" in page
    assert ("示例市公安局" in page) is (lacks in {"signed", "plans"})


def test_a_campaign_with_plans_does_not_go_back_to_being_prepared(cast, office, campaign, item) -> None:
    planned(cast.deputy, item, campaign, by=cast.liaison)
    with pytest.raises(Exception, match="不能退回筹备"):
        service.change_campaign(campaign, by=cast.office, state=CampaignState.DRAFT)


@pytest.mark.parametrize(
    ("grace", "words"),
    [
        (0, "7月20日24时以前报送为按时，以后报送记为逾期，仍可以报送。"),
        (3, "报送截止7月20日，宽限3个工作日：7月25日24时以后报送才记为逾期，仍可以报送。"),
    ],
)
def test_the_grace_is_said_in_words_with_working_days(campaign, grace, words) -> None:
    campaign.report_due, campaign.grace_days = date(2018, 7, 20), grace
    assert present.deadline(campaign) == words


def test_a_deadline_on_a_day_off_is_warned_of(campaign) -> None:
    campaign.opens_on, campaign.walk_due, campaign.report_due = date(2018, 7, 5), date(2018, 7, 15), date(2018, 7, 21)
    assert "不是工作日" in " ".join(present.warnings(campaign))
