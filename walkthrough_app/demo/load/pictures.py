"""A stock of drawn pictures that the walks of the load data share: drawing one for each would take hours."""

import io

from walkthrough_app.core import clock
from walkthrough_app.demo.load.setting import Picture
from walkthrough_app.demo.load.story import FACES, PEOPLE
from walkthrough_app.media import draw
from walkthrough_app.media import service as media
from walkthrough_app.media.storage import MediaStore

LEAST, MOST, WALKS_EACH = 7, 35, 50


def stock(walks: int, seed: int, store: MediaStore) -> list[Picture]:
    """Draw pictures of every scene, more of them for more walks, and take them in as uploads."""
    count = max(LEAST, min(MOST, walks // WALKS_EACH))
    scenes = list(draw.SCENES)
    return [_picture(scenes[n % len(scenes)], seed * 1000 + n, store) for n in range(count)]


def _picture(scene: str, seed: int, store: MediaStore) -> Picture:
    drawn = draw.sample_photo(scene, seed=seed, taken_at=clock.now())
    kept = media.add_photo(io.BytesIO(drawn), store=store)
    masked = media.add_masked(kept, FACES, store=store) if scene in PEOPLE else None
    size = (kept.width or 1, kept.height or 1)
    return Picture(scene, kept.sha256, kept.original_sha256, len(drawn), *size, masked.sha256 if masked else None)
