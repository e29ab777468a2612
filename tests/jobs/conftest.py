"""Jobs of the tests' own, in the shared database."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from walkthrough_app import jobs
from walkthrough_app.core import db
from walkthrough_app.core.errors import Conflict
from walkthrough_app.jobs import tasks

KIND = "test.work"


class Work:
    """A piece of work that can go wrong in each way; `written` is what its outcome was."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.written: list[str] = []
        self.trouble: BaseException | None = None

    def __call__(self, args: Mapping[str, Any], tell: jobs.Tell) -> jobs.Write:
        self.begun.append(args["what"])
        tell(50, "正在做")
        if self.trouble:
            raise self.trouble

        def write() -> dict[str, Any]:
            self.written.append(args["what"])
            return {"made": args["what"]}

        return write

    def refuses(self) -> None:
        self.trouble = Conflict("照片已经不在了。")

    def breaks(self) -> None:
        self.trouble = ZeroDivisionError("a mistake of ours")


@pytest.fixture
def work(session: Session) -> Iterator[Work]:
    made = Work()
    jobs.task(KIND)(made)
    yield made
    del tasks.known[KIND]


@pytest.fixture
def job(app: Flask, work: Work) -> jobs.Job:
    """A job that was asked for and waits."""
    made = jobs.add(KIND, "one", {"what": "one"}, title="一份报告")
    db.session.commit()
    return made
