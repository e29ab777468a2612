"""Recordings made on the spot: small, with a place and a comment in them that must not survive."""

import io
import tempfile

import av

CREATED = "2026-11-20T01:42:10.000000Z"


def recording(
    kind: str = "mp4",
    picture: str | None = "libx264",
    sound: str | None = "aac",
    *,
    seconds: int = 1,
    size: tuple[int, int] = (96, 64),
    **options: str,
) -> bytes:
    """Encode a grey picture and silence; `picture` and `sound` name FFmpeg's encoders."""
    with tempfile.NamedTemporaryFile() as out:
        _write(out.name, kind, (picture, sound), seconds, size, options)
        return out.read()


def _write(path: str, kind: str, coders: tuple[str | None, str | None], seconds: int, size, options) -> None:
    picture, sound = coders
    with av.open(path, "w", format=kind, options=options) as target:
        target.metadata.update({"location": "+30.1+114.3/", "comment": "secret", "creation_time": CREATED})
        video = target.add_stream(picture, rate=5) if picture else None
        audio = target.add_stream(sound, rate=48000) if sound else None
        if video:
            video.width, video.height, video.pix_fmt = *size, "yuv420p"
        if audio:
            audio.layout = "mono"
        for stream, frames in ((video, _pictures(seconds, size)), (audio, _silence(audio, seconds))):
            for packet in [part for frame in frames for part in stream.encode(frame)] if stream else ():
                target.mux(packet)
        for stream in filter(None, (video, audio)):
            target.mux(stream.encode(None))


def _pictures(seconds: int, size: tuple[int, int]):
    for number in range(seconds * 5):
        frame = av.VideoFrame(*size, "yuv420p")
        for plane in frame.planes:
            plane.update(bytes([80 + number * 3 % 90]) * plane.buffer_size)
        yield frame


def _silence(audio, seconds: int):
    done = 0
    while audio and done < seconds * 48000:
        count = audio.codec_context.frame_size or 1024
        frame = av.AudioFrame(audio.codec_context.format.name, "mono", count)
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        frame.sample_rate, frame.pts = 48000, done
        done += count
        yield frame


def turned(raw: bytes) -> bytes:
    """Write into an MP4 that it is to be shown a quarter turn to the right, as phones held upright do."""
    at = raw.index(b"tkhd") + 44
    quarter = (0, 1 << 16, 0, -(1 << 16), 0, 0, 0, 0, 1 << 30)
    matrix = b"".join(part.to_bytes(4, "big", signed=True) for part in quarter)
    return raw[:at] + matrix + raw[at + 36 :]


def tracks(raw: bytes) -> list[tuple[str, str]]:
    with av.open(io.BytesIO(raw)) as source:
        return [(stream.type, stream.codec_context.name) for stream in source.streams]


def length(raw: bytes) -> float:
    with av.open(io.BytesIO(raw)) as source:
        return source.duration / av.time_base


def metadata(raw: bytes) -> dict[str, str]:
    with av.open(io.BytesIO(raw)) as source:
        return dict(source.metadata)


def turn(raw: bytes) -> int:
    with av.open(io.BytesIO(raw)) as source:
        return next(source.decode(video=0)).rotation
