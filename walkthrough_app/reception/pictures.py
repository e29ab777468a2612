"""Which picture of a frozen version may be shown: its masked copy."""

from collections.abc import Mapping
from typing import Any

from walkthrough_app.core.errors import NotFound
from walkthrough_app.walkthroughs.fold import fold


def masked_in(data: Mapping[str, Any], photo_id: str) -> str:
    """Return the SHA-256 of the masked copy of a photo; NotFound when the version shows none."""
    walk = next((one for one in data["walks"] if any(event["id"] == photo_id for event in one["events"])), None)
    photo = fold(walk["events"]).photos.get(photo_id) if walk else None
    if not (photo and photo["masked"]):
        raise NotFound
    return str(photo["masked"])
