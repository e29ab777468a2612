"""The files of a compilation: PDF with its data inside, Word, workbook. Needs no database and no Flask."""

from datetime import datetime
from pathlib import Path

from walkthrough_app.compilation import tables, word
from walkthrough_app.compilation.compose import Composed, compose
from walkthrough_app.compilation.content import Content
from walkthrough_app.core.ids import canonical
from walkthrough_app.documents import papers
from walkthrough_app.documents.pdf import Attachment, Rendered
from walkthrough_app.documents.workbook import write_xlsx

DATA_NAME = "compilation.json"


def pdf(content: Content, *, generated: datetime) -> Rendered:
    """Lay the report out; RuntimeError as documents.pdf.check_renderer."""
    inside = Attachment(DATA_NAME, canonical(content.data), "application/json")
    return papers.render(compose(content).paper, generated=generated, attachments=(inside,))


def docx(content: Content, *, generated: datetime) -> bytes:
    return word.write(compose(content).paper, content.data, generated)


def xlsx(content: Content, target: Path) -> None:
    """Write 汇总表 and 台账 into one workbook."""
    write_xlsx(target, [tables.summary(content), *tables.ledger(content)], title=compose(content).paper.title)


def stem(composed: Composed) -> str:
    """Return the name people see, without a suffix."""
    return composed.paper.title
