"""A worker with one slow task, to be killed: `python -m tests.jobs.worker FOLDER`.

The task tells that it has begun by the file `begun.<pid>`, and waits for the file `go`.
"""

import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from walkthrough_app import config, jobs, wiring
from walkthrough_app.core import audit, db
from walkthrough_app.jobs import consumer

KIND = "test.slow"
VERB = "test.done"


def main(folder: Path) -> None:
    settings = config.from_env()
    wiring.connect(settings)
    tell_apart = str(os.getpid())

    def work(args: Mapping[str, Any], tell: jobs.Tell) -> jobs.Write:
        (folder / f"begun.{tell_apart}").touch()
        while not (folder / "go").exists():
            time.sleep(0.05)

        def write() -> None:
            db.session.add(
                audit.AuditEntry(
                    actor_id=None, verb=VERB, subject_kind="job", subject_id=None, details={"by": tell_apart}
                )
            )

        return write

    jobs.task(KIND)(work)
    consumer.work(1, lambda: None)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
