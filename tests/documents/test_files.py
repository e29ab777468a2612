"""A document loads what it was handed and nothing else, and carries its data unharmed."""

import base64
import io

import pdfplumber
import pikepdf
import pytest

from tests.documents.conftest import DATA, GENERATED, photo, render_paper
from walkthrough_app.documents import pdf


def render(body, files=None):
    return pdf.render(
        f"<html lang=zh-CN><body>{body}</body></html>", files=files or {}, title="试", generated=GENERATED
    )


def test_an_attachment_comes_back_as_it_went_in(paper):
    with pikepdf.open(io.BytesIO(paper.pdf)) as opened:
        assert list(opened.attachments) == ["report.json"]
        stored = opened.attachments["report.json"]
        assert stored.get_file().read_bytes() == DATA
        assert stored.get_file().mime_type == "application/json"
        assert [one.AFRelationship for one in opened.Root.AF] == ["/Source"]


def test_equal_input_gives_equal_bytes(paper):
    assert render_paper().pdf == paper.pdf


def test_a_photo_goes_in_byte_for_byte():
    picture = photo(300, 200)
    with pikepdf.open(io.BytesIO(render('<img src="media:one">', {"one": picture}).pdf)) as opened:
        assert one_image(opened).read_raw_bytes() == picture


def one_image(opened):
    (image,) = (o for o in opened.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image")
    return image


def test_a_photo_may_lie_in_a_file(tmp_path):
    (tmp_path / "a.jpg").write_bytes(photo(300, 200))
    assert b"DCTDecode" in render('<img src="media:a">', {"a": tmp_path / "a.jpg"}).pdf


def test_a_photo_that_was_not_handed_over_stops_the_paper():
    with pytest.raises(LookupError, match="two"):
        render('<img src="media:two">', {"one": photo(30, 20)})


def test_a_photo_that_cannot_be_read_stops_the_paper():
    with pytest.raises(LookupError, match="media:one"):
        render('<img src="media:one">', {"one": b"not a picture"})


def test_a_chart_that_cannot_be_drawn_stops_the_paper():
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect transform="rotate(a)"/></svg>'
    with pytest.raises(LookupError, match="chart"):
        render(f'<img alt="" src="data:image/svg+xml;base64,{base64.b64encode(drawing).decode()}">', {})


def test_hostile_html_reaches_neither_disk_nor_network(listener, tmp_path):
    secret = tmp_path / "secret.css"
    secret.write_text("body::before { content: 'SECRET' }", encoding="utf-8")
    address, asked = listener
    inner = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{secret.as_uri()}"/><image href="{address}"/></svg>'
    entity = f'<!DOCTYPE svg [<!ENTITY e SYSTEM "{secret.as_uri()}">]><svg xmlns="http://www.w3.org/2000/svg"><text>&e;</text></svg>'
    charts = [base64.b64encode(drawing.encode()).decode() for drawing in (inner, entity)]
    body = "".join(
        f"""<link rel="stylesheet" href="{url}"><link rel="attachment" href="{url}"><img src="{url}" alt="">
        <a rel="attachment" href="{url}">附</a><object data="{url}"></object><embed src="{url}">
        <style>@import url("{url}"); @font-face {{ font-family: x; src: url("{url}") }}
        p {{ background: url("{url}"); font-family: x; list-style: url("{url}") }}</style><p>字</p>
        <svg><image href="{url}"/><use href="{url}#a"/></svg>"""
        for url in (secret.as_uri(), address, "data:text/css,body::before{content:'SECRET'}", "data:text/plain,SECRET")
    )
    pictures = "".join(f'<img src="data:image/svg+xml;base64,{chart}" alt="">' for chart in charts)
    result = render(f'<base href="{address}">{body}{pictures}<img src="x.png"><img src="{tmp_path}/secret.css">')
    assert asked == []
    with pikepdf.open(io.BytesIO(result.pdf)) as opened:
        assert not opened.attachments
        assert "/AF" not in opened.Root
        assert all(not page.get_images() for page in opened.pages)
        assert all(
            b"SECRET" not in stream.read_bytes() for stream in opened.objects if isinstance(stream, pikepdf.Stream)
        )
    assert "SECRET" not in shown(result.pdf)


def shown(data):
    with pdfplumber.open(io.BytesIO(data)) as opened:
        return "".join(page.extract_text() for page in opened.pages)
