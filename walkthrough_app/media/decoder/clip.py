"""Packs a recording anew, packet by packet, so that nothing of its metadata is left; decodes only the poster."""

import math
import re
from datetime import datetime
from fractions import Fraction
from typing import Any, BinaryIO

import av
from av.container import InputContainer, OutputContainer
from av.stream import Disposition, Stream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from . import formats, photo
from .refusals import (
    CLIP_CODEC,
    CLIP_EMPTY,
    CLIP_INCOMPLETE,
    CLIP_MANY,
    CLIP_TOO_HEAVY,
    CLIP_TOO_LONG,
    CLIP_UNREADABLE,
    NO_PICTURE,
    NOT_A_CLIP,
    NOT_VOICE,
    Refusal,
)

LONG_EDGE, SHORT_EDGE = 4096, 2304
POSTER_EDGE = 960
FIRST_YEAR = 2000
WEB = {"vp8", "vp9", "av1", "opus", "vorbis"}
CODECS = WEB | {"h264", "hevc", "aac", "mp3"}
DECODERS = {  # the names FFmpeg gives to codecs it has from elsewhere
    "libdav1d": "av1",
    "libopus": "opus",
    "libvorbis": "vorbis",
    "libvpx": "vp8",
    "libvpx-vp9": "vp9",
    "mp3float": "mp3",
}
READING = {
    "protocol_whitelist": "none",  # the file itself comes through our hands; it may open nothing else
    "codec_whitelist": ",".join(sorted({*CODECS, *DECODERS})),
    "enable_drefs": "0",
}
WRITING = {"fflags": "+bitexact"}  # no date, no version: equal input, equal output
MISSING = 2.0  # seconds at the end that may be missing
CREATED = ("com.apple.quicktime.creationdate", "creation_time")


def remux(file: BinaryIO, out: BinaryIO, *, sort: str, longest: float) -> tuple[dict[str, Any], bytes]:
    """Write the clean recording to `out`; return the facts and the poster's JPEG (b'' for a voice note)."""
    kind = _container(file)
    with _open(file, kind, longest) as source:
        video, audio = _picture_of(source, sort), _sound_of(source)
        picked = [stream.index for stream in (video, audio) if stream]
        has_picture, taken_at = video is not None, _taken_at(source)
        poster = _poster(source, video) if video else None
    if not picked:
        raise Refusal(NOT_A_CLIP)
    file.seek(0)
    with _open(file, kind, longest) as source:
        streams = [source.streams[index] for index in picked]
        is_web = all(_codec(stream) in WEB for stream in streams)
        seconds = _copy(source, streams, out, "webm" if is_web else "mp4", longest)
    facts = {
        "media_type": f"{'video' if has_picture else 'audio'}/{'webm' if is_web else 'mp4'}",
        "seconds": round(seconds, 1),
        "width": poster.width if poster else None,
        "height": poster.height if poster else None,
        "taken_at": taken_at,
    }
    return facts, photo.jpeg(photo.shrink(poster, POSTER_EDGE)) if poster else b""


def _container(file: BinaryIO) -> str:
    head = file.read(formats.HEAD)
    file.seek(0)
    if not head:
        raise Refusal(CLIP_EMPTY)
    kind = formats.container(head)
    if not kind:
        raise Refusal(NOT_A_CLIP)
    return kind


def _open(file: BinaryIO, kind: str, longest: float) -> InputContainer:
    source = av.open(file, "r", format=kind, options=READING, metadata_errors="ignore")
    if not (source.streams.video or source.streams.audio):
        source.close()
        raise Refusal(CLIP_INCOMPLETE)
    if (source.duration or 0) / av.time_base > longest + MISSING:
        source.close()
        raise Refusal(CLIP_TOO_LONG)
    return source


def _picture_of(source: InputContainer, sort: str) -> VideoStream | None:
    """Return the one picture stream of a video; cover art is none, a voice note has none."""
    found = [one for one in source.streams.video if not one.disposition & Disposition.attached_pic]
    if sort == "voice":
        if found:
            raise Refusal(NOT_VOICE)
        return None
    if not found:
        raise Refusal(NO_PICTURE)
    if len(found) > 1:
        raise Refusal(CLIP_MANY)
    _check_codec(found[0])
    edges = sorted((found[0].width, found[0].height))
    if not edges[0] or edges[0] > SHORT_EDGE or edges[1] > LONG_EDGE:
        raise Refusal(CLIP_TOO_HEAVY if edges[0] else CLIP_UNREADABLE)
    return found[0]


def _sound_of(source: InputContainer) -> Stream | None:
    """Return the sound; of several (phones add a spatial one) the first that can be kept."""
    found = list(source.streams.audio)
    good = [one for one in found if _codec(one) in CODECS]
    if found and not good:
        raise Refusal(CLIP_CODEC)
    return good[0] if good else None


def _codec(stream: Stream) -> str:
    name = stream.codec_context.name if stream.codec_context else ""
    return DECODERS.get(name, name)


def _check_codec(stream: Stream) -> None:
    if _codec(stream) not in CODECS:
        raise Refusal(CLIP_CODEC)


def _poster(source: InputContainer, video: VideoStream) -> Image.Image:
    """Return the first picture, upright; a recording whose picture cannot be decoded is no evidence."""
    video.codec_context.thread_count = 1
    for frame in source.decode(video):
        if isinstance(frame, VideoFrame):
            image: Image.Image = frame.to_image()  # type: ignore[no-untyped-call]
            return image.rotate(frame.rotation, expand=True) if frame.rotation else image
    raise Refusal(CLIP_INCOMPLETE)


def _copy(source: InputContainer, streams: list[Stream], out: BinaryIO, kind: str, longest: float) -> float:
    """Copy the packets; return how many seconds they last."""
    with av.open(out, "w", format=kind, options=WRITING) as target:
        copies = {stream.index: _twin(target, stream) for stream in streams}
        first, last = math.inf, 0.0
        for packet in source.demux(streams):
            if packet.dts is None or packet.pts is None:
                continue  # the end of a stream
            begin = float(packet.pts * Fraction(packet.time_base))
            first = min(first, begin)
            last = max(last, begin + float((packet.duration or 0) * Fraction(packet.time_base)))
            if last - first > longest + MISSING:
                raise Refusal(CLIP_TOO_LONG)
            packet.stream = copies[packet.stream.index]
            target.mux(packet)
    _check_length(source, last - first)
    return last - first


def _twin(target: OutputContainer, stream: Stream) -> Stream:
    made = target.add_stream_from_template(stream, opaque=True)
    if _codec(stream) == "hevc":
        made.codec_context.codec_tag = "hvc1"  # the one name every player knows
    return made


def _check_length(source: InputContainer, seconds: float) -> None:
    said = (source.duration or 0) / av.time_base
    if not math.isfinite(seconds) or seconds <= 0 or said - seconds > max(MISSING, said / 10):
        raise Refusal(CLIP_INCOMPLETE)


def _taken_at(source: InputContainer) -> str | None:
    """Return when it was recorded, as ISO 8601 with zone."""
    for name in CREATED:
        text = re.sub(r"([+-]\d\d)(\d\d)$", r"\1:\2", str(source.metadata.get(name, "")))
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            continue
        if moment.tzinfo and moment.year >= FIRST_YEAR:
            return moment.isoformat()
    return None
