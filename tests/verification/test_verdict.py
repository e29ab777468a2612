"""A whole report is proven point by point; each thing that is not right is told by its name."""

import json
from types import SimpleNamespace
from typing import Any

import pytest

from tests.reports import story
from tests.verification.conftest import carrying, frozen, judge, sign, states, text_of
from walkthrough_app.core.ids import canonical
from walkthrough_app.documents import self_made
from walkthrough_app.documents.signing import Signer
from walkthrough_app.verification import seals
from walkthrough_app.verification.order import Relayout
from walkthrough_app.verification.seals import Trust
from walkthrough_app.verification.verdict import GOOD, State, from_json

BROKEN, UNPROVEN, PROVEN = State.BROKEN, State.UNPROVEN, State.PROVEN


def test_our_own_report_is_proven_in_every_point(signed: bytes, office: SimpleNamespace) -> None:
    verdict = judge(signed, office.trust)
    assert set(states(verdict)) == {"origin", "signature", "signer", "changes", "events", "evidence", "text"}
    assert set(states(verdict).values()) == {PROVEN}
    assert (verdict.state, verdict.headline, verdict.reason) == (PROVEN, GOOD, "")
    assert (verdict.unit, verdict.number, verdict.code) == ("示例市公安局", 1, "ABCDE0FGHJ")
    assert "自制证书只供试用" in text_of(verdict, "signer")


def test_a_certificate_that_signed_here_once_is_known_for_ever(
    tmp_path: Any, made: SimpleNamespace, office: SimpleNamespace
) -> None:
    self_made.remember(tmp_path / "signing", office.signer.certificate)
    assert judge(sign(made.pdf, office.signer), seals.trust_of(tmp_path, None)).headline == GOOD


def test_a_root_the_operator_named_vouches_for_the_signer(
    tmp_path: Any, made: SimpleNamespace, authority: SimpleNamespace
) -> None:
    pdf = sign(made.pdf, authority.signer)
    verdict = judge(pdf, seals.trust_of(tmp_path, authority.pem))
    assert verdict.headline == GOOD
    assert "示例市作风整顿办" in text_of(verdict, "signer")
    assert "受信任的机构" in text_of(verdict, "signer")
    assert judge(pdf, seals.trust_of(tmp_path, None)).state is UNPROVEN


def test_a_stranger_is_told_as_one_whatever_the_name(made: SimpleNamespace, stranger: Signer, office: Any) -> None:
    verdict = judge(sign(made.pdf, stranger), office.trust)
    assert states(verdict)["signer"] is UNPROVEN
    assert states(verdict)["origin"] is UNPROVEN
    assert "不认识签名人" in text_of(verdict, "signer")
    assert (verdict.state, verdict.is_intact, verdict.is_vouched_for) == (UNPROVEN, True, False)


def test_a_strangers_data_is_not_laid_out_on_a_server(made: SimpleNamespace, stranger: Signer) -> None:
    pdf = sign(made.pdf, stranger)
    assert "text" not in states(judge(pdf, Trust()))
    assert states(judge(pdf, Trust(), Relayout.ALWAYS))["text"] is PROVEN


def test_a_paper_without_signature_proves_nothing(made: SimpleNamespace, office: SimpleNamespace) -> None:
    verdict = judge(made.pdf, office.trust)
    assert verdict.headline == "不能证明：文件没有数字签名"
    assert (verdict.is_intact, verdict.broken) == (False, [])


def test_another_attachment_signed_anew_by_a_stranger(
    made: SimpleNamespace, stranger: Signer, office: SimpleNamespace
) -> None:
    """Data of another walk under the text of this one: the signer is unknown and the text is not the data's."""
    pdf = sign(carrying(made.pdf, canonical(frozen(story.short("身份证补领")))), stranger)
    verdict = judge(pdf, office.trust, Relayout.ALWAYS)
    assert states(verdict)["signer"] is UNPROVEN
    assert states(verdict)["text"] is UNPROVEN
    assert states(verdict)["evidence"] is BROKEN
    assert verdict.state is BROKEN


def test_a_report_of_an_early_version_says_that_it_has_no_digests(made: SimpleNamespace, stranger: Signer) -> None:
    data = {key: value for key, value in made.data.items() if key != "proof"}
    verdict = judge(sign(carrying(made.pdf, canonical(data)), stranger), Trust())
    assert states(verdict)["events"] is UNPROVEN
    assert verdict.is_intact


@pytest.mark.parametrize(
    ("change", "key", "words"),
    [
        (lambda data: data["walks"][0]["events"][3]["payload"].update(value=1), "events", "摘要对不上"),
        (lambda data: data["proof"]["walks"][0].update(events=1), "events", "摘要对不上"),
        (lambda data: data["proof"]["evidence"].pop(), "evidence", "佐证清单"),
        (lambda data: data["proof"]["evidence"][0].update(sha256="0" * 64), "evidence", "佐证清单"),
    ],
)
def test_data_that_contradicts_its_own_proof(
    made: SimpleNamespace, stranger: Signer, change: Any, key: str, words: str
) -> None:
    data = json.loads(json.dumps(made.data))
    change(data)
    verdict = judge(sign(carrying(made.pdf, canonical(data)), stranger), Trust())
    assert states(verdict)[key] is BROKEN
    assert words in text_of(verdict, key)
    assert verdict.headline == "内容前后对不上"


def test_an_event_with_another_hash_than_its_device_gave_it(made: SimpleNamespace, stranger: Signer) -> None:
    walk = story.short()
    walk.events[2]["hash"] = "0" * 64
    verdict = judge(sign(carrying(made.pdf, canonical(frozen(walk))), stranger), Trust())
    assert "有1条体验记录" in text_of(verdict, "events")


def test_a_verdict_survives_the_way_through_json(signed: bytes, office: SimpleNamespace) -> None:
    verdict = judge(signed, office.trust)
    assert from_json(json.loads(json.dumps(verdict.as_json()))) == verdict
