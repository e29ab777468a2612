"""What a signed-in phone fetches: recordings, the fixed half of its package, and how it is installed."""

import pytest

from tests.media.recordings import recording, tracks
from tests.sync.phone import Phone
from walkthrough_app.walkthroughs import package

SHA = "0" * 64


@pytest.fixture
def film(phone: Phone) -> str:
    raw = recording()
    evidence = phone.clip("video", raw)
    assert phone.upload(evidence, raw)["kind"] == "kept"
    return evidence


def test_the_walker_plays_a_clip_and_sees_its_poster(film, walk, client_for, cast):
    client = client_for(cast.head)
    clip = client.get(f"/walks/{walk.id}/clips/{film}/clip", buffered=True)
    assert (clip.status_code, clip.mimetype) == (200, "video/mp4")
    assert tracks(clip.data) == [("video", "h264"), ("audio", "aac")]
    poster = client.get(f"/walks/{walk.id}/clips/{film}/poster", buffered=True)
    assert (poster.status_code, poster.mimetype) == (200, "image/jpeg")


def test_a_player_may_ask_for_a_part(film, walk, client_for, cast):
    client = client_for(cast.head)
    whole = client.get(f"/walks/{walk.id}/clips/{film}/clip", buffered=True).data
    part = client.get(f"/walks/{walk.id}/clips/{film}/clip", buffered=True, headers={"Range": "bytes=4-11"})
    assert (part.status_code, part.data) == (206, whole[4:12])
    assert part.headers["Content-Range"] == f"bytes 4-11/{len(whole)}"


def test_a_clip_is_never_anything_but_a_clip(film, walk, client_for, cast):
    answer = client_for(cast.head).get(f"/walks/{walk.id}/clips/{film}/clip", buffered=True)
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_only_walker_and_office_play_it_for_nothing_in_it_can_be_hidden(film, walk, client_for, cast):
    address = f"/walks/{walk.id}/clips/{film}/clip"
    allowed = {name: client_for(getattr(cast, name)).get(address, buffered=True).status_code for name in vars(cast)}
    assert {name for name, status in allowed.items() if status == 200} == {"head", "office"}
    assert set(allowed.values()) <= {200, 404}


def test_a_clip_still_on_the_phone_is_not_there(phone, walk, client_for, cast):
    waiting = phone.clip("video", b"x")
    for variant in ("clip", "poster"):
        assert (
            client_for(cast.head).get(f"/walks/{walk.id}/clips/{waiting}/{variant}", buffered=True).status_code == 404
        )


def test_a_voice_note_has_no_poster(phone, walk, client_for, cast):
    raw = recording("webm", None, "libopus")
    talk = phone.clip("voice", raw)
    phone.upload(talk, raw)
    client = client_for(cast.head)
    assert client.get(f"/walks/{walk.id}/clips/{talk}/clip", buffered=True).mimetype == "audio/webm"
    assert client.get(f"/walks/{walk.id}/clips/{talk}/poster", buffered=True).status_code == 404


def test_the_base_and_the_phones_own_events_make_a_package(walk, client_for, cast):
    base = client_for(cast.head).get(f"/walks/{walk.id}/base.json").get_json()
    assert set(base) == {"schema", "campaign", "unit", "questionnaires", "walk"}
    whole = {name: base[name] for name in base if name != "walk"} | {"walks": [{**base["walk"], "events": []}]}
    assert list(package.validator("package-1").iter_errors(whole)) == []
    assert package.records(whole)[0].id == str(walk.id)


def test_the_base_is_the_walkers_own(walk, client_for, cast):
    for name, status in {"deputy": 404, "stranger": 404, "liaison": 403, "office": 403}.items():
        assert client_for(getattr(cast, name)).get(f"/walks/{walk.id}/base.json").status_code == status


def test_the_installed_page_has_a_neutral_name_and_its_icons(anonymous):
    answer = anonymous.get("/manifest.webmanifest")
    manifest = answer.get_json(force=True)
    assert answer.mimetype == "application/manifest+json"
    assert (manifest["name"], manifest["start_url"], manifest["display"]) == ("办事记录", "/tasks", "standalone")
    for icon in manifest["icons"]:
        assert anonymous.get(icon["src"], buffered=True).data.startswith(b"\x89PNG")
    assert "走流程" not in answer.text
