"""Checks signatures: whether the mathematics is right, and whose certificate it is. Reads no PDF, only the CMS inside.

Stricter than readers of PDF need to be, for we know how our own papers are signed: one signer, strong hashes,
signed attributes that name the certificate, and nothing in the container that the signature does not vouch for.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

HASHES = ("sha256", "sha384", "sha512")
VERSION = "v1"


class SignatureError(ValueError):
    """The container is not a signature as papers carry it."""


@dataclass(frozen=True)
class Seal:
    """A signature whose mathematics were checked: `is_right` says that it covers exactly these bytes."""

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    is_right: bool


def check(container: bytes, digest: Callable[[str], bytes]) -> Seal:
    """Check a detached CMS signature, padded with zeros; `digest` hashes the signed bytes by an algorithm's name.

    SignatureError when it is none, or is not built as those of papers are.
    """
    try:
        return _check(container, digest)
    except SignatureError:
        raise
    except Exception as error:  # libraries raise anything on broken bytes
        raise SignatureError(str(error)) from error


def is_trusted(seal: Seal, roots: Sequence[x509.Certificate], at: datetime) -> bool:
    """Tell whether one of the roots vouches for the certificate, as of a moment; no network is asked."""
    import asyncio

    from asn1crypto import x509 as asn1
    from pyhanko_certvalidator import CertificateValidator, ValidationContext
    from pyhanko_certvalidator.errors import PathBuildingError, PathValidationError

    own, *chain = (asn1.Certificate.load(one.public_bytes(Encoding.DER)) for one in (seal.certificate, *seal.chain))
    anchors = [asn1.Certificate.load(one.public_bytes(Encoding.DER)) for one in roots]
    context = ValidationContext(trust_roots=anchors, other_certs=chain, moment=at, allow_fetching=False)
    validator = CertificateValidator(own, intermediate_certs=chain, validation_context=context)
    with suppress(PathBuildingError, PathValidationError, ValueError):
        asyncio.run(validator.async_validate_path())
        return True
    return False


def roots_of(path: Path) -> list[x509.Certificate]:
    """Read trusted roots from a PEM file; ValueError when there is none in it."""
    return x509.load_pem_x509_certificates(path.read_bytes())


def _check(container: bytes, digest: Callable[[str], bytes]) -> Seal:
    from asn1crypto import cms
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    content = cms.ContentInfo.load(_without_padding(container), strict=True)
    if content["content_type"].native != "signed_data":
        raise SignatureError("not signed data")
    signed = content["content"]
    info = _only(signed["signer_infos"])
    if not all(_is_tight(one) for one in (content, signed, info)):
        raise SignatureError("something stands between the parts")
    own, others = _certificates(signed, info)
    _check_frame(signed, info)
    algorithm = info["digest_algorithm"]["algorithm"].native
    is_intact, is_valid = validate_sig_integrity(info, own, "data", digest(algorithm))
    load = x509.load_der_x509_certificate
    return Seal(load(own.dump()), tuple(load(one.dump()) for one in others), is_intact and is_valid)


def _without_padding(container: bytes) -> bytes:
    from asn1crypto import parser

    *_, header, content, trailer = parser.parse(container)
    der: bytes = header + content + trailer
    if container[len(der) :].strip(b"\0"):
        raise SignatureError("something stands behind the signature")
    return der


def _is_tight(sequence: Any) -> bool:
    """Tell whether a sequence holds its parts and not a byte more."""
    return sum(len(sequence[name].dump()) for name in sequence) == len(sequence.contents)


def _only(values: Any) -> Any:
    if len(values) != 1:
        raise SignatureError("not exactly one")
    return values[0]


def _certificates(signed: Any, info: Any) -> tuple[Any, list[Any]]:
    """Find the signer's certificate by the name and number in the signature."""
    every = [one.chosen for one in signed["certificates"]]
    sid = info["sid"].chosen
    own = [one for one in every if one.issuer == sid["issuer"] and one.serial_number == sid["serial_number"].native]
    found = _only(own)
    return found, [one for one in every if one is not found]


def _check_frame(signed: Any, info: Any) -> None:
    """Refuse what the signature itself does not vouch for and no signer writes."""
    names = {one["type"].native for one in info["signed_attrs"]}
    algorithm = info["digest_algorithm"]
    frame = (
        signed["version"].native == info["version"].native == VERSION,
        _only(signed["digest_algorithms"]).dump() == algorithm.dump(),
        algorithm["algorithm"].native in HASHES,
        signed["encap_content_info"]["content_type"].native == "data",
        signed["encap_content_info"]["content"].native is None,
        not signed["crls"],
        not info["unsigned_attrs"],
        {"content_type", "message_digest", "signing_certificate_v2"} <= names,
    )
    if not all(frame):
        raise SignatureError(f"frame {frame.index(False)}")
