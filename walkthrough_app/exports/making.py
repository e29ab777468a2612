"""Making the file: batch by batch from the database into a file without a name, then into the store."""

import io
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from walkthrough_app import jobs
from walkthrough_app.core import clock, db
from walkthrough_app.core.errors import Conflict, NotFound
from walkthrough_app.documents.workbook import Cell, Sheet, write_csv, write_xlsx
from walkthrough_app.exports import filters, queries, registry, service
from walkthrough_app.exports.filters import Filters
from walkthrough_app.exports.models import Export, FileKind
from walkthrough_app.exports.registry import Listing, Read
from walkthrough_app.media.storage import MediaStore

LARGEST = 1024 * 1024 * 1024
WRITTEN = 90  # per cent, when the last row is written


@dataclass
class Made:
    """A file in the store."""

    sha256: str
    size: int
    rows: int


@dataclass
class Order:
    """What was asked for, read again when the work begins: filters and rights as they are now."""

    user_id: uuid.UUID
    listing: Listing
    filters: Filters
    kind: FileKind
    title: str
    note: str
    total: int
    tell: jobs.Tell
    done: int = 0

    def rows(self, read: Read | None = None) -> Iterator[Sequence[Cell]]:
        """Yield all rows (of one part), telling how far it is after each batch."""
        found = self._read(read or self.listing.batch)
        return ((number, *row) for number, row in enumerate(found, 1)) if self.listing.is_counted else found

    def _read(self, read: Read) -> Iterator[Sequence[Cell]]:
        after: Any = None
        while True:
            with queries.reading():
                user = queries.asker(self.user_id, self.listing)
                batch = read(user, self.filters, after)
            yield from batch.rows
            self.done += len(batch.rows)
            if batch.after is None:
                return
            after = batch.after
            self._tell()

    def _tell(self) -> None:
        if self.kind is FileKind.XLSX and self.done > service.MOST_ROWS:
            raise Conflict(service.TOO_MANY)
        percent = min(WRITTEN, WRITTEN * self.done // max(self.total, 1))
        self.tell(percent, f"已写{self.done}行，共{max(self.total, self.done)}行")


def order_of(export_id: uuid.UUID, tell: jobs.Tell) -> Order:
    """Read an export that is to be made; AppError when there is nothing to make any more."""
    with queries.reading():
        export = db.session.get(Export, export_id)
        if export is None:
            raise NotFound("这次导出已经不在了。")
        listing = registry.listing_for(export.user, export.listing)
        user = queries.asker(export.user_id, listing)
        choices = queries.choices(user, listing)
        wanted = filters.read(export.filters, listing.filters, choices)
        note = f"{listing.title}　{filters.words(export.filters, choices)}　{_stamp()}导出"
        total = listing.count(user, wanted)
        return Order(export.user_id, listing, wanted, export.file_kind, export.title, note, total, tell)


def make(order: Order, store: MediaStore) -> Made:
    """Write the file and put it into the store."""
    with store.scratch() as file:
        rows = _write(order, file)
        order.tell(WRITTEN + 5, "正在保存")
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
        with queries.reading():
            queries.asker(order.user_id, order.listing)
        return Made(store.put(file, limit=LARGEST), size, rows)


def _write(order: Order, file: BinaryIO) -> int:
    columns = order.listing.columns
    if order.kind is FileKind.XLSX:
        return write_xlsx(file, _sheets(order), title=order.title)
    text = io.TextIOWrapper(cast("Any", file), encoding="utf-8", newline="")
    count = write_csv(text, columns, order.rows())
    text.flush()
    text.detach()
    return count


def _sheets(order: Order) -> Iterator[Sheet]:
    listing = order.listing
    if not listing.parts:
        yield Sheet(listing.title, listing.columns, order.rows(), note=order.note)
    for title, read in listing.parts.items():
        yield Sheet(title, listing.columns, order.rows(read))
    if listing.notes:
        yield listing.notes()


def _stamp() -> str:
    return clock.to_local(clock.now()).strftime("%Y-%m-%d %H:%M")
