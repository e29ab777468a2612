"""Opens what a phone or a server has packed: a plain package, or one encrypted for this installation's rescue key."""

import base64
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from walkthrough_app.core import keys
from walkthrough_app.core.errors import Invalid
from walkthrough_app.media.storage import MediaStore

SCHEMA = "walkthrough-rescue/1"
TAG = 16
LARGEST_PIECE = 16 * 1024 * 1024
MOST_JSON = 64 * 1024 * 1024
BROKEN = "这不是完整的走流程记录包，可能没有传完或被改动过。"
ZIP_ERRORS = (
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


@contextmanager
def opened(source: Path, *, data_dir: Path, store: MediaStore) -> Iterator[zipfile.ZipFile]:
    """Give the package inside `source`; Invalid when it is none, or was encrypted for another installation."""
    with _zip(source) as outer:
        if "rescue.json" not in outer.namelist():
            yield outer
            return
        with store.scratch() as plain:
            _decrypt(outer, plain, data_dir)
            plain.seek(0)
            with _zip(plain) as inner:
                yield inner


def read_json(archive: zipfile.ZipFile, name: str) -> Any:
    try:
        if archive.getinfo(name).file_size > MOST_JSON:
            raise Invalid("package", BROKEN)
        return json.loads(archive.read(name))
    except (*ZIP_ERRORS, RecursionError) as error:
        raise Invalid("package", BROKEN) from error


def _zip(source: Path | BinaryIO) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(source)
    except (*ZIP_ERRORS, OSError) as error:
        raise Invalid("package", BROKEN) from error


def _decrypt(outer: zipfile.ZipFile, plain: BinaryIO, data_dir: Path) -> None:
    """Write the inner package; every piece is verified, and that none is missing at the end."""
    header = read_json(outer, "rescue.json")
    if not isinstance(header, dict) or header.get("schema") != SCHEMA:
        raise Invalid("package", "不认识的救援包格式，请先升级本系统。")
    if header.get("kid") != keys.public(data_dir)["kid"]:
        raise Invalid("package", "这个救援包是为另一套系统加密的，请在原来的系统导入。")
    try:
        cipher, nonce, size = AESGCM(_key(header, data_dir)), _bytes(header["nonce"]), int(header["chunk"])
        if not 0 < size <= LARGEST_PIECE:
            raise Invalid("package", BROKEN)
        with outer.open("walk.enc") as file:
            plain.writelines(
                cipher.decrypt(nonce + number.to_bytes(4, "big"), piece, b"last" if is_last else b"more")
                for number, (piece, is_last) in enumerate(_pieces(file, size + TAG))
            )
    except (*ZIP_ERRORS, InvalidTag, TypeError, OverflowError) as error:
        raise Invalid("package", BROKEN) from error


def _key(header: Mapping[str, Any], data_dir: Path) -> bytes:
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(header["epk"]))
    shared = keys.private(data_dir).exchange(ec.ECDH(), point)
    return HKDF(hashes.SHA256(), length=32, salt=_bytes(header["salt"]), info=SCHEMA.encode()).derive(shared)


def _pieces(file: IO[bytes], size: int) -> Iterator[tuple[bytes, bool]]:
    """Give each piece with whether it is the last; an empty file has one empty piece."""
    piece = file.read(size)
    while following := file.read(size):
        yield piece, False
        piece = following
    yield piece, True


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
