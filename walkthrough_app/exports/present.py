"""Ready values for the pages of exports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from walkthrough_app.core import clock
from walkthrough_app.exports import filters, queries, registry, service
from walkthrough_app.exports.models import Export
from walkthrough_app.jobs import Job, JobState

SLOW = timedelta(minutes=2)
KB = 1024


@dataclass(frozen=True)
class Shown:
    """An export with how far it is."""

    export: Export
    job: Job | None
    filters: str

    @property
    def is_ready(self) -> bool:
        return self.export.sha256 is not None

    @property
    def is_open(self) -> bool:
        return not self.is_ready and self.job is not None and self.job.is_open

    @property
    def error(self) -> str:
        """Return why there is no file; '' while it is made or when it is there."""
        if self.is_ready or self.is_open:
            return ""
        return (self.job.error if self.job else "") or service.GONE

    @property
    def percent(self) -> int:
        return self.job.progress if self.job else 0

    @property
    def note(self) -> str:
        return (self.job and (self.job.note or self.job.error)) or "正在排队"

    @property
    def is_slow(self) -> bool:
        return bool(self.job and self.job.state is JobState.TODO and clock.now() - self.job.updated_at > SLOW)

    @property
    def chip(self) -> tuple[str, str]:
        if self.is_ready:
            return "good", "可以下载"
        return ("brand", "正在生成") if self.is_open else ("bad", "没有生成")

    @property
    def size(self) -> str:
        """Return the rows and the size in words: 1 200行，85 KB."""
        kilobytes = max(1, round((self.export.size or 0) / KB))
        size = f"{kilobytes} KB" if kilobytes < KB else f"{kilobytes / KB:.1f} MB"
        return f"{self.export.rows}行，{size}"

    @property
    def until(self) -> datetime:
        """Return when the file will be forgotten."""
        return (self.job.updated_at if self.job else self.export.created_at) + queries.KEPT


def shown(export: Export) -> Shown:
    listing = registry.listing_for(export.user, export.listing)
    words = filters.words(export.filters, queries.choices(export.user, listing))
    return Shown(export, service.job_of(export), words)


def all_shown(exports: Sequence[Export]) -> list[Shown]:
    known = {one.key for export in exports[:1] for one in registry.listings(export.user)}
    return [shown(one) for one in exports if one.listing in known]
