"""The navigation: few groups in the clerk's words, nothing twice, one query a page."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import event

from tests.records.conftest import open_campaign
from walkthrough_app.accounts.models import User
from walkthrough_app.accounts.navigation import DOCK, Entry, Group, Navigation
from walkthrough_app.campaigns.models import Campaign, CampaignState
from walkthrough_app.core import db

ClientFor = Callable[[User], FlaskClient]
PROGRAMMES = ("four_strict", "effective")


def side(client: FlaskClient, address: str) -> BeautifulSoup:
    found = BeautifulSoup(client.get(address).text, "html5lib").select_one("nav.side")
    assert found
    return found


def groups(client: FlaskClient, address: str) -> dict[str, list[str]]:
    return {
        one.select("summary")[0].text: [link.text for link in one.select("a")]
        for one in side(client, address).select("details")
    }


def test_the_office_finds_its_entries_under_few_headings(
    cast: SimpleNamespace, client_for: ClientFor, campaign: Campaign
) -> None:
    assert groups(client_for(cast.office), "/campaigns") == {
        "体验报送": ["进度", "收到的报告", "谁还没报", "汇总", "同事同标"],
        "整改": ["问题台账", "回头看", "督办通报"],
        "评议考核": ["明查暗访"],
        "活动安排": ["活动", "单位与事项", "问卷"],
        "系统": ["查找", "导出", "我"],
    }


def test_what_a_programme_adds_stands_in_its_group_once_there_is_something_to_do(
    cast: SimpleNamespace, client_for: ClientFor, campaign: Campaign
) -> None:
    made = open_campaign("four_strict")
    made.state = CampaignState.DRAFT
    db.session.commit()
    assert groups(client_for(cast.office), "/campaigns")["评议考核"] == ["明查暗访", "群众评价"]
    made.state = CampaignState.OPEN
    db.session.commit()
    assert groups(client_for(cast.office), "/campaigns")["评议考核"] == ["明查暗访", "群众评价", "工作记录", "考核"]


def test_the_page_one_is_on_is_marked_and_its_group_stands_open(
    cast: SimpleNamespace, client_for: ClientFor, campaign: Campaign
) -> None:
    found = side(client_for(cast.office), "/campaigns/new")
    assert [one.text for one in found.select("[aria-current=page]")] == ["活动"]
    opened = {one.select("summary")[0].text for one in found.select("details[open]")}
    assert opened == {"体验报送", "整改", "评议考核", "活动安排"}


@pytest.mark.parametrize("who", ["head", "liaison", "office", "coord", "admin"])
def test_one_query_tells_what_is_shown_and_what_is_new(
    cast: SimpleNamespace, client_for: ClientFor, campaign: Campaign, who: str
) -> None:
    for key in PROGRAMMES:
        open_campaign(key)
    db.session.commit()
    client = client_for(getattr(cast, who))
    with statements() as asked:
        client.get("/me")
    assert len([one for one in asked if "EXISTS" in one or "count(*)" in one]) <= 1


@contextmanager
def statements() -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    engine = db.session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def test_a_phones_edge_holds_four_and_the_rest_is_one_tap_away() -> None:
    many = [Entry(str(number), f"/{number}", Group.REPORTING, new=number) for number in range(DOCK + 3)]
    made = Navigation(lambda: many)
    assert ([one.label for one in made.dock], made.more.new) == (["0", "1", "2", "3"], 4 + 5 + 6)
    five = Navigation(lambda: many[: DOCK + 1])
    assert (len(five.dock), five.more.entries) == (5, [])
