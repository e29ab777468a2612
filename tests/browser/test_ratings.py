"""A person at the counter rates with a phone, also without scripts and in the 长辈版; office and unit see what came."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.access import RULES
from tests.browser.conftest import Site
from tests.browser.phone import PHONE
from tests.browser.rated import EVALUATION, RATING
from tests.browser.screenshots import free_port, wait_for
from tests.browser.test_pages import inspect

pytestmark = pytest.mark.browser
BIG, FINGER = 24, 60  # CSS pixels: 18 points; what the rules for the aged ask of a target


@pytest.fixture(scope="module")
def rated(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Site]:
    """A server whose counters have been rated."""
    port, folder = free_port(), tmp_path_factory.mktemp("rated")
    own = {"WALKTHROUGH_DATA_DIR": str(folder), "WALKTHROUGH_DATABASE_URL": "", "WALKTHROUGH_BASE_URL": ""}
    process = subprocess.Popen([sys.executable, "-m", "tests.browser.rated", str(port)], env={**os.environ, **own})
    address = f"http://127.0.0.1:{port}"
    wait_for(f"{address}/healthz")
    yield Site(address, browser)
    process.terminate()
    process.wait(timeout=30)


def passer(site: Site, *, script: bool = False) -> BrowserContext:
    """A phone of somebody who has never been here."""
    return site.browser.new_context(
        viewport=PHONE, java_script_enabled=script, base_url=site.address, locale="zh-CN", reduced_motion="reduce"
    )


def test_rating_on_a_phone_without_scripts(rated: Site) -> None:
    context = passer(rated)
    page = context.new_page()
    page.goto(f"/r/{EVALUATION}")
    page.get_by_role("group", name="服务态度").get_by_role("radio", name="满意", exact=True).check()
    page.get_by_role("group", name="办事效率").get_by_role("radio", name="不满意").check()
    page.get_by_label("意见建议").fill("多开一个窗口，找我13800138000")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", name="谢谢您的评价")).to_be_visible()
    page.goto(f"/r/{RATING}")
    page.get_by_role("button", name="非常不满意").click()
    page.get_by_role("checkbox", name="跑动次数与承诺的不一致").check()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", name="谢谢您的评价")).to_be_visible()
    assert context.cookies() == []
    office = rated.open("office", desktop=True)
    office.goto("/ratings")
    office.get_by_role("link", name="服务型效能型机关创建").click()
    office.get_by_role("link", name="意见和差评").click()
    expect(office.get_by_text("114 跑动次数与承诺的不一致")).to_be_visible()


def test_the_elder_page_is_large_and_asks_one_thing_at_a_time(rated: Site) -> None:
    page = passer(rated, script=True).new_page()
    page.goto(f"/r/{EVALUATION}")
    page.get_by_role("link", name="长辈版").click()
    for name in ("服务态度", "办事效率", "依法办事", "公开透明", "廉洁自律"):
        expect(page.get_by_role("group")).to_have_count(1)
        expect(page.get_by_role("group", name=name)).to_be_visible()
        assert size_of(page) >= BIG
        assert all(box["height"] >= FINGER for box in boxes(page))
        assert Axe().run(page, options=RULES).violations_count == 0
        page.get_by_role("button", name="满意", exact=True).click()
    page.get_by_role("button", name="上一题").click()
    page.get_by_role("button", name="不满意").click()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", name="谢谢您的评价")).to_be_visible()


def size_of(page: Page) -> float:
    return float(page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p, main legend')).fontSize)"))


def boxes(page: Page) -> list[dict[str, float]]:
    found = [one.bounding_box() for one in page.locator("main button, main a").all()]
    return [dict(box) for box in found if box]


def test_every_page_fits_and_is_accessible(rated: Site) -> None:
    page = passer(rated, script=True).new_page()
    for address in (f"/r/{EVALUATION}", f"/r/{RATING}", f"/r/{RATING}?elder=1", f"/r/{RATING}/thanks", "/r/none"):
        inspect(page, address)
    office = rated.open("office", desktop=True)
    office.goto("/ratings")
    office.get_by_role("link", name="“四严机关”创建活动").click()
    links = office.locator("tbody a").first.get_attribute("href") or ""
    work = office.get_by_role("link", name="意见和差评").get_attribute("href") or ""
    office.goto(work)
    case = office.locator("tbody a").first.get_attribute("href") or ""
    for address in ("/ratings", links, work, case, "/ratings/points", "/ratings/terms"):
        inspect(office, address)
    head = rated.open("head")
    for address in ("/ratings/mine", "/tasks", "/ratings/points"):
        inspect(head, address)
