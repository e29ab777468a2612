"""暗访 on a phone: ordered by the office, walked without a network, handed in, and then it stands in the ledger."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from tests.browser.camera import snapshot
from tests.browser.phone import Phone
from tests.browser.server import Server
from tests.browser.walker import LocalWalker
from walkthrough_app.config import ROOT

pytestmark = pytest.mark.browser


def test_a_covert_visit_is_walked_offline_and_stands_in_the_ledger(inspector: Phone) -> None:
    page = inspector.page
    go(inspector)
    inspector.whole()
    inspector.kept()
    inspector.context.set_offline(True)
    look(inspector)
    inspector.context.set_offline(False)
    inspector.sent()
    page.reload()
    page.get_by_role("link", name="去移交").click()
    page.get_by_text("不想作为", exact=True).first.click()
    page.get_by_label("责任岗位").fill("3号窗口受理岗")
    page.get_by_role("button", name="移交，问题进台账").click()
    expect(page.get_by_text("已移交，1个问题进了台账。")).to_be_visible()
    page.goto("/ledger?state=registered")
    row = page.locator("tr", has_text="示例市公安局")
    expect(row).to_contain_text("空岗离岗")
    row.get_by_role("link").first.click()
    expect(page.locator("main")).to_contain_text("暗访")
    expect(page.locator("main img").first).to_be_visible()


def go(inspector: Phone) -> None:
    page = inspector.page
    page.goto("/visits")
    expect(page.get_by_text("我要去的 1 处")).to_be_visible()
    page.get_by_role("link", name="去督查").click()
    page.get_by_role("button", name="到了现场，开始督查").click()
    inspector.ready()


def look(inspector: Phone) -> None:
    """Nobody is at the counter: said, shot, noted as a problem; the walk is finished."""
    page, walker = inspector.page, LocalWalker(inspector.page)
    inspector.take(snapshot(3))
    expect(page.locator(".screen:not([hidden]) .shot")).to_be_visible()
    page.locator(".screen:not([hidden]) .shot").click()
    walker.press("不用打码")
    walker.main("好了")
    walker.tap("S-V1", "否")
    page.locator("#card-S-V1").get_by_role("button", name="记为问题").click()
    walker.main("保存，写整改措施")
    page.go_back()
    walker.main("下一步：制度与承诺")
    walker.tap("S-M1", "是")
    walker.to_review()
    walker.main("确认无误，走完了")
    expect(page.get_by_text("已走完").first).to_be_visible()


@pytest.fixture
def inspector(tmp_path: Path, playwright: Playwright) -> Iterator[Phone]:
    """The phone of the style group, signed in at a server where its visit is ordered."""
    data = tmp_path / "data"
    data.mkdir()
    environment = {**os.environ, "WALKTHROUGH_DATA_DIR": str(data), "WALKTHROUGH_DATABASE_URL": ""}
    subprocess.run([sys.executable, "-m", "tests.browser.visiting"], cwd=ROOT, env=environment, check=True)
    server = Server(data, {})
    server.start()
    phone = Phone(playwright, tmp_path / "phone", f"http://127.0.0.1:{server.port}", place=str(data))
    phone.sign_in("style")
    yield phone
    phone.close()
    server.kill()
    assert phone.errors == [], "no script ever fails"
