"""The phone's memory fails: it is full, it does not open, it is wiped under the page, it is not to be trusted."""

from collections.abc import Callable
from hashlib import sha256

import pytest
from playwright.sync_api import expect

from tests.browser.camera import snapshot
from tests.browser.liar import Liar
from tests.browser.phone import SENT, WEBVIEW, Phone
from tests.browser.server import Server
from tests.browser.truth import Promises, check_chains
from tests.browser.walker import LocalWalker

pytestmark = pytest.mark.browser
SHUT = "delete window.indexedDB; Object.defineProperty(window, 'indexedDB', { value: undefined });"
TROUBLE = "#alerts [data-key=trouble]"


def test_a_photo_too_large_for_what_is_left_is_refused_and_words_go_on(
    phones: Callable[..., Phone], walk: str, server: Server, promises: Promises
) -> None:
    phone = phones(script=WEBVIEW)
    leave(phone, 300_000)
    phone.open(walk)
    phone.take(snapshot(21, (1600, 1200)))
    expect(phone.page.locator("#toast")).to_contain_text("手机空间不足")
    assert phone.events(walk) == []
    phone.take(snapshot(21))
    LocalWalker(phone.page).tap("W-Q4", "清楚")
    phone.until(lambda: len(phone.events(walk, "photo")) == 1)
    phone.sent()
    promises.add(phone.events(walk))
    promises.keep(server, walk)
    assert len(server.events(walk, "kept")) == 1


def test_a_full_phone_says_so_until_it_is_over_and_loses_no_answer(
    phones: Callable[..., Phone], walk: str, server: Server, liar: Liar
) -> None:
    phone = phones(script=WEBVIEW)
    leave(phone, 1)
    phone.open(walk)
    walker = LocalWalker(phone.page)
    with liar.dead():
        walker.tap("W-Q4", "不清楚")
        walker.tap("W-Q5", "清楚")
        expect(phone.page.locator(TROUBLE)).to_contain_text("手机空间不足")
        walker.main("下一步：准备材料")
        walker.headline("准备材料")
        expect(phone.page.locator(TROUBLE)).to_be_visible()
        assert not phone.events(walk)
    phone.nudge()
    phone.until(lambda: server.state(walk).current == "prepare")
    walker.tap("W-P1", "是")
    phone.until(lambda: len(server.events(walk, "answer")) == 3)
    expect(phone.page.locator("#saved")).to_have_text("⚠ 存储失败")
    expect(phone.page.locator(TROUBLE)).to_be_visible()
    leave(phone, 100_000_000)
    phone.sent()
    expect(phone.page.locator(TROUBLE)).to_have_count(0)
    assert len(phone.events(walk)) == 4, "kept now, though sent already"
    check_chains(server.events(walk))


def test_without_indexeddb_every_tap_is_sent_from_memory_under_a_lasting_warning(
    phones: Callable[..., Phone], walk: str, server: Server, liar: Liar
) -> None:
    phone = phones(script=SHUT)
    phone.open(walk)
    walker = LocalWalker(phone.page)
    expect(phone.page.locator(TROUBLE)).to_contain_text("浏览器现在存不了数据")
    walker.tap("W-Q4", "清楚")
    phone.until(lambda: len(server.events(walk, "answer")) == 1)
    with liar.dead():
        walker.tap("W-Q5", "清楚")
        walker.main("下一步：准备材料")
        walker.headline("准备材料")
        expect(phone.page.locator(TROUBLE)).to_be_visible()
    phone.nudge()
    phone.until(lambda: server.state(walk).current == "prepare")
    expect(phone.page.locator("#saved")).to_have_text("⚠ 存储失败")
    assert set(server.state(walk).answers) == {"W-Q4", "W-Q5"}
    check_chains(server.events(walk))
    phone.take(snapshot(22))
    expect(phone.page.locator("#toast")).to_contain_text("照片没有存上")
    assert not server.events(walk, "photo")


def test_a_wipe_under_the_open_page_loses_no_answer_and_tells_of_the_photo(
    phone: Phone, walk: str, server: Server, liar: Liar, promises: Promises
) -> None:
    walker = LocalWalker(phone.page)
    phone.whole()
    with liar.dead():
        walker.tap("W-Q4", "清楚")
        phone.take(snapshot(23))
        expect(phone.page.locator(".shot:visible")).to_have_count(1)
        phone.until(lambda: bool(phone.events(walk, "sealed")))
        promises.add([event for event in phone.events(walk) if event["kind"] == "answer"])
        session = phone.context.new_cdp_session(phone.page)
        session.send("Storage.clearDataForOrigin", {"origin": phone.address, "storageTypes": "indexeddb"})
        walker.tap("W-Q5", "清楚")
        phone.until(lambda: len(phone.events(walk, "answer")) == 2)
    phone.nudge()
    expect(phone.page.locator("#saved")).to_have_text("1 项没收下", timeout=60_000)
    phone.page.locator("#saved button").click()
    expect(phone.page.locator("[data-list=items]")).to_contain_text("浏览器清除过本机数据")
    assert set(server.state(walk).answers) == {"W-Q4", "W-Q5"}
    check_chains(server.events(walk))


def test_plain_http_warns_before_the_walk_and_still_keeps_the_photo(
    phones: Callable[..., Phone], walk: str, server: Server, liar: Liar, promises: Promises
) -> None:
    host = "hall.example.test"
    phone = phones("", f"http://{host}:{liar.port}", flags=(f"--host-resolver-rules=MAP {host} 127.0.0.1",))
    phone.sign_in("head", by_hand=True)
    LocalWalker(phone.page).task("普通护照首次申请")
    expect(phone.page.get_by_text("现在是非加密连接（http）")).to_be_visible()
    phone.open(walk)
    assert phone.page.evaluate("isSecureContext") is False
    phone.cached()
    with liar.dead():
        LocalWalker(phone.page).tap("W-Q4", "清楚")
        phone.take(snapshot(24))
        expect(phone.page.locator(".shot:visible")).to_have_count(1)
        phone.restart()
        phone.open(walk)
        assert phone.page.locator("#saved").inner_text() != SENT
        promises.add(phone.events(walk))
    phone.sent()
    promises.keep(server, walk)
    assert [event["payload"]["sent"] for event in server.events(walk, "kept")] == [sha256(snapshot(24)).hexdigest()]


def leave(phone: Phone, size: int) -> None:
    """Let the browser have so many bytes for all it keeps; it notices less only before its first write."""
    session = phone.context.new_cdp_session(phone.page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": phone.address, "quotaSize": size})
