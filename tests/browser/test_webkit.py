"""The walk page on WebKit, the engine of every iPhone: nothing is lost, nothing twice, whatever ends first."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.browser.liar import Liar, says
from tests.browser.server import Server
from tests.browser.truth import Promises
from tests.browser.webkit import MISSING, Driven, Phone, Profiled, screen

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(MISSING), reason=f"没有安装 {'、'.join(MISSING)}；script/test 会装好"),
]
SENT = "全部已上传"
ROTATED = 6  # EXIF orientation of a phone held upright


def test_every_tap_becomes_one_event_on_the_server(phone: Driven, server: Server, line: Liar) -> None:
    walk = start(phone, server, line)
    phone.tap("W-Q4", "yes")
    phone.tap("W-Q4", "no")
    phone.take_note("窗口无人引导")
    phone.press(".foot .primary")
    phone.until(lambda: phone.text(".bar h1") == "准备材料")
    phone.tap("W-P1", "yes")
    events = settled(phone, server, walk)
    answers = [one["payload"] for one in events if one["kind"] == "answer"]
    assert [(one["question"], one["value"]) for one in answers] == [
        ("W-Q4", "yes"),
        ("W-Q4", "no"),
        ("W-P1", "yes"),
    ]
    assert [one["payload"]["text"] for one in events if one["kind"] == "note"] == ["窗口无人引导"]
    assert [one["step"] for one in events if one["kind"] == "step_start" and one["door"] == "sync"] == ["prepare"]


def test_what_was_just_noted_can_be_taken_back(phone: Driven, server: Server, line: Liar) -> None:
    walk = start(phone, server, line)
    phone.take_note("写错了")
    phone.until(lambda: phone.text("#toast span") == "已记下")
    phone.press("#toast button")
    phone.until(lambda: not phone.has(".screen:not([hidden]) [data-list=notes] > *"))
    events = settled(phone, server, walk)
    note = next(one for one in events if one["kind"] == "note")
    assert [one["payload"]["event"] for one in events if one["kind"] == "retract"] == [note["id"]]


def test_a_sideways_photo_goes_up_small_upright_and_once(
    phone: Driven, server: Server, line: Liar, picture: Path
) -> None:
    walk = start(phone, server, line)
    phone.take_photo(picture)
    events = settled(phone, server, walk)
    (kept,) = (one["payload"] for one in events if one["kind"] == "kept")
    (sealed,) = (one["payload"] for one in events if one["kind"] == "sealed")
    assert kept["sent"] == sealed["sha256"]
    assert line.count("PUT", rf"{walk}/media/{sealed['sha256']}$") == 1
    assert sealed["size"] < picture.stat().st_size / 2
    file = kept["media"]
    with Image.open(server.folder / "media" / "sha256" / file[:2] / file[2:4] / file) as clean:
        assert clean.size == (1536, 2048)
        assert not clean.getexif()
        rgb = clean.convert("RGB").tobytes()
    top, bottom = rgb[:3], rgb[-3:]
    assert top[0] > 150 > top[2], "red was on the left of the sensor, so it is on top of an upright photo"
    assert bottom[2] > 150 > bottom[0]


def test_the_clock_goes_on_over_a_reload(phone: Driven, server: Server, line: Liar) -> None:
    start(phone, server, line)
    phone.until(lambda: phone.has(".screen:not([hidden]) .face.do"))
    began = seconds(phone)
    phone.until(lambda: seconds(phone) > began)
    phone.driver.refresh()
    phone.until(lambda: phone.has("body.ready"))
    phone.until(lambda: seconds(phone) > began)


@pytest.mark.parametrize("has_worker", [True, False], ids=["with a service worker", "without, as in WeChat"])
def test_with_the_server_dead_all_goes_on_and_then_arrives_once(
    phone: Driven, server: Server, picture: Path, has_worker: bool
) -> None:
    line = Liar(server.port)
    if not has_worker:
        line.lie("GET", r"^/sw\.js$", says(404, "", "text/plain"))
    walk = start(phone, server, line)
    if has_worker:
        phone.put_away()
    with line.dead():
        phone.tap("W-Q4", "yes")
        phone.take_note("没有信号")
        phone.take_photo(picture)
        phone.until(lambda: "已存本机" in phone.status)
        if has_worker:
            phone.driver.refresh()
            phone.until(lambda: phone.has("body.ready"))
        phone.go("about:blank")
        phone.open(f"{line.address}/walks/{walk}")
        phone.until(lambda: phone.has("#card-W-Q4 [value=yes]:checked"))
        phone.until(lambda: "没有信号" in phone.text(".screen:not([hidden]) [data-list=notes]"))
        phone.until(lambda: phone.has(".screen:not([hidden]) .shot img[src]"))
        phone.tap("W-Q5", "yes")
        phone.until(lambda: "已存本机" in phone.status)
    events = settled(phone, server, walk)
    kinds = [one["kind"] for one in events if one["door"] == "sync"]
    assert [kinds.count(one) for one in ("answer", "note", "photo", "sealed")] == [2, 1, 1, 1]
    line.close()


def test_a_database_taken_away_under_the_page_costs_nothing(phone: Driven, server: Server, line: Liar) -> None:
    """As iOS does when space is short."""
    walk = start(phone, server, line)
    with line.dead():
        phone.tap("W-Q4", "yes")
        promised = phone.kept()
        phone.run('indexedDB.deleteDatabase("walkthrough")')
        phone.tap("W-Q5", "yes")
        phone.until(lambda: "已存本机" in phone.status)
    events = settled(phone, server, walk)
    assert {one["id"] for one in promised} <= {one["id"] for one in events}


@pytest.mark.parametrize("has_worker", [True, False], ids=["with a service worker", "without, as in WeChat"])
def test_a_browser_killed_while_the_server_is_dead_loses_nothing(
    launch: Callable[[str], Profiled], server: Server, picture: Path, has_worker: bool
) -> None:
    line = Liar(server.port)
    if not has_worker:
        line.lie("GET", r"^/sw\.js$", says(404, "", "text/plain"))
    walk = server.walks["head"].pop()
    address = f"{line.address}/walks/{walk}"
    phone = launch("about:blank")
    phone.sign_in(line.address)
    phone.open(address)
    if has_worker:
        phone.put_away()
    else:
        phone.cached()
    with line.dead():
        phone.tap("W-Q4", "yes")
        phone.take_photo(picture)
        promised = Promises()
        promised.add(phone.kept())
        phone.kill()

        phone = launch(address)
        phone.until(lambda: phone.is_at(address))
        phone.until(lambda: phone.has("#card-W-Q4 [value=yes]:checked"))
        phone.until(lambda: "已恢复" in phone.text("#alerts"))
        phone.tap("W-Q5", "yes")
        promised.add(phone.kept())
    phone.until(lambda: is_sent(phone))
    promised.add(phone.kept())
    events = promised.keep(server, walk)
    assert [one["payload"]["question"] for one in events if one["kind"] == "answer"] == ["W-Q4", "W-Q5"]
    assert [one["kind"] for one in events].count("kept") == 1
    line.close()


def test_what_the_browser_cannot_store_is_sent_all_the_same(
    launch: Callable[[str], Profiled], server: Server, line: Liar
) -> None:
    """When memory is short iOS ends the process that serves IndexedDB; the page cannot reach the next one until it is opened anew."""
    walk = server.walks["head"].pop()
    address = f"{line.address}/walks/{walk}"
    phone = launch("about:blank")
    phone.sign_in(line.address)
    phone.open(address)
    phone.kill_database()
    phone.tap("W-Q4", "yes")
    phone.until(lambda: "存储失败" in phone.status)
    phone.until(lambda: any(one["kind"] == "answer" for one in server.events(walk)))
    phone.go(address)
    phone.until(lambda: phone.status == SENT and phone.has("#card-W-Q4 [value=yes]:checked"))


def start(phone: Phone, server: Server, line: Liar) -> str:
    """Open a walk that nobody has opened."""
    walk = server.walks["head"].pop()
    phone.open(f"{line.address}/walks/{walk}")
    return walk


def settled(phone: Phone, server: Server, walk: str) -> list[dict[str, Any]]:
    """Wait until the phone says that all is sent; return what the server holds, having compared it with the phone."""
    phone.run("dispatchEvent(new Event('online'))")
    phone.until(lambda: is_sent(phone))
    promised = Promises()
    promised.add(phone.kept())
    return promised.keep(server, walk)


def is_sent(phone: Phone) -> bool:
    """Ask the store too: the words alone may be those of the moment before the last tap was stored."""
    return all(one["sent"] for one in phone.kept()) and phone.status == SENT


def seconds(phone: Phone) -> int:
    minutes, rest = phone.text(".screen:not([hidden]) .face").split(":")
    return int(minutes) * 60 + int(rest)


@pytest.fixture(scope="module")
def line(town: Server) -> Iterator[Liar]:
    """What stands between most phones and the server."""
    town.start()
    liar = Liar(town.port)
    yield liar
    liar.close()


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    with screen() as name:
        yield name


@pytest.fixture(scope="module")
def phone(display: str, line: Liar) -> Iterator[Driven]:
    driven = Driven(display)
    driven.sign_in(line.address)
    yield driven
    driven.close()


@pytest.fixture
def launch(display: str, tmp_path: Path) -> Iterator[Callable[[str], Profiled]]:
    """Start the browser with the profile it had before."""
    launched: list[Profiled] = []

    def start_at(address: str) -> Profiled:
        launched.append(Profiled(display, tmp_path, address))
        return launched[-1]

    yield start_at
    launched[-1].kill()


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photo of 12 megapixels as the sensor sees it: red on the left, blue on the right, and a mark how it was held."""
    file = tmp_path_factory.mktemp("camera") / "IMG_0001.jpg"
    sensor = Image.new("RGB", (4000, 3000), "blue")
    sensor.paste("red", (0, 0, 2000, 3000))
    exif = Image.Exif()
    exif[0x0112] = ROTATED
    sensor.save(file, quality=90, exif=exif)
    return file
