"""Has uploads decoded by a child process that may die; this process never touches what was uploaded."""

import json
import logging
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from walkthrough_app.media.decoder import refusals

log = logging.getLogger(__name__)

BOOT = "import sys; sys.path.append(sys.argv[1]); from decoder.child import main; main()"
ENVIRONMENT = {"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "2"}
WALL_SECONDS = 45  # the child stops itself after 40
AT_ONCE = threading.BoundedSemaphore(2)
LOGGED = 2000

Scratch = Callable[[], BinaryIO]


@contextmanager
def answered(
    order: Mapping[str, Any], source: BinaryIO, *, scratch: Scratch, out: BinaryIO | None = None, died: str
) -> Iterator[tuple[dict[str, Any], BinaryIO]]:
    """Let the child carry out an order on a real file; give the facts and what it wrote after them.

    Bulk goes to the file `out`. Raise Refusal with the child's sentence, or `died` when it came to no end.
    """
    with scratch() as answer, scratch() as complaints:
        with AT_ONCE:
            code = _run(order, source, answer, complaints, out)
            if code == -signal.SIGKILL:  # the system was short of memory, perhaps only for a moment
                code = _run(order, source, answer, complaints, out)
        if code:
            log.warning("decoder ended with %s: %s", code, _tail(complaints))
            raise refusals.Refusal(died)
        answer.seek(0)
        header = json.loads(answer.readline())
        if "refused" in header:
            raise refusals.Refusal(header["refused"])
        yield header, answer


def _run(
    order: Mapping[str, Any], source: BinaryIO, answer: BinaryIO, complaints: BinaryIO, out: BinaryIO | None
) -> int:
    source.seek(0)
    for file in (answer, complaints, *([out] if out else [])):
        file.seek(0)
        file.truncate()
    bulk = out.fileno() if out else None
    command = [sys.executable, "-I", "-c", BOOT, str(Path(__file__).parent), json.dumps({**order, "out": bulk})]
    with subprocess.Popen(  # noqa: S603 - our own interpreter, our own code
        command,
        stdin=source,
        stdout=answer,
        stderr=complaints,
        env=ENVIRONMENT,
        cwd="/",
        pass_fds=() if bulk is None else (bulk,),
    ) as child:
        try:
            return child.wait(WALL_SECONDS)
        except subprocess.TimeoutExpired:
            return -signal.SIGALRM
        finally:
            child.kill()


def _tail(file: BinaryIO) -> str:
    file.seek(0)
    return file.read()[-LOGGED:].decode("utf-8", "replace")
