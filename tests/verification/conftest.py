"""One confirmed and signed report, made once, and the people who might have signed it."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pikepdf
import pytest

from tests.documents import certificates
from tests.reports import story
from walkthrough_app.config import Settings
from walkthrough_app.core import clock
from walkthrough_app.documents import signing
from walkthrough_app.documents.signing import Signer
from walkthrough_app.reports import proof
from walkthrough_app.reports.render import render
from walkthrough_app.verification import check, seals
from walkthrough_app.verification.order import Relayout
from walkthrough_app.verification.seals import Trust
from walkthrough_app.verification.verdict import State, Verdict

CODE = "ABCDE0FGHJ"
REASON = "主要负责同志确认定稿"


def frozen(walk: story.Walk, **changes: Any) -> dict[str, Any]:
    """Return the data of a confirmed report, with its code and its proof."""
    marks = {
        "number": 1,
        "confirmed_at": "2018-07-16T01:02:03.456Z",
        "code": CODE,
        "verify_url": f"https://walk.example.gov.cn/v/{CODE}",
    }
    data = story.report([walk], **marks, **changes)
    return data | {"proof": proof.of_data(data)}


def lay_out(data: dict[str, Any], pictures: dict[str, bytes]) -> bytes:
    return render(data, pictures, generated=clock.parse(data["confirmed_at"])).pdf


def carrying(pdf: bytes, content: bytes) -> bytes:
    """Put other data into a paper, under the text that it has."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.attachments["report.json"].obj.EF.F.write(content)
        out = io.BytesIO()
        opened.save(out)
        return out.getvalue()


def sign(pdf: bytes, signer: Signer) -> bytes:
    return signing.sign(pdf, signer, reason=REASON, at=datetime.now(UTC))


def judge(pdf: bytes, trust: Trust, relayout: Relayout = Relayout.TRUSTED) -> Verdict:
    return check.check(io.BytesIO(pdf), trust, relayout=relayout)


def states(verdict: Verdict) -> dict[str, State]:
    return {one.key: one.state for one in verdict.findings}


def text_of(verdict: Verdict, key: str) -> str:
    return next(one.text for one in verdict.findings if one.key == key)


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """An installation with its self-made certificate, and what it trusts."""
    folder = tmp_path_factory.mktemp("office")
    settings = Settings(data_dir=folder, database_url="", media_dir=folder, secret_key="")
    signer = signing.signer_from(settings)
    return SimpleNamespace(folder=folder, signer=signer, trust=seals.trust_of(folder, None))


@pytest.fixture(scope="session")
def stranger() -> Signer:
    """Somebody with a certificate of the same name as ours."""
    one = certificates.issue("走流程自制证书（仅供试用）")
    return Signer(one.certificate, key=one.key)


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """An authority the operator may trust, and a signer it issued a certificate to."""
    root = certificates.issue("示例根", is_authority=True)
    leaf = certificates.issue("示例市作风整顿办", by=root)
    pem = certificates.write_pem(tmp_path_factory.mktemp("roots") / "roots.pem", root)
    return SimpleNamespace(signer=Signer(leaf.certificate, (root.certificate,), leaf.key), pem=pem)


@pytest.fixture(scope="session")
def made() -> SimpleNamespace:
    """A report that was laid out, not signed yet."""
    walk = story.short()
    data = frozen(walk)
    return SimpleNamespace(walk=walk, data=data, pdf=lay_out(data, walk.pictures))


@pytest.fixture(scope="session")
def signed(made: SimpleNamespace, office: SimpleNamespace) -> bytes:
    return sign(made.pdf, office.signer)


@pytest.fixture
def file(tmp_path: Path) -> Callable[[bytes], Path]:
    def write(content: bytes) -> Path:
        path = tmp_path / "报告.pdf"
        path.write_bytes(content)
        return path

    return write
