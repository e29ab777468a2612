"""Has some of the papers bound by a second process, into a file without a name, while this one binds the others."""

import logging
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from walkthrough_app.config import ROOT
from walkthrough_app.documents.merge import CannotBind
from walkthrough_app.documents.merge.run import Order, Share, carry_out
from walkthrough_app.documents.merge.writer import Table

log = logging.getLogger(__name__)


class Apart:
    """The work of the second process; where there is none, or when it dies, this one does the work in the end."""

    def __init__(self, order: Order, file: BinaryIO, child: "subprocess.Popen[bytes] | None") -> None:
        self._order, self._file, self._child = order, file, child

    def result(self) -> tuple[Share, Table]:
        """Wait for what was made; CannotBind and OSError as if it were made here."""
        if self._child is None:
            return self._here()
        answer, _ = self._child.communicate()
        if self._child.returncode:
            log.warning("the second process of a binding ended with %s", self._child.returncode)
            return self._here()
        kind, *words = pickle.loads(answer)  # noqa: S301 - our own child wrote it
        if kind is CannotBind:
            raise CannotBind(*words)
        if kind is OSError:
            raise OSError(*words)
        share, table = words
        return share, table

    def _here(self) -> tuple[Share, Table]:
        self._file.seek(0)
        self._file.truncate()
        return carry_out(self._order, self._file)


@contextmanager
def begun(order: Order, file: BinaryIO) -> Iterator[Apart]:
    """Let the order be carried out into `file`, beside this process where there is a processor for it."""
    if len(os.sched_getaffinity(0)) < 2:
        yield Apart(order, file, None)
        return
    with tempfile.TemporaryFile() as told, _started(told, order, file) as child:
        try:
            yield Apart(order, file, child)
        finally:
            child.kill()


def _started(told: BinaryIO, order: Order, file: BinaryIO) -> "subprocess.Popen[bytes]":
    pickle.dump(order, told)
    told.seek(0)
    command = [sys.executable, "-m", __name__, str(file.fileno())]
    return subprocess.Popen(  # noqa: S603 - our own interpreter, our own code
        command, stdin=told, stdout=subprocess.PIPE, pass_fds=[file.fileno()], cwd=ROOT
    )


def main() -> None:
    """Carry out the order on the standard input into the file that is handed over."""
    order = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
    with os.fdopen(int(sys.argv[1]), "w+b") as file:
        try:
            answer: tuple[object, ...] = ("made", *carry_out(order, file))
        except CannotBind as error:
            answer = (CannotBind, Path(error.path), error.reason)
        except OSError as error:
            answer = (OSError, error.errno, error.strerror)
    sys.stdout.buffer.write(pickle.dumps(answer))


if __name__ == "__main__":
    main()
