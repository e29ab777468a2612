"""What came of trying to send something."""

import threading
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """Sent; or not, with one sentence why. `is_final`: trying again would not help, or might say it twice."""

    is_sent: bool = False
    is_final: bool = False
    reason: str = ""


SENT = Outcome(is_sent=True, is_final=True)


def later(reason: str) -> Outcome:
    return Outcome(reason=reason)


def never(reason: str) -> Outcome:
    return Outcome(is_final=True, reason=reason)


def within(seconds: float, send: Callable[[], Outcome], late: Outcome) -> Outcome:
    """Return what `send` comes to, or `late`: the other side may answer one byte at a time, for hours."""
    found: list[Outcome] = []
    failed: list[BaseException] = []

    def work() -> None:
        try:
            found.append(send())
        except BaseException as error:  # noqa: BLE001 - raised again in the caller's thread
            failed.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    return found[0] if found else late
