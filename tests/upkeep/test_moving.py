"""A running installation moves: all of it arrives, and nothing more is acknowledged where it moved from."""

import pytest

from tests.upkeep.conftest import Installation
from walkthrough_app.core import pausing
from walkthrough_app.media.storage import open_store


@pytest.fixture
def target(empty: Installation, bucket_url: str) -> Installation:
    return Installation(empty.folder, empty.database, bucket_url.replace("?", f"/{empty.folder.parent.name}?"))


def test_everything_arrives_and_is_proved(town, target) -> None:
    done = town.run("migrate-to", "--database", target.database, "--media", target.media)
    assert done.returncode == 0, done.stderr
    assert "逐行逐个核对" in done.stdout
    assert target.digests() == town.digests()
    assert sorted(open_store(target.settings).hashes()) == sorted(open_store(town.settings).hashes())
    for sha256 in open_store(town.settings).hashes():
        assert open_store(target.settings).path(sha256).stat().st_size > 0
    assert town.run("migrate-to", "--database", target.database).stderr.startswith("已经搬过一次")


def test_after_the_move_the_old_place_shows_but_keeps_nothing(town, target) -> None:
    assert town.run("migrate-to", "--database", target.database, "--media", target.media).returncode == 0
    shown, signed, sent = town.asked(["GET", "/healthz"], ["POST", "/sign-in"], ["POST", "/api/walks/x/events"])
    assert shown[0] == 200
    for status, text in (signed, sent):
        assert status == 503
        assert pausing.Paused.default in text
    assert town.run("migrate-to", "--cancel").returncode == 0
    ((status, _),) = town.asked(["POST", "/sign-in"])
    assert status == 400  # as ever without a form's token


def test_a_place_with_data_is_refused_and_work_goes_on(town, sample, tmp_path) -> None:
    other = sample.copy_to(tmp_path / "other")
    done = town.run("migrate-to", "--database", other.settings.database_url)
    assert (done.returncode, done.stderr.strip()) == (1, "新的数据库里已经有数据，请换一个空的。")
    assert not pausing.is_on(town.folder)


def test_a_store_that_cannot_be_reached_stops_the_move_and_work_goes_on(town, target) -> None:
    done = town.run("migrate-to", "--database", target.database, "--media", "s3://a:b@c?endpoint=http://127.0.0.1:9")
    assert done.returncode == 1
    assert done.stderr.strip().endswith("存储服务暂时连不上，文件没有保存，请稍后再试。")
    assert not pausing.is_on(town.folder)


def test_damaged_evidence_is_not_carried_along_unseen(town, target) -> None:
    sha256 = next(iter(open_store(town.settings).hashes()))
    place = open_store(town.settings).path(sha256)
    place.chmod(0o600)
    place.write_bytes(b"something else")
    done = town.run("migrate-to", "--database", target.database, "--media", target.media)
    assert done.returncode == 1
    assert sha256[:12] in done.stderr
    assert not pausing.is_on(town.folder)
    assert not any(count for count, _ in target.digests().values())
