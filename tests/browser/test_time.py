"""The phone's clock is changed, it sleeps, it travels: lengths are right or flagged, and never negative."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.liar import Answer, Liar, Lie, Pass, Request
from tests.browser.phone import Phone
from tests.browser.server import Server
from tests.browser.truth import Promises
from tests.browser.walker import LocalWalker
from walkthrough_app.walkthroughs.state import State

pytestmark = pytest.mark.browser
HOUR = 3600
# A wall clock and a monotonic clock that a test may set; what was set outlives the page as a real clock would.
CLOCKS = """
const Real = Date, ran = performance.now.bind(performance);
const shift = (name) => 1000 * Number(localStorage.getItem(name) || 0);
window.Date = class extends Real {
  constructor(...parts) { parts.length ? super(...parts) : super(Real.now() + shift("wall")); }
  static now() { return Real.now() + shift("wall"); }
};
let base = shift("ran");
performance.now = () => ran() + shift("ran") - base;
"""


def later(seconds: int) -> Lie:
    """Let the server be later too: what it says of the time, on the page and in its answers."""

    def answer(request: Request, send: Pass) -> Answer:
        plain = [header for header in request.headers if header[0].lower() != "accept-encoding"]
        told = send(replace(request, headers=plain))
        return replace(told, body=re.sub(rb'"now": ?"([^"]+)"', moved, told.body))

    def moved(found: re.Match[bytes]) -> bytes:
        moment = datetime.fromisoformat(found[1].decode()) + timedelta(seconds=seconds)
        return b'"now":"%s"' % moment.isoformat(timespec="milliseconds").replace("+00:00", "Z").encode()

    return answer


class Watch:
    """A phone whose clocks can be set."""

    def __init__(self, phone: Phone, walk: str) -> None:
        self.phone, self.walk = phone, walk
        phone.open(walk)

    def set(self, wall: int = 0, ran: int = 0) -> None:
        """Move the wall clock and the monotonic clock on by so many seconds."""
        self.phone.page.evaluate(
            "moves => moves.forEach(([name, by]) => localStorage.setItem(name, Number(localStorage.getItem(name) || 0) + by))",
            [["wall", wall], ["ran", ran]],
        )

    def sleep(self, seconds: int) -> None:
        """Lock the phone: the wall clock goes on, the monotonic one stands still."""
        page = self.phone.page
        hide = "is => { Object.defineProperty(document, 'hidden', { value: is, configurable: true }); document.dispatchEvent(new Event('visibilitychange')); }"
        page.evaluate(hide, True)
        self.set(wall=seconds)
        page.evaluate(hide, False)

    def next(self) -> None:
        walker = LocalWalker(self.phone.page)
        walker.main("下一步：排队")
        walker.headline("排队")


@pytest.fixture
def watch(phones: Callable[..., Phone], walk: str) -> Watch:
    return Watch(phones(script=CLOCKS), walk)


def test_an_hour_in_the_open_page_is_an_hour(watch: Watch, server: Server, liar: Liar, promises: Promises) -> None:
    begin(watch)
    watch.set(wall=HOUR, ran=HOUR)
    time_passes(liar, HOUR)
    watch.next()
    state = told(watch, server, promises)
    assert HOUR <= state.steps["prepare"].seconds < HOUR + 300
    assert not jumped(state)


def test_forty_minutes_of_sleep_count(watch: Watch, server: Server, liar: Liar, promises: Promises) -> None:
    begin(watch)
    time_passes(liar, 40 * 60)
    with liar.dead():
        watch.sleep(40 * 60)
        expect(watch.phone.page.locator(".screen:visible .face")).to_contain_text("40:")
        watch.next()
    state = told(watch, server, promises)
    assert 40 * 60 <= state.steps["prepare"].seconds < 45 * 60
    assert not jumped(state)


@pytest.mark.parametrize("change", [-HOUR, 24 * HOUR], ids=["back an hour", "on a day"])
@pytest.mark.parametrize("is_dead", [True, False], ids=["offline", "online"])
@pytest.mark.parametrize("reloads", [True, False], ids=["with a reload", "in the open page"])
def test_a_changed_clock_gives_a_right_length_or_a_flag(
    watch: Watch, server: Server, liar: Liar, promises: Promises, change: int, is_dead: bool, reloads: bool
) -> None:
    begin(watch)
    liar.is_dead = is_dead
    watch.set(wall=change)
    if reloads:
        watch.phone.open(watch.walk)
    watch.next()
    watch.phone.saved()
    face = watch.phone.page.locator(".rail li").nth(1).inner_text()
    liar.is_dead = False
    state = told(watch, server, promises)
    seconds = state.steps["prepare"].seconds
    assert seconds >= 0
    assert "-" not in face
    assert seconds < 300 or jumped(state), f"{seconds} s, flags {state.flags}"


def test_another_time_zone_changes_nothing(
    phone: Phone, walk: str, server: Server, liar: Liar, promises: Promises
) -> None:
    watch = Watch(phone, walk)
    begin(watch)
    phone.timezone = "America/New_York"
    phone.restart()
    with liar.dead():
        phone.open(walk)
        expect(phone.page.locator(".screen:visible .face")).to_contain_text("00:")
        watch.next()
    state = told(watch, server, promises)
    assert 0 < state.steps["prepare"].seconds < 300
    assert not jumped(state)


def time_passes(liar: Liar, seconds: int) -> None:
    for method, path in (("PUT", "/events$"), ("GET", "/walks/")):
        liar.lie(method, path, later(seconds))


def begin(watch: Watch) -> None:
    """Begin a step by a tap on this phone."""
    walker = LocalWalker(watch.phone.page)
    walker.main("下一步：准备材料")
    walker.headline("准备材料")
    watch.phone.sent()
    watch.phone.kept()


def told(watch: Watch, server: Server, promises: Promises) -> State:
    """Send all and return what the server makes of it."""
    promises.add(watch.phone.events(watch.walk))
    watch.phone.sent()
    promises.add(watch.phone.events(watch.walk))
    promises.keep(server, watch.walk)
    return server.state(watch.walk)


def jumped(state: State) -> bool:
    return bool({"clock_jump", "clock_back"} & set(state.flags))
