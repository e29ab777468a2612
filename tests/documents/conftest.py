"""One paper with everything in it, rendered once for all tests that look at it."""

import io
import socketserver
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jinja2
import pdfplumber
import pytest
from PIL import Image, ImageDraw

from walkthrough_app.documents import html, pdf
from walkthrough_app.documents.charts import Segment, ribbon

GENERATED = datetime(2018, 7, 16, 1, 2, 3, tzinfo=UTC)
SIZES = {
    "p1": (1200, 900),
    "p2": (900, 1200),
    "p3": (1600, 900),
    "p4": (900, 1600),
    "p5": (1200, 900),
    "p6": (2000, 700),
}
TEXT = "按照通知要求，我局主要负责同志采取亲身办、代理办、陪同办等方式，对全部事项进行了全程体验；"
RARE = "䶮㛃𬀩喆堃犇镕"
DATA = '{"报告": "data that must come back as it went in"}\n'.encode()


def photo(width: int, height: int) -> bytes:
    picture = Image.new("RGB", (width, height), (176, 188, 204))
    ImageDraw.Draw(picture).rectangle((width * 0.1, height * 0.1, width * 0.9, height * 0.4), fill=(235, 238, 242))
    out = io.BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue()


def write_html() -> str:
    source = Path(__file__).with_name("paper.html").read_text(encoding="utf-8")
    photos = [
        {"src": f"media:{name}", "caption": f"图{number}　7月9日　排队　{name}", "width": size[0], "height": size[1]}
        for number, (name, size) in enumerate(SIZES.items(), 2)
    ]
    chart = ribbon([Segment("查询", 12, "do"), Segment("排队", 41, "wait")])
    template = html.environment(jinja2.DictLoader({"paper": source})).get_template("paper")
    return template.render(text=TEXT, rare=RARE, photos=photos, chart=chart)


def render_paper() -> pdf.Rendered:
    return pdf.render(
        write_html(),
        files={name: photo(*size) for name, size in SIZES.items()},
        title="示例市公安局关于“一把手走流程”情况的专项报告",
        attachments=[pdf.Attachment("report.json", DATA, "application/json")],
        generated=GENERATED,
    )


@pytest.fixture(scope="session")
def paper() -> pdf.Rendered:
    return render_paper()


@pytest.fixture(scope="session")
def pages(paper: pdf.Rendered) -> Iterator[list[Any]]:
    with pdfplumber.open(io.BytesIO(paper.pdf)) as opened:
        yield opened.pages


@pytest.fixture
def listener():
    """An address that nobody may ask, and what it was asked."""
    asked = []

    class Handler(socketserver.BaseRequestHandler):
        def handle(self):
            asked.append(self.request.recv(200))

    with socketserver.TCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/a.css", asked
        server.shutdown()
        thread.join()
