"""Real servers for tests: Redis, and an S3-compatible store. They keep their data in the folder they are given."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from tests.ports import free_port

KEY, SECRET, BUCKET = "tester", "a+secret/of=tests", "evidence"
RCLONE = Path(sys.executable).with_name("rclone")
# Debian's package of tools holds the server too, under another name; it looks at how it is called.
REDIS = "/usr/bin/redis-check-rdb"


@dataclass
class Process:
    """A server on a port of its own that can die and come back."""

    command: Sequence[str]
    port: int
    url: str
    folder: Path
    executable: str | Path | None = None
    running: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self.running = subprocess.Popen(
                self.command,
                executable=self.executable,
                stdout=log,
                stderr=log,
                env=os.environ | {"HOME": str(self.folder)},
            )
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            assert self.running.poll() is None, (self.folder / "log").read_text()
            time.sleep(0.05)
        raise AssertionError(f"{self.command[0]} does not listen")

    def kill(self) -> None:
        assert self.running
        self.running.send_signal(signal.SIGKILL)
        self.running.wait()

    @contextmanager
    def up(self) -> Iterator["Process"]:
        self.start()
        try:
            yield self
        finally:
            self.kill()


def bucket(folder: Path):
    """Serve a folder as a bucket; give the server, whose `url` is what WALKTHROUGH_MEDIA_URL takes."""
    port = free_port()
    (folder / "buckets" / BUCKET).mkdir(parents=True)
    address = f"127.0.0.1:{port}"
    command = [
        str(RCLONE),
        "serve",
        "s3",
        "--addr",
        address,
        "--auth-key",
        f"{KEY},{SECRET}",
        "--config",
        "",
        str(folder / "buckets"),
    ]
    return Process(
        command, port, f"s3://{KEY}:{quote(SECRET, safe='')}@{BUCKET}?endpoint=http://{address}", folder
    ).up()


def redis_server(folder: Path) -> Process:
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    return Process(command, port, f"redis://127.0.0.1:{port}/0", folder, REDIS)
