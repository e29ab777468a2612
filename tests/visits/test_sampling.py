"""Lots that anybody can draw again."""

import hashlib

from walkthrough_app.visits.sampling import draw, lot

NAMES = ["示例市公安局", "示例市民政局", "示例市教育局", "示例县"]


def test_the_same_seed_draws_the_same_whatever_the_order() -> None:
    assert draw("a1", NAMES, 2) == draw("a1", reversed(NAMES), 2)
    assert len(draw("a1", NAMES, 2)) == 2
    assert {tuple(draw(str(seed), NAMES, 1)) for seed in range(40)} == {(name,) for name in NAMES}


def test_a_lot_is_the_sha256_of_seed_and_name() -> None:
    assert lot("a1", "示例县") == hashlib.sha256("a1:示例县".encode()).hexdigest()


def test_more_drawn_keep_those_drawn_before() -> None:
    assert draw("a1", NAMES, 3)[:2] == draw("a1", NAMES, 2)
