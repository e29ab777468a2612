"""Pictures and films as phones make them, no two alike."""

import io
import random
from pathlib import Path

import av
import pytest
from PIL import Image


def snapshot(seed: int, size: tuple[int, int] = (320, 240)) -> bytes:
    """A small picture so coarse that no browser can make it smaller: it is sent as it is."""
    grain = Image.frombytes("RGB", size, random.Random(seed).randbytes(size[0] * size[1] * 3))
    out = io.BytesIO()
    grain.save(out, "JPEG", quality=25)
    return out.getvalue()


def film(seconds: int = 3) -> bytes:
    """A film of noise: about 700 kB a second."""
    chance = random.Random(seconds)
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as target:
        stream = target.add_stream("libx264", rate=5, options={"preset": "ultrafast", "crf": "18"})
        stream.width, stream.height, stream.pix_fmt = 640, 480, "yuv420p"
        for _ in range(seconds * 5):
            frame = av.VideoFrame(640, 480, "yuv420p")
            for plane in frame.planes:
                plane.update(chance.randbytes(plane.buffer_size))
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    return out.getvalue()


@pytest.fixture(scope="session")
def big_picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """12 MP, 3 MB and more."""
    file = tmp_path_factory.mktemp("camera") / "IMG_0001.jpg"
    small = Image.open(io.BytesIO(snapshot(1, (400, 300))))
    picture = small.resize((4000, 3000), Image.Resampling.BICUBIC).convert("RGB")
    grain = Image.effect_noise(picture.size, 60).convert("RGB")
    Image.blend(picture, grain, 0.3).save(file, quality=92)
    assert file.stat().st_size > 3_000_000
    return file
