"""The daily duty: each step that is due, before the reminders of the day go out."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from walkthrough_app import jobs
from walkthrough_app.rectification.escalation import service

KIND = "rectification.escalate"
AT = time(8, 20)


def connect() -> None:
    jobs.task(KIND)(escalate)
    jobs.daily(KIND, at=AT, title="升级督办")


def escalate(_args: Mapping[str, Any], _tell: jobs.Tell) -> jobs.Write:
    """Take what is due today, whatever day the job is of: a day that was missed is made up for."""
    return lambda: {"steps": len(service.run())}
