"""The rescue key: phones encrypt for it what they could not send; its private half never leaves the data folder."""

import base64
import hashlib
import os
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

NAME = "rescue.pem"
KID = 16  # hex digits of the hash of the public point


def public(data_dir: Path) -> dict[str, str]:
    """Return `{kid, key}`: the uncompressed P-256 point in base64url without padding, and its name."""
    point = (
        private(data_dir)
        .public_key()
        .public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    )
    key = base64.urlsafe_b64encode(point).rstrip(b"=").decode()
    return {"kid": hashlib.sha256(point).hexdigest()[:KID], "key": key}


def private(data_dir: Path) -> ec.EllipticCurvePrivateKey:
    """Return the installation's own key, made on first need."""
    path = data_dir / NAME
    if not path.exists():
        _make(path)
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{NAME} does not hold a P-256 key")
    return key


def _make(path: Path) -> None:
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    write_once(path, pem)


def write_once(path: Path, content: bytes) -> None:
    """Write a file whole, readable by its owner only, or leave the one that another process was faster to write."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(name, path)
    except FileExistsError:
        pass
    finally:
        Path(name).unlink()
