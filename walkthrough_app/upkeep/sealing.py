"""Backups that only the holder of a key can read: age files, as its own tool makes and opens them."""

import os
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from walkthrough_app.core.errors import AppError

KEY = "AGE-SECRET-KEY-"


class CannotOpen(AppError):
    """The key is none, or not the right one."""


@contextmanager
def sealed(target: BinaryIO, recipient: str | None) -> Iterator[BinaryIO]:
    """Give a file to write to; what arrives at `target` only the recipient can read. Without one it is `target`."""
    if recipient is None:
        yield target
        return
    from pyrage import RecipientError, encrypt_io, x25519

    try:
        key = x25519.Recipient.from_str(recipient)
    except RecipientError as error:
        raise CannotOpen("--to 后面要写 age 公钥，以 age1 开头。") from error
    with _piped(lambda source: encrypt_io(source, target, [key])) as pipe:
        yield pipe


@contextmanager
def opened(source: BinaryIO, identity: Path | None, scratch: Path) -> Iterator[BinaryIO]:
    """Give what `source` holds, decrypted into the folder `scratch` where a key is given; CannotOpen with one line."""
    if identity is None:
        if source.read(4) == b"age-":
            raise CannotOpen("这个备份是加密的，请用 --identity 写明私钥文件。")
        source.seek(0)
        yield source
        return
    from pyrage import DecryptError, IdentityError, decrypt_io, x25519

    lines = [line for line in identity.read_text(encoding="utf-8").split() if line.startswith(KEY)]
    try:
        keys = [x25519.Identity.from_str(line) for line in lines]
        with tempfile.TemporaryFile(dir=scratch) as plain:
            decrypt_io(source, plain, keys)
            plain.seek(0)
            yield plain
    except (IdentityError, DecryptError) as error:
        raise CannotOpen("私钥不对，打不开这个备份。") from error


@contextmanager
def _piped(consume: Callable[[BinaryIO], object]) -> Iterator[BinaryIO]:
    """Give the end of a pipe to write to; what fails at the other end is raised here."""
    reader, writer = os.pipe()

    def read() -> None:
        with os.fdopen(reader, "rb") as source:
            consume(source)

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(read)
        try:
            with os.fdopen(writer, "wb") as pipe:
                yield pipe
        except BrokenPipeError:
            done.result()  # says why the other end was closed
            raise
        done.result()
