"""Recordings: from what was uploaded to a clean MP4 or WebM, packed anew without metadata, and its poster."""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from walkthrough_app.media import limits
from walkthrough_app.media.decoder import refusals
from walkthrough_app.media.process import Scratch, answered


@dataclass(frozen=True, slots=True)
class Clip:
    """What is worth keeping of a recording beside its bytes; a voice note has no poster and no size."""

    media_type: str
    poster: bytes
    width: int | None
    height: int | None
    seconds: float
    taken_at: datetime | None


def clean(source: BinaryIO, out: BinaryIO, *, sort: str, scratch: Scratch) -> Clip:
    """Pack the recording anew into `out`; `sort` is video or voice; raise Refusal with the sentence for the user."""
    longest = limits.VIDEO_SECONDS if sort == "video" else limits.VOICE_SECONDS
    order = {"do": "clip", "sort": sort, "longest": longest}
    with answered(order, source, scratch=scratch, out=out, died=refusals.CLIP_UNREADABLE) as (header, rest):
        taken_at = header["taken_at"]
        return Clip(
            media_type=header["media_type"],
            poster=rest.read(header["poster"]),
            width=header["width"],
            height=header["height"],
            seconds=header["seconds"],
            taken_at=datetime.fromisoformat(taken_at) if taken_at else None,
        )
