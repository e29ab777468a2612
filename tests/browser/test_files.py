"""Odd files and heavy ones: what is no photo says so before it is sent, and a bad line costs no file and no slice twice."""

from collections import Counter
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser import files
from tests.browser import liar as lies
from tests.browser.camera import film, snapshot
from tests.browser.liar import Answer, Liar, Pass, Request
from tests.browser.phone import SENT, Phone
from tests.browser.server import Server
from tests.browser.truth import Promises
from tests.browser.walker import LocalWalker

pytestmark = pytest.mark.browser
EMPTY = "文件是空的，请重新选择。"
NO_PHOTO = "这不是能用的照片，请换一个。"
TOO_MANY_PIXELS = "照片的像素太多，请用手机相机按普通尺寸重新拍一张。"
CUT_SHORT = "照片不完整，可能没有传完，请重新选择。"
PHOTO = (1280, 960)  # of noise: two slices


def test_what_cannot_be_a_photo_is_refused_before_it_is_sent_each_with_its_reason(
    phone: Phone, walk: str, server: Server, liar: Liar
) -> None:
    phone.whole()
    for content, reason in hopeless():
        phone.page.evaluate("document.querySelector('#toast span').textContent = ''")
        phone.take(content)
        expect(phone.page.locator("#toast span")).to_have_text(reason)
        assert (phone.events(walk), phone.rows("media")["media"]) == ([], []), reason
        expect(phone.page.locator("#saved")).to_have_text(SENT)
    assert liar.count("PUT", "/(slices|media)/") == 0
    LocalWalker(phone.page).tap("W-Q4", "清楚")
    phone.take(snapshot(31))
    expect(phone.page.locator("#toast span")).to_have_text("已存 1 张照片")
    phone.sent()
    assert sent(server, walk) == [hash_of(snapshot(31))]
    assert len(server.events(walk, "answer")) == 1


def test_of_many_chosen_at_once_the_good_ones_are_kept_and_each_reason_is_said_once(
    phone: Phone, walk: str, server: Server, promises: Promises
) -> None:
    good = [snapshot(32), files.heic(33), snapshot(34) + b"what a camera adds behind the picture"]
    bad = hopeless()
    album(phone.page, [good[0], *(content for content, _ in bad), good[1], bad[0][0], good[2]])
    reasons = dict.fromkeys(reason for _, reason in bad)
    expect(phone.page.locator("#toast span")).to_have_text("；".join([*reasons, "已存 3 张照片"]))
    phone.sent()
    promises.add(phone.events(walk))
    promises.keep(server, walk)
    assert sorted(sent(server, walk)) == sorted(map(hash_of, good))


def test_a_heic_that_no_browser_here_can_show_is_kept_as_it_is_and_shown_once_the_server_has_it(
    phone: Phone, walk: str, server: Server, liar: Liar, promises: Promises
) -> None:
    phone.whole()
    with liar.dead():
        phone.take(files.heic(35), "IMG_0035.HEIC", "")
        expect(phone.page.locator("#toast span")).to_have_text("已存 1 张照片")
        expect(phone.page.locator(".shot:visible")).to_have_count(1)
        phone.until(lambda: states(phone) == ["ready"])
        assert phone.page.locator("#saved").inner_text() != SENT
        promises.add(phone.events(walk))
    phone.sent()
    promises.keep(server, walk)
    assert sent(server, walk) == [hash_of(files.heic(35))]
    phone.until(lambda: bool(phone.page.locator(".shot:visible img").evaluate("image => image.naturalWidth")))


def test_what_only_the_server_can_judge_arrives_unchanged_and_its_refusal_stays_until_it_is_settled(
    phones: Callable[..., Phone], walk: str, server: Server, liar: Liar, promises: Promises
) -> None:
    """Half of a JPEG must not be made a whole picture on the way: a photo taken before the second script is there."""
    halves = [half(files.photo(36)), half(files.heic(37))]
    phone = phones()
    liar.lie("GET", "js/sheets", lies.deaf)
    phone.open(walk)
    for content in [*halves, snapshot(38)]:
        phone.take(content)
        expect(phone.page.locator("#toast span")).to_have_text("已存 1 张照片")
    phone.until(lambda: len(phone.events(walk, "photo")) == 3)
    promises.add(phone.events(walk))
    liar.honest()
    expect(phone.page.locator("#saved")).to_have_text("2 项没收下")
    events = promises.keep(server, walk)
    assert [one["payload"]["reason"] for one in events if one["kind"] == "refused"] == [CUT_SHORT] * 2
    assert {hash_of(content) for content in halves} <= {
        one["payload"]["sha256"] for one in events if one["kind"] == "sealed"
    }
    assert sent(server, walk) == [hash_of(snapshot(38))]
    phone.page.locator("#saved button").click()
    refused = phone.page.locator("[data-list=items] > *", has_text=f"没收下：{CUT_SHORT}")
    expect(refused).to_have_count(2)
    for left in (1, 0):
        refused.first.get_by_role("button", name="不要了").click()
        expect(refused).to_have_count(left)
    expect(phone.page.locator("#saved")).to_have_text(SENT)


