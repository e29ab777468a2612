"""HTML to PDF/A-3a: the only door to WeasyPrint, which may read nothing but what it is handed."""

import gc
import io
import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

from walkthrough_app.documents import bold, drawable, evenpage, fonts, grid, justify, lastline, pango, rows, speed, tags

VARIANT = "pdf/a-3a"
LANGUAGE = "zh-CN"
PROGRAM = "走流程"
_one_at_a_time = threading.Lock()  # Pango's font map is not made for two threads


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels inside the PDF: the source of what the paper shows."""

    name: str
    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished document, and what no font could draw: the paper shows 〓 instead."""

    pdf: bytes
    pages: int
    missing_glyphs: tuple[str, ...]


def check_renderer() -> None:
    """Raise RuntimeError with one line for the operator when PDFs would fail, crawl or show boxes."""
    fonts.prepare()
    try:
        speed.load_weasyprint()
        from weasyprint.text import ffi
    except OSError as error:
        raise RuntimeError("缺少排版库：请安装 libpango-1.0-0、libpangoft2-1.0-0 和 libharfbuzz-subset0。") from error
    if ffi.harfbuzz_subset is None:
        raise RuntimeError("缺少 libharfbuzz-subset0：没有它，生成 PDF 要慢几十倍，请安装。")
    fonts.chosen()


def render(
    html: str,
    *,
    files: Mapping[str, Path | bytes],
    title: str,
    attachments: Sequence[Attachment] = (),
    generated: datetime,
) -> Rendered:
    """Lay out `html`, whose pictures are `media:<name>` of `files`; equal input gives equal bytes.

    LookupError when a picture is not in `files` or cannot be read; RuntimeError as check_renderer.
    """
    with _one_at_a_time, no_tidying(), _complaints() as complaints:
        made = _made(html, files, title, attachments, generated)
    if complaints.unreadable:
        raise LookupError(f"unreadable: {complaints.unreadable}")
    return replace(made, missing_glyphs=tuple(sorted({*made.missing_glyphs, *complaints.missing_glyphs})))


def _made(
    html: str, files: Mapping[str, Path | bytes], title: str, attachments: Sequence[Attachment], generated: datetime
) -> Rendered:
    """Make a paper and let go of all that it took: what is still held when tidying begins would be looked through."""
    document, missing = _laid_out(html, files, _renderer())
    _describe(document.metadata, title, generated)
    pdf = document.write_pdf(
        pdf_variant=VARIANT,
        finisher=_finish,
        attachments=[_attached(one, generated) for one in sorted(attachments, key=lambda one: one.name)],
    )
    return Rendered(pdf, len(document.pages), missing)


def undrawable(text: str) -> tuple[str, ...]:
    """Return what the paper would show as 〓, each once, in the order of the text; RuntimeError as check_renderer.

    Needs no renderer: web servers ask this for every draft.
    """
    with _one_at_a_time:
        return drawable.undrawable(text, pango.font_map())


def warm_up() -> None:
    """Load renderer and fonts, so that the first paper of this process takes no longer than the next."""
    check_renderer()
    lines = "".join(f"<p style='font-family: \"{family}\"'>{PROGRAM} 1</p>" for family in fonts.chosen().values())
    render(lines, files={}, title=PROGRAM, generated=datetime.fromtimestamp(0, UTC))


@cache
def _renderer() -> Any:
    """Make WeasyPrint ready once a process; return the fonts that all documents share."""
    check_renderer()
    import weasyprint.pdf
    from weasyprint.text.fonts import FontConfiguration

    for extension in (justify, lastline, bold, grid, evenpage, speed):
        extension.install()
    weasyprint.pdf.ColorProfile = _closing(weasyprint.pdf.ColorProfile)
    return FontConfiguration()


def _closing(color_profile: Any) -> Any:
    """Close the file of the colour profile when it is read: WeasyPrint 70 leaves it open."""

    def read(file: Any, *args: Any) -> Any:
        with file:
            return color_profile(file, *args)

    return read


def _laid_out(html: str, files: Mapping[str, Path | bytes], font_config: Any) -> tuple[Any, tuple[str, ...]]:
    from weasyprint import HTML

    from walkthrough_app.documents.fetcher import Fetcher, MissingFile

    font_map = pango.font_map()
    fetcher = Fetcher(files, partial(drawable.replace, font_map=font_map))
    source = HTML(string=html, url_fetcher=fetcher)
    missing = drawable.replace_in(source.etree_element, font_map)
    rows.mark_tall(source.etree_element)
    try:
        document = source.render(font_config=font_config, pdf_variant=VARIANT)
    except MissingFile as error:
        raise LookupError(f"media:{error} was not handed over") from error
    fetcher.close_for_good()
    return document, missing


def _describe(metadata: Any, title: str, generated: datetime) -> None:
    moment = generated.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    metadata.title = title
    metadata.lang = LANGUAGE
    metadata.created = metadata.modified = moment
    metadata.generator = f"{PROGRAM}（{_font_note()}）"
    metadata.attachments = []


def _font_note() -> str:
    """Say which font stands for which of the standard's, since most machines lack the licensed ones."""
    return "，".join(f"{role}：{family}" for role, family in fonts.chosen().items())


def _attached(attachment: Attachment, generated: datetime) -> Any:
    import weasyprint

    moment = generated.astimezone(UTC)
    made = weasyprint.Attachment(
        string=attachment.data, name=attachment.name, created=moment, modified=moment, relationship="Source"
    )
    made.source = nullcontext((io.BytesIO(attachment.data), None, None, attachment.media_type))
    return made


def _finish(_document: Any, pdf: Any) -> None:
    tags.complete(pdf)
    speed.write_out(pdf)


@contextmanager
def no_tidying() -> Iterator[None]:
    """Let Python look for garbage after a piece of work, not a hundred times in the middle of it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _complaints() -> Iterator["_Complaints"]:
    complaints = _Complaints(logging.WARNING)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(complaints)
    try:
        yield complaints
    finally:
        logger.removeHandler(complaints)


class _Complaints(logging.Handler):
    """What WeasyPrint only mentions in its log, but a paper must not hide."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.missing_glyphs: set[str] = set()
        self.unreadable: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        subject = str(record.args[0]) if isinstance(record.args, tuple) and record.args else ""
        if record.msg.startswith(".notdef glyph"):
            self.missing_glyphs.add(subject)
        if record.msg.startswith("Failed to load image") and subject.startswith("media:"):
            self.unreadable.append(subject)
        if record.msg.startswith("Failed to render SVG image"):
            self.unreadable.append("a chart")
