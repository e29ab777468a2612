"""Evidence files by the SHA-256 of their content."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from walkthrough_app.core import clock, db


class MediaFile(db.Base):
    """A clean picture or recording, without metadata; what was received is known by its hash only."""

    __tablename__ = "media_file"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    original_sha256: Mapped[str] = mapped_column(String(64), index=True)
    preview_sha256: Mapped[str] = mapped_column(String(64), comment="a small JPEG; '' for a voice note")
    media_type: Mapped[str]
    width: Mapped[int | None]
    height: Mapped[int | None]
    seconds: Mapped[float | None] = mapped_column(comment="how long a recording lasts")
    size: Mapped[int] = mapped_column(comment="bytes")
    taken_at: Mapped[datetime | None]
    look: Mapped[str | None] = mapped_column(String(64), comment="256 bits that near copies share; see decoder/look.py")
    look_a: Mapped[int | None] = mapped_column(index=True, comment="its 16-bit bands, for finding what is near")
    look_b: Mapped[int | None] = mapped_column(index=True)
    look_c: Mapped[int | None] = mapped_column(index=True)
    look_d: Mapped[int | None] = mapped_column(index=True)
    traits: Mapped[str | None] = mapped_column(
        Text, comment="what is where in it, to know a part or a mirrored copy again; see decoder/traits.py"
    )
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
