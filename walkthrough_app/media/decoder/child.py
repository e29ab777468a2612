"""The child's side: sets its own limits, does one order on the picture at stdin, answers on stdout."""

import json
import os
import resource
import signal
import sys
import traceback
from typing import Any, BinaryIO

from .refusals import INCOMPLETE, TOO_MANY_PIXELS, UNREADABLE, Refusal

MIB = 1024 * 1024
LIMITS = {
    resource.RLIMIT_AS: 1024 * MIB,
    resource.RLIMIT_CPU: 20,
    resource.RLIMIT_FSIZE: 64 * MIB,
    resource.RLIMIT_CORE: 0,
}
WALL_SECONDS = 40
CUT_SHORT = ("truncated", "incomplete", "unexpected end", "end of file", "broken data stream", "cannot identify")


def main() -> None:
    """Answer with one line of JSON, then the clean JPEG and the preview."""
    _limit()
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not mix with the answer
    order = json.loads(sys.argv[2])
    with open(0, "rb", closefd=False) as file:
        _write(answer, *_attempt(file, order["boxes"]))


def _limit() -> None:
    for kind, most in LIMITS.items():
        allowed = resource.getrlimit(kind)[1]
        limit = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(kind, (limit, limit))
    signal.alarm(WALL_SECONDS)


def _attempt(file: BinaryIO, boxes: list[list[float]]) -> tuple[dict[str, Any], bytes, bytes]:
    try:
        return _work(file, boxes)
    except Refusal as refusal:
        sentence = str(refusal)
    except MemoryError:
        sentence = TOO_MANY_PIXELS
    except Exception as error:  # noqa: BLE001 - decoders raise anything on broken files
        traceback.print_exc()
        sentence = _sentence(error)
    return {"refused": sentence}, b"", b""


def _work(file: BinaryIO, boxes: list[list[float]]) -> tuple[dict[str, Any], bytes, bytes]:
    from . import exif, mosaic, photo

    image = photo.load(file)
    result = photo.upright(image, exif.orientation(image))
    if boxes:
        result = mosaic.hide(result, boxes)
    clean, preview = photo.jpeg(result), photo.jpeg(photo.shrink(result, photo.PREVIEW_EDGE))
    facts = {"format": image.format, "width": result.width, "height": result.height, "taken_at": exif.taken_at(image)}
    return {**facts, "clean": len(clean), "preview": len(preview)}, clean, preview


def _sentence(error: Exception) -> str:
    if "DecompressionBomb" in type(error).__name__:
        return TOO_MANY_PIXELS
    if isinstance(error, EOFError | SyntaxError) or any(sign in str(error).lower() for sign in CUT_SHORT):
        return INCOMPLETE
    return UNREADABLE


def _write(answer: BinaryIO, header: dict[str, Any], clean: bytes, preview: bytes) -> None:
    with answer:
        answer.write(json.dumps(header).encode() + b"\n" + clean + preview)
