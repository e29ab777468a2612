"""The PDF shows all of the data, carries it inside, and keeps each picture with its caption."""

import io
import json
import re
from types import SimpleNamespace

import pikepdf

from walkthrough_app.reports.compose import compose


def test_every_problem_of_the_data_is_in_the_text(summer: SimpleNamespace) -> None:
    for walk in summer.data["walks"]:
        for event in walk["events"]:
            if event["kind"] == "finding":
                assert event["payload"]["title"] in summer.paper.text
                assert event["payload"]["fact"] in summer.paper.text


def test_every_paragraph_of_the_composed_report_is_in_the_text(summer: SimpleNamespace) -> None:
    text = re.sub(r"—\d+—", "", summer.paper.text)
    for paragraph in compose(summer.data).paragraphs():
        assert paragraph.lead + paragraph.text in text


def test_every_picture_stands_on_the_page_of_its_caption(summer: SimpleNamespace) -> None:
    photos = compose(summer.data).photos
    assert len(photos) == 24
    pages = [
        next(
            n for n, text in enumerate(summer.paper.pages) if photo.caption.replace("　", "") in text.replace("　", "")
        )
        for photo in photos
    ]
    for page in set(pages):
        assert summer.paper.pictures[page] == pages.count(page) <= 2


def test_the_data_inside_is_the_data_it_was_made_from(summer: SimpleNamespace) -> None:
    assert json.loads(summer.paper.attachment("report.json")) == summer.data


def test_every_font_is_embedded(summer: SimpleNamespace) -> None:
    with pikepdf.open(io.BytesIO(summer.paper.bytes)) as pdf:
        fonts = [
            obj for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == "/FontDescriptor"
        ]
        assert fonts
        assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(font.keys()) for font in fonts)


def test_no_character_is_missing(summer: SimpleNamespace) -> None:
    assert summer.rendered.missing_glyphs == ()


def test_the_paper_has_the_title_of_the_report(summer: SimpleNamespace) -> None:
    with pikepdf.open(io.BytesIO(summer.paper.bytes)) as pdf, pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "示例市公安局关于“一把手走流程”情况的专项报告"


def test_the_note_below_the_date_names_whom_to_ask(summer: SimpleNamespace) -> None:
    assert "（联系人：办公室主任，电话：0453-0000000）" in summer.paper.text
