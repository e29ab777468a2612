"""Our renderer on its real path: from the report's data to PDF/A-3a with the data inside; and many reports at once."""

import json
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pdf_given import GENERATED, UNIT, Content

from walkthrough_app.reports.render import render


class Ours:
    """The warm worker."""

    def __init__(self, content: Content, folder: Path) -> None:
        del folder
        self._content = content

    def render(self) -> bytes:
        return render(self._content.data, self._content.pictures, generated=GENERATED).pdf


def write(folder: Path, numbers: Sequence[int]) -> None:
    """Make reports from nothing but their data and photos."""
    import pdf_content

    for number in numbers:
        content = pdf_content.make(folder, number)
        made = render(content.data, content.pictures, generated=GENERATED)
        (folder / f"{number}.pdf").write_bytes(made.pdf)
        (folder / f"{number}.pages").write_text(str(made.pages))


def bind(folder: Path, count: int) -> dict[str, float]:
    """Bind reports that are there into one file, the renderer being warm; tell what it took."""
    from walkthrough_app.documents.merge import Part
    from walkthrough_app.documents.merge.numbers import sample
    from walkthrough_app.documents.merge.whole import merge

    files = [folder / f"{number}.pdf" for number in range(count)]
    pages = [int(path.with_suffix(".pages").read_text()) for path in files]  # as the database knows them
    parts = [Part(path, f"{UNIT.format(at)}专项报告", f"{at:04}", pages[at]) for at, path in enumerate(files)]
    _front(parts[:1], [1])
    sample()
    before = _used()
    wall = time.perf_counter()
    pages = merge(parts, folder / "bound.pdf", front=lambda starts: _front(parts, starts))
    wall = time.perf_counter() - wall
    after = _used()
    size = (folder / "bound.pdf").stat().st_size
    return {"wall": wall, "cpu": after["cpu"] - before["cpu"], "rss": after["rss"], "size": size, "pages": pages}


def _used() -> dict[str, float]:
    """Tell what this process and the one it lets bind the other half have used; memory as the sum of their peaks."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {"cpu": sum(one.ru_utime + one.ru_stime for one in both), "rss": sum(one.ru_maxrss for one in both)}


def _front(parts: Sequence[Any], starts: Sequence[int]) -> bytes:
    from walkthrough_app.documents import html, pdf

    page = html.environment().get_template("documents/front.html")
    entries = [(part.title, start) for part, start in zip(parts, starts, strict=True)]
    words = page.render(title=["专项报告", "汇编"], issuer="示例市作风整顿办", date="2018年7月20日", entries=entries)
    return pdf.render(words, files={}, title="专项报告汇编", generated=GENERATED).pdf


if __name__ == "__main__":
    where = Path(sys.argv[2])
    if sys.argv[1] == "write":
        write(where, range(int(sys.argv[3]), int(sys.argv[4])))
    else:
        print(json.dumps(bind(where, int(sys.argv[3]))))
