"""The desk in a real browser, without JavaScript: from the list to the comment, the difference and the decision."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Site
from tests.browser.server import Server, prepared
from tests.browser.test_pages import inspect

pytestmark = pytest.mark.browser


def test_the_lane_reviews_comments_compares_and_returns(handed_in: Site) -> None:
    lane = handed_in.open("style", desktop=True, script=False)
    lane.goto("/inbox")
    lane.locator("tbody a").first.click()
    expect(lane.locator(".events")).to_contain_text("“排队”开始")
    report = lane.url
    lane.get_by_role("link", name="和第1版对比").click()
    expect(lane.locator("ins").last).to_contain_text("8月底前")
    lane.goto(report)
    lane.locator("#p-outlook").get_by_role("link", name="批注").click()
    lane.get_by_label("意见").fill("8月底是哪一天？")
    lane.get_by_role("button", name="保存").click()
    expect(lane.locator("#p-outlook")).to_contain_text("8月底是哪一天？")
    lane.get_by_label("数字前后不一致").check(force=True)
    lane.locator("#decide").get_by_role("button", name="退回补充").click()
    expect(lane.get_by_text("退回补充").first).to_be_visible()
    unit = handed_in.open("liaison", script=False)
    unit.goto(report)
    expect(unit.get_by_text("数字前后不一致")).to_be_visible()
    unit.get_by_role("link", name="答复").first.click()
    unit.get_by_label("答复").fill("8月31日。")
    unit.get_by_role("button", name="保存").click()
    expect(unit.get_by_text("8月31日。")).to_be_visible()
    comment = unit.url
    seen = handed_in.open("style", desktop=True)
    for address in (report, f"{report}/compare", f"{report}/trail", comment, "/inbox"):
        inspect(seen, address)
    inspect(handed_in.open("liaison", desktop=True), report)


@pytest.fixture
def handed_in(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Site]:
    server = Server(prepared(tmp_path_factory, "tests.browser.handed_in"), {}, flags=("--workers", "1", "--no-worker"))
    server.start()
    yield Site(server.address, browser)
    server.stop()
