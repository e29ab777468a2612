"""A real server on its own data, and phone-sized pages of Debian's Chromium."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.browser.camera import big_picture  # noqa: F401 - a fixture
from tests.browser.liar import Liar
from tests.browser.phone import PHONE, Phone
from tests.browser.screenshots import FLAGS, free_port, wait_for
from tests.browser.serve import PASSWORD
from tests.browser.server import Server, laid_out
from tests.browser.truth import Promises

DESKTOP = {"width": 1280, "height": 800}
expect.set_options(timeout=40_000)


@dataclass(frozen=True)
class Site:
    """A running server; `open` gives a signed-in page of a fresh browser context."""

    address: str
    browser: Browser

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
        page.goto("/sign-in")
        page.fill("[name=username]", who)
        page.fill("[name=password]", PASSWORD)
        page.click("main form button")
        return page


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    return {**browser_type_launch_args, "executable_path": "/usr/bin/chromium", "args": FLAGS}


@pytest.fixture
def serve(tmp_path: Path, browser: Browser) -> Iterator[Callable[..., Site]]:
    running: list[subprocess.Popen[bytes]] = []

    def start(*programme: str) -> Site:
        port = free_port()
        own = {"WALKTHROUGH_DATA_DIR": str(tmp_path), "WALKTHROUGH_DATABASE_URL": "", "WALKTHROUGH_BASE_URL": ""}
        command = [sys.executable, "-m", "tests.browser.serve", str(port), *programme]
        running.append(subprocess.Popen(command, env={**os.environ, **own}))
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/healthz")
        return Site(address, browser)

    yield start
    for process in running:
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with many walks under way, shared by the tests of this process; each test takes walks of its own."""
    server = laid_out(tmp_path_factory.mktemp("town"), 60)
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
def site(serve: Callable[..., Site]) -> Site:
    return serve()
