"""The queue file is disposable and takes orders from nobody but us."""

import pickle
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from walkthrough_app import config, jobs
from walkthrough_app.core import db
from walkthrough_app.jobs import delivery


class Opened:
    """Would run a command when it is read."""

    def __reduce__(self) -> Any:
        return Path.touch, (Path("/tmp/never"),)


def test_a_forged_message_is_refused_unread(settings: config.Settings) -> None:
    jobs.connect(settings)
    for forged in (pickle.dumps(Opened()), pickle.dumps(Opened()) + b":" + b"0" * 40):
        delivery.huey().storage.enqueue(forged)
        with pytest.raises(ValueError, match=r"not found|mismatch"):
            delivery.huey().dequeue()


def test_a_broken_queue_begins_anew(settings: config.Settings) -> None:
    (settings.data_dir / delivery.FILE).write_bytes(b"not a database" * 500)
    jobs.connect(settings)
    delivery.send([db.uuid.uuid4()])
    assert delivery.waiting() == 1


@pytest.fixture
def settings(stage: Flask, tmp_path: Path) -> Any:
    """The tests' settings with a data folder of its own."""
    shared: config.Settings = stage.config["SETTINGS"]
    yield replace(shared, data_dir=tmp_path)
    jobs.connect(shared)
