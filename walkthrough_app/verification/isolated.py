"""Has files checked by a child process that may die; this process never looks into what strangers sent."""

import json
import logging
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import BinaryIO

from walkthrough_app.core.errors import TooMany
from walkthrough_app.verification.order import Relayout, digest
from walkthrough_app.verification.verdict import Finding, State, Verdict, from_json

log = logging.getLogger(__name__)

COMMAND = (sys.executable, "-I", "-m", "walkthrough_app.verification.child")
WALL_SECONDS = 70  # the child stops itself after 60
WAIT_SECONDS = 20
LOGGED = 2000
BUSY = "现在核对的人太多，请过一会儿再试。"
TOO_HARD = "这个文件异常复杂，没有能读完，不像是本系统生成的报告。"
_turns = threading.BoundedSemaphore(2)


def check(file: BinaryIO, *, data_dir: Path, trusted: Path | None, relayout: Relayout) -> Verdict:
    """Check a real file (one with a descriptor); TooMany when too many are being checked already."""
    order = {"data_dir": str(data_dir), "trusted": str(trusted) if trusted else "", "relayout": relayout}
    if not _turns.acquire(timeout=WAIT_SECONDS):
        raise TooMany(BUSY)
    try:
        answer = _run(json.dumps(order), file)
    finally:
        _turns.release()
    if answer is not None:
        return from_json(json.loads(answer))
    sha256, size = digest(file)
    return Verdict(sha256, size, (Finding("file", State.BROKEN, "文件", TOO_HARD),))


def _run(order: str, file: BinaryIO) -> bytes | None:
    """Return what the child answered, None when it came to no end."""
    file.seek(0)
    with tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as complaints:
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter, our own code
                [*COMMAND, order],
                stdin=file,
                stdout=answer,
                stderr=complaints,
                env={**os.environ, "MALLOC_ARENA_MAX": "2"},
                cwd="/",
                timeout=WALL_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return None
        for one in (answer, complaints):
            one.seek(0)
        if done.returncode:
            tail = complaints.read()[-LOGGED:].decode("utf-8", "replace")
            log.warning("verification ended with %s: %s", done.returncode, tail)
            return None
        return answer.read()
