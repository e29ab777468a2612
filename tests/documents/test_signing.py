"""Papers are signed with the organisation's certificate, or a self-made one; the paper itself stays as it is."""

import io
import os
import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from tests.documents import certificates
from tests.documents.conftest import DATA
from walkthrough_app import config
from walkthrough_app.config import SettingError, Settings, Signing
from walkthrough_app.documents import self_made, signing
from walkthrough_app.documents.pdf import Rendered
from walkthrough_app.documents.signing import Signer, SigningError

AT = datetime(2026, 7, 16, 1, 2, 3, tzinfo=UTC)
REASON = "主要负责同志确认定稿"
MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")


def settings(folder: Path, **signs: Any) -> Settings:
    return Settings(data_dir=folder, database_url="", media_dir=folder, secret_key="", signing=Signing(**signs))


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    return signing.signer_from(settings(tmp_path_factory.mktemp("data")))


@pytest.fixture(scope="module")
def signed(paper: Rendered, signer: Signer) -> bytes:
    return signing.sign(paper.pdf, signer, reason=REASON, at=datetime.now(UTC))


def pdfsig(folder: Path, pdf: bytes) -> str:
    (folder / "signed.pdf").write_bytes(pdf)
    return subprocess.run(["pdfsig", folder / "signed.pdf"], capture_output=True, text=True, check=False).stdout


def test_another_program_finds_the_signature_valid(tmp_path: Path, signed: bytes) -> None:
    said = pdfsig(tmp_path, signed)
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    assert "走流程自制证书（仅供试用）" in said


def test_the_paper_itself_stays_as_it_is(paper: Rendered, signed: bytes) -> None:
    assert signed.startswith(paper.pdf)
    with pikepdf.open(io.BytesIO(paper.pdf)) as before, pikepdf.open(io.BytesIO(signed)) as after:
        assert after.attachments["report.json"].get_file().read_bytes() == DATA
        assert [str(one.UF) for one in after.Root.AF] == ["report.json"]
        assert after.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()
        assert str(after.docinfo) == str(before.docinfo)
        with after.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")


def test_the_signature_is_not_seen_but_named_for_those_who_listen(signed: bytes) -> None:
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        field = pdf.Root.AcroForm.Fields[0]
        left, bottom, right, top = (float(one) for one in field.Rect)
        assert (right - left, top - bottom) == (0, 0)
        assert "/AP" not in field
        assert str(field.TU) == signing.LABEL


def test_a_signed_paper_is_sound(signed: bytes) -> None:
    with pikepdf.open(io.BytesIO(signed), attempt_recovery=False) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_the_moment_and_the_reason_are_those_given(paper: Rendered, signer: Signer) -> None:
    with pikepdf.open(io.BytesIO(signing.sign(paper.pdf, signer, reason=REASON, at=AT))) as pdf:
        value = pdf.Root.AcroForm.Fields[0].V
        assert (str(value.M), str(value.Reason)) == ("D:20260716010203Z", REASON)


def test_the_same_paper_and_moment_give_the_same_bytes(paper: Rendered, signer: Signer) -> None:
    first, second = (signing.sign(paper.pdf, signer, reason=REASON, at=AT) for _ in range(2))
    assert first == second