def test_photos_and_a_film_get_over_a_bad_line_and_a_kill_without_sending_a_confirmed_slice_again(
    phone: Phone, walk: str, server: Server, liar: Liar, promises: Promises
) -> None:
    phone.kept()
    contents = [*(snapshot(seed, PHOTO) for seed in range(40, 45)), film(seconds=1)]
    with liar.dead():
        album(phone.page, contents[:5])
        phone.page.set_input_files("#s-take-video", named("VID_1.mp4", "video/mp4", contents[5]))
        phone.until(lambda: states(phone) == ["ready"] * 6)
        promises.add(phone.events(walk))
    total = len(slices(phone))
    liar.lie("PUT", "/slices/", bad_line(total // 2, liar.hang))
    phone.nudge()
    phone.until(lambda: len(confirmed(phone)) >= total // 2)
    phone.kill()
    liar.honest()
    assert len(server.events(walk, "kept")) < len(contents)
    with liar.dead():
        phone.start()
        phone.open(walk)
        before, mark = confirmed(phone), len(liar.seen)
        assert total // 2 <= len(before) < total
        expect(phone.page.locator("#saved")).to_have_text(f"已存本机 · {waiting(phone, walk)} 项待传")
    gate = lies.Gate()
    liar.lie("PUT", "/slices/", lies.then(gate, 1, bad_line(total, lies.honest)))
    phone.nudge()
    phone.until(lambda: any("/slices/" in path for _, path, _ in liar.seen[mark:]))
    tapped = len(liar.seen)
    LocalWalker(phone.page).tap("W-Q4", "清楚")
    phone.until(lambda: len(phone.events(walk, "answer")) == 1)
    gate.open()
    phone.sent()
    later = [path.split("/")[-2:] for _, path, _ in liar.seen[tapped:]]
    words = next(number for number, (_, last) in enumerate(later) if last == "events")
    assert "slices" in [kind for kind, _ in later[words:]], "words overtake what is heavy"
    again = {path.rpartition("/")[2] for _, path, _ in liar.seen[mark:] if "/slices/" in path}
    assert again
    assert again.isdisjoint(before), "what was confirmed is not sent again"
    assert len(server.events(walk, "answer")) == 1
    promises.add(phone.events(walk))
    promises.keep(server, walk)
    assert Counter(sent(server, walk)) == Counter(map(hash_of, contents))
    assert phone.rows("slices")["slices"] == []


@cache
def hopeless() -> list[tuple[bytes, str]]:
    """Files under the name of a photo, and why they are none."""
    return [
        (b"", EMPTY),
        (film(seconds=1), NO_PHOTO),
        ("办事指南".encode() * 500, NO_PHOTO),
        (files.huge("JPEG"), TOO_MANY_PIXELS),
        (files.huge("PNG"), TOO_MANY_PIXELS),
        (half(files.photo(30)), CUT_SHORT),
        (files.photo(30)[:-1], CUT_SHORT),
    ]


def bad_line(most: int, then: lies.Lie) -> lies.Lie:
    """Of what goes over it the 3rd is lost on the way, of the 6th the answer; when `most` have got over it does `then`."""
    seen: list[str] = []
    ends = {3: lies.deaf, 6: lies.drop}

    def pass_on(request: Request, send: Pass) -> Answer:
        seen.append(request.path)
        is_over = len(seen) > most + len(ends)
        return (then if is_over else ends.get(len(seen), lies.honest))(request, send)

    return pass_on


def album(page: Page, contents: list[bytes]) -> None:
    """Choose all of these at once."""
    page.get_by_role("button", name="相册、录像、录音").locator("visible=true").click()
    chosen = [named(f"IMG_{number}.jpg", "image/jpeg", content) for number, content in enumerate(contents)]
    page.set_input_files("#s-take-album", chosen)


def named(name: str, kind: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": kind, "buffer": content}


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def hash_of(content: bytes) -> str:
    return sha256(content).hexdigest()


def sent(server: Server, walk: str) -> list[str]:
    """Return the hashes of what the phone sent, of each file that the server kept."""
    return [event["payload"]["sent"] for event in server.events(walk, "kept")]


def states(phone: Phone) -> list[str]:
    return [row["state"] for row in phone.rows("media")["media"]]


def slices(phone: Phone) -> list[dict[str, Any]]:
    return [one for row in phone.rows("media")["media"] for one in row["slices"]]


def confirmed(phone: Phone) -> set[str]:
    """Return the hashes of the slices that this phone holds a receipt for."""
    return {one["sha"] for one in slices(phone) if one["sent"]}


def waiting(phone: Phone, walk: str) -> int:
    """Return how many things have not got away, as the store tells."""
    return states(phone).count("ready") + sum(1 for event in phone.events(walk) if event["sent"] == 0)
