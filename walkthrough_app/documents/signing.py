"""Signs papers: PAdES B-B, an update behind the paper's own bytes. With `signatures` the only door to pyHanko."""

import hashlib
import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12

from walkthrough_app.config import Settings, Signing
from walkthrough_app.documents import self_made

FIELD = "Signature"
LABEL = "走流程报告签名"
FOLDER = "signing"
NEWEST_PDF = (1, 7)  # PDF/A-3 allows no newer one, and pyHanko would ask for 2.0 where an ECDSA key signs
PADES = "/ESIC"
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class SigningError(RuntimeError):
    """Papers cannot be signed as things are; the text is one line for the operator."""


@dataclass(frozen=True)
class Signer:
    """Whose certificate signs; the key is here, or in the token that `token` describes."""

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()
    key: Key | None = None
    token: Signing | None = None

    @property
    def is_self_made(self) -> bool:
        return name_of(self.certificate) == self_made.NAME


def signer_from(settings: Settings) -> Signer:
    """Return the signer the settings name, or the self-made one; SigningError when it cannot be used."""
    folder = settings.data_dir / FOLDER
    if settings.signing.p12:
        signer = _from_p12(settings.signing.p12, settings.signing.p12_password)
    elif settings.signing.pkcs11_module:
        signer = _from_token(settings.signing)
    else:
        signer = _self_made(folder)
    _check_usage(signer.certificate)
    self_made.remember(folder, signer.certificate)
    return signer


def sign(pdf: bytes, signer: Signer, *, reason: str, at: datetime) -> bytes:
    """Return the paper with a signature behind it: its bytes stay as they are; SigningError when that fails.

    The same paper, signer and moment give the same bytes with an RSA key.
    """
    # In a thread of its own: pyHanko runs an event loop, which must not meet one of the caller's.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(_sign, pdf, signer, reason, at).result()


def _sign(pdf: bytes, signer: Signer, reason: str, at: datetime) -> bytes:
    if not signer.certificate.not_valid_before_utc <= at <= signer.certificate.not_valid_after_utc:
        ends = f"{signer.certificate.not_valid_after_utc:%Y-%m-%d}"
        raise SigningError(f"签名证书不在有效期内（到{ends}为止），请更换证书。")
    from pyhanko.sign import fields, signers

    meta = signers.PdfSignatureMetadata(
        field_name=FIELD, reason=reason, subfilter=fields.SigSeedSubFilter.PADES, md_algorithm="sha256"
    )
    # Outside the page and printable: PDF/A and PDF/UA both take that as "not seen".
    place = fields.SigFieldSpec(
        FIELD, readable_field_name=LABEL, invis_sig_settings=fields.InvisSigSettings(box_out_of_bounds=True)
    )
    with _opened(signer) as key:
        writer = _writer(pdf, seed=f"{reason}{at.isoformat()}")
        signed = _pdf_signer(meta, key, place, at).sign_pdf(writer)
    content: bytes = signed.getvalue()
    return content


def name_of(certificate: x509.Certificate) -> str:
    """Return the name people know a certificate by: its organisation and common name, as far as there are any."""
    oids = (x509.NameOID.ORGANIZATION_NAME, x509.NameOID.COMMON_NAME)
    found = [str(one.value) for oid in oids for one in certificate.subject.get_attributes_for_oid(oid)]
    return " ".join(dict.fromkeys(found)) or certificate.subject.rfc4514_string()


def _self_made(folder: Path) -> Signer:
    try:
        certificate, key = self_made.load(folder)
    except (OSError, ValueError) as error:
        remedy = "请从备份恢复，或运行 walkthrough signing make --again"
        raise SigningError(f"自制证书读不出来（{folder}）：{remedy}。") from error
    return Signer(certificate, key=key)


def _from_p12(path: Path, password: str) -> Signer:
    try:
        key, certificate, more = pkcs12.load_key_and_certificates(path.read_bytes(), password.encode() or None)
    except (OSError, ValueError, TypeError) as error:
        raise SigningError(f"签名证书 {path} 打不开：密码不对，或者不是 PKCS#12 文件（.p12 或 .pfx）。") from error
    if key is None or certificate is None:
        raise SigningError(f"签名证书 {path} 里没有证书或没有私钥。")
    if not isinstance(key, Key):
        raise SigningError(f"签名证书 {path} 的算法不能用，只支持 RSA 和 ECDSA。")
    return Signer(certificate, tuple(more), key)


