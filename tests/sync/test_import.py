"""A package brought by hand counts like what a phone sends: once, checked, and only for walks of this system."""

import io
import json
import uuid
import zipfile

import pytest
from click.testing import CliRunner

from tests.media.recordings import recording
from tests.sync.conftest import picture
from tests.sync.packing import package, zipped
from tests.sync.phone import sha
from walkthrough_app.core import db
from walkthrough_app.core.audit import AuditEntry
from walkthrough_app.core.errors import Invalid
from walkthrough_app.media import queries as media_queries
from walkthrough_app.media.models import MediaFile
from walkthrough_app.sync import commands
from walkthrough_app.sync.importing import NO_FILE, import_package
from walkthrough_app.walkthroughs import export
from walkthrough_app.walkthroughs.models import WalkEvent

BOX = [[0.25, 0.25, 0.5, 0.5]]


@pytest.fixture
def bring(store):
    def run(raw: bytes):
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return import_package(archive, store=store)

    return run


@pytest.fixture
def unsent(phone):
    """A note, a photo with a mask and a film that never got through: (events, files)."""
    raw, film = picture(), recording()
    photo = phone.event("photo", "queue", type="image/jpeg", caption="叫号屏")
    clip = phone.event("clip", "queue", sort="video", type="video/mp4", size=len(film))
    events = [
        phone.event("note", "queue", text="断网了"),
        photo,
        phone.event("sealed", evidence=photo["id"], sha256=sha(raw), size=len(raw), type="image/jpeg"),
        phone.event("mask", photo=photo["id"], boxes=BOX),
        clip,
        phone.event("sealed", evidence=clip["id"], sha256=sha(film), size=len(film), type="video/mp4"),
    ]
    return events, {"jpg": raw, "mp4": film}


def test_what_a_phone_could_not_send_is_all_there_afterwards(bring, unsent, walk, state):
    events, files = unsent
    summary = bring(package(str(walk.id), events, files))
    assert (summary.events, summary.media, summary.known) == (6, 2, 0)
    assert not summary.left_out + summary.unusable
    known = state()
    assert known.notes[0]["text"] == "断网了"
    photo = known.photos[events[1]["id"]]
    assert (photo["caption"], photo["sent"]) == ("叫号屏", sha(files["jpg"]))
    assert photo["masked"] not in {None, photo["media"]}
    assert known.clips[events[4]["id"]]["poster"]
    assert {row.door for row in rows(walk) if row.device == "phone-1"} == {"import"}


def test_bringing_it_twice_changes_nothing(bring, unsent, walk):
    raw = package(str(walk.id), *unsent)
    bring(raw)
    before = [row.id for row in rows(walk)]
    summary = bring(raw)
    assert (summary.events, summary.media, summary.known) == (0, 0, 6)
    assert [row.id for row in rows(walk)] == before
    assert [entry.verb for entry in db.session.query(AuditEntry).all()].count("walk.imported") == 1


def test_what_got_through_in_part_is_filled_up(bring, unsent, phone, walk, state):
    events, files = unsent
    phone.send(*events[:3])
    phone.upload(events[1]["id"], files["jpg"])
    summary = bring(package(str(walk.id), events, files))
    assert (summary.events, summary.media, summary.known) == (3, 1, 3)
    assert state().photos[events[1]["id"]]["masked"]


def test_the_phone_may_send_the_same_again_afterwards(bring, unsent, phone, walk):
    events, files = unsent
    bring(package(str(walk.id), events, files))
    assert phone.send(*events)["accepted"] == [event["id"] for event in events]
    assert phone.upload(events[1]["id"], files["jpg"])["kind"] == "kept"
    assert [row.kind for row in rows(walk)].count("kept") == 2


def test_one_bad_event_does_not_keep_the_others_out(bring, phone, walk, state):
    good = phone.event("note", "queue", text="好的")
    bad = [
        {**phone.event("note", text="x"), "kind": "bribe"},
        {**phone.event("note", text="x"), "payload": {"text": "\ud800"}},
        {**phone.event("note", text="x"), "id": ["list"], "kind": ["list"]},
        None,
    ]
    summary = bring(package(str(walk.id), [*bad, good]))
    assert summary.events == 1
    assert sum(summary.left_out.values()) == 4
    assert [note["text"] for note in state().notes] == ["好的"]


def test_the_servers_own_words_in_a_package_are_not_believed(bring, phone, walk, state):
    photo = phone.event("photo", "queue")
    kept = phone.event("kept", evidence=photo["id"], media="a" * 64, sent="b" * 64)
    summary = bring(package(str(walk.id), [photo, {**kept, "device": "server"}]))
    assert (summary.events, summary.unusable) == (1, {NO_FILE: 1})
    assert state().photos[photo["id"]]["media"] is None


