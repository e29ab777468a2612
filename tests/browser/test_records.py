"""Records in a real browser: a form that shows what applies, a problem taken with a tap, pages that fit."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.screenshots import wait_for
from tests.browser.test_pages import inspect
from tests.ports import free_port
from walkthrough_app.core import clock

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Site]:
    folder, port = tmp_path_factory.mktemp("records"), free_port()
    own = {"WALKTHROUGH_DATA_DIR": str(folder), "WALKTHROUGH_DATABASE_URL": "", "WALKTHROUGH_BASE_URL": ""}
    command = [sys.executable, "-m", "tests.browser.with_records", str(port)]
    server = subprocess.Popen(command, env={**os.environ, **own})
    wait_for(f"http://127.0.0.1:{port}/healthz")
    yield Site(f"http://127.0.0.1:{port}", browser)
    server.terminate()
    server.wait(timeout=30)


def begin(page: Page, programme: str, kind: str) -> None:
    page.goto("/records")
    page.get_by_role("link", name=programme).click()
    page.locator(".row", has_text=kind).get_by_role("link").click()


def test_a_suggestion_is_written_and_settled_with_what_applies(recording: Site) -> None:
    head = recording.open("head")
    begin(head, "最多跑一次", "建言献策")
    head.get_by_label("建议").fill("受理和审核合成一个窗口")
    head.get_by_text("窗口人员").click()
    head.get_by_text("优化流程").click()
    head.get_by_role("button", name="保存").click()
    expect(head.get_by_role("heading", level=1)).to_have_text("受理和审核合成一个窗口")
    head.get_by_role("link", name="销项").click()
    expect(head.get_by_label("不采纳的理由")).to_be_hidden()
    head.get_by_text("不采纳", exact=True).click()
    expect(head.get_by_label("怎么落实的")).to_be_hidden()
    head.get_by_label("不采纳的理由").fill("场地不够")
    head.get_by_role("button", name="保存").click()
    expect(head.locator("#end")).to_contain_text("场地不够")
    written = head.url
    for address in (written, f"{written}/settle", f"{written}/change", "/records"):
        inspect(head, address)


def test_without_scripts_a_problem_is_taken_and_the_office_sees_it(recording: Site) -> None:
    liaison = recording.open("liaison", script=False)
    begin(liaison, "四严机关", "问题清单")
    liaison.get_by_label("问题", exact=True).fill("到点下班，还有人在等")
    for words in ("服务群众", "慢作为", "提醒"):
        liaison.get_by_text(words, exact=True).click()
    liaison.get_by_label("对事：怎么改").fill("错时下班")
    liaison.get_by_label("什么时候改好").fill((clock.today() + timedelta(days=30)).isoformat())
    liaison.get_by_role("button", name="保存").click()
    liaison.get_by_role("button", name="记为问题").click()
    expect(liaison.locator("#problems")).to_contain_text("WT-")
    record = liaison.url.split("#")[0]
    office = recording.open("office", desktop=True)
    office.goto("/records")
    office.get_by_role("link", name="四严机关").click()
    matrix = office.url
    kind = office.get_by_role("link", name="问题清单", exact=True).get_attribute("href") or ""
    for address in (record, matrix, kind):
        inspect(office, address)
