"""The proof of a report counts and hashes what it rests on; the mark on the paper leads to it."""

import hashlib
import io
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pdfplumber
import pytest
import zxingcpp
from PIL import Image

from tests.documents.measure import LEFT
from tests.reports import story
from walkthrough_app.core import clock
from walkthrough_app.core.ids import canonical
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.reports import data as reports
from walkthrough_app.reports import proof
from walkthrough_app.reports.models import Report
from walkthrough_app.reports.render import render

CODE = "ABCDE0FGHJ"
ADDRESS = f"https://walk.example.gov.cn/v/{CODE}"


def test_each_walk_has_the_count_and_the_digest_of_its_events() -> None:
    walk = story.short()
    made = proof.of_data(story.report([walk]))
    expected = hashlib.sha256(canonical(walk.events)).hexdigest()
    assert made["walks"] == [{"id": walk.id, "events": len(walk.events), "digest": expected}]


def test_pictures_and_recordings_are_listed_with_their_hashes() -> None:
    walk = story.Walk("居住证申领")
    masked = walk.photo("取号机")
    bare = walk.photo("排队的人", mask="none")
    clip = walk.tap("clip", "queue", sort="voice", type="audio/mp4", size=4096, seconds=3, caption="", taken_at=None)
    walk.tap("kept", "queue", evidence=clip, media="c" * 64, sent="d" * 64)
    gone = walk.photo("点错的")
    walk.tap("retract", event=gone)
    media = {event["id"]: event["payload"].get("media") for event in walk.events}
    copy = next(event["payload"]["media"] for event in walk.events if event["kind"] == "mask")
    found = proof.of_data(story.report([walk]))["evidence"]
    where = {"step": "queue", "walk": walk.id}
    assert found == [
        {"sha256": copy, "original": media[masked], "kind": "photo", "size": None, **where},
        {"sha256": None, "original": media[bare], "kind": "photo", "size": None, **where},
        {"sha256": "c" * 64, "original": "d" * 64, "kind": "audio", "size": 4096, **where},
    ]


def test_a_proof_is_part_of_the_schema() -> None:
    data = story.report([story.short()])
    reports.check(data | {"code": CODE, "verify_url": ADDRESS, "proof": proof.of_data(data)})
    reports.check(data)
    for wrong in ({"code": "abc"}, {"verify_url": None}, {"proof": {"algorithm": "md5", "walks": [], "evidence": []}}):
        with pytest.raises(reports.Invalid):
            reports.check(data | wrong)


def test_what_a_phone_and_a_form_wrote_has_the_hashes_they_gave_it(report: Report, store: LocalStore) -> None:
    found = reports.of_report(report, made_on=clock.today())
    for walk in found["walks"]:
        assert all(event["hash"] for event in walk["events"])
        assert proof.faults(walk["events"]) == []


@pytest.mark.parametrize("change", [{"payload": {"x": 1}}, {"at": "2018-07-09T00:00:00.000Z"}, {"hash": "0" * 64}])
def test_an_event_that_was_changed_afterwards_shows(report: Report, change: dict[str, Any]) -> None:
    events = reports.of_report(report, made_on=clock.today())["walks"][0]["events"]
    events[4] |= change
    assert events[4] in proof.faults(events)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (CODE, CODE),
        ("abcde-0fghj", CODE),
        (" ABCDE OFGHJ ", CODE),
        ("1lIoO23456", "1110023456"),
        ("ABCDE0FGH", ""),
        ("ABCDE0FGHU", ""),
        ("../../etc", ""),
        ("", ""),
    ],
)
def test_a_code_is_understood_as_people_type_it(typed: str, code: str) -> None:
    assert proof.tidy_code(typed) == code


@pytest.fixture(scope="module")
def marked() -> SimpleNamespace:
    walk = story.short()
    pictures = walk.pictures
    plain = story.report([walk], confirmed_at="2018-07-16T01:02:03.000Z", code=CODE)
    at = clock.parse(plain["confirmed_at"])
    return SimpleNamespace(
        pdf=render(plain | {"verify_url": ADDRESS}, pictures, generated=at).pdf,
        bare=render(plain | {"verify_url": ""}, pictures, generated=at).pdf,
    )


def scanned(pdf: bytes, folder: Path, dots: int) -> list[Any]:
    """Read the codes on a paper as printed with so many dots an inch."""
    (folder / "a.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", f"{dots}", "-gray", "-png", folder / "a.pdf", folder / "page"], check=True)
    pages = [Image.open(path) for path in sorted(folder.glob("page*.png"))]
    return [code for page in pages for code in zxingcpp.read_barcodes(page)]


def test_the_code_on_the_paper_can_be_scanned(marked: SimpleNamespace, tmp_path: Path) -> None:
    """Even from a poor copy: 100 dots an inch."""
    read = [(code.text, code.ec_level) for code in scanned(marked.pdf, tmp_path, 100)]
    assert read == [(ADDRESS, "M")]


def test_the_mark_is_large_enough_and_stays_in_the_type_area(marked: SimpleNamespace, tmp_path: Path) -> None:
    place = scanned(marked.pdf, tmp_path, 300)[0].position
    mm = 25.4 / 300
    assert (place.top_right.x - place.top_left.x + 1) * mm >= 18
    assert (place.bottom_left.y - place.top_left.y + 1) * mm >= 18
    assert place.top_left.x * mm >= LEFT - 0.2
    with pdfplumber.open(io.BytesIO(marked.pdf)) as pdf:
        page = next(page for page in pdf.pages if "核对码" in page.extract_text())
        text = page.extract_text()
    assert "ABCDE-0FGHJ" in text
    assert "https://walk.example.gov.cn/verify" in text


def test_without_an_address_only_the_code_is_printed(marked: SimpleNamespace, tmp_path: Path) -> None:
    with pdfplumber.open(io.BytesIO(marked.bare)) as pdf:
        text = "".join(page.extract_text() for page in pdf.pages)
    assert "ABCDE-0FGHJ" in text
    assert "扫码" not in text


def test_a_draft_has_no_mark(summer: SimpleNamespace) -> None:
    assert "核对码" not in summer.paper.text
