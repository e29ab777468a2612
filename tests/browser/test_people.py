"""Who is signed in, and where: sessions end, secrets change, phones are lent, tabs and devices cross."""

import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.camera import snapshot
from tests.browser.liar import Liar
from tests.browser.phone import SENT, Phone, until
from tests.browser.server import Server
from tests.browser.truth import Promises
from tests.browser.walker import LocalWalker

pytestmark = pytest.mark.browser


def test_a_new_secret_and_lost_cookies_cost_one_sign_in_and_nothing_else(
    phone: Phone, walk: str, server: Server, liar: Liar, promises: Promises, another_secret: Callable[[], None]
) -> None:
    with liar.dead():
        LocalWalker(phone.page).tap("W-Q4", "清楚")
        phone.take(snapshot(11))
        expect(phone.page.locator(".shot:visible")).to_have_count(1)
    another_secret()
    phone.context.clear_cookies()
    phone.nudge()
    expect(phone.page.locator("#saved")).to_have_text("需重新登录，记录都在本机")
    promises.add(phone.events(walk))
    phone.restart()
    phone.sign_in("head", by_hand=True)
    phone.open(walk)
    expect(phone.page.locator("#card-W-Q4").get_by_label("清楚", exact=True)).to_be_checked()
    phone.sent()
    promises.add(phone.events(walk))
    promises.keep(server, walk)


def test_somebody_else_on_the_same_phone_sees_nothing_and_sends_it_under_its_own_name(
    phone: Phone, walk: str, server: Server, liar: Liar, promises: Promises
) -> None:
    with liar.dead():
        LocalWalker(phone.page).tap("W-Q4", "不清楚")
        phone.take(snapshot(12))
        expect(phone.page.locator(".shot:visible")).to_have_count(1)
        promises.add(phone.events(walk))
    liar.lie("PUT", "/api/", liar.hang)
    own = server.walks["deputy"].pop()
    phone.sign_in("deputy", by_hand=True)
    phone.page.goto(f"/walks/{walk}")
    for unseen in ("居住证申领", "不清楚", "待传"):
        expect(phone.page.locator("body")).not_to_contain_text(unseen)
    liar.honest()
    phone.page.goto(f"/walks/{own}")
    phone.ready()
    LocalWalker(phone.page).tap("W-Q5", "清楚")
    phone.sent()
    phone.until(lambda: len(server.events(walk, "kept")) == 1)
    events = promises.keep(server, walk)
    names = {row["id"]: row["username"] for row in server.rows("SELECT id, username FROM user_account")}
    assert {names[event["received_by_id"]] for event in events if event["received_by_id"]} == {"head"}
    assert {names[event["received_by_id"]] for event in server.events(own, "answer")} == {"deputy"}
    assert [event["payload"]["question"] for event in server.events(own, "answer")] == ["W-Q5"]


def test_two_tabs_cross_and_agree(phone: Phone, walk: str, server: Server, liar: Liar, promises: Promises) -> None:
    other = phone.new_tab(walk)
    one, two = LocalWalker(phone.page), LocalWalker(other)
    with liar.dead():
        one.tap("W-Q4", "清楚")
        two.tap("W-Q5", "不清楚")
        one.main("下一步：准备材料")
        one.headline("准备材料")
        two.tap("W-Q4", "不清楚")
        two.main("下一步：准备材料")
        two.headline("准备材料")
        one.tap("W-P1", "是")
        phone.take(snapshot(13))
        expect(phone.page.locator(".shot:visible")).to_have_count(1)
        promises.add(phone.events(walk))
    phone.sent()
    expect(other.locator("#saved")).to_have_text(SENT)
    promises.add(phone.events(walk))
    events = promises.keep(server, walk)
    assert len({event["device"] for event in events if event["seq"] and event["door"] == "sync"} - {"server"}) == 1
    same_story([phone.page, other], walk)


def test_two_phones_cross_and_agree(
    phones: Callable[..., Phone], walk: str, server: Server, liar: Liar, promises: Promises
) -> None:
    pair = [phones(), phones()]
    for phone in pair:
        phone.open(walk)
    one, two = (LocalWalker(phone.page) for phone in pair)
    with liar.dead():
        one.tap("W-Q4", "清楚")
        two.tap("W-Q4", "不清楚")
        two.main("下一步：准备材料")
        one.press("先歇一下")
        two.tap("W-P1", "是")
        one.press("继续计时")
        pair[0].take(snapshot(14))
        expect(pair[0].page.locator(".shot:visible")).to_have_count(1)
        for phone in pair:
            promises.add(phone.events(walk))
    for phone in (*pair, *pair):
        phone.sent()
    for phone in pair:
        phone.open(walk)
        phone.sent()
        promises.add(phone.events(walk))
    events = promises.keep(server, walk)
    assert len({event["device"] for event in events if event["door"] == "sync"} - {"server"}) == 2
    same_story([phone.page for phone in pair], walk)


def same_story(pages: list[Page], walk: str) -> None:
    """All come to show one running clock, on the same step, and the same answers: an old page catches up with its server."""
    for page in pages:
        page.goto("about:blank")
        page.goto(f"/walks/{walk}#query")
        expect(page.locator("body.ready")).to_be_visible()
    until(pages[0], lambda: story(pages[0])[0].count("计时中") == 1 and story(pages[0]) == story(pages[1]))


def story(page: Page) -> tuple[list[str], list[str]]:
    """Return which clocks run, and the answers."""
    clocks = [stop.partition("计时中")[1] for stop in page.locator(".rail li").all_inner_texts()]
    given = page.locator(".cards input:checked").evaluate_all("ticks => ticks.map(({ name, value }) => name + value)")
    return clocks, given


@pytest.fixture
def another_secret(server: Server) -> Callable[[], None]:
    """Restart the server with a new WALKTHROUGH_SECRET_KEY; afterwards it has its own again."""

    def change() -> None:
        server.kill()
        server.secret = uuid.uuid4().hex
        server.start()

    yield change
    server.secret = ""
    server.kill()
