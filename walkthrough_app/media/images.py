"""Has pictures decoded by a child process that may die; this process never touches what was uploaded."""

import json
import logging
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from walkthrough_app.media.boxes import Box
from walkthrough_app.media.decoder import refusals

log = logging.getLogger(__name__)

BOOT = "import sys; sys.path.append(sys.argv[1]); from decoder.child import main; main()"
ENVIRONMENT = {"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "2"}
WALL_SECONDS = 45  # the child stops itself after 40
AT_ONCE = threading.BoundedSemaphore(2)
LOGGED = 2000

Scratch = Callable[[], BinaryIO]


@dataclass(frozen=True, slots=True)
class Picture:
    """A clean JPEG and its preview, with the facts worth keeping."""

    clean: bytes
    preview: bytes
    width: int
    height: int
    format: str
    taken_at: datetime | None


def clean(source: BinaryIO, *, scratch: Scratch) -> Picture:
    """Decode a real file (it needs a descriptor); raise Refusal with the sentence for the user."""
    return _decode(source, (), scratch)


def mask(source: BinaryIO, boxes: Sequence[Box], *, scratch: Scratch) -> Picture:
    """Decode and hide the boxes, which must lie inside the picture; same boxes, same bytes."""
    return _decode(source, boxes, scratch)


def _decode(source: BinaryIO, boxes: Sequence[Box], scratch: Scratch) -> Picture:
    with scratch() as answer, scratch() as complaints:
        source.seek(0)
        with AT_ONCE:
            code = _run(source, boxes, answer, complaints)
        if code:
            log.warning("picture decoder ended with %s: %s", code, _tail(complaints))
            raise refusals.Refusal(refusals.UNREADABLE)
        answer.seek(0)
        return _read(answer)


def _run(source: BinaryIO, boxes: Sequence[Box], answer: BinaryIO, complaints: BinaryIO) -> int:
    command = [sys.executable, "-I", "-c", BOOT, str(Path(__file__).parent), json.dumps({"boxes": boxes})]
    with subprocess.Popen(  # noqa: S603 - our own interpreter, our own code
        command, stdin=source, stdout=answer, stderr=complaints, env=ENVIRONMENT, cwd="/"
    ) as child:
        try:
            return child.wait(WALL_SECONDS)
        except subprocess.TimeoutExpired:
            return -signal.SIGKILL
        finally:
            child.kill()


def _read(answer: BinaryIO) -> Picture:
    header = json.loads(answer.readline())
    if "refused" in header:
        raise refusals.Refusal(header["refused"])
    taken_at = header["taken_at"]
    return Picture(
        clean=answer.read(header["clean"]),
        preview=answer.read(header["preview"]),
        width=header["width"],
        height=header["height"],
        format=header["format"],
        taken_at=datetime.fromisoformat(taken_at) if taken_at else None,
    )


def _tail(file: BinaryIO) -> str:
    file.seek(0)
    return file.read()[-LOGGED:].decode("utf-8", "replace")
