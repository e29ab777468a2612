"""A backup holds everything, proves it, and comes back as it was, row by row and byte by byte."""

import os
import tarfile
from pathlib import Path

import pytest
from pyrage import x25519

from tests.upkeep.conftest import Installation
from walkthrough_app.media.storage import open_store


@pytest.fixture(scope="module")
def saved(sample: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("backup") / "backup.tar"
    done = sample.run("backup", str(file))
    assert done.returncode == 0, done.stderr
    assert "核对过" in done.stdout
    return file


def test_a_restored_installation_is_the_same_row_by_row_and_byte_by_byte(sample, saved, empty) -> None:
    done = empty.run("restore", str(saved))
    assert done.returncode == 0, done.stderr
    assert empty.digests() == sample.digests()
    assert sum(count for count, _ in sample.digests().values()) > 150
    before, after = open_store(sample.settings), open_store(empty.settings)
    assert sorted(after.hashes()) == sorted(before.hashes())
    for sha256 in before.hashes():
        assert after.path(sha256).read_bytes() == before.path(sha256).read_bytes()
    assert (empty.folder / "secret_key").read_bytes() == (sample.folder / "secret_key").read_bytes()


def test_only_the_owner_may_read_a_backup(saved) -> None:
    assert saved.stat().st_mode & 0o777 == 0o600


def test_a_full_installation_takes_no_backup_over(town, saved) -> None:
    before = town.digests()
    done = town.run("restore", str(saved))
    assert (done.returncode, done.stderr.strip()) == (1, "数据库里已经有数据，只能恢复到空的系统里。")
    assert town.digests() == before


@pytest.mark.parametrize("kind", ["flipped", "cut", "file_gone", "no_manifest", "climbing", "no_backup"])
def test_a_damaged_backup_is_refused_in_one_line_and_nothing_of_it_is_taken_over(saved, empty, tmp_path, kind) -> None:
    bad = tmp_path / "bad.tar"
    DAMAGE[kind](saved, bad)
    for words in (["restore", "--check", str(bad)], ["restore", str(bad)]):
        done = empty.run(*words)
        assert (done.returncode, done.stderr.strip()) == (1, "备份文件已经损坏，或者不是走流程的备份。")
    assert not (empty.folder.parent / "evil").exists()


def test_a_whole_backup_passes_the_check(saved, empty) -> None:
    done = empty.run("restore", "--check", str(saved))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("备份完整")
    assert not (empty.folder / "media" / "sha256").exists()


def test_a_sealed_backup_opens_with_its_key_only(town, empty, tmp_path) -> None:
    key, other = x25519.Identity.generate(), x25519.Identity.generate()
    file = tmp_path / "sealed.age"
    assert town.run("backup", str(file), "--to", str(key.to_public())).returncode == 0
    assert file.read_bytes().startswith(b"age-encryption.org/v1")
    for name, one in (("key", key), ("other", other)):
        (tmp_path / name).write_text(f"# made for a test\n{one}\n")
    assert empty.run("restore", str(file)).stderr.strip() == "这个备份是加密的，请用 --identity 写明私钥文件。"
    wrong = empty.run("restore", str(file), "--identity", str(tmp_path / "other"))
    assert wrong.stderr.strip() == "私钥不对，打不开这个备份。"
    done = empty.run("restore", str(file), "--identity", str(tmp_path / "key"))
    assert done.returncode == 0, done.stderr
    assert empty.digests() == town.digests()


def test_a_backup_for_no_key_is_not_begun(town, tmp_path) -> None:
    done = town.run("backup", str(tmp_path / "file"), "--to", "somebody")
    assert (done.returncode, done.stderr.strip()) == (1, "--to 后面要写 age 公钥，以 age1 开头。")
    assert not list(tmp_path.glob("file*"))


def flipped(good: Path, bad: Path) -> None:
    content = bytearray(good.read_bytes())
    with tarfile.open(good) as tar:
        photo = next(one for one in tar if one.name.startswith("media/"))
    content[photo.offset_data + photo.size // 2] ^= 1
    bad.write_bytes(content)


def cut(good: Path, bad: Path) -> None:
    bad.write_bytes(good.read_bytes()[: good.stat().st_size // 2])


def without(good: Path, bad: Path, prefix: str) -> None:
    with tarfile.open(good) as old, tarfile.open(bad, "w") as new:
        gone = next(one.name for one in old if one.name.startswith(prefix))
        for one in old:
            if one.name != gone:
                new.addfile(one, old.extractfile(one))


def climbing(good: Path, bad: Path) -> None:
    with tarfile.open(good) as old, tarfile.open(bad, "w") as new:
        for one in old:
            if one.name.startswith("keys/"):
                one.name = "keys/signing/../../../evil"
            new.addfile(one, old.extractfile(one))


DAMAGE = {
    "flipped": flipped,
    "cut": cut,
    "file_gone": lambda good, bad: without(good, bad, "media/"),
    "no_manifest": lambda good, bad: without(good, bad, "MANIFEST"),
    "climbing": climbing,
    "no_backup": lambda good, bad: bad.write_bytes(os.urandom(9000)),
}
