"""What a campaign may set: when figures are shown, and when ratings are set aside."""

import uuid
from dataclasses import asdict, dataclass, replace

from sqlalchemy import select

from walkthrough_app.core import db
from walkthrough_app.ratings.models import RatingSetting


@dataclass(frozen=True)
class Terms:
    """`smallest`: ratings below which nothing is shown. The others: ratings of one source at one point on one day."""

    smallest: int = 5
    per_device: int = 5
    per_network: int = 200


DEFAULT = Terms()
BANDS = ((85, "满意"), (75, "比较满意"), (60, "基本满意"), (0, "不满意"))  # domain §2.3, of a hundred


def of(campaign_id: uuid.UUID) -> Terms:
    """Return the terms of a campaign: its own, and the default for what it has not set."""
    changes = db.session.scalar(select(RatingSetting.changes).where(RatingSetting.campaign_id == campaign_id))
    known = asdict(DEFAULT)
    return replace(DEFAULT, **{name: value for name, value in (changes or {}).items() if name in known})


def band(mean: float) -> str:
    """Name the band of a mean of a hundred."""
    return next(name for least, name in BANDS if mean >= least)
