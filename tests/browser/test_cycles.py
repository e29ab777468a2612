"""Taps, notes and photos while everything fails in turn, by chance but with a seed: at the end all is there, once.

WALKTHROUGH_CYCLES=50 runs as many as the issue asks for, WALKTHROUGH_SEED takes another course.
"""

import os
import random
import time
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256

import pytest
from playwright.sync_api import TimeoutError as TooLate
from playwright.sync_api import expect

from tests.browser import liar as lies
from tests.browser.camera import snapshot
from tests.browser.liar import Liar
from tests.browser.phone import Phone
from tests.browser.server import Server
from tests.browser.truth import Promises
from tests.browser.walker import LocalWalker

pytestmark = pytest.mark.browser
CYCLES = int(os.environ.get("WALKTHROUGH_CYCLES", "8"))
SEED = int(os.environ.get("WALKTHROUGH_SEED", "20261122"))
PATIENCE = 300 + 30 * CYCLES  # seconds; the usual limit is for a usual number
OFFERED = 8000  # ms in which 撤销 must be there, if ever
TAPS = {
    "query": [("W-Q4", "清楚"), ("W-Q4", "不清楚"), ("W-Q5", "清楚"), ("W-Q6", "没说全"), ("W-Q1", "网上")],
    "prepare": [("W-P1", "是"), ("W-P1", "否"), ("W-P2", "是")],
    "queue": [("W-K3", "是"), ("W-K3", "否")],
}
LIES = (lies.drop, lies.cut, lies.portal, lies.to_sign_in, lies.busy, lies.broken, lies.bad_gateway, lies.deaf)
WHERE = ("/events$", "/slices/", "/media/", "/api/")


@pytest.mark.timeout(PATIENCE)
def test_cycles_of_kills_and_bad_networks_lose_and_double_nothing(
    phone: Phone, walk: str, server: Server, liar: Liar, promises: Promises
) -> None:
    phone.kept()
    course = Course(phone, walk, server, liar, promises)
    for number in range(CYCLES):
        course.cycle(number)
    course.mend()
    phone.open(walk)
    phone.sent()
    own = phone.events(walk)
    assert len({event["device"] for event in own}) == 1, "it stayed one phone"
    promises.add(own)
    events = promises.keep(server, walk)
    arrived = Counter(event["payload"]["sent"] for event in events if event["kind"] == "kept")
    course.pictures.check(arrived)
    course.notes.check(Counter(event["payload"]["text"] for event in events if event["kind"] == "note"))
    assert course.happened["undo"] or not course.happened["missed undo"], "撤销 is offered long enough"
    print(f"\n{CYCLES} cycles of {SEED}: {course.said()}; {len(events)} events, {len(arrived)} pictures")


@dataclass
class Made:
    """What was put in, and which of it the phone called safe."""

    safe: set[str] = field(default_factory=set)
    unsure: set[str] = field(default_factory=set)

    def check(self, arrived: Counter[str]) -> None:
        assert self.safe <= set(arrived), "what was called safe is there"
        assert set(arrived) <= self.safe | self.unsure, "and nothing that nobody made"
        assert set(arrived.values()) <= {1}, "and none twice"


