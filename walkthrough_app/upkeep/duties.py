"""What is done once a day to keep the store small: leftovers, copies and slices that nobody asks for go."""

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any

from walkthrough_app import jobs
from walkthrough_app.core import clock
from walkthrough_app.media.storage import MediaStore

TIDY = "media.tidy"
LEFT = timedelta(days=1)


def connect(store: MediaStore) -> None:
    """Register the daily duty."""

    def tidy(_args: Mapping[str, Any], _tell: jobs.Tell) -> jobs.Write:
        before = clock.now() - LEFT
        removed = {"files": store.sweep_temp(before), "slices": store.slices.sweep(before)}
        return lambda: removed

    jobs.task(TIDY)(tidy)
    jobs.daily(TIDY, at=time(3, 40), title="清理存储里没有用的文件")
