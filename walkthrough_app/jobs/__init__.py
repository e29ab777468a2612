"""Background jobs: a row in our own database is the truth, Huey only carries its number to a worker (ADR 9)."""

from functools import partial

from walkthrough_app.config import Settings
from walkthrough_app.core import pausing
from walkthrough_app.jobs import delivery, runner
from walkthrough_app.jobs.duties import daily
from walkthrough_app.jobs.ledger import add, find, retry
from walkthrough_app.jobs.models import Job, JobState
from walkthrough_app.jobs.runner import run_pending
from walkthrough_app.jobs.tasks import Later, Tell, Write, task

__all__ = [
    "Job",
    "JobState",
    "Later",
    "Tell",
    "Write",
    "add",
    "connect",
    "daily",
    "find",
    "retry",
    "run_pending",
    "task",
]


def connect(settings: Settings) -> None:
    """Let what is added from now on reach the workers at once; without this they find it within half a minute."""
    runner.is_paused = partial(pausing.is_on, settings.data_dir)
    delivery.connect(settings, runner.run)
