"""The worker's processes: Huey's consumer, with a sweep and with children that do not outlive it."""

import logging
import os
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from huey.consumer import Consumer, ConsumerStopped, Scheduler, Worker

from walkthrough_app.jobs import delivery, duties, runner
from walkthrough_app.jobs.sweep import EVERY_SECONDS, sweep

POLL_SECONDS = 0.5
log = logging.getLogger(__name__)


def work(processes: int, warm_up: Callable[[], None], *, under: int = 0) -> None:
    """Do jobs in so many processes until interrupted, or until the process `under` is no longer our parent.

    Each process calls `warm_up` before its first job: not before it is forked, for Pango keeps a thread.
    """
    huey = delivery.huey()
    huey.on_startup("warm up")(warm_up)
    fleet = Fleet(
        huey,
        workers=processes,
        worker_type="process",
        periodic=False,
        max_delay=POLL_SECONDS,
        health_check_interval=1,
    )
    fleet.under = under
    fleet.run()


class Child:
    """Part of a process that ends when its parent was killed."""

    parent: int

    def initialize(self) -> None:
        self.parent = os.getppid()
        super().initialize()  # type: ignore[misc]

    def leave_if_alone(self) -> None:
        if os.getppid() != self.parent:
            raise KeyboardInterrupt  # ends a process of Huey's without a word


class Hand(Child, Worker):  # type: ignore[misc]
    def loop(self, now: Any = None) -> None:
        self.leave_if_alone()
        super().loop(now)


class Sweeper(Child, Scheduler):  # type: ignore[misc]
    """Sweeps the ledger where Huey would look for tasks with a time, of which we have none."""

    next_at = 0.0

    def loop(self, now: Any = None) -> None:
        self.leave_if_alone()
        if time.monotonic() >= self.next_at and not runner.is_paused():
            self._sweep(at_start=not self.next_at)
            self.next_at = time.monotonic() + EVERY_SECONDS
        self.stop_flag.wait(1)

    @staticmethod
    def _sweep(*, at_start: bool) -> None:
        for errand in (partial(sweep, at_start=at_start), duties.look):
            try:
                errand()
            except Exception:
                log.exception("the sweep failed")


class Fleet(Consumer):  # type: ignore[misc]
    worker_class = Hand
    scheduler_class = Sweeper
    under = 0

    def loop(self, health_check_ts: Any = None) -> Any:
        if self.under and os.getppid() != self.under:
            self.stop(graceful=True)
            raise ConsumerStopped
        return super().loop(health_check_ts)
