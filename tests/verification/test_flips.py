"""Single bytes flipped anywhere in a signed file: never intact, never a crash."""

import io
import random
from types import SimpleNamespace

import pytest

from tests.verification.conftest import judge
from walkthrough_app.documents import inside
from walkthrough_app.documents.inside import Signature
from walkthrough_app.verification.verdict import State

COUNT = 150


@pytest.fixture(scope="module")
def spot(signed: bytes) -> Signature:
    with inside.opened(io.BytesIO(signed)) as paper:
        return paper.signatures()[-1]


def flipped(content: bytes, at: int, bits: int) -> bytes:
    changed = bytearray(content)
    changed[at] ^= bits
    return bytes(changed)


def places(signed: bytes, spot: Signature) -> list[int]:
    """Return the places worth trying and as many anywhere: header, objects, signature, its padding, trailer."""
    dice = random.Random(1)
    padding = signed.index(b"0" * 200, spot.start, spot.stop)
    known = [0, 5, 8, len(signed) - 1, len(signed) - 8, spot.start, spot.stop - 1, spot.start - 1, spot.stop, padding]
    edges = [signed.rindex(word) for word in (b"/ByteRange", b"/Contents", b"startxref", b"/Fields", b"/Prev", b"/Sig")]
    gap = [dice.randrange(spot.start, spot.stop) for _ in range(30)]
    pads = [dice.randrange(padding, spot.stop - 1) for _ in range(10)]
    tail = [dice.randrange(spot.stop, len(signed)) for _ in range(20)]
    anywhere = [dice.randrange(len(signed)) for _ in range(COUNT - 76)]
    return [*known, *edges, *gap, *pads, *tail, *anywhere]


def test_no_flipped_byte_is_overlooked(signed: bytes, spot: Signature, office: SimpleNamespace) -> None:
    assert judge(signed, office.trust).is_intact
    dice = random.Random(2)
    tried = [(at, 1 << dice.randrange(8)) for at in places(signed, spot)]
    assert len(tried) == COUNT
    overlooked = [(at, bits) for at, bits in tried if judge(flipped(signed, at, bits), office.trust).is_intact]
    assert overlooked == []


def test_the_letters_of_the_signature_may_not_change_their_case(
    signed: bytes, spot: Signature, office: SimpleNamespace
) -> None:
    """The value stays the same, the byte does not."""
    letter = next(at for at in range(spot.start + 1, spot.stop) if chr(signed[at]).isalpha())
    verdict = judge(flipped(signed, letter, 0x20), office.trust)
    assert verdict.state_of("signature") is State.BROKEN


def test_the_whole_signature_in_other_letters_is_still_one(
    signed: bytes, spot: Signature, office: SimpleNamespace
) -> None:
    lower = signed[: spot.start] + signed[spot.start : spot.stop].lower() + signed[spot.stop :]
    assert judge(lower, office.trust).is_intact
