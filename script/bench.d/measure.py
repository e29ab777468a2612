"""What is measured in a browser: Debian's Chromium as a phone, its processor slowed down, its network a slow proxy."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page
from proxy import FAST, Line, Proxy
from sites import FOLDER, PASSWORD, Ours, packed_size, settle

from tests.browser.screenshots import FLAGS

SLOWER = 4
WATCH = Path(__file__).parent / "watch.js"
PHONE: dict[str, Any] = {
    "locale": "zh-CN",
    "timezone_id": "Asia/Shanghai",
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}


@dataclass
class Target:
    """A page to measure: its port, its path, and the cookies of who may open it."""

    port: int
    path: str
    cookies: list[Any] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.path}"

    @property
    def cookie(self) -> str:
        return "; ".join(f"{one['name']}={one['value']}" for one in self.cookies)


@dataclass
class Load:
    """What one cold load cost: the sizes of what was asked for until the page was usable, and of what came later."""

    first: dict[str, int]
    later: dict[str, int]
    wire: int

    def scripts(self, *, late: bool = False) -> int:
        return sum(size for address, size in self._files(late).items() if urlsplit(address).path.endswith(".js"))

    def total(self, *, late: bool = False) -> int:
        return sum(self._files(late).values())

    def _files(self, late: bool) -> dict[str, int]:  # noqa: FBT001
        return self.first | self.later if late else self.first

    @property
    def strangers(self) -> int:
        return sum(urlsplit(one).hostname != "127.0.0.1" for one in self._files(late=True))


def sign_in(browser: Browser, ours: Ours) -> tuple[Target, Target]:
    """Sign in as the head and start a walk; return its page and 我的任务."""
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{ours.port}/sign-in")
    page.fill("[name=username]", "head")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button")
    page.wait_for_url("**/tasks")
    page.get_by_role("link", name="开始走流程").first.click()
    page.locator("footer").get_by_role("button", name="开始走流程").click()
    page.wait_for_url(re.compile(r"/walks/[0-9a-f-]{36}$"))
    path = urlsplit(page.url).path
    cookies = context.cookies()
    context.close()
    return Target(ours.port, path, cookies), Target(ours.port, "/tasks", cookies)


def open_phone(browser: Browser, target: Target, *, dark: bool = False) -> Page:
    context = browser.new_context(**PHONE, color_scheme="dark" if dark else "light")
    context.add_cookies(target.cookies)
    context.add_init_script(path=WATCH)
    return context.new_page()


@contextmanager
def phone_with_disk(browser: Browser, target: Target) -> Iterator[Page]:
    """Open a page in a browser with a profile on disk: any other context keeps what it stores in memory only."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=FOLDER, ignore_cleanup_errors=True) as profile:
        context = browser.browser_type.launch_persistent_context(
            profile, executable_path="/usr/bin/chromium", args=FLAGS, **PHONE
        )
        context.add_cookies(target.cookies)
        context.add_init_script(path=WATCH)
        yield context.pages[0]
        context.close()


def slow_down(page: Page, times: int = SLOWER) -> None:
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": times})


def usable(page: Page, address: str) -> float:
    """Open an address; return the seconds from there until its page says that it is ready."""
    page.goto(address, wait_until="commit", timeout=120_000)
    return float(poll(page, "window.benchReady")) / 1000


def poll(page: Page, expression: str, *, patience: float = 120) -> Any:
    """Ask until the answer is something; a page's policy forbids evaluating strings inside it."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if answer := page.evaluate(expression):
            return answer
        page.wait_for_timeout(20)
    raise TimeoutError(expression)


def cold_load(browser: Browser, target: Target) -> Load:
    """Open a page for the first time and let it settle; sizes are what gzip makes of each body."""
    proxy = Proxy(target.port, FAST)
    page = open_phone(browser, target)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.method == "GET" else None)
    usable(page, f"http://127.0.0.1:{proxy.port}{target.path}")
    page.wait_for_load_state("load")
    count = len(asked)
    settle()
    addresses = [one.replace(f":{proxy.port}", f":{target.port}") for one in asked if one.startswith("http")]
    sizes = {one: packed_size(one, target.cookie) for one in dict.fromkeys(addresses)}
    page.context.close()
    early = set(addresses[:count])
    first = {one: size for one, size in sizes.items() if one in early}
    later = {one: size for one, size in sizes.items() if one not in early}
    return Load(first, later, proxy.down.carried)


def seconds_until_usable(browser: Browser, target: Target, line: Line, times: int) -> tuple[float, float]:
    """Return the medians of a cold and of a warm start over a slow line, with a slow processor."""
    cold, warm = [], []
    for _ in range(times):
        proxy = Proxy(target.port, line)
        page = open_phone(browser, target)
        slow_down(page)
        address = f"http://127.0.0.1:{proxy.port}{target.path}"
        cold.append(usable(page, address))
        settle()
        page.goto("about:blank")
        warm.append(usable(page, address))
        page.context.close()
    return median(cold), median(warm)


def without_network(browser: Browser, ours: Ours, target: Target) -> tuple[float, float]:
    """Return the seconds until usable with a server that hangs and with one that is gone, after one visit."""
    page = open_phone(browser, target)
    usable(page, target.address)
    settle()
    ours.hang()
    page.goto("about:blank")
    hung = usable(page, target.address)
    ours.wake()
    ours.stop()
    page.goto("about:blank")
    gone = usable(page, target.address)
    page.context.close()
    ours.start()
    return hung, gone


def violations(browser: Browser, target: Target, *, dark: bool) -> int:
    """Count axe's violations on the page as it opens."""
    page = open_phone(browser, target, dark=dark)
    page.goto(target.address)
    page.wait_for_timeout(2500)
    count: int = Axe().run(page).violations_count
    page.context.close()
    return count
