"""What can be done in the background: features register it by kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

Tell = Callable[[int, str], None]
Write = Callable[[], Mapping[str, Any] | None]
Work = Callable[[Mapping[str, Any], Tell], Write]
Forget = Callable[[Mapping[str, Any]], None]

MONTH = timedelta(days=30)


class Later(Exception):
    """Raised by work whose time has not come: it is tried again, not before `after` has passed."""

    def __init__(self, sentence: str, after: timedelta) -> None:
        super().__init__(sentence)
        self.sentence, self.after = sentence, after


@dataclass(frozen=True)
class Task:
    work: Work
    keep: timedelta
    forget: Forget


known: dict[str, Task] = {}


def _nothing(_result: Mapping[str, Any]) -> None:
    """Forget nothing: the job left nothing beside its row."""


def task(kind: str, *, keep: timedelta = MONTH, forget: Forget = _nothing) -> Callable[[Work], Work]:
    """Register how jobs of a kind are done.

    `work(args, tell)` does the slow part with no transaction open, calling `tell(percent, words)` on the way. It
    returns a function that writes the outcome down; that one runs in the transaction which marks the job done, and
    returns the job's `result`. An AppError is for good, anything else is tried again: `Later` after a while. An ended
    job is kept for `keep`; then `forget(result)` removes what it left elsewhere.
    """

    def register(work: Work) -> Work:
        known[kind] = Task(work, keep, forget)
        return work

    return register
