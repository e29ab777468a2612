"""A backup in one file: a tar of the rows, the files, the installation's keys and, last, what proves them whole.

`database.db` is a SQLite file whatever the installation runs on; `media/<sha256>` is named by its content; `keys/…` are
the small files of the data folder; `MANIFEST.json` says how many rows and files there are and what they add up to.
"""

import hashlib
import io
import json
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection, Engine

from walkthrough_app import config, schema
from walkthrough_app.core import clock, db
from walkthrough_app.media.storage import MediaStore, open_store
from walkthrough_app.upkeep import index, rows
from walkthrough_app.upkeep.files import Damaged

FORMAT = "walkthrough-backup/1"
DATABASE, MANIFEST = "database.db", "MANIFEST.json"
KEYS = ("secret_key", "rescue.pem", "signing")
CHUNK = 1024 * 1024
LARGEST_MANIFEST = 4 * CHUNK


@dataclass(frozen=True, slots=True)
class Summary:
    made_at: str
    rows: int
    files: int
    size: int


def write(settings: config.Settings, target: BinaryIO, tell: rows.Tell) -> Summary:
    """Write a backup of a running installation as it stands at one moment; files that come later may be in it too."""
    digest = rows.Digests()
    with tempfile.TemporaryDirectory(dir=settings.data_dir) as folder:
        place = Path(folder) / DATABASE
        _snapshot(settings.database_url, place, digest, tell)
        with tarfile.open(fileobj=target, mode="w|", format=tarfile.PAX_FORMAT) as tar:
            tar.add(place, DATABASE)
            count, size = _add_files(tar, open_store(settings))
            keys = _add_keys(tar, settings.data_dir)
            about = {
                "format": FORMAT,
                "made_at": clock.iso(clock.now()),
                "revision": schema.newest(),
                "rows": digest,
                "files": count,
                "bytes": size,
                "keys": keys,
            }
            _add(tar, MANIFEST, json.dumps(about, ensure_ascii=False, indent=1).encode())
    return _summary(about)


def read(source: BinaryIO, settings: config.Settings, tell: rows.Tell) -> Summary:
    """Take a backup over into an empty installation; Damaged leaves its database empty."""
    store = open_store(settings)
    with _unpacked(source, settings.data_dir, store.put) as (folder, about):
        engine = db.engine_of(settings.database_url)
        schema.upgrade(engine)
        with engine.connect() as connection:
            if rows.filled(connection):
                raise Damaged("数据库里已经有数据，只能恢复到空的系统里。")
        _take_over(folder / DATABASE, engine, about, tell)
        engine.dispose()
        _place_keys(folder, settings.data_dir)
    index.rebuild(settings)
    return _summary(about)


def check(source: BinaryIO, scratch: Path) -> Summary:
    """Read a backup through and compare everything in it with what its last part says; Damaged."""

    with _unpacked(source, scratch, _looked_at) as (folder, about):
        copy = db.engine_of(f"sqlite:///{folder / DATABASE}")
        if about["revision"] == schema.newest():
            with copy.connect() as connection:
                rows.prove(_digests(about), rows.digests(connection))
        copy.dispose()
    return _summary(about)


def _looked_at(data: BinaryIO, *, limit: int) -> str:  # noqa: ARG001 - as a store puts
    return hashlib.file_digest(data, "sha256").hexdigest()  # type: ignore[arg-type]


def _snapshot(url: str, place: Path, digest: rows.Digests, tell: rows.Tell) -> None:
    source, copy = db.engine_of(url), db.engine_of(f"sqlite:///{place}")
    schema.upgrade(copy)
    with _frozen(source) as old:
        with copy.begin() as new:
            rows.copy(old, new, tell)
        with copy.connect() as new:
            digest.update(rows.digests(new))
        rows.prove(rows.digests(old), digest)
    copy.dispose()  # closed, it is one file: what SQLite kept beside it is gone
    source.dispose()