class Course:
    """One walk under attack; every step is a throw of the same seeded dice."""

    def __init__(self, phone: Phone, walk: str, server: Server, liar: Liar, promises: Promises) -> None:
        self.phone, self.walk, self.server, self.liar, self.promises = phone, walk, server, liar, promises
        self.chance = random.Random(SEED)
        self.walker = LocalWalker(phone.page)
        self.pictures, self.notes = Made(), Made()
        self.happened: Counter[str] = Counter()
        self.screen = "query"

    def said(self) -> str:
        return ", ".join(f"{count} × {name}" for name, count in sorted(self.happened.items()))

    def cycle(self, number: int) -> None:
        """Break something, go on walking, perhaps be killed, perhaps find the network again."""
        self.spoil()
        self.screen = self.chance.choice(list(TAPS))
        self.phone.page.locator(f".rail a[href='#{self.screen}']").click()
        for turn in range(self.chance.randint(2, 4)):
            self.do(self.chance.choice([self.tap, self.tap, self.note, self.photo, self.clock]), f"{number}.{turn}")
        if self.chance.random() < 0.6:
            self.do(self.cut_short, str(number))
        if self.chance.random() < 0.5:
            self.mend()

    def do(self, act: Callable[[str], None], mark: str) -> None:
        """Act; whatever then lies in the store has been promised."""
        self.happened[act.__name__] += 1
        act(mark)
        self.promises.add(self.phone.events(self.walk))

    def tap(self, mark: str) -> None:
        self.stored("answer", self.touch)

    def clock(self, mark: str) -> None:
        """Start or stop the timer, and perhaps take it back."""
        before = len(self.phone.events(self.walk))
        self.phone.page.locator(".screen [value=begin]:visible, .screen [value=pause]:visible").first.click()
        self.phone.until(lambda: len(self.phone.events(self.walk)) > before)
        if self.chance.random() < 0.5:
            self.undo()

    def note(self, mark: str) -> None:
        text = f"第 {mark} 笔"
        self.walker.press("记一笔")
        self.phone.page.locator("[data-sheet=note] textarea").fill(text)
        self.walker.main("记下")
        expect(self.phone.page.locator("[data-list=notes]:visible")).to_contain_text(text)
        self.notes.safe.add(text)
        if self.chance.random() < 0.3:
            self.undo()

    def photo(self, mark: str) -> None:
        picture = snapshot(zlib.crc32(mark.encode()))
        self.stored("photo", lambda: self.phone.take(picture))
        self.pictures.safe.add(sha256(picture).hexdigest())

    def undo(self) -> None:
        """Take it back while the phone still offers that, which is for some seconds: a slow machine may miss them."""
        before = len(self.phone.events(self.walk, "retract"))
        try:
            self.phone.page.locator("#toast").get_by_text("撤销").click(timeout=OFFERED)
        except TooLate:
            self.happened["missed undo"] += 1
            return
        self.happened["undo"] += 1
        self.phone.until(lambda: len(self.phone.events(self.walk, "retract")) > before)

    def cut_short(self, mark: str) -> None:
        """kill -9 in the middle of a tap and a photo that nobody promised anything of; then tap before all is loaded."""
        self.touch()
        if self.chance.random() < 0.5:
            picture = snapshot(zlib.crc32(f"{mark} unsure".encode()))
            self.pictures.unsure.add(sha256(picture).hexdigest())
            self.phone.take(picture)
        time.sleep(self.chance.random() * 0.1)
        self.phone.shoot()
        self.phone.restart()
        self.phone.page.goto(f"/walks/{self.walk}#{self.screen}", wait_until="commit")
        self.phone.ready()
        self.walker = LocalWalker(self.phone.page)
        self.happened["early tap"] += self.phone.page.locator("#sheets > *").count() == 0
        self.tap(mark)

    def touch(self) -> None:
        self.walker.tap(*self.chance.choice(TAPS[self.screen]))

    def stored(self, kind: str, act: Callable[[], None]) -> None:
        """Act, and wait until one more event of this kind lies in the store."""
        before = len(self.phone.events(self.walk, kind))
        act()
        self.phone.until(lambda: len(self.phone.events(self.walk, kind)) > before)

    def spoil(self) -> None:
        """Let the network or the server fail in one way, or not."""
        how = self.chance.choice(["fine", "dead", "dead", "lies", "lies", "lies", "hung", "killed"])
        self.happened[how] += 1
        if how == "dead":
            self.liar.is_dead = True
        elif how == "lies":
            self.liar.lie("PUT", self.chance.choice(WHERE), self.chance.choice(LIES), 2)
        elif how == "hung":
            self.server.hang()
        elif how == "killed":
            self.server.kill()

    def mend(self) -> None:
        self.server.start()
        self.liar.honest()
        self.phone.nudge()