def test_nobody_gets_at_a_picture_by_naming_it(bring, phone, walk, state):
    secret = phone.upload(phone.photo(), picture("red"))["payload"]["media"]
    thief = phone.event("photo", "queue", media=secret)
    masked = phone.event("mask", photo=thief["id"], boxes=BOX, media=secret)
    summary = bring(package(str(walk.id), [thief, masked]))
    assert summary.left_out == {NO_FILE: 2}
    assert thief["id"] not in state().photos


def test_a_package_of_this_server_brings_back_what_a_backup_has_lost(bring, unsent, phone, walk, store, state):
    events, files = unsent
    bring(package(str(walk.id), events, files))
    out = io.BytesIO()
    export.write_package(out, [walk], path=store.path, known=media_queries.find)
    lost = [row for row in rows(walk) if row.device in {"phone-1", "server"}]
    for row in [*lost, *db.session.query(MediaFile).all()]:
        db.session.delete(row)
    db.session.commit()
    summary = bring(out.getvalue())
    assert (summary.events, summary.media) == (6, 2)
    assert summary.unusable == {}
    photo = state().photos[events[1]["id"]]
    assert media_queries.find(photo["media"])
    assert media_queries.find(photo["masked"])


def test_a_photo_refused_once_may_be_brought_by_hand(bring, phone, walk, state):
    evidence = phone.photo()
    assert phone.upload(evidence, b"broken on its way")["kind"] == "refused"
    raw = picture()
    sealed = phone.event("sealed", evidence=evidence, sha256=sha(raw), size=len(raw))
    assert bring(package(str(walk.id), [sealed], {"jpg": raw})).media == 1
    assert state().photos[evidence]["refused"] == ""


def test_files_that_are_missing_damaged_or_no_evidence_are_counted(bring, phone, walk):
    photos = [phone.event("photo", "queue") for _ in range(3)]
    contents = [b"not there", b"not a photo", picture()]
    sealed = [
        phone.event("sealed", evidence=photo["id"], sha256=sha(raw), size=len(raw))
        for photo, raw in zip(photos, contents, strict=True)
    ]
    raw = package(str(walk.id), [*photos, *sealed], {"jpg": contents[1], "png": contents[2]})
    damaged = raw.replace(contents[2][-200:], contents[2][-200:-100] + b"\0" * 100)
    summary = bring(damaged)
    assert (summary.events, summary.media, sum(summary.unusable.values())) == (6, 0, 3)


def test_a_walk_that_is_not_here_is_named(bring, phone):
    event = phone.event("note", text="x")
    known = {"unit": {"name": "示例市公安局"}}
    with pytest.raises(
        Invalid, match=r"本系统里没有这次走流程（示例市公安局，编号 [0-9a-f]{8}），请在原来的系统导入。"
    ):
        bring(package(str(uuid.uuid4()), [event], **known))


@pytest.mark.parametrize(
    "data",
    [
        [],
        {},
        {"schema": "walkthrough-package/2", "walks": []},
        {"schema": "walkthrough-package/1", "walks": []},
        {"schema": "walkthrough-package/1", "walks": [{"id": "nothing", "events": []}]},
        {"schema": "walkthrough-package/1", "walks": [{"id": str(uuid.uuid4()), "events": {}}]},
    ],
)
def test_what_is_no_package_is_one_sentence(data, bring):
    with pytest.raises(Invalid) as refusal:
        bring(zipped({"walk.json": json.dumps(data).encode()}))
    assert refusal.value.message.endswith("。")


def test_the_command_says_what_it_did_in_one_line(app, unsent, walk, tmp_path, here):
    file = tmp_path / "办事记录.zip"
    file.write_bytes(package(str(walk.id), unsent[0], {"jpg": unsent[1]["jpg"]}))
    result = CliRunner().invoke(commands.import_, ["walk", str(file)])
    assert result.stdout == "新增 6 条记录、1 份佐证，已有 0 条。\n"
    assert result.stderr == "1 份佐证没有收下：文件不在记录包里。\n"


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 cut", zipped({"other": b"x"})])
def test_the_command_refuses_in_one_line(content, tmp_path, here):
    file = tmp_path / "x.zip"
    if content is not None:
        file.write_bytes(content)
    result = CliRunner().invoke(commands.import_, ["walk", str(file)])
    assert result.exit_code == 1
    assert result.output.count("\n") == 1
    assert str(file) in result.output


@pytest.fixture
def here(app, monkeypatch):
    """Let commands work on the test's own database and store."""
    monkeypatch.setattr("walkthrough_app.config.from_env", lambda: app.config["SETTINGS"])
    monkeypatch.setattr(db, "connect", lambda _url: None)


def rows(walk):
    db.session.expire_all()
    return db.session.query(WalkEvent).filter_by(walk_id=walk.id).order_by(WalkEvent.received_at).all()
