"""The signature of a paper: is it whole, whose is it, and what came after it?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes

from walkthrough_app.core import clock
from walkthrough_app.documents import inside, phrases, revisions, self_made, signatures, signing
from walkthrough_app.documents.inside import Paper, Signature
from walkthrough_app.documents.signatures import Seal
from walkthrough_app.verification.verdict import Finding, State

WHOLE, SIGNER, AFTER = "签名完整", "签名人", "签名以后"
ODD = "签名的写法不对，可能被改动过。"
WRONG = "签名和内容对不上：签名以后，文件里至少有一处被改动过。"
MISSING = "这个文件没有数字签名，不能证明内容没有被改动过。"
RANKS = ("unknown", "trusted", "own")


@dataclass(frozen=True)
class Trust:
    """Whom we believe: certificates that signed here, and roots the operator named."""

    own: Sequence[x509.Certificate] = field(default=())
    roots: Sequence[x509.Certificate] = field(default=())


@dataclass(frozen=True)
class Signed:
    """A right signature, and whether its signer is own, trusted or unknown."""

    signature: Signature
    seal: Seal
    rank: str


def trust_of(data_dir: Path, trusted: Path | None) -> Trust:
    """Read whom we believe; ValueError when the file of roots holds none."""
    return Trust(self_made.remembered(data_dir / signing.FOLDER), signatures.roots_of(trusted) if trusted else ())


def look(paper: Paper, trust: Trust) -> tuple[Signed | None, list[Finding]]:
    """Return the signature that counts and what was found: the best known signer's, not the latest."""
    try:
        found = [_signed(paper, one, trust) for one in paper.signatures()]
    except (inside.OddSignatureError, signatures.SignatureError):
        return None, [Finding("signature", State.BROKEN, WHOLE, ODD)]
    if not found:
        return None, [Finding("signature", State.UNPROVEN, WHOLE, MISSING)]
    if any(not one.seal.is_right for one in found):
        return None, [Finding("signature", State.BROKEN, WHOLE, WRONG)]
    best = max(found, key=lambda one: (RANKS.index(one.rank), one.signature.size))
    return best, [_whole(paper, best), _signer(best), *_after(paper, best)]


def _signed(paper: Paper, signature: Signature, trust: Trust) -> Signed:
    seal = signatures.check(signature.container, inside.digest_of(paper.file, signature))
    return Signed(signature, seal, _rank(seal, signature, trust))


def _rank(seal: Seal, signature: Signature, trust: Trust) -> str:
    at = signature.at
    if at is None or not seal.certificate.not_valid_before_utc <= at <= seal.certificate.not_valid_after_utc:
        return "unknown"
    if seal.certificate in trust.own:
        return "own"
    is_trusted = bool(trust.roots) and seal.is_right and signatures.is_trusted(seal, trust.roots, at)
    return "trusted" if is_trusted else "unknown"


def _whole(paper: Paper, signed: Signed) -> Finding:
    covered = "整个文件" if signed.signature.size == paper.size else "签名当时的全部内容"
    return Finding("signature", State.PROVEN, WHOLE, f"签名有效，覆盖{covered}，一个字节也没有变。")


def _signer(signed: Signed) -> Finding:
    certificate, at = signed.seal.certificate, signed.signature.at
    name = signing.name_of(certificate)
    when = f"签名时间{_moment(at)}（按签名一方的时钟）" if at else "没有写明签名时间"
    texts = {
        "own": f"由本系统的证书“{name}”签名，{when}。",
        "trusted": f"由“{name}”签名，它的证书由受信任的机构签发，{when}。",
        "unknown": f"不认识签名人“{name}”（证书指纹{_fingerprint(certificate)}…），{when}。"
        "签名只能证明内容没有变，不能证明是谁签的。",
    }
    trial = "自制证书只供试用，正式使用请换单位的证书。" if signed.rank == "own" and name == self_made.NAME else ""
    state = State.UNPROVEN if signed.rank == "unknown" else State.PROVEN
    return Finding("signer", state, SIGNER, texts[signed.rank] + trial)


def _after(paper: Paper, signed: Signed) -> Iterator[Finding]:
    added = paper.size - signed.signature.size
    if not added:
        yield Finding("changes", State.PROVEN, AFTER, "签名以后没有改动。")
        return
    with paper.as_signed(signed.signature) as then:
        words = revisions.changes(then, paper)
    what = "，".join(words) if words else f"文件末尾多了{added}个字节"
    yield Finding("changes", State.BROKEN, AFTER, f"签名以后又有改动：{what}。请索取签名的原文件。")


def _moment(at: datetime) -> str:
    local = clock.to_local(at)
    return f"{phrases.full_date(local.date())}{local:%H:%M}"


def _fingerprint(certificate: x509.Certificate) -> str:
    return certificate.fingerprint(hashes.SHA256()).hex(":").upper()[:23]
