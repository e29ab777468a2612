"""A file that was read and waits to be confirmed."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from walkthrough_app.core import db
from walkthrough_app.imports.columns import Kind


class ImportBatch(db.Row):
    """The rows of one file, for its uploader only; emptied once they are imported: nothing personal stays twice."""

    __tablename__ = "import_batch"

    kind: Mapped[Kind]
    file_name: Mapped[str] = mapped_column(comment="as the uploader's device called it, cut to 100 characters")
    made_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    rows: Mapped[list[Any]] = mapped_column(comment="number and text of each cell by the field's key")
    expires_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    added: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[int] = mapped_column(default=0, comment="bad rows that were left out")
