"""Pictures: from what was uploaded to a clean JPEG, and to one with parts hidden."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from walkthrough_app.media.boxes import Box
from walkthrough_app.media.decoder import refusals
from walkthrough_app.media.process import Scratch, answered


@dataclass(frozen=True, slots=True)
class Picture:
    """A clean JPEG and its preview, with the facts worth keeping."""

    clean: bytes
    preview: bytes
    width: int
    height: int
    format: str
    taken_at: datetime | None
    look: str | None
    traits: str = ""


def clean(source: BinaryIO, *, scratch: Scratch) -> Picture:
    """Decode a real file (it needs a descriptor); raise Refusal with the sentence for the user."""
    return _decode(source, (), scratch)


def mask(source: BinaryIO, boxes: Sequence[Box], *, scratch: Scratch) -> Picture:
    """Decode and hide the boxes, which must lie inside the picture; same boxes, same bytes."""
    return _decode(source, boxes, scratch)


def _decode(source: BinaryIO, boxes: Sequence[Box], scratch: Scratch) -> Picture:
    with answered({"do": "photo", "boxes": boxes}, source, scratch=scratch, died=refusals.UNREADABLE) as (header, rest):
        taken_at = header["taken_at"]
        return Picture(
            clean=rest.read(header["clean"]),
            preview=rest.read(header["preview"]),
            width=header["width"],
            height=header["height"],
            format=header["format"],
            taken_at=datetime.fromisoformat(taken_at) if taken_at else None,
            look=header["look"],
            traits=header["traits"],
        )
