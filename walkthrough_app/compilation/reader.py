"""Has files of strangers read by a child process that may die: this process never looks into them.

One child reads many files, so that two hundred do not cost two hundred starts; one that dies or hangs costs one file.
"""

import json
import os
import select
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from walkthrough_app.compilation.facts import Source, source_of
from walkthrough_app.verification.isolated import TOO_HARD

COMMAND = (sys.executable, "-I", "-m", "walkthrough_app.compilation.child")
WALL_SECONDS = 60.0  # for one file
PER_CHILD = 50  # files: what a library keeps of each is given back
LARGEST_ANSWER = 64 * 1024 * 1024


@dataclass(frozen=True)
class Answer:
    """What became of a file: a source, or the sentence that says why not."""

    path: Path
    source: Source | None
    refusal: str = ""
    is_known: bool = False


def read(paths: Iterable[Path], *, data_dir: Path, trusted: Path | None, is_strict: bool) -> Iterator[Answer]:
    """Yield what each file is, in their order."""
    order = {"data_dir": str(data_dir), "trusted": str(trusted) if trusted else "", "is_strict": is_strict}
    child: _Child | None = None
    try:
        for n, path in enumerate(paths):
            if reason := _no_file(path):
                yield Answer(path, None, reason)
                continue
            if child is None or not n % PER_CHILD:
                if child:
                    child.close()
                child = _Child(json.dumps(order))
            answer = child.ask(path)
            yield answer
            if answer.refusal == TOO_HARD:
                child.close()
                child = None
    finally:
        if child:
            child.close()


def _no_file(path: Path) -> str:
    """Say why there is nothing to read; '' when there is."""
    if path.is_dir():
        return "这是文件夹，请写明里面的 PDF 文件。"
    return "" if path.is_file() else "没有这个文件。"


class _Child:
    """A process that reads files one by one."""

    def __init__(self, order: str) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own code
            [*COMMAND, order],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "MALLOC_ARENA_MAX": "2"},
            cwd="/",
        )
        self._rest = b""

    def ask(self, path: Path) -> Answer:
        name = os.fsencode(path.absolute()).decode("utf-8", "surrogateescape")
        assert self._process.stdin
        try:
            self._process.stdin.write(json.dumps(name).encode() + b"\n")
            self._process.stdin.flush()
            line = self._line()
        except OSError:
            line = b""
        if not line:
            return Answer(path, None, TOO_HARD)
        return _answer(path, json.loads(line))

    def _line(self) -> bytes:
        """Read one line within the time a file may take; b'' when there is none."""
        assert self._process.stdout
        descriptor = self._process.stdout.fileno()
        parts = [self._rest]
        size = 0
        while b"\n" not in parts[-1]:
            ready, _, _ = select.select([descriptor], [], [], WALL_SECONDS)
            part = os.read(descriptor, 1 << 20) if ready else b""
            size += len(part)
            if not part or size > LARGEST_ANSWER:
                return b""
            parts.append(part)
        line, self._rest = b"".join(parts).split(b"\n", 1)
        return line

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.communicate()


def _answer(path: Path, said: dict[str, Any]) -> Answer:
    if "source" not in said:
        return Answer(path, None, str(said["refusal"]))
    return Answer(path, source_of(said["source"] | {"file": path.name}), is_known=bool(said["is_known"]))