def _from_token(token: Signing) -> Signer:
    import pkcs11

    with _session(token) as session:
        found = session.get_objects(
            {
                pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
                pkcs11.Attribute.LABEL: token.pkcs11_label,
            }
        )
        values = [one[pkcs11.Attribute.VALUE] for one in found]
    if not values:
        raise SigningError(f"密码设备里没有名为 {token.pkcs11_label} 的证书。")
    return Signer(x509.load_der_x509_certificate(values[0]), token=token)


@contextmanager
def _session(token: Signing) -> Iterator[Any]:
    """Give an open session; SigningError when module, token or PIN are not right."""
    try:
        import pkcs11
        from pyhanko.config.pkcs11 import TokenCriteria
        from pyhanko.sign.pkcs11 import open_pkcs11_session
    except ImportError as error:
        raise SigningError("要用密码设备签名，请先安装 python-pkcs11。") from error
    try:
        session = open_pkcs11_session(
            str(token.pkcs11_module),
            token_criteria=TokenCriteria(label=token.pkcs11_token),
            user_pin=token.pkcs11_pin or None,
        )
    except (pkcs11.PKCS11Error, RuntimeError) as error:
        why = f"密码设备 {token.pkcs11_token} 打不开（{str(error) or type(error).__name__}）"
        raise SigningError(f"{why}：请看模块、设备名和 PIN 是否写对。") from error
    with session:
        yield session


def _check_usage(certificate: x509.Certificate) -> None:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        raise SigningError(f"证书“{name_of(certificate)}”不是签名证书，请换一张用途为数字签名的证书。")


@contextmanager
def _opened(signer: Signer) -> Iterator[Any]:
    """Give pyHanko's signer; a token is open only as long as it signs."""
    from asn1crypto import keys
    from asn1crypto import x509 as asn1
    from pyhanko.sign import signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    own, *chain = (asn1.Certificate.load(one.public_bytes(Encoding.DER)) for one in (signer.certificate, *signer.chain))
    if signer.key:
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register_multiple(chain)
        private = signer.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        yield signers.SimpleSigner(own, keys.PrivateKeyInfo.load(private), store)
        return
    assert signer.token
    from pyhanko.sign.pkcs11 import PKCS11Signer

    with _session(signer.token) as session:
        yield PKCS11Signer(session, signing_cert=own, key_label=signer.token.pkcs11_label)


def _pdf_signer(meta: Any, key: Any, place: Any, at: datetime) -> Any:
    from pyhanko.sign import signers

    class Clocked(signers.PdfSigner):
        """Signs at the given moment: pyHanko would ask the system's clock."""

        def init_signing_session(self, *args: Any, **options: Any) -> Any:
            session = super().init_signing_session(*args, **options)
            session.system_time = at
            return session

    return Clocked(meta, signer=key, new_field_spec=place)


def _writer(pdf: bytes, *, seed: str) -> Any:
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError

    class Quiet(IncrementalPdfFileWriter):
        """Leaves the paper's properties as they were laid out, with what they say about PDF/A."""

        def _update_meta(self) -> None:
            pass

        def ensure_output_version(self, version: tuple[int, int]) -> None:
            if version <= NEWEST_PDF:
                super().ensure_output_version(version)  # type: ignore[no-untyped-call]

        def register_extension(self, ext: Any) -> None:
            if ext.prefix_name == PADES:
                super().register_extension(ext)

    try:
        writer = Quiet(io.BytesIO(pdf))
    except (PdfError, ValueError, LookupError) as error:
        raise SigningError("要签名的文件不是完整的PDF。") from error
    first = writer.document_id[0]
    again = hashlib.sha256(hashlib.sha256(pdf).digest() + seed.encode()).digest()[:16]
    writer._document_id = generic.ArrayObject([generic.ByteStringObject(first), generic.ByteStringObject(again)])  # noqa: SLF001 - no public way
    return writer
