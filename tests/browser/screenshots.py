"""Makes docs/screenshots from fresh sample data: run by script/screenshots."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request

from playwright.sync_api import Browser, Page, sync_playwright

from tests.ports import free_port
from walkthrough_app.config import ROOT

FOLDER = ROOT / "docs" / "screenshots"
PASSWORD = "screenshots-1"
PHONE = {"width": 390, "height": 780}
DESKTOP = {"width": 1180, "height": 720}
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"WALKTHROUGH_DATA_DIR": folder, "WALKTHROUGH_DEMO_PASSWORD": PASSWORD}
        for command in (("db", "upgrade"), ("demo",)):
            subprocess.run([sys.executable, "-m", "walkthrough_app.cli", *command], check=True)
        port = free_port()
        server = subprocess.Popen([sys.executable, "-m", "walkthrough_app.cli", "serve", "--port", str(port)])
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
                shoot(browser, f"http://127.0.0.1:{port}")
        finally:
            server.terminate()
            server.wait()


def shoot(browser: Browser, address: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    head = signed_in(browser, address, "head", phone=True)
    keep(head, "tasks")
    head.get_by_text("继续走").first.click()
    head.locator("body.ready").wait_for()
    head.locator(".rail a[href='#queue']").click()
    keep(head, "step")
    head.locator("#sheets [data-sheet=review]").wait_for(state="attached")
    head.evaluate(
        "history.pushState({ depth: 1, args: {}, key: 1 }, '', '#review'); dispatchEvent(new PopStateEvent('popstate'))"
    )
    head.locator("[data-sheet=review] #s-gaps").wait_for()
    keep(head, "review")
    style = signed_in(browser, address, "style", phone=False)
    keep(style, "inbox")
    style.locator("tbody a").first.click()
    keep(style, "report")
    pdf = style.request.get(address + (style.get_by_role("link", name="打开PDF").get_attribute("href") or ""))
    paper(pdf.body())


def signed_in(browser: Browser, address: str, who: str, *, phone: bool) -> Page:
    page = browser.new_context(
        viewport=PHONE if phone else DESKTOP, locale="zh-CN", timezone_id="Asia/Shanghai", base_url=address
    ).new_page()
    page.goto("/sign-in")
    page.fill("[name=username]", who)
    page.fill("[name=password]", PASSWORD)
    page.click("main form button")
    page.wait_for_url(lambda url: "sign-in" not in url)
    return page


def keep(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png")


def paper(pdf: bytes) -> None:
    """Keep the first page of a report."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        command = ["pdftoppm", "-r", "60", "-png", "-singlefile", file.name, str(FOLDER / "report-page")]
        subprocess.run(command, check=True)


def wait_for(address: str, tries: int = 900) -> None:
    """Wait until a server answers, looking five times a second; SystemExit when it does not."""
    for _ in range(tries):
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not start")


if __name__ == "__main__":
    main()
