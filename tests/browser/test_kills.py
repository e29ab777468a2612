"""The browser is killed with -9: while a photo is being stored, while the camera is open, at the end of a walk."""

import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.camera import snapshot
from tests.browser.liar import Liar
from tests.browser.phone import WEBVIEW, Phone
from tests.browser.server import Server
from tests.browser.truth import Promises
from tests.browser.walker import LocalWalker

pytestmark = pytest.mark.browser


def test_a_photo_is_safe_as_soon_as_the_page_says_so(
    phone: Phone, walk: str, server: Server, liar: Liar, promises: Promises, big_picture: Path
) -> None:
    phone.kept()
    with liar.dead(), phone.slowed(4):
        phone.page.set_input_files("#camera", big_picture)
        expect(phone.page.locator("#toast")).to_contain_text("已存 1 张照片")
        phone.shoot()
        phone.restart()
        phone.open(walk)
        expect(phone.page.locator(".shot:visible")).to_have_count(1)
        promises.add(phone.events(walk))
    phone.sent()
    events = promises.keep(server, walk)
    assert [event["kind"] for event in events].count("kept") == 1


@pytest.mark.parametrize("pause", [0.05, 0.1])
def test_a_kill_just_after_the_choice_leaves_a_whole_photo_or_none(
    phone: Phone, walk: str, server: Server, liar: Liar, promises: Promises, big_picture: Path, pause: float
) -> None:
    phone.kept()
    with liar.dead(), phone.slowed(4):
        phone.page.set_input_files("#camera", big_picture)
        time.sleep(pause)
        phone.shoot()
        phone.restart()
        phone.open(walk)
        kept = phone.rows("media")["media"]
        photos = phone.events(walk, "photo")
        assert [row["id"] for row in kept] == [event["id"] for event in photos], "never one without the other"
        if kept and kept[0]["state"] == "raw":
            assert kept[0]["held"] == big_picture.stat().st_size
        promises.add(phone.events(walk))
    phone.sent()
    assert len(server.events(walk, "kept")) == len(photos)
    promises.keep(server, walk)


def test_a_killed_camera_is_told_and_costs_nothing_else(
    phone: Phone, walk: str, server: Server, liar: Liar, promises: Promises
) -> None:
    walker = LocalWalker(phone.page)
    phone.kept()
    with liar.dead():
        walker.tap("W-Q1", "电话")
        walker.main("下一步：准备材料")
        walker.headline("准备材料")
        with phone.page.expect_file_chooser():
            phone.page.get_by_role("button", name="拍照").click()
        phone.until(lambda: f"camera {walk}" in [row["key"] for row in phone.rows("meta")["meta"]])
        promises.add(phone.events(walk))
        phone.restart()
        phone.open(walk)
        expect(phone.page.locator("#alerts")).to_contain_text("刚才拍的照片可能没存上")
        expect(phone.page.get_by_role("heading", level=1)).to_have_text("准备材料")
        expect(phone.page.locator(".rail li.now")).to_contain_text("计时中")
        phone.open(walk)
        expect(phone.page.locator("#alerts")).not_to_contain_text("可能没存上")
    phone.sent()
    promises.keep(server, walk)


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"", "IMG_1.jpg", "image/jpeg"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(4000), "IMG_1.jpg", "image/jpeg"),
        ("办事指南".encode() * 500, "IMG_1.jpg", "image/jpeg"),
    ],
    ids=["empty", "a film", "a text"],
)
def test_what_is_no_photo_is_refused_at_once_with_one_sentence(
    phone: Phone, walk: str, server: Server, content: bytes, name: str, kind: str
) -> None:
    phone.take(content, name, kind)
    toast = phone.page.locator("#toast span")
    expect(toast).to_contain_text("请")
    assert toast.inner_text().count("。") == 1
    assert phone.events(walk) == []
    assert phone.rows("media")["media"] == []
    phone.take(snapshot(1))
    expect(toast).to_have_text("已存 1 张照片")
    phone.sent()
    assert [event["payload"]["sent"] for event in server.events(walk, "kept")] == [sha256(snapshot(1)).hexdigest()]


def test_a_webview_without_worker_or_locks_walks_to_the_end_offline(
    phones: Callable[..., Phone], walk: str, server: Server, liar: Liar, promises: Promises
) -> None:
    phone = phones(script=WEBVIEW)
    phone.open(walk)
    phone.cached()
    walker = LocalWalker(phone.page)
    with liar.dead():
        walker.walk_to_the_counter()
        phone.take(snapshot(7))
        expect(phone.page.locator(".shot:visible")).to_have_count(1)
        phone.restart()
        phone.open(walk)
        walker = LocalWalker(phone.page)
        walker.answer("accept")
        walker.main("窗口正式受理了")
        walker.main("拿到结果了")
        walker.to_review()
        walker.declare()
        walker.faultless("都办得顺")
        walker.main("确认无误，走完了")
        expect(phone.page.get_by_role("heading", level=1)).to_have_text("已走完")
        expect(phone.page.locator("[data-say=done]")).to_contain_text("请先别关页面")
        promises.add(phone.events(walk))
        phone.restart()
        phone.open(walk)
        expect(phone.page.get_by_role("heading", level=1)).to_have_text("已走完")
        assert not server.events(walk, "finish")
    phone.nudge()
    expect(phone.page.locator("[data-say=done]")).to_have_text("全部已上传。", timeout=60_000)
    promises.keep(server, walk)
    assert server.state(walk).status == "finished"
    assert [event["payload"]["sent"] for event in server.events(walk, "kept")] == [sha256(snapshot(7)).hexdigest()]
