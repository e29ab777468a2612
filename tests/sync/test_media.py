"""A photo comes slice by slice; it is safe when the server says kept, and said so once."""

import io
import uuid
from pathlib import Path

import pytest
from PIL import Image

from tests.media.recordings import recording
from tests.sync.conftest import noise, picture
from tests.sync.phone import Phone, cut, sha
from walkthrough_app.core import db
from walkthrough_app.media import limits, service
from walkthrough_app.media.models import MediaFile


def test_a_photo_of_several_slices_is_kept(phone, state, store):
    raw = noise()
    assert len(cut(raw)) > 2
    evidence = phone.photo(caption="叫号屏")
    assert state().photos[evidence]["media"] is None
    kept = phone.upload(evidence, raw)
    photo = state().photos[evidence]
    assert (kept["kind"], kept["device"], kept["payload"]["sent"]) == ("kept", "server", sha(raw))
    assert (photo["media"], photo["caption"], photo["width"]) == (kept["payload"]["media"], "叫号屏", 900)
    with store.open(photo["media"]) as file:
        assert Image.open(io.BytesIO(file.read())).size == (900, 700)


def test_a_repeat_changes_nothing_and_is_answered_the_same(phone, state):
    raw, evidence = picture(), phone.photo()
    first = phone.upload(evidence, raw)
    events = len(state().photos)
    assert phone.upload(evidence, raw) == first
    assert phone.upload(evidence, picture("red")) == first
    assert len(state().photos) == events
    assert db.session.query(MediaFile).count() == 1


def test_two_photos_of_equal_bytes_are_both_kept(phone, state):
    raw, evidence = picture(), [phone.photo(), phone.photo()]
    assert {phone.upload(one, raw)["payload"]["evidence"] for one in evidence} == set(evidence)
    assert len({state().photos[one]["media"] for one in evidence}) == 1


def test_a_phone_killed_between_slices_just_goes_on(phone):
    raw, evidence = noise(), phone.photo()
    first, *rest = cut(raw)
    phone.slice(first)
    answer = phone.finish_file(evidence, raw)
    assert answer.status_code == 409
    assert answer.get_json()["missing"] == [sha(part) for part in rest]
    for part in rest:
        phone.slice(part)
    assert phone.finish_file(evidence, raw).get_json()["events"][0]["kind"] == "kept"


def test_a_file_whose_event_has_not_come_waits_for_it(phone):
    raw, event = picture(), phone.event("photo", "queue")
    phone.slice(raw)
    answer = phone.finish_file(event["id"], raw)
    assert answer.status_code == 409
    assert answer.get_json()["missing"] == []
    phone.send(event)
    assert phone.finish_file(event["id"], raw).get_json()["events"][0]["kind"] == "kept"


def test_only_photos_and_clips_have_files(phone, second_walk, app, cast, token_for):
    note, foreign = (
        phone.event("note", "queue", text="x"),
        Phone(phone.client, second_walk.id, token_for(second_walk, cast.head)),
    )
    phone.send(note)
    raw = picture()
    phone.slice(raw)
    for evidence in (note["id"], foreign.photo(), str(uuid.uuid4())):
        assert phone.finish_file(evidence, raw).status_code == 409


def test_slices_of_another_walk_are_not_to_be_had(phone, second_walk, cast, token_for):
    raw = picture()
    phone.slice(raw)
    other = Phone(phone.client, second_walk.id, token_for(second_walk, cast.head))
    assert other.finish_file(other.photo(), raw).get_json()["missing"] == [sha(raw)]


@pytest.mark.parametrize("data", [b"", b"other bytes"])
def test_a_slice_that_is_not_what_its_name_says_is_not_stored(data, phone, store, walk):
    answer = phone.put(f"slices/{sha(b'hello')}", data=data)
    assert answer.status_code == 422
    assert store.slices.missing(walk.id, [sha(b"hello")])


@pytest.mark.parametrize("name", ["nothing", "0" * 63, "A" * 64, "..", "%2e%2e%2fetc"])
def test_a_name_that_is_no_hash_is_refused(name, phone):
    for path in ("slices", "media"):
        assert phone.put(f"{path}/{name}", data=b"{}").status_code in {404, 422}


