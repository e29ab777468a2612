"""Tells a photo or a recording by its first bytes, before any decoder sees it."""

HEAD = 64
JPEG_PIXELS = 120_000_000
OTHER_PIXELS = 50_000_000
HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


def decoders(head: bytes) -> list[str]:
    """Return the names of the Pillow decoders that may try these bytes; none for anything but a photo."""
    if head.startswith(b"\xff\xd8\xff"):
        return ["JPEG", "MPO"]
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return ["PNG"]
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return ["WEBP"]
    return ["HEIF"] if head[4:8] == b"ftyp" and HEIF_BRANDS & _brands(head) else []


def container(head: bytes) -> str:
    """Return the name of the FFmpeg demuxer that may try these bytes; '' for anything but a recording."""
    if head[4:8] == b"ftyp" and not HEIF_BRANDS & _brands(head):
        return "mov"
    return "matroska" if head.startswith(b"\x1a\x45\xdf\xa3") else ""


def is_cut_short(head: bytes, size: int) -> bool:
    """WebP names its length, and its decoder does not say that bytes are missing."""
    return head[:4] == b"RIFF" and int.from_bytes(head[4:8], "little") + 8 > size


def most_pixels(decoder: str) -> int:
    """JPEG is reduced while it is decoded, so more of it fits into the memory limit."""
    return JPEG_PIXELS if decoder == "JPEG" else OTHER_PIXELS


def _brands(head: bytes) -> set[bytes]:
    end = min(int.from_bytes(head[:4], "big"), len(head))
    return {head[8:12], *(head[at : at + 4] for at in range(16, end - 3, 4))}