class TestSelfMade:
    def test_it_is_made_once_and_nobody_else_may_read_it(self, tmp_path: Path) -> None:
        first, second = (signing.signer_from(settings(tmp_path)) for _ in range(2))
        assert first.certificate == second.certificate
        assert first.is_self_made
        for path in (tmp_path / "signing").iterdir():
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE((tmp_path / "signing").stat().st_mode) == 0o700

    def test_workers_that_begin_together_have_one(self, tmp_path: Path) -> None:
        with ThreadPoolExecutor(4) as pool:
            made = list(pool.map(lambda _: signing.signer_from(settings(tmp_path)).certificate, range(4)))
        assert len(set(made)) == 1
        assert not list((tmp_path / "signing").glob("tmp*"))

    def test_a_new_one_leaves_the_old_one_known(self, tmp_path: Path) -> None:
        old = signing.signer_from(settings(tmp_path)).certificate
        new = self_made.replace(tmp_path / "signing")
        assert new != old
        assert old in self_made.remembered(tmp_path / "signing")

    def test_a_damaged_one_is_told(self, tmp_path: Path) -> None:
        signing.signer_from(settings(tmp_path))
        (tmp_path / "signing" / self_made.FILE).write_text("nothing")
        with pytest.raises(SigningError, match=r"自制证书读不出来.*signing make --again"):
            signing.signer_from(settings(tmp_path))


class TestPkcs12:
    @pytest.mark.parametrize("kind", ["ec", "rsa"])
    def test_the_organisations_certificate_signs(self, tmp_path: Path, paper: Rendered, kind: str) -> None:
        root = certificates.issue("示例根", is_authority=True)
        leaf = certificates.issue("示例市作风整顿办", by=root, key=certificates.rsa_key() if kind == "rsa" else None)
        file = certificates.write_p12(tmp_path / "a.p12", leaf, root)
        found = signing.signer_from(settings(tmp_path, p12=file, p12_password=certificates.PASSWORD))
        assert (found.certificate, found.chain) == (leaf.certificate, (root.certificate,))
        assert signing.name_of(found.certificate) == "示例市 示例市作风整顿办"
        assert not found.is_self_made
        made = signing.sign(paper.pdf, found, reason=REASON, at=datetime.now(UTC))
        said = pdfsig(tmp_path, made)
        assert "Signature is Valid" in said
        assert "CN=示例市作风整顿办" in said
        with pikepdf.open(io.BytesIO(made)) as pdf:
            assert pdf.pdf_version == "1.7"
            assert list(pdf.Root.Extensions) == ["/ESIC"]

    @pytest.mark.parametrize("password", ["", "wrong"])
    def test_a_wrong_password_is_told(self, tmp_path: Path, password: str) -> None:
        file = certificates.write_p12(tmp_path / "a.p12", certificates.issue("甲"))
        with pytest.raises(SigningError, match="密码不对"):
            signing.signer_from(settings(tmp_path, p12=file, p12_password=password))

    def test_another_kind_of_file_is_told(self, tmp_path: Path) -> None:
        file = certificates.write_pem(tmp_path / "a.p12", certificates.issue("甲"))
        with pytest.raises(SigningError, match="不是 PKCS#12 文件"):
            signing.signer_from(settings(tmp_path, p12=file))

    def test_a_certificate_for_something_else_is_refused(self, tmp_path: Path) -> None:
        file = certificates.write_p12(tmp_path / "a.p12", certificates.issue("加密证书", signs=False))
        with pytest.raises(SigningError, match="不是签名证书"):
            signing.signer_from(settings(tmp_path, p12=file, p12_password=certificates.PASSWORD))

    def test_an_expired_certificate_does_not_sign(self, tmp_path: Path, paper: Rendered) -> None:
        old = certificates.issue("过期", ends=timedelta(days=-1))
        file = certificates.write_p12(tmp_path / "a.p12", old)
        found = signing.signer_from(settings(tmp_path, p12=file, p12_password=certificates.PASSWORD))
        with pytest.raises(SigningError, match="不在有效期内"):
            signing.sign(paper.pdf, found, reason=REASON, at=datetime.now(UTC))


def test_what_is_no_pdf_is_not_signed(signer: Signer) -> None:
    with pytest.raises(SigningError, match="不是完整的PDF"):
        signing.sign(b"%PDF-1.7 laid out elsewhere", signer, reason=REASON, at=datetime.now(UTC))


