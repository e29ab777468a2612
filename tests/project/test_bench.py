"""The benchmarks: pinned tools, the same for all sides, a slow line that is as slow as it says, costs that are whole."""

import io
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pikepdf
import pytest
import yaml

from walkthrough_app.config import ROOT

FOLDER = ROOT / "script" / "bench.d"


def test_the_tools_are_pinned_and_checked_by_hash_from_wherever_npm_gets_them() -> None:
    asked = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))
    locked = json.loads((FOLDER / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert all(re.fullmatch(r"[\d.]+", version) for version in asked["dependencies"].values())
    for name, version in asked["dependencies"].items():
        assert locked[f"node_modules/{name}"]["version"] == version
    packages = {path: one for path, one in locked.items() if path}
    assert all(one["integrity"].startswith("sha512-") for one in packages.values())
    assert not [path for path, one in packages.items() if "resolved" in one]


def test_enketo_asks_every_question_of_the_walk(tools) -> None:
    import xform

    steps = yaml.safe_load(xform.SOURCE.read_text(encoding="utf-8"))["steps"]
    form = ET.fromstring(xform.xform())
    labels = [one.text for one in form.iter("{http://www.w3.org/2002/xforms}label")]
    assert {one["text"] for step in steps for one in step["questions"]} <= set(labels)
    assert len(form.findall(".//{http://www.w3.org/2002/xforms}group")) == len(steps)


def test_a_slow_line_takes_its_time_and_loses_nothing(tools) -> None:
    from proxy import Line, Proxy

    body = bytes(range(256)) * 64
    with giving(body) as port:
        proxy = Proxy(port, Line("test", rate=1_000_000, round_trip=0.1))
        start = time.monotonic()
        with socket.create_connection(("127.0.0.1", proxy.port)) as client:
            received = b"".join(iter(lambda: client.recv(65536), b""))
        took = time.monotonic() - start
    assert received == body
    assert proxy.down.carried == len(body)
    assert took >= 0.1 + 0.05 + len(body) * 8 / 1_000_000


def test_the_report_that_all_engines_set_is_the_same_on_every_run(tools, tmp_path) -> None:
    import pdf_content

    first, again, other = (tmp_path / name for name in ("first", "again", "other"))
    for folder, number in ((first, 0), (again, 0), (other, 1)):
        folder.mkdir()
        content = pdf_content.make(folder, number)
        assert len(content.composed.photos) == len(content.pictures) == pdf_content.PHOTOS
    photos = [[path.read_bytes() for path in sorted(folder.iterdir())] for folder in (first, again, other)]
    assert photos[0] == photos[1]
    assert len(set(photos[0] + photos[2])) == 2 * pdf_content.PHOTOS


def test_the_floor_holds_every_photo_byte_for_byte_and_as_many_letters(tools, tmp_path) -> None:
    import pdf_content
    import pdf_floor

    content = pdf_content.make(tmp_path)
    with pikepdf.open(io.BytesIO(pdf_floor.Floor(content, tmp_path).render())) as made:
        streams = [one for one in made.objects if isinstance(one, pikepdf.Stream)]
        pictures = {bytes(one.read_raw_bytes()) for one in streams if one.get("/Filter") == "/DCTDecode"}
        letters = b"".join(b"".join(re.findall(rb"<([0-9a-f]+)>", page.Contents.read_bytes())) for page in made.pages)
    assert pictures == {path.read_bytes() for path in content.pictures.values()}
    assert bytes.fromhex(letters.decode()).decode("utf-16-be") == "".join(content.composed.words())


def test_what_a_browser_costs_counts_the_processes_that_it_starts(tools) -> None:
    import pdf_chromium

    work = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'sum(range(20_000_000))'])"
    running = subprocess.Popen([sys.executable, "-c", work])
    with pdf_chromium.watched(running.pid) as cost:
        assert running.wait() == 0
    assert cost.cpu > 0.1
    assert cost.rss > 10_000


def test_the_office_is_measured_on_every_page_that_links_and_filters_lead_to(tmp_path) -> None:
    words = [
        "--walks",
        "12",
        "--times",
        "1",
        "--engines",
        "sqlite",
        "--parts",
        "pages",
        "sync",
        "--visitors",
        "style",
        "--addresses",
        "1",
        "--folder",
        str(tmp_path),
    ]
    table = office(*words)
    assert "| reception.inbox, style | 1 |" in table
    assert "| board.progress, style | 1 |" in table
    assert "| batch of 20 events, SQLite, 12 walks | median " in table
    assert (tmp_path / "sqlite-12" / "built.json").exists()


def test_the_office_bench_says_what_it_can_do() -> None:
    assert "--walks" in office("--help")


def office(*words: str) -> str:
    kept = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(FOLDER / "office.py"), *words]
    return subprocess.run(command, env=kept, capture_output=True, text=True, check=True, cwd=ROOT).stdout


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.syspath_prepend(str(FOLDER))
    yield
    for name in ("xform", "proxy", "pdf_given", "pdf_content", "pdf_floor", "pdf_chromium"):
        sys.modules.pop(name, None)


class giving:
    """A server on a port of its own that gives everyone `body` and hangs up."""

    def __init__(self, body: bytes) -> None:
        self.body, self.socket = body, socket.create_server(("127.0.0.1", 0))

    def __enter__(self) -> int:
        threading.Thread(target=self._serve, daemon=True).start()
        return int(self.socket.getsockname()[1])

    def _serve(self) -> None:
        connection, _ = self.socket.accept()
        with connection:
            connection.sendall(self.body)

    def __exit__(self, *error: object) -> None:
        self.socket.close()
