"""The network lies: answers are lost, portals and proxies say what they like, the server hangs. Never "sent" falsely, never twice."""

import pytest
from playwright.sync_api import expect

from tests.browser import liar as lies
from tests.browser.camera import film, snapshot
from tests.browser.liar import Answer, Liar, Pass, Request
from tests.browser.phone import SENT, Phone
from tests.browser.server import Server
from tests.browser.truth import Promises
from tests.browser.walker import LocalWalker

pytestmark = pytest.mark.browser
LIES = {
    "a portal": lies.portal,
    "a redirect to the sign-in": lies.to_sign_in,
    "413 of a proxy": lies.too_large,
    "429": lies.busy,
    "500": lies.broken,
    "502 of a proxy": lies.bad_gateway,
    "507, disk full": lies.full,
    "JSON of somebody else": lies.says(200, '{"ok": true}'),
    "a receipt for other events": lies.says(200, '{"accepted": ["0000"], "rejected": [], "events": [], "now": null}'),
    "half an answer": lies.cut,
    "no answer": lies.drop,
}
OPTIONS = ("清楚", "不清楚")


def test_lost_answers_and_a_restart_leave_everything_once(
    phone: Phone, walk: str, server: Server, liar: Liar, promises: Promises
) -> None:
    walker = LocalWalker(phone.page)
    liar.lie("PUT", "/events$", lies.drop, times=1)
    liar.lie("PUT", "/slices/", lies.drop, times=1)
    liar.lie("PUT", "/media/", lies.cut, times=1)
    walker.tap("W-Q4", "清楚")
    phone.take(snapshot(2))
    phone.until(lambda: liar.count("PUT", "/media/") > 0)
    server.kill()
    walker.tap("W-Q5", "清楚")
    phone.until(lambda: len(phone.events(walk, "answer")) == 2)
    promises.add(phone.events(walk))
    server.start()
    phone.sent()
    promises.add(phone.events(walk))
    events = promises.keep(server, walk)
    assert [event["kind"] for event in events if event["device"] != "server"].count("photo") == 1


def test_nothing_that_is_no_receipt_counts_as_sent(
    phone: Phone, walk: str, server: Server, liar: Liar, promises: Promises
) -> None:
    for number, (name, lie) in enumerate(LIES.items()):
        liar.lie("PUT", "/api/", lie)
        before = liar.count("PUT", "/api/")
        LocalWalker(phone.page).tap("W-Q4", OPTIONS[number % 2])
        phone.nudge()
        phone.until(lambda seen=before: liar.count("PUT", "/api/") > seen)
        waiting = [event for event in phone.events(walk) if event["sent"] == 0]
        assert len(waiting) == 1, f"{name} is no receipt"
        assert phone.page.locator("#saved").inner_text() != SENT, name
        liar.honest()
        phone.sent()
        assert all(event["sent"] == 1 for event in phone.events(walk)), name
    promises.add(phone.events(walk))
    promises.keep(server, walk)


def test_an_expired_token_is_said_and_renewed(
    phone: Phone, walk: str, server: Server, liar: Liar, promises: Promises
) -> None:
    liar.lie("PUT", "/api/", lies.expired)
    liar.lie("GET", f"/walks/{walk}$", lies.to_sign_in)
    LocalWalker(phone.page).tap("W-Q4", "清楚")
    expect(phone.page.locator("#saved")).to_have_text("需重新登录，记录都在本机")
    promises.add(phone.events(walk))
    liar.honest()
    phone.sent()
    promises.keep(server, walk)


def test_a_hung_server_holds_up_no_tap_and_no_reopening(
    phone: Phone, walk: str, server: Server, liar: Liar, promises: Promises
) -> None:
    walker = LocalWalker(phone.page)
    phone.kept()
    server.hang()
    walker.tap("W-Q4", "清楚")
    expect(phone.page.locator("#saved")).to_have_text("正在上传…")
    walker.tap("W-Q5", "清楚")
    walker.main("下一步：准备材料")
    walker.headline("准备材料")
    phone.restart()
    phone.page.goto(f"/walks/{walk}", wait_until="commit")
    phone.ready()
    walker = LocalWalker(phone.page)
    walker.headline("准备材料")
    promises.add(phone.events(walk))
    server.resume()
    phone.sent()
    promises.keep(server, walk)


def test_one_bad_picture_does_not_hold_up_the_next(
    phone: Phone, walk: str, server: Server, liar: Liar, promises: Promises
) -> None:
    liar.lie("PUT", "/media/", picky(), times=100)
    phone.take(snapshot(3))
    phone.take(snapshot(4))
    LocalWalker(phone.page).tap("W-Q4", "清楚")
    phone.until(lambda: len(server.events(walk, "kept")) == 1)
    assert phone.page.locator("#saved").inner_text() != SENT
    promises.add(phone.events(walk))
    liar.honest()
    phone.sent()
    promises.add(phone.events(walk))
    promises.keep(server, walk)
    assert len(server.events(walk, "kept")) == 2


def test_what_the_server_refuses_is_shown_and_the_rest_goes_on(
    phone: Phone, walk: str, server: Server, liar: Liar, promises: Promises
) -> None:
    liar.lie("PUT", "/events$", lies.says(422, '{"error": "这一项不合规"}'), times=1)
    LocalWalker(phone.page).tap("W-Q4", "清楚")
    expect(phone.page.locator("#saved")).to_have_text("1 项没收下")
    LocalWalker(phone.page).tap("W-Q5", "清楚")
    phone.until(lambda: len(server.events(walk, "answer")) == 1)
    expect(phone.page.locator("#saved")).to_have_text("1 项没收下")
    phone.page.locator("#saved button").click()
    expect(phone.page.locator("[data-list=items]")).to_contain_text("没收下：这一项不合规")


def test_a_film_goes_on_where_it_stopped_and_lets_words_pass(
    phone: Phone, walk: str, server: Server, liar: Liar, promises: Promises
) -> None:
    sent: list[str] = []
    words: list[int] = []
    gate = lies.Gate()
    troubles = {3: lies.deaf, 4: gate, 7: liar.hang}

    def torn(request: Request, send: Pass) -> Answer:
        """The third slice is lost on the way, the next takes as long as the test wants, the seventh never arrives."""
        words.append(liar.count("PUT", "/events$"))
        answer = troubles.get(len(words), lies.honest)(request, send)
        sent.append(request.path)
        return answer

    liar.lie("PUT", "/slices/", torn)
    phone.page.get_by_role("button", name="相册、录像、录音").locator("visible=true").click()
    content = film(seconds=1)
    phone.page.set_input_files("#s-take-video", {"name": "a.mp4", "mimeType": "video/mp4", "buffer": content})
    phone.until(lambda: len(words) == 4)
    phone.page.go_back()
    LocalWalker(phone.page).tap("W-Q4", "清楚")
    phone.until(lambda: len(phone.events(walk, "answer")) == 1)
    gate.open()
    phone.until(lambda: len(words) == 7)
    phone.restart()
    phone.open(walk)
    phone.sent()
    assert words[4] > words[3], "words went between the slices"
    assert len(sent) <= len(set(sent)) + 1, "at most the slice under way at the kill came again"
    promises.add(phone.events(walk))
    promises.keep(server, walk)


def picky() -> lies.Lie:
    """Choke on the first file that comes, whenever it comes."""
    first: list[str] = []

    def choke(request: Request, send: Pass) -> Answer:
        first.append(request.path)
        return lies.broken(request, send) if request.path == first[0] else send(request)

    return choke