@contextmanager
def _frozen(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one moment, whatever others write."""
    options = {db.READONLY: True} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with engine.connect() as connection:
        yield connection.execution_options(**options)


def _add_files(tar: tarfile.TarFile, store: MediaStore) -> tuple[int, int]:
    count = size = 0
    for sha256 in store.hashes():
        place = store.path(sha256)
        tar.add(place, f"media/{sha256}", filter=_anonymous)
        count, size = count + 1, size + place.stat().st_size
    return count, size


def _add_keys(tar: tarfile.TarFile, data_dir: Path) -> dict[str, str]:
    found = [data_dir / name for name in KEYS]
    files = [one for path in found for one in (path.iterdir() if path.is_dir() else [path]) if one.is_file()]
    keys = {}
    for path in files:
        name, content = f"keys/{path.relative_to(data_dir)}", path.read_bytes()
        keys[name] = hashlib.sha256(content).hexdigest()
        _add(tar, name, content)
    return keys


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(content), 0o600
    tar.addfile(info, io.BytesIO(content))


def _anonymous(info: tarfile.TarInfo) -> tarfile.TarInfo:
    info.uid = info.gid = 0
    info.uname = info.gname = ""
    return info


@contextmanager
def _unpacked(source: BinaryIO, scratch: Path, keep: Callable[..., str]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Unpack database and keys into a folder that vanishes, hand the files to `keep`; Damaged unless all is there."""
    with tempfile.TemporaryDirectory(dir=scratch) as name:
        folder = Path(name)
        try:
            about = _unpack(source, folder, keep)
        except (tarfile.TarError, ValueError, KeyError, EOFError) as error:
            raise Damaged("备份文件已经损坏，或者不是走流程的备份。") from error
        yield folder, about


def _unpack(source: BinaryIO, folder: Path, keep: Callable[..., str]) -> dict[str, Any]:
    count = size = 0
    about: dict[str, Any] = {}
    with tarfile.open(fileobj=source, mode="r|") as tar:
        for info in tar:
            file = tar.extractfile(info)
            if file is None or about:
                raise ValueError(info.name)
            if info.name == MANIFEST:
                about = json.loads(file.read(LARGEST_MANIFEST))
            elif info.name.startswith("media/"):
                if keep(file, limit=info.size) != info.name.removeprefix("media/"):
                    raise ValueError(info.name)
                count, size = count + 1, size + info.size
            else:
                _save(file, folder / _own_name(info.name))
    if about["format"] != FORMAT or (about["files"], about["bytes"]) != (count, size):
        raise ValueError("files are missing")
    _check_rest(folder, about)
    return about


def _check_rest(folder: Path, about: dict[str, Any]) -> None:
    if not schema.is_known(about["revision"]):
        raise Damaged("这个备份来自更新的版本，请先升级程序。")
    for name, sha256 in about["keys"].items():
        if hashlib.sha256((folder / _own_name(name)).read_bytes()).hexdigest() != sha256:
            raise ValueError(name)


def _own_name(name: str) -> str:
    """Return a name below the folder, whatever the tar says; ValueError for one we never write."""
    parts = Path(name).parts
    if name != DATABASE and (parts[0] != "keys" or parts[1] not in KEYS or ".." in parts or len(parts) > 3):
        raise ValueError(name)
    return name


def _save(file: Any, place: Path) -> None:
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with place.open("wb") as target:
        while piece := file.read(CHUNK):
            target.write(piece)


def _take_over(place: Path, target: Engine, about: dict[str, Any], tell: rows.Tell) -> None:
    """Bring the rows to this program's schema, then over; all of them or none."""
    copy = db.engine_of(f"sqlite:///{place}")
    is_current = about["revision"] == schema.newest()
    try:
        if not is_current:
            schema.upgrade(copy)
        with copy.connect() as old, target.begin() as new:
            expected = rows.digests(old)
            if is_current:
                rows.prove(_digests(about), expected)
            rows.copy(old, new, tell)
            rows.prove(expected, rows.digests(new))
    except rows.NotEqual as error:
        raise Damaged(str(error)) from error
    finally:
        copy.dispose()


def _place_keys(folder: Path, data_dir: Path) -> None:
    for path in sorted((folder / "keys").rglob("*")):
        place = data_dir / path.relative_to(folder / "keys")
        if path.is_dir():
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
        else:
            path.chmod(0o600)
            path.replace(place)


def _digests(about: dict[str, Any]) -> rows.Digests:
    return {name: (int(count), str(digest)) for name, (count, digest) in about["rows"].items()}


def _summary(about: dict[str, Any]) -> Summary:
    count = sum(number for number, _ in about["rows"].values())
    return Summary(about["made_at"], count, about["files"], about["bytes"])
