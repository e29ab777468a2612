"""A real server on its own data, and phone-sized pages of Debian's Chromium."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, Response, expect

from tests.browser.camera import big_picture  # noqa: F401 - a fixture
from tests.browser.liar import Liar
from tests.browser.phone import PHONE, Phone
from tests.browser.screenshots import FLAGS
from tests.browser.serve import PASSWORD
from tests.browser.server import Server, prepared
from tests.browser.truth import Promises

DESKTOP = {"width": 1280, "height": 800}
WALKS = 80  # more than one process ever takes
expect.set_options(timeout=40_000)


@dataclass(frozen=True)
class Site:
    """A running server; `open` gives a signed-in page of a fresh browser context. One signs in by hand once."""

    address: str
    browser: Browser
    cookies: dict[str, Any] = field(default_factory=dict)

    def open(self, who: str, *, script: bool = True, desktop: bool = False) -> Page:
        context = self.browser.new_context(
            viewport=DESKTOP if desktop else PHONE,
            java_script_enabled=script,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            base_url=self.address,
            reduced_motion="reduce",
        )
        page = context.new_page()
        page.set_default_timeout(40_000)
        leave_before_going(page)
        if who in self.cookies:
            context.add_cookies(self.cookies[who])
            return page
        page.goto("/sign-in")
        page.fill("[name=username]", who)
        page.fill("[name=password]", PASSWORD)
        page.click("main form button")
        page.wait_for_url(lambda url: "sign-in" not in url)
        self.cookies[who] = context.cookies()
        return page


def leave_before_going(page: Page) -> None:
    """Let `goto` first leave a page that reloads itself: its reload would abort what `goto` has begun."""
    reloads = False
    go = page.goto

    def heard(response: Response) -> None:
        nonlocal reloads
        if response.request.is_navigation_request():
            reloads = "refresh" in response.headers

    def goto(address: str, **options: Any) -> Response | None:
        nonlocal reloads
        if reloads:
            go("about:blank")
            reloads = False
        return go(address, **options)

    page.on("response", heard)
    page.goto = goto


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    return {**browser_type_launch_args, "executable_path": "/usr/bin/chromium", "args": FLAGS}


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with many walks under way, shared by the tests of this process; each test takes walks of its own."""
    folder = prepared(tmp_path_factory, "tests.browser.stage", str(WALKS))
    server = Server(folder, json.loads((folder / "said").read_text()))
    yield server
    server.kill()


@pytest.fixture
def server(town: Server) -> Iterator[Server]:
    town.start()
    yield town
    town.resume()


@pytest.fixture
def walk(server: Server) -> str:
    return server.walks["head"].pop()


@pytest.fixture
def liar(server: Server) -> Iterator[Liar]:
    between = Liar(server.port)
    yield between
    between.close()


@pytest.fixture
def promises() -> Promises:
    return Promises()


@pytest.fixture
def phones(playwright: Playwright, tmp_path: Path, town: Server, liar: Liar) -> Iterator[Callable[..., Phone]]:
    """Make phones: `phones(script=…, flags=…)`; `who` is signed in unless it is empty."""
    made: list[Phone] = []

    def make(who: str = "head", address: str = liar.address, **options: Any) -> Phone:
        place = str(town.folder)
        made.append(Phone(playwright, tmp_path / f"phone{len(made)}", address, place=place, **options))
        if who:
            made[-1].sign_in(who)
        return made[-1]

    yield make
    for phone in made:
        phone.close()
        assert phone.errors == [], "no script ever fails"


@pytest.fixture
def phone(phones: Callable[..., Phone], walk: str) -> Phone:
    """The head's phone on his walk."""
    made = phones()
    made.open(walk)
    return made


@pytest.fixture
def serve(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Callable[..., Site]]:
    """Serve a 示例市 of this test's own without walks, with a worker that makes its reports: `serve(PROGRAMME)`."""
    running: list[Server] = []

    def start(*programme: str) -> Site:
        folder = prepared(tmp_path_factory, "tests.browser.serve", *programme)
        running.append(Server(folder, {}, flags=("--workers", "1")))
        running[-1].start()
        return Site(running[-1].address, browser)

    yield start
    for server in running:
        server.stop()


@pytest.fixture
def fresh_site(serve: Callable[..., Site]) -> Site:
    return serve()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Site]:
    """A 示例市 for the tests that only look."""
    server = Server(prepared(tmp_path_factory, "tests.browser.serve"), {}, flags=("--workers", "1", "--no-worker"))
    server.start()
    yield Site(server.address, browser)
    server.stop()
