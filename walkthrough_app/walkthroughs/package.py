"""The walk package (`walkthrough-package/1`): a ZIP of `walk.json` and `media/<sha256>.jpg`, in and out."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

import jsonschema

from walkthrough_app.core.errors import Invalid
from walkthrough_app.core.ids import digest
from walkthrough_app.questionnaires.document import Document, QuestionnaireError
from walkthrough_app.walkthroughs.record import WalkRecord

SCHEMA = "walkthrough-package/1"
JPEGS: Mapping[str, str] = {}
FOLDER = Path(__file__).parent / "schema"
MAX_JSON = 64 * 1024 * 1024
MAX_MEDIA = 64 * 1024 * 1024
_parsed: dict[str, Document] = {}  # by the hash of their content


@dataclass(frozen=True)
class Package:
    """A package that was read and checked; `media` maps each SHA-256 to the picture's bytes."""

    data: Mapping[str, Any]
    walks: list[WalkRecord]
    media: Callable[[str], bytes]


def write(
    target: BinaryIO | Path, data: Mapping[str, Any], media: Mapping[str, Path], suffixes: Mapping[str, str] = JPEGS
) -> None:
    """Write a package; pictures and recordings are stored, never deflated. What has no suffix is a JPEG."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("walk.json", json.dumps(data, ensure_ascii=False, indent=1))
        for sha256, path in sorted(media.items()):
            archive.write(path, f"media/{sha256}.{suffixes.get(sha256, 'jpg')}", zipfile.ZIP_STORED)


def build(
    *,
    campaign: Mapping[str, Any],
    unit: Mapping[str, Any],
    walks: Iterable[Mapping[str, Any]],
    questionnaires: Iterable[Mapping[str, Any]],
    report: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Put `walk.json` together; `questionnaires` are whole documents."""
    documents = [
        {"key": one["id"], "version": one["version"], "sha256": digest(one), "document": one} for one in questionnaires
    ]
    data = {"schema": SCHEMA, "campaign": campaign, "unit": unit, "questionnaires": documents, "walks": list(walks)}
    return data | ({"report": report} if report else {})


def read(source: Path | BinaryIO) -> Package:
    """Read and check a package; Invalid with one clear sentence when it cannot be trusted or understood."""
    try:
        archive = zipfile.ZipFile(source)
        data = _read_json(archive)
    except (OSError, KeyError, RuntimeError, zipfile.BadZipFile, UnicodeDecodeError, ValueError) as error:
        raise Invalid("package", "这不是完整的走流程记录包，可能没有传完。") from error
    _check(data)
    return Package(data, records(data), lambda sha256: _picture(archive, sha256))


def records(data: Mapping[str, Any]) -> list[WalkRecord]:
    """Make the records of the walks in `walk.json` data."""
    documents = {}
    for one in data["questionnaires"]:
        if digest(one["document"]) != one["sha256"]:
            raise Invalid("package", f"记录包里的问卷 {one['key']} 第 {one['version']} 版被改动过。")
        if one["sha256"] not in _parsed:
            _parsed[one["sha256"]] = _document(one["document"])
        documents[one["key"], one["version"]] = _parsed[one["sha256"]]
    made = []
    for walk in data["walks"]:
        document = documents.get((walk["questionnaire"]["key"], walk["questionnaire"]["version"]))
        if document is None:
            raise Invalid("package", "记录包里缺少走流程所用的问卷。")
        made.append(
            WalkRecord(walk, document.for_mode(walk["mode"]), {**document.thresholds, **data["campaign"]["thresholds"]})
        )
    return made


def _document(data: Mapping[str, Any]) -> Document:
    try:
        return Document.parse(data)
    except QuestionnaireError as error:
        raise Invalid("package", f"记录包里的问卷不合格式：{error}") from error


def _read_json(archive: zipfile.ZipFile) -> dict[str, Any]:
    if archive.getinfo("walk.json").file_size > MAX_JSON:
        raise ValueError("walk.json is too large")
    data = json.loads(archive.read("walk.json"))
    if not isinstance(data, dict):
        raise ValueError("walk.json is not an object")  # noqa: TRY004 - one kind of refusal
    return data


def _check(data: Mapping[str, Any]) -> None:
    if data.get("schema") != SCHEMA:
        raise Invalid("package", f"不认识的记录包格式：{data.get('schema') or '未写明'}。")
    problem = next(iter(validator("package-1").iter_errors(data)), None)
    if problem:
        where = "/".join(str(part) for part in problem.absolute_path) or "walk.json"
        raise Invalid("package", f"记录包的内容不合格式，问题在 {where}。")


def _picture(archive: zipfile.ZipFile, sha256: str) -> bytes:
    """Return the bytes of a picture, checked against its name; Invalid when missing or altered."""
    try:
        info = archive.getinfo(f"media/{sha256}.jpg")
    except KeyError:
        raise Invalid("package", f"记录包里缺少照片 {sha256[:8]}。") from None
    content = archive.read(info) if info.file_size <= MAX_MEDIA else b""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Invalid("package", f"照片 {sha256[:8]} 与登记的不一致，可能被改动过。")
    return content


@cache
def validator(name: str) -> jsonschema.Draft202012Validator:
    """Return the validator of a published schema: `event-1` or `package-1`."""
    from referencing import Registry, Resource

    schemas = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.json")}
    registry: Registry[Any] = Registry().with_resources(
        (schema["$id"], Resource.from_contents(schema)) for schema in schemas.values()
    )
    return jsonschema.Draft202012Validator(schemas[f"{name}.schema.json"], registry=registry)
