"""A new version is put up while a walk is unsent: old work opens, goes on and arrives, and shells do not mix."""

import re
import shutil
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.camera import snapshot
from tests.browser.liar import Liar, broken
from tests.browser.phone import Phone
from tests.browser.server import Server
from tests.browser.truth import Promises
from tests.browser.walker import LocalWalker
from walkthrough_app.config import ROOT

pytestmark = pytest.mark.browser
SECOND = r"/static/.*/sheets\.js"
TREES = "[...document.querySelectorAll('script[src], link[rel=stylesheet]')].map(one => (one.src || one.href).split('/static/')[1].split('/')[0])"


def test_a_deploy_in_the_middle_of_an_unsent_walk(
    phone: Phone, walk: str, server: Server, liar: Liar, promises: Promises, next_version: Path
) -> None:
    walker = LocalWalker(phone.page)
    phone.kept()
    (old,) = set(phone.page.evaluate(TREES))
    with liar.dead():
        walker.tap("W-Q4", "不清楚")
        phone.take(snapshot(31))
        expect(phone.page.locator(".shot:visible")).to_have_count(1)
        server.kill()
        server.code = next_version
        server.start()
        phone.page.reload()
        phone.ready()
        assert set(phone.page.evaluate(TREES)) == {old}, "the old page with its own shell"
        walker.tap("W-Q5", "清楚")
        promises.add(phone.events(walk))
    phone.sent()
    for _ in range(5):  # a server slower than 2.5 s brings its news the next time
        phone.page.reload()
        phone.ready()
        (new,) = set(phone.page.evaluate(TREES))
        if new != old:
            break
    assert new != old
    walker.tap("W-Q6", "说全了")
    phone.kept()
    phone.sent()
    promises.add(phone.events(walk))
    promises.keep(server, walk)
    assert {name: one["value"] for name, one in server.state(walk).answers.items()} == {
        "W-Q4": "no",
        "W-Q5": "yes",
        "W-Q6": "yes",
    }
    expect(phone.page.locator("#card-W-Q4")).to_contain_text("办事地点说清楚了？")
    with liar.dead():
        phone.page.reload()
        phone.ready()
        assert set(phone.page.evaluate(TREES)) == {new}


def test_the_first_script_keeps_everything_until_the_second_is_there(
    phones: Callable[..., Phone], walk: str, server: Server, liar: Liar, promises: Promises
) -> None:
    liar.lie("GET", SECOND, broken)
    phone = fresh(phones, walk)
    LocalWalker(phone.page).tap("W-Q4", "不清楚")
    phone.take(snapshot(32))
    expect(phone.page.locator("#saved")).to_have_text("已存本机 · 3 项待传")
    assert liar.count("PUT", "/api/") == 0
    promises.add(phone.events(walk))
    phone.restart()
    phone.open(walk)
    expect(phone.page.locator(".shot:visible")).to_have_count(1)
    liar.honest()
    phone.sent()
    promises.keep(server, walk)
    assert [event["payload"]["sent"] for event in server.events(walk, "kept")] == [sha256(snapshot(32)).hexdigest()]


def test_a_page_whose_second_script_is_of_a_new_version_is_taken_anew(
    phones: Callable[..., Phone], walk: str, server: Server, liar: Liar, promises: Promises, next_version: Path
) -> None:
    liar.lie("GET", SECOND, broken)
    phone = fresh(phones, walk)
    (old,) = set(phone.page.evaluate(TREES))
    LocalWalker(phone.page).tap("W-Q4", "不清楚")
    promises.add(phone.events(walk))
    server.kill()
    server.code = next_version
    server.start()
    liar.honest()
    expect(phone.page.locator(f"script[src*='{old}']")).to_have_count(0)
    phone.ready()
    phone.sent()
    promises.keep(server, walk)


def fresh(phones: Callable[..., Phone], walk: str) -> Phone:
    """Open the walk on a phone that never saw it."""
    phone = phones()
    phone.open(walk)
    return phone


@pytest.fixture
def next_version(server: Server, tmp_path: Path) -> Iterator[Path]:
    """Copy the app with another shell and with version 2 of the questionnaire, in which a question reads differently."""
    for name in ("walkthrough_app", "static", "migrations", "pyproject.toml"):
        place = ROOT / name
        copy = shutil.copytree if place.is_dir() else shutil.copy
        copy(place, tmp_path / name)
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "fonts").symlink_to(ROOT / "var" / "fonts")
    shell = tmp_path / "static" / "js" / "walk.js"
    shell.write_text(shell.read_text().replace("boot();", "boot();\ndocument.body.dataset.version = '2';"))
    (document,) = (tmp_path / "walkthrough_app" / "questionnaires" / "builtin").glob("*.yaml")
    text = document.read_text()
    changed = re.sub(
        r"^version: 1$", "version: 2", text.replace("办事地点说清楚了？", "地点说对了吗？"), flags=re.MULTILINE
    )
    assert changed.count("version: 2") == 1
    document.write_text(changed)
    yield tmp_path
    server.code = ROOT
    server.kill()
