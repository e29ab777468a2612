"""What ratings have done in the background: the secrets of days that are over are forgotten; 反馈单 are made."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from walkthrough_app import jobs
from walkthrough_app.core import clock
from walkthrough_app.media.storage import MediaStore
from walkthrough_app.ratings import service, sources
from walkthrough_app.rectification.printing import Sign

FORGET = "ratings.forget"


def connect(store: MediaStore, sign: Sign) -> None:
    """Register the daily duty, and the papers that go back to units."""
    service.PRESS.connect(store, sign)
    jobs.task(FORGET)(forget)
    jobs.daily(FORGET, at=time(0, 5), title="删除前一天的防重复密钥")


def forget(_args: Mapping[str, Any], _tell: jobs.Tell) -> jobs.Write:
    return lambda: {"days": sources.forget(clock.today())}
