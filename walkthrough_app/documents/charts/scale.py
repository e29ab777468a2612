"""A scale from 0 with round numbers, as many as have room."""

from walkthrough_app.documents.svg import length

STEPS = (1, 2, 5)
APART = 9.0


def ticks(most: float, room: float) -> list[int]:
    """Return round numbers from 0 to `most` or just beyond it, whose words have room beside each other."""
    step, power = 1, 1
    while True:
        for step in (power * one for one in STEPS):
            top = step * max(1, -(-most // step))
            count = int(top // step)
            if count == 1 or (length(f"{top:.0f}") + APART) * count <= room:
                return [step * n for n in range(count + 1)]
        power *= 10
