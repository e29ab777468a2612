"""A real server on its own data, and phone-sized pages of Debian's Chromium."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.screenshots import FLAGS, free_port, wait_for
from tests.browser.serve import PASSWORD

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}


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
        page.set_default_timeout(20_000)
        page.goto("/sign-in")
        page.fill("[name=username]", who)
        page.fill("[name=password]", PASSWORD)
        page.click("main form button")
        return page


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    return {**browser_type_launch_args, "executable_path": "/usr/bin/chromium", "args": FLAGS}


@pytest.fixture
def serve(tmp_path: Path, browser: Browser) -> Iterator[Callable[[], Site]]:
    running: list[subprocess.Popen[bytes]] = []

    def start() -> Site:
        port = free_port()
        own = {"WALKTHROUGH_DATA_DIR": str(tmp_path), "WALKTHROUGH_DATABASE_URL": "", "WALKTHROUGH_BASE_URL": ""}
        command = [sys.executable, "-m", "tests.browser.serve", str(port)]
        running.append(subprocess.Popen(command, env={**os.environ, **own}))
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/healthz")
        return Site(address, browser)

    yield start
    for process in running:
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture
def site(serve: Callable[[], Site]) -> Site:
    return serve()
