"""A recording is kept with its pictures and sound untouched, and nothing else."""

import io

import pytest

from tests.media import recordings
from tests.media.conftest import NOW, encode, files_below, quarters
from tests.media.recordings import recording, tracks, turned
from walkthrough_app.core.errors import Invalid
from walkthrough_app.media import limits, service
from walkthrough_app.media.decoder import refusals


@pytest.mark.parametrize(
    ("kind", "picture", "sound", "kept"),
    [
        ("mp4", "libx264", "aac", "video/mp4"),
        ("mov", "libx264", "aac", "video/mp4"),
        ("webm", "libvpx-vp9", "libopus", "video/webm"),
        ("webm", "libvpx", None, "video/webm"),
        ("matroska", "libx264", "libopus", "video/mp4"),
        ("mp4", "libsvtav1", "aac", "video/mp4"),
    ],
)
def test_a_video_is_kept_with_poster_size_and_length(kind, picture, sound, kept, take, shown):
    media = take(recording(kind, picture, sound))
    assert media.media_type == kept
    assert (media.width, media.height) == (96, 64)
    assert media.seconds == pytest.approx(1, abs=0.3)
    assert shown(media.preview_sha256).size == (96, 64)


@pytest.mark.parametrize(("kind", "sound", "kept"), [("mp4", "aac", "audio/mp4"), ("webm", "libopus", "audio/webm")])
def test_a_voice_note_is_kept_without_a_poster(kind, sound, kept, take):
    media = take(recording(kind, None, sound), "voice")
    assert (media.media_type, media.preview_sha256, media.width) == (kept, "", None)


@pytest.mark.parametrize(
    ("kind", "picture", "sound", "options"),
    [
        ("webm", "libvpx", "libopus", {"live": "1"}),
        ("mp4", "libx264", "aac", {"movflags": "frag_keyframe+empty_moov+default_base_moof"}),
    ],
    ids=["chrome", "safari"],
)
def test_what_a_browser_recorded_without_knowing_the_end_gets_its_length(kind, picture, sound, options, take, bytes_of):
    media = take(recording(kind, picture, sound, seconds=3, **options))
    assert media.seconds == pytest.approx(3, abs=0.5)
    assert recordings.length(bytes_of(media)) == pytest.approx(3, abs=0.5)


def test_the_packets_are_copied_not_encoded_anew(take, bytes_of):
    raw = recording()
    kept = bytes_of(take(raw))
    assert tracks(kept) == tracks(raw) == [("video", "h264"), ("audio", "aac")]
    assert packets(kept) == packets(raw)


@pytest.mark.parametrize(("kind", "picture", "sound"), [("mp4", "libx264", "aac"), ("webm", "libvpx", "libopus")])
def test_place_comment_and_time_do_not_survive_but_the_time_is_known(kind, picture, sound, take, bytes_of):
    media = take(recording(kind, picture, sound))
    kept = bytes_of(media)
    assert b"secret" not in kept
    assert b"114.3" not in kept
    assert not {"location", "comment", "creation_time"} & {name.lower() for name in recordings.metadata(kept)}
    assert media.taken_at.isoformat() == "2026-11-20T01:42:10+00:00"


def test_the_same_recording_twice_is_one_file(take, store):
    raw = recording("webm", "libvpx", "libopus")
    assert take(raw).sha256 == take(raw).sha256
    assert len(files_below(store.root)) == 2


def test_a_phone_held_upright_stays_upright(take, bytes_of, shown):
    media = take(turned(recording("mp4", sound=None)))
    assert recordings.turn(bytes_of(media)) == -90
    assert (media.width, media.height) == (64, 96)
    assert shown(media.preview_sha256).size == (64, 96)


@pytest.mark.parametrize(
    ("raw", "sort", "sentence"),
    [
        (b"", "video", refusals.CLIP_EMPTY),
        (b"\0" * 4000, "video", refusals.NOT_A_CLIP),
        (b"PK\x03\x04" + b"\0" * 400, "video", refusals.NOT_A_CLIP),
        (b"<!doctype html><script>alert(1)</script>", "video", refusals.NOT_A_CLIP),
        ("一段文字".encode() * 90, "voice", refusals.NOT_A_CLIP),
        (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", "video", refusals.NOT_A_CLIP),
        (encode(quarters(), "HEIF"), "video", refusals.NOT_A_CLIP),
    ],
    ids=["empty", "zero", "zip", "html", "text", "playlist", "photo"],
)
def test_what_is_no_recording_is_refused(raw, sort, sentence, refused):
    assert refused(raw, sort) == sentence


def test_a_playlist_behind_the_head_of_an_mp4_opens_nothing(refused):
    head = b"\0\0\0\x18ftypisom\0\0\0\0isommp41"
    assert refused(head + b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n") == refusals.CLIP_UNREADABLE


def test_a_recording_cut_short_is_refused(refused):
    assert refused(recording()[:1500]) == refusals.CLIP_INCOMPLETE
    fast = recording(seconds=8, movflags="+faststart")
    assert refused(fast[: len(fast) * 5 // 6]) == refusals.CLIP_INCOMPLETE


def test_other_codecs_larger_pictures_and_longer_recordings_are_refused(refused, monkeypatch):
    assert refused(recording(picture="mpeg4")) == refusals.CLIP_CODEC
    assert refused(recording("mov", sound="pcm_s16le")) == refusals.CLIP_CODEC
    assert refused(recording(sound=None, size=(4352, 32))) == refusals.CLIP_TOO_HEAVY
    monkeypatch.setattr(limits, "VIDEO_SECONDS", 1)
    assert refused(recording(seconds=5)) == refusals.CLIP_TOO_LONG
    monkeypatch.setitem(service.MOST_BYTES, "video", 1000)
    assert refused(recording()) == refusals.VIDEO_BYTES


def test_sound_and_pictures_are_what_they_were_announced_as(refused):
    assert refused(recording("mp4", None), "video") == refusals.NO_PICTURE
    assert refused(recording(), "voice") == refusals.NOT_VOICE


def test_damage_anywhere_is_refused_or_harmless(take):
    whole = recording("mp4", "libx264", "aac")
    for at in range(40, len(whole) - 24, len(whole) // 9):
        damaged = whole[:at] + bytes(b ^ 0xA5 for b in whole[at : at + 24]) + whole[at + 24 :]
        try:
            media = take(damaged)
        except Invalid as refusal:
            assert refusal.message.endswith("。")
        else:
            assert media.size > 0


def packets(raw: bytes) -> list[bytes]:
    import av

    with av.open(io.BytesIO(raw)) as source:
        return [bytes(packet) for packet in source.demux(video=0) if packet.size]


@pytest.fixture
def take(store):
    def read(raw: bytes, sort: str = "video"):
        with service.received([raw], sort, store=store) as (file, sha256):
            return service.clean(file, sort, sha256, store=store, now=NOW)

    return read


@pytest.fixture
def refused(take, store):
    """Hand in bytes, return the sentence; nothing may stay behind."""

    def attempt(raw: bytes, sort: str = "video") -> str:
        with pytest.raises(Invalid) as refusal:
            take(raw, sort)
        assert files_below(store.root) == []
        return refusal.value.message

    return attempt


@pytest.fixture
def bytes_of(store):
    return lambda media: store.path(media.sha256).read_bytes()
