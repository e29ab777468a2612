"""Certificates as offices get them: an authority, and what it issues as a PKCS#12 file."""

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

PASSWORD = "一二三 p12"


@cache
def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def issue(
    common: str,
    *,
    by: SimpleNamespace | None = None,
    key: Any = None,
    is_authority: bool = False,
    signs: bool = True,
    ends: timedelta = timedelta(days=400),
) -> SimpleNamespace:
    """Issue a certificate; return it with its key."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)
    name = x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, "示例市"), x509.NameAttribute(NameOID.COMMON_NAME, common)]
    )
    usage = dict.fromkeys(
        ("key_agreement", "data_encipherment", "encipher_only", "decipher_only", "content_commitment"), False
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(by.certificate.subject if by else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=500))
        .not_valid_after(now + ends)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=signs,
                key_encipherment=not signs,
                key_cert_sign=is_authority,
                crl_sign=is_authority,
                **usage,
            ),
            critical=True,
        )
        .sign(by.key if by else key, hashes.SHA256())
    )
    return SimpleNamespace(certificate=made, key=key)


def write_p12(path: Path, one: SimpleNamespace, *chain: SimpleNamespace, password: str = PASSWORD) -> Path:
    encryption = serialization.BestAvailableEncryption(password.encode())
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"seal", one.key, one.certificate, [link.certificate for link in chain], encryption
        )
    )
    return path


def write_pem(path: Path, one: SimpleNamespace) -> Path:
    path.write_bytes(one.certificate.public_bytes(serialization.Encoding.PEM))
    return path
