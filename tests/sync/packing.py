"""Packs what a phone holds the way it does: a package, and the same encrypted for the server's rescue key."""

import base64
import io
import json
import os
import zipfile
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tests.sync.phone import sha


def package(walk: str, events: list[Any], files: dict[str, bytes] | None = None, **more: Any) -> bytes:
    """Return a phone's package with nothing of the base in it; `files` are named by their suffix."""
    data = {"schema": "walkthrough-package/1", "walks": [{"id": walk, "events": events}], **more}
    named = {f"media/{sha(raw)}.{suffix}": raw for suffix, raw in (files or {}).items()}
    return zipped({"walk.json": json.dumps(data).encode(), **named})


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def locked(plain: bytes, rescue: dict[str, str], chunk: int = 700) -> dict[str, bytes]:
    """Return the files of a rescue container."""
    mine, salt, nonce = ec.generate_private_key(ec.SECP256R1()), os.urandom(16), os.urandom(8)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unb64(rescue["key"]))
    secret = mine.exchange(ec.ECDH(), theirs)
    cipher = AESGCM(HKDF(hashes.SHA256(), 32, salt, b"walkthrough-rescue/1").derive(secret))
    pieces = [plain[at : at + chunk] for at in range(0, len(plain), chunk)]
    sealed = [
        cipher.encrypt(nonce + number.to_bytes(4, "big"), piece, b"last" if number == len(pieces) - 1 else b"more")
        for number, piece in enumerate(pieces)
    ]
    point = mine.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    header = {"schema": "walkthrough-rescue/1", "kid": rescue["kid"], "chunk": chunk}
    header |= {"epk": b64(point), "salt": b64(salt), "nonce": b64(nonce)}
    return {
        "rescue.json": json.dumps(header).encode(),
        "walk.enc": b"".join(sealed),
        "说明.txt": "请交给联络员".encode(),
    }


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
