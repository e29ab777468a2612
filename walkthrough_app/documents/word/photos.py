"""Pictures with their captions, two on a page, each as large as its half of the page lets it be."""

import io
from pathlib import Path
from typing import Any

from docx.document import Document
from docx.image.exceptions import UnrecognizedImageError
from docx.shared import Emu

from walkthrough_app.documents.word.measures import EMU, LINE, WIDTH
from walkthrough_app.documents.word.xml import clean, el, paragraph

HEIGHT = 9.25  # lines of the grid
BESIDE_TITLE = 7.0  # on the page that also has the number and title of the annex


def picture(document: Document, source: Path | bytes, caption: str, *, at: int) -> list[Any]:
    """Make the two paragraphs of the picture that stands at place `at` of its annex; LookupError when it is broken."""
    box = (WIDTH, round((HEIGHT if at > 1 else BESIDE_TITLE) * LINE))
    drawing, height = _drawing(document, source, clean(caption), box)
    layout = [
        el("w:pageBreakBefore") if at and at % 2 == 0 else None,
        el("w:spacing", before=box[1] - height, after=0, line=240, lineRule="auto"),
    ]
    return [
        paragraph("Photo", el("w:r", drawing), layout=layout),
        paragraph("PhotoCaption", caption),
    ]


def inline(document: Document, source: Path | bytes, words: str, box: tuple[int, int]) -> Any:
    """Return a picture to stand in a paragraph, as large as its box in twips lets it be; LookupError as picture()."""
    return _drawing(document, source, clean(words), box)[0]


def _drawing(document: Document, source: Path | bytes, words: str, box: tuple[int, int]) -> tuple[Any, int]:
    """Return the picture as large as its box lets it be, and its height in twips."""
    file = io.BytesIO(source) if isinstance(source, bytes) else str(source)
    try:
        inline = document.part.new_pic_inline(file)
    except (UnrecognizedImageError, OSError) as error:
        raise LookupError(f"unreadable picture: {words}") from error
    extent = inline.extent
    scale = min(box[0] * EMU / extent.cx, box[1] * EMU / extent.cy)
    width, height = Emu(int(extent.cx * scale)), Emu(int(extent.cy * scale))
    shape = inline.graphic.graphicData.pic.spPr
    extent.cx = shape.cx = width
    extent.cy = shape.cy = height
    _describe(inline, words)
    return el("w:drawing", inline), height // EMU


def _describe(inline: Any, words: str) -> None:
    """Say in the picture itself what it shows; its name says nothing of where it came from."""
    number = inline.docPr.id
    inline.docPr.name = f"照片{number}"
    inline.docPr.set("descr", words)
    inline.graphic.graphicData.pic.nvPicPr.cNvPr.name = f"照片{number}"
