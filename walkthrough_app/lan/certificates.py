"""The certificates of `serve --lan`: an authority of our own, made once, and the server's (docs/adr/0007)."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv4Address
from pathlib import Path

import click
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from walkthrough_app.core import clock
from walkthrough_app.lan.addresses import host_name

AUTHORITY_LIFE = timedelta(days=3650)
LEAF_LIFE = timedelta(days=397)  # phones take no longer one
RENEWED_BEFORE = timedelta(days=30)
SKEW = timedelta(days=1)  # a phone's clock may be behind
HOME = "127.0.0.1"
PEM = serialization.Encoding.PEM


@dataclass(frozen=True)
class Identity:
    """A certificate, its key, and the files that hold them (only their owner may read them)."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey
    certificate_file: Path
    key_file: Path


def authority(folder: Path) -> Identity:
    """Return the authority of `folder`; it is made once, and anew in its last year."""
    kept = _load(folder, "ca")
    if not kept and (folder / "ca.crt").exists():
        refusal = f"局域网证书读不出来（{folder}）。请从备份恢复；没有备份就删掉这个文件夹再启动，手机要重装证书。"
        raise click.ClickException(refusal)
    if kept and kept.certificate.not_valid_after_utc > clock.now() + LEAF_LIFE:
        return kept
    key, host = ec.generate_private_key(ec.SECP256R1()), host_name()
    name = _name(f"走流程 {host}".strip())
    signed = (
        _builder(name, name, key, AUTHORITY_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(_only(["local", "localhost", *filter(None, [host])]), critical=True)
        .sign(key, hashes.SHA256())
    )
    return _keep(folder, "ca", signed, key)


def identity(folder: Path, shown: Iterable[str]) -> Identity:
    """Return the server's certificate for the addresses `shown`, renewed when it must be."""
    issuer, kept = authority(folder), _load(folder, "server")
    names = _names(issuer.certificate, shown)
    if kept and _still_good(kept.certificate, issuer.certificate, names):
        return kept
    key = ec.generate_private_key(ec.SECP256R1())
    signed = (
        _builder(_name("走流程"), issuer.certificate.subject, key, LEAF_LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(names, critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False)
        .sign(issuer.key, hashes.SHA256())
    )
    return _keep(folder, "server", signed, key)


def fingerprint(certificate: x509.Certificate) -> str:
    """Return the SHA-256 that phones show beside a certificate: AB:CD:…"""
    return certificate.fingerprint(hashes.SHA256()).hex(":").upper()


def _names(issuer: x509.Certificate, shown: Iterable[str]) -> x509.SubjectAlternativeName:
    """Name all addresses, and the host's names as far as the authority may vouch for them."""
    host = host_name()
    allowed = issuer.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
    suffixes = [one.value for one in allowed]
    names = [one for one in ("localhost", host, f"{host}.local") if host and _is_under(one, suffixes)]
    numbers = sorted({IPv4Address(one) for one in [HOME, *shown]})
    return x509.SubjectAlternativeName([*map(x509.DNSName, dict.fromkeys(names)), *map(x509.IPAddress, numbers)])


def _is_under(name: str, suffixes: list[str]) -> bool:
    return any(name == suffix or name.endswith(f".{suffix}") for suffix in suffixes)


def _still_good(kept: x509.Certificate, issuer: x509.Certificate, names: x509.SubjectAlternativeName) -> bool:
    try:
        kept.verify_directly_issued_by(issuer)
    except (ValueError, InvalidSignature):
        return False
    now = clock.now()
    is_in_time = kept.not_valid_before_utc < now < kept.not_valid_after_utc - RENEWED_BEFORE
    return is_in_time and kept.extensions.get_extension_for_class(x509.SubjectAlternativeName).value == names


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, life: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(clock.now() - SKEW)
        .not_valid_after(clock.now() - SKEW + life)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common[:64])])


def _only(suffixes: list[str]) -> x509.NameConstraints:
    """Let the authority vouch for this machine's names only: whoever steals it cannot pose as a bank."""
    permitted = [x509.DNSName(one) for one in dict.fromkeys(suffixes)]
    return x509.NameConstraints(permitted_subtrees=permitted, excluded_subtrees=None)


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _load(folder: Path, name: str) -> Identity | None:
    """Return what is kept; None when it is not there, not whole, or the key of something else."""
    files = folder / f"{name}.crt", folder / f"{name}.key"
    try:
        certificate = x509.load_pem_x509_certificate(files[0].read_bytes())
        key = serialization.load_pem_private_key(files[1].read_bytes(), None)
    except (OSError, ValueError):
        return None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != certificate.public_key():
        return None
    return Identity(certificate, key, *files)


def _keep(folder: Path, name: str, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> Identity:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    files = folder / f"{name}.crt", folder / f"{name}.key"
    encoding, form = PEM, serialization.PrivateFormat.PKCS8
    _write(files[1], key.private_bytes(encoding, form, serialization.NoEncryption()))
    _write(files[0], certificate.public_bytes(encoding))
    return Identity(certificate, key, *files)


def _write(file: Path, content: bytes) -> None:
    """Replace a file in one move; only its owner may read it."""
    new = file.with_suffix(".new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(content)
    new.replace(file)