def test_a_slice_larger_than_the_limit_is_not_read(phone):
    assert phone.slice(b"x" * limits.SLICE_BYTES).status_code == 200
    assert phone.slice(b"x" * (limits.SLICE_BYTES + 1)).status_code == 413


def test_lies_about_size_and_hash_are_found_out(phone, state):
    raw, evidence = picture(), phone.photo()
    phone.slice(raw)
    assert phone.finish_file(evidence, raw, size=len(raw) - 1).status_code == 422
    lie = {"event": evidence, "size": len(raw), "slices": [sha(raw)]}
    assert phone.put(f"media/{'0' * 64}", json=lie).status_code == 422
    assert state().photos[evidence]["media"] is None
    assert phone.finish_file(evidence, raw).get_json()["events"][0]["kind"] == "kept"


@pytest.mark.parametrize(
    "lies",
    [
        {"size": 0},
        {"size": True},
        {"size": "9"},
        {"size": 1 << 40},
        {"slices": []},
        {"slices": "abc"},
        {"slices": ["../../etc/passwd"]},
        {"slices": [7]},
        {"slices": ["0" * 64] * 5000},
        {"event": "nothing"},
        {"event": None},
    ],
)
def test_an_order_that_makes_no_sense_is_one_sentence(lies, phone):
    answer = phone.finish_file(phone.photo(), picture(), **lies)
    assert answer.status_code == 422
    assert answer.get_json()["error"].endswith("。")


@pytest.mark.parametrize(
    "raw",
    [b"<!doctype html><script>alert(1)</script>", b"PK\x03\x04" + b"\0" * 99, b"\xff\xd8\xff" + b"\0" * 900],
    ids=["html", "zip", "broken"],
)
def test_what_is_no_photo_is_refused_for_good_with_the_reason(raw, phone, state):
    evidence = phone.photo()
    refused = phone.upload(evidence, raw)
    assert refused["kind"] == "refused"
    assert refused["payload"]["reason"].endswith("。")
    assert state().photos[evidence]["refused"] == refused["payload"]["reason"]
    assert phone.upload(evidence, raw) == refused


def test_a_photo_over_the_limit_is_refused_for_good(phone, monkeypatch):
    monkeypatch.setitem(service.MOST_BYTES, "photo", 1000)
    assert "40 MB" in phone.upload(phone.photo(), picture())["payload"]["reason"]


def test_a_full_disk_is_said_and_nothing_is_lost(phone, monkeypatch):
    raw, evidence = picture(), phone.photo()
    with monkeypatch.context() as full:
        full.setattr(limits, "RESERVE_BYTES", 1 << 62)
        answer = phone.slice(raw)
        assert answer.status_code == 507
        assert "空间不足" in answer.get_json()["error"]
    assert phone.upload(evidence, raw)["kind"] == "kept"


def test_a_video_and_a_voice_note_are_kept_as_what_they_are(phone, state):
    video, voice = recording(), recording("webm", None, "libopus")
    film, talk = phone.clip("video", video), phone.clip("voice", voice)
    assert phone.upload(film, video)["payload"]["poster"]
    assert phone.upload(talk, voice)["kind"] == "kept"
    clips = state().clips
    assert clips[film]["seconds"] == pytest.approx(1, abs=0.3)
    assert (clips[talk]["poster"], clips[talk]["sort"]) == (None, "voice")


def test_a_photo_that_was_taken_back_does_no_harm(phone, state):
    evidence = phone.photo()
    phone.send(phone.event("retract", event=evidence))
    assert phone.upload(evidence, picture())["kind"] == "kept"
    assert state().photos == {}


def test_nothing_of_the_phone_is_left_in_the_clear_area(phone, store):
    raw = picture()
    kept = phone.upload(phone.photo(), raw)
    final = {path.name for path in Path(store.root / "sha256").rglob("*") if path.is_file()}
    assert kept["payload"]["media"] in final
    assert sha(raw) not in final
