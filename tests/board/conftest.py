"""A campaign in the middle: walks of three units told event by event, reports in three states, a unit with nothing."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from tests import desks
from tests.reports import stage, story
from tests.scenes import add_item
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.reports import service

Doors = Callable[[User], FlaskClient]
Page = Callable[..., BeautifulSoup]
MORNINGS = [f"2018-07-{day:02}T08:30:00+08:00" for day in range(9, 16)]


@pytest.fixture
def store(app: Flask) -> LocalStore:
    found: LocalStore = app.extensions["media_store"]
    return found


@pytest.fixture
def play(cast: SimpleNamespace, campaign: Campaign, store: LocalStore) -> SimpleNamespace:
    """Return what was put: `walks` as (row, story), `reports` by unit, `items`."""
    police = cast.head.unit
    items = {
        "card": add_item(police, "居民身份证补领", is_core_function=True),
        "permit": add_item(police, "居住证申领"),
        "passport": add_item(police, "普通护照首次申请"),
        "visa": add_item(police, "往来港澳签注"),
        "social": add_item(cast.stranger.unit, "社会保障卡申领"),
        "allowance": add_item(cast.county.unit, "最低生活保障审核确认", is_core_function=True),
    }
    told = [
        (cast.head, "card", story.short("居民身份证补领", at=MORNINGS[5])),
        (cast.deputy, "permit", story.short("居住证申领", role="deputy", at=MORNINGS[1])),
        (cast.stranger, "social", story.short("社会保障卡申领", at=MORNINGS[2])),
        (cast.county, "allowance", story.short("最低生活保障审核确认", at=MORNINGS[3])),
        (cast.head, "permit", slow()),
        (cast.deputy, "passport", accepted()),
        (cast.head, "visa", begun()),
    ]
    walks = [(stage.put_walk(who, campaign, items[item], one, store), one) for who, item, one in told]
    reports = {
        "police": draft(campaign, cast.head, [walks[0][0], walks[1][0]], store),
        "social": draft(campaign, cast.stranger, [walks[2][0]], store),
        "county": draft(campaign, cast.county, [walks[3][0]], store),
    }
    service.submit(reports["police"], by=cast.head)
    service.submit(reports["county"], by=cast.county)
    service.receive(reports["county"], by=cast.coord)
    items["licence"] = add_item(police, "特种行业许可", is_core_function=True)  # marked later, walked by nobody
    return SimpleNamespace(walks=walks, reports=reports, items=items, campaign=campaign)


def begun() -> story.Walk:
    walk = story.Walk("往来港澳签注", at=MORNINGS[6])
    walk.step("query", 3)
    walk.finding("指南没有写明材料", "A4", "query")
    return walk


def slow() -> story.Walk:
    """Two numbers on two floors; one problem with a deadline, one put right at once."""
    walk = story.Walk("居住证申领", at=MORNINGS[0])
    walk.step("query", 12)
    walk.step("prepare", 35)
    walk.queue(23, 18)
    walk.step("accept", 18)
    walk.tap("accepted", "accept", receipt="", promised_on=None)
    walk.tap("trip", after=60 * 24)
    walk.step("result", 6)
    walk.tap("result", "result", on="2018-07-12", how="window")
    again = walk.finding("照相与受理分在两层，须重复取号", "C7")
    walk.measure(again, "deadline", "合并到一个窗口", steps="先移设备，再改叫号", due_on="2018-08-15")
    hours = walk.finding("网上公布的办公时间与现场不一致", "A2", "query", severity="minor")
    walk.measure(hours, "immediate", "更正网上办公时间", done_on="2018-07-12")
    walk.tap("finish")
    return walk


def accepted() -> story.Walk:
    """By the deputy for a citizen: handed over at the counter, no result yet, no problem."""
    walk = story.Walk("普通护照首次申请", role="deputy", mode="on_behalf", at=MORNINGS[4])
    walk.step("query", 8)
    walk.step("prepare", 30)
    walk.queue(31)
    walk.step("accept", 17)
    walk.tap("accepted", "accept", receipt="", promised_on="2018-07-23")
    walk.tap("rest")
    return walk


def draft(campaign: Campaign, head: User, walks: list, store: LocalStore):
    made = service.draft(campaign, head, walks, by=head)
    stage.confirm(made, by=head, store=store)
    return made


@pytest.fixture
def three(cast: SimpleNamespace, campaign: Campaign, store: LocalStore) -> SimpleNamespace:
    """Three places have walked the same item."""
    return desks.lay(cast, campaign, store)


@pytest.fixture
def opened(client_for: Doors) -> Page:
    """Open a page of the board as somebody."""

    def open_(user: User, address: str, status: int = 200) -> BeautifulSoup:
        answer = client_for(user).get(address)
        assert answer.status_code == status, (address, answer.status_code)
        return BeautifulSoup(answer.text, "html5lib")

    return open_


def rows_of(opened: Page, user: User, address: str) -> list[str]:
    """Return the rows of a list over all its pages, each as its text."""
    found: list[str] = []
    while address:
        soup = opened(user, address)
        rows = soup.select("main tbody tr:not(.sum), main .card > .row")
        found += [row.get_text(" ", strip=True) for row in rows]
        link = soup.select_one("main a[rel=next]")
        address = str(link["href"]) if link else ""
    return found


def told(soup: BeautifulSoup) -> int:
    """Return how many rows a list says it has."""
    strong = soup.select_one("main .told strong")
    assert strong
    return int(strong.text)
