"""The child's side: sets its own limits, does one order on the file at stdin, answers on stdout."""

import json
import os
import resource
import signal
import sys
import traceback
from typing import Any, BinaryIO

from .refusals import (
    CLIP_INCOMPLETE,
    CLIP_TOO_HEAVY,
    CLIP_UNREADABLE,
    INCOMPLETE,
    TOO_MANY_PIXELS,
    UNREADABLE,
    Refusal,
)

MIB = 1024 * 1024
LIMITS = {
    resource.RLIMIT_AS: 1024 * MIB,
    resource.RLIMIT_CPU: 20,
    resource.RLIMIT_FSIZE: 64 * MIB,
    resource.RLIMIT_CORE: 0,
}
CLIP_LIMITS = LIMITS | {resource.RLIMIT_FSIZE: 256 * MIB}
WALL_SECONDS = 40
CUT_SHORT = ("truncated", "incomplete", "unexpected end", "end of file", "broken data stream", "cannot identify")

Order = dict[str, Any]
Answer = tuple[dict[str, Any], tuple[bytes, ...]]


def main() -> None:
    """Answer with one line of JSON, then the clean JPEG and the preview, or the poster of a clip."""
    order = json.loads(sys.argv[2])
    _limit(CLIP_LIMITS if order["do"] == "clip" else LIMITS)
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not mix with the answer
    with open(0, "rb", closefd=False) as file:
        _write(answer, *_attempt(file, order))


def _limit(limits: dict[int, int] = LIMITS) -> None:
    for kind, most in limits.items():
        allowed = resource.getrlimit(kind)[1]
        limit = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(kind, (limit, limit))
    signal.alarm(WALL_SECONDS)


def _attempt(file: BinaryIO, order: Order) -> Answer:
    is_clip = order["do"] == "clip"
    try:
        return _clip(file, order) if is_clip else _photo(file, order["boxes"])
    except Refusal as refusal:
        sentence = str(refusal)
    except MemoryError:
        sentence = CLIP_TOO_HEAVY if is_clip else TOO_MANY_PIXELS
    except Exception as error:  # noqa: BLE001 - decoders raise anything on broken files
        traceback.print_exc()
        sentence = _clip_sentence(error) if is_clip else _sentence(error)
    return {"refused": sentence}, ()


def _photo(file: BinaryIO, boxes: list[list[float]]) -> Answer:
    from . import exif, look, mosaic, photo, traits

    image = photo.load(file)
    result = photo.upright(image, exif.orientation(image))
    if boxes:
        result = mosaic.hide(result, boxes)
    clean, preview = photo.jpeg(result), photo.jpeg(photo.shrink(result, photo.PREVIEW_EDGE))
    facts = {"format": image.format, "width": result.width, "height": result.height, "taken_at": exif.taken_at(image)}
    facts["look"], facts["traits"] = look.look(result), traits.traits(result)
    return {**facts, "clean": len(clean), "preview": len(preview)}, (clean, preview)


def _clip(file: BinaryIO, order: Order) -> Answer:
    from . import clip

    with os.fdopen(order["out"], "wb") as out:
        facts, poster = clip.remux(file, out, sort=order["sort"], longest=order["longest"])
    return {**facts, "poster": len(poster)}, (poster,)


def _sentence(error: Exception) -> str:
    if "DecompressionBomb" in type(error).__name__:
        return TOO_MANY_PIXELS
    return INCOMPLETE if _is_cut_short(error) else UNREADABLE


def _clip_sentence(error: Exception) -> str:
    return CLIP_INCOMPLETE if _is_cut_short(error) else CLIP_UNREADABLE


def _is_cut_short(error: Exception) -> bool:
    return isinstance(error, EOFError | SyntaxError) or any(sign in str(error).lower() for sign in CUT_SHORT)


def _write(answer: BinaryIO, header: dict[str, Any], parts: tuple[bytes, ...]) -> None:
    with answer:
        answer.write(json.dumps(header).encode() + b"\n" + b"".join(parts))