class TestToken:
    @pytest.fixture
    def token(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
        """A token in software with a key and a certificate of one label."""
        store = tmp_path / "tokens"
        store.mkdir()
        conf = tmp_path / "softhsm2.conf"
        conf.write_text(f"directories.tokendir = {store}\nobjectstore.backend = file\n")
        monkeypatch.setenv("SOFTHSM2_CONF", str(conf))
        one = certificates.issue("示例市密码设备", key=certificates.rsa_key())
        pem = one.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        (tmp_path / "key.pem").write_bytes(pem)
        util = ["softhsm2-util", "--token", "seals", "--pin", "1234"]
        subprocess.run([*util, "--init-token", "--free", "--label", "seals", "--so-pin", "5678"], check=True)
        imported = ["--import", tmp_path / "key.pem", "--label", "report", "--id", "01"]
        subprocess.run([*util, *imported], check=True, capture_output=True)
        put_certificate(one.certificate)
        return {
            "pkcs11_module": MODULE,
            "pkcs11_token": "seals",
            "pkcs11_pin": "1234",
            "pkcs11_label": "report",
        }

    def test_it_signs(self, tmp_path: Path, token: dict[str, Any], paper: Rendered) -> None:
        found = signing.signer_from(settings(tmp_path, **token))
        said = pdfsig(tmp_path, signing.sign(paper.pdf, found, reason=REASON, at=datetime.now(UTC)))
        assert "Signature is Valid" in said
        assert "CN=示例市密码设备" in said

    @pytest.mark.parametrize(
        ("change", "words"),
        [({"pkcs11_pin": "0000"}, "打不开"), ({"pkcs11_token": "x"}, "打不开"), ({"pkcs11_label": "x"}, "没有名为 x")],
    )
    def test_what_is_wrong_is_told(
        self, tmp_path: Path, token: dict[str, Any], change: dict[str, Any], words: str
    ) -> None:
        with pytest.raises(SigningError, match=words):
            signing.signer_from(settings(tmp_path, **{**token, **change}))


def put_certificate(certificate: x509.Certificate) -> None:
    import pkcs11
    from pkcs11.util.x509 import decode_x509_certificate

    library = pkcs11.lib(str(MODULE))
    library.reinitialize()  # it read another configuration when another test began
    with library.get_token(token_label="seals").open(rw=True, user_pin="1234") as session:
        attributes = decode_x509_certificate(certificate.public_bytes(serialization.Encoding.DER))
        session.create_object({**attributes, pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.LABEL: "report"})


class TestSettings:
    def test_nothing_set_is_the_self_made_one(self) -> None:
        assert config.signing({}) == Signing()

    def test_a_file_is_named(self, tmp_path: Path) -> None:
        file = tmp_path / "a.p12"
        file.write_bytes(b"x")
        found = config.signing({"WALKTHROUGH_SIGN_P12": str(file), "WALKTHROUGH_SIGN_P12_PASSWORD": "geheim"})
        assert (found.p12, found.p12_password) == (file, "geheim")
        assert "geheim" not in repr(found)

    @pytest.mark.parametrize(
        ("env", "words"),
        [
            ({"SIGN_P12": "/nowhere/a.p12"}, "WALKTHROUGH_SIGN_P12：没有文件"),
            ({"SIGN_TRUSTED": "/nowhere/roots.pem"}, "WALKTHROUGH_SIGN_TRUSTED：没有文件"),
            ({"SIGN_PKCS11_MODULE": os.__file__}, "还要写明"),
            (
                {
                    "SIGN_P12": os.__file__,
                    "SIGN_PKCS11_MODULE": os.__file__,
                    "SIGN_PKCS11_TOKEN": "a",
                    "SIGN_PKCS11_LABEL": "b",
                },
                "只能写一个",
            ),
        ],
    )
    def test_a_wrong_value_is_one_clear_line(self, env: dict[str, str], words: str) -> None:
        with pytest.raises(SettingError, match=words):
            config.signing({f"WALKTHROUGH_{name}": value for name, value in env.items()})
