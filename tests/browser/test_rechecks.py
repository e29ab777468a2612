"""回头看 on a phone without a network: the step is walked again, pictured, and decided once the network is back."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.camera import snapshot
from tests.browser.conftest import Site
from tests.browser.screenshots import free_port, wait_for
from tests.browser.walker import LocalWalker

pytestmark = pytest.mark.browser


def test_the_group_walks_the_step_again_offline_and_decides(rechecked: Site) -> None:
    page = rechecked.open("style")
    walker = LocalWalker(page)
    page.goto("/rechecks")
    page.get_by_role("link", name="去看").click()
    walker.press("到了现场，开始走")
    expect(page.locator("body.ready")).to_be_visible()
    expect(page.locator("#sheets [data-sheet=review]")).to_be_attached()
    walker.headline("排队")
    page.context.set_offline(True)
    page.fill("[name=no]", "A005")
    walker.press("取号")
    walker.press("叫到我了")
    page.set_input_files("#camera", {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": snapshot(7)})
    page.locator(".screen:not([hidden]) .shot").click()
    walker.press("不用打码")
    walker.main("好了")
    walker.to_review()
    walker.main("确认无误，走完了")
    expect(page.get_by_text("请回答“问题解决了没有？”")).to_be_visible()
    walker.tap("R-1", "解决了")
    for number in range(1, 4):
        walker.tap(f"W-I{number}", "是")
    walker.main("确认无误，走完了")
    expect(page.get_by_text("已走完").first).to_be_visible()
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    walker.sent()
    page.goto("/rechecks")
    page.get_by_role("link", name="去看").click()
    expect(page.locator(".compare")).to_contain_text("40 分")
    expect(page.locator(".sides .shot")).to_have_count(1)
    page.locator("[name=outcome][value=solved] + span").click()
    page.get_by_label("现在的情况").fill("叫号很快，不用排队。")
    walker.press("确认结果")
    expect(page.get_by_role("heading", name="结果：通过")).to_be_visible()


@pytest.fixture
def rechecked(tmp_path: Path, browser: Browser) -> Iterator[Site]:
    port = free_port()
    own = {"WALKTHROUGH_DATA_DIR": str(tmp_path), "WALKTHROUGH_DATABASE_URL": "", "WALKTHROUGH_BASE_URL": ""}
    command = [sys.executable, "-m", "tests.browser.rechecked", str(port)]
    server = subprocess.Popen(command, env={**os.environ, **own})
    wait_for(f"http://127.0.0.1:{port}/healthz")
    yield Site(f"http://127.0.0.1:{port}", browser)
    server.terminate()
    server.wait(timeout=30)
