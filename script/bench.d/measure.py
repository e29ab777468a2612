"""What is measured in a browser: Debian's Chromium as a phone, its processor slowed down, its network a slow proxy."""

import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page
from proxy import FAST, Line, Proxy
from sites import PASSWORD, Ours, packed_size, settle

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
    """What one cold load cost."""

    requests: list[str]
    sizes: dict[str, int]
    wire: int

    def of_kind(self, end: str) -> int:
        return sum(size for address, size in self.sizes.items() if urlsplit(address).path.endswith(end))

    @property
    def strangers(self) -> list[str]:
        return [one for one in self.requests if urlsplit(one).hostname not in {"127.0.0.1", None}]


def sign_in(browser: Browser, ours: Ours) -> tuple[Target, Target]:
    """Sign in as the head; return the walk under way and 我的任务."""
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{ours.port}/sign-in")
    page.fill("[name=username]", "head")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button")
    page.wait_for_url("**/tasks")
    path = page.locator("main a[href^='/walks/']", has_text="继续走").first.get_attribute("href") or ""
    cookies = context.cookies()
    context.close()
    return Target(ours.port, path, cookies), Target(ours.port, "/tasks", cookies)


def open_phone(browser: Browser, target: Target, *, dark: bool = False) -> Page:
    context = browser.new_context(**PHONE, color_scheme="dark" if dark else "light")
    context.add_cookies(target.cookies)
    context.add_init_script(path=WATCH)
    return context.new_page()


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
    page.on("request", lambda request: asked.append(request.url))
    usable(page, f"http://127.0.0.1:{proxy.port}{target.path}")
    page.wait_for_load_state("load")
    requests = [one for one in asked if urlsplit(one).scheme.startswith("http")]
    wire = proxy.down.carried
    page.context.close()
    own = {one: one.replace(f":{proxy.port}", f":{target.port}") for one in requests}
    return Load(requests, {own[one]: packed_size(own[one], target.cookie) for one in requests if one in own}, wire)


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
