"""How much evidence may weigh and last: the server refuses more, the phones are told beforehand."""

from walkthrough_app.media.decoder import formats

MIB = 1024 * 1024

RESERVE_BYTES = 256 * MIB  # of the disk, kept free for the database
SLICE_BYTES = 256 * 1024
PHOTO_BYTES = 40 * MIB
VIDEO_BYTES = 200 * MIB
VOICE_BYTES = 20 * MIB
VIDEO_SECONDS = VOICE_SECONDS = 600

CLIP_BYTES = {"video": VIDEO_BYTES, "voice": VOICE_BYTES}
FOR_PHONES = {
    "slice": SLICE_BYTES,
    "photo": PHOTO_BYTES,
    "video": VIDEO_BYTES,
    "voice": VOICE_BYTES,
    "video_seconds": VIDEO_SECONDS,
    "voice_seconds": VOICE_SECONDS,
    "pixels": {"image/jpeg": formats.JPEG_PIXELS, "image/png": formats.OTHER_PIXELS},
}
