"""The certificate an installation makes for itself, so that every paper is signed from the first day (for trying only).

The folder also keeps every certificate that ever signed here: old papers are still known as our own.
"""

from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from walkthrough_app.core import clock
from walkthrough_app.core.keys import write_once

NAME = "走流程自制证书（仅供试用）"
FILE = "self-made.pem"
LIFE = timedelta(days=3650)
BEFORE = timedelta(days=366)  # sample data signs papers of some weeks ago
BITS = 3072


def load(folder: Path) -> tuple[x509.Certificate, rsa.RSAPrivateKey]:
    """Return the certificate and its key, made on first need; ValueError when the file cannot be read."""
    path = folder / FILE
    if not path.exists():
        _make(path)
    pem = path.read_bytes()
    key = serialization.load_pem_private_key(pem, password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise ValueError(f"{FILE} does not hold an RSA key")  # noqa: TRY004 - one kind of refusal
    return x509.load_pem_x509_certificate(pem), key


def replace(folder: Path) -> x509.Certificate:
    """Make a new certificate in place of the old one, whose papers stay known."""
    if (folder / FILE).exists():
        remember(folder, load(folder)[0])
        (folder / FILE).unlink()
    return load(folder)[0]


def remember(folder: Path, certificate: x509.Certificate) -> None:
    """Keep a certificate that signs here, under its fingerprint."""
    path = folder / f"{certificate.fingerprint(hashes.SHA256()).hex()}.crt"
    if not path.exists():
        write_once(path, certificate.public_bytes(serialization.Encoding.PEM))


def remembered(folder: Path) -> list[x509.Certificate]:
    """Return every certificate that ever signed here."""
    found = []
    for path in sorted(folder.glob("*.crt")):
        try:
            found.append(x509.load_pem_x509_certificate(path.read_bytes()))
        except (OSError, ValueError):  # a damaged copy makes nobody trusted
            continue
    return found


def _make(path: Path) -> None:
    key = rsa.generate_private_key(65537, BITS)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    begins = clock.now().replace(microsecond=0) - BEFORE
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + BEFORE + LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    write_once(path, private + made.public_bytes(serialization.Encoding.PEM))


def _usage() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
