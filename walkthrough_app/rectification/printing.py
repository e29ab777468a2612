"""Papers that features above the ledger give out (督查反馈单, 评议结果反馈单): frozen, made by a job, never changed."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from walkthrough_app import jobs
from walkthrough_app.core import audit, clock, db
from walkthrough_app.core.errors import Conflict, NotFound
from walkthrough_app.documents import papers
from walkthrough_app.documents.papers import Paper
from walkthrough_app.media.storage import MediaStore, MissingError

LARGEST = 64 * 1024 * 1024  # bytes
GONE = "有一张照片读不出来，请联系管理员。"
Frozen = Mapping[str, Any]
Pictures = Mapping[str, Path]
Sign = Callable[[bytes], bytes]


class GivenOut(db.Row):
    """What a paper said when it was given out, and its files once a job has made them."""

    __abstract__ = True

    data: Mapped[dict[str, Any]]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    pdf_sha256: Mapped[str | None] = mapped_column(String(64), comment="none until a job has made it")
    pages: Mapped[int | None]
    docx_sha256: Mapped[str | None] = mapped_column(String(64))


@dataclass(frozen=True)
class Progress:
    """How far the files are, or in `error` why they were given up."""

    percent: int = 0
    note: str = "正在排队"
    error: str = ""


@dataclass(frozen=True)
class Press:
    """Makes the files of one kind of paper: `content` and `word` of its frozen data, which names its `pictures`."""

    kind: str
    model: type[GivenOut]
    content: Callable[[Frozen], Paper]
    word: Callable[[Frozen, Pictures, datetime], bytes]
    verb: str = field(default="paper.printed", kw_only=True)

    def connect(self, store: MediaStore, sign: Sign) -> None:
        """Register the task with the store it writes to, and with what signs a finished paper."""

        def task(args: Mapping[str, Any], tell: jobs.Tell) -> jobs.Write:
            return self._make(store, sign, args, tell)

        jobs.task(self.kind)(task)

    def add(self, made: GivenOut, title: str) -> None:
        """Keep what is frozen and ask for its files, in the transaction of the deed."""
        db.session.add(made)
        db.session.flush()
        jobs.add(self.kind, str(made.id), {"paper": str(made.id)}, title=title)

    def progress(self, made: GivenOut) -> Progress | None:
        """Say how far the files are; None when they are there."""
        if made.pdf_sha256:
            return None
        job = jobs.find(self.kind, str(made.id))
        if job is None:
            return Progress()
        return Progress(job.progress, job.note or Progress.note) if job.is_open else Progress(error=job.error)

    def again(self, made: GivenOut) -> None:
        """Begin anew with files that could not be made; those that are there stay."""
        job = jobs.find(self.kind, str(made.id))
        if made.pdf_sha256 is None and job and not job.is_open:
            jobs.retry(job)

    def _make(self, store: MediaStore, sign: Sign, args: Mapping[str, Any], tell: jobs.Tell) -> jobs.Write:
        key = uuid.UUID(args["paper"])
        with db.transaction():
            found = db.session.get(self.model, key)
            if found is None:
                raise NotFound("这份文书已经不在了。")
            data, at = found.data, found.at
        tell(10, "正在排版")
        pdf, docx, pages = self._files(data, at, store, sign)
        kept = store.put(pdf, limit=LARGEST), store.put(docx, limit=LARGEST)
        return lambda: self._put_down(db.session.get_one(self.model, key), kept, pages)

    def _files(self, data: Frozen, at: datetime, store: MediaStore, sign: Sign) -> tuple[bytes, bytes, int]:
        found = pictures(data, store)
        try:
            laid_out = papers.render(self.content(data), files=found, generated=at)
            return sign(laid_out.pdf), self.word(data, found, at), laid_out.pages
        except LookupError as error:
            raise Conflict(GONE) from error
        except RuntimeError as error:
            raise Conflict(str(error)) from error

    def _put_down(self, made: GivenOut, files: tuple[str, str], pages: int) -> None:
        if made.pdf_sha256:
            return
        (made.pdf_sha256, made.docx_sha256), made.pages = files, pages
        db.session.flush()
        audit.record(self.verb, made, by=None, sha256=made.pdf_sha256)


def pictures(data: Frozen, store: MediaStore) -> dict[str, Path]:
    """Find the pictures that a paper shows; Conflict when one is gone."""
    try:
        return {sha256: store.path(sha256) for sha256 in data.get("pictures", ())}
    except MissingError as error:
        raise Conflict(GONE) from error
