"""随机抽取: lots that anybody can draw again. Pure.

The lot of a unit is the SHA-256 of “seed:name of the unit”; the lowest ones are drawn, in that order.
"""

import hashlib
from collections.abc import Iterable


def lot(seed: str, name: str) -> str:
    return hashlib.sha256(f"{seed}:{name}".encode()).hexdigest()


def draw(seed: str, names: Iterable[str], many: int) -> list[str]:
    """Return the names drawn, the lowest lot first."""
    return sorted(set(names), key=lambda name: lot(seed, name))[:many]
