"""An edited Word file is read back paragraph by paragraph; what cannot be taken over is told, what could do harm refused."""

import io
import zipfile
from datetime import UTC, date, datetime

import pytest

from tests.documents import office
from tests.reports import story
from walkthrough_app.core.errors import Invalid
from walkthrough_app.documents.word import opening
from walkthrough_app.reports import word, word_back
from walkthrough_app.reports.compose import compose
from walkthrough_app.reports.differences import marked

REPORT = "5f0c6d1e-0000-4000-8000-00000000beef"
BODY, CLOSING = "word/document.xml", "特此报告。"
RUN = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">'
NEW = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"


@pytest.fixture(scope="module")
def data():
    return story.report([story.short()])


@pytest.fixture(scope="module")
def file(data):
    pictures = story.short().pictures
    return word.write(data, pictures, datetime(2018, 7, 16, tzinfo=UTC), origin=word.Origin(REPORT), is_draft=True)


@pytest.fixture(scope="module")
def finding(data):
    return next(one for one in compose(data).paragraphs() if one.key.startswith("finding."))


def changes(file, data, report=REPORT):
    return word_back.compare(word_back.read(io.BytesIO(file), report), data)


def edited(file, old, new, **rest):
    return office.changed(file, BODY, old, new, **rest)


def test_an_untouched_file_changes_nothing(file, data):
    assert changes(file, data).is_nothing


def test_a_changed_paragraph_is_found_with_old_and_new(file, data):
    found = changes(edited(file, CLOSING, "特此报告，请审阅。"), data)
    (change,) = found.changed
    assert (change.key, change.old, change.new) == ("closing", CLOSING, "特此报告，请审阅。")
    assert change.is_ticked
    assert (found.missing, found.added, found.lost) == ((), (), ())


def test_a_paragraph_split_in_two_stays_one(file, data):
    (change,) = changes(edited(file, CLOSING, "特此</w:t></w:r></w:p><w:p><w:r><w:t>　　报告。"), data).changed
    assert change.new == "特此\n报告。"


def test_tracked_insertions_count_and_deletions_do_not(file, data):
    tracked = (
        '特此</w:t></w:r><w:ins w:id="901" w:author="x">' + RUN + "正式</w:t></w:r></w:ins>"
        '<w:del w:id="902" w:author="x"><w:r><w:delText>马上</w:delText></w:r></w:del>'
        '<w:moveFrom w:id="903" w:author="x"><w:r><w:t>搬走</w:t></w:r></w:moveFrom>' + RUN + "报告。"
    )
    (change,) = changes(edited(file, CLOSING, tracked), data).changed
    assert change.new == "特此正式报告。"


def test_a_paragraph_whose_end_was_deleted_joins_the_next(file, data):
    joined = (
        '特此</w:t></w:r></w:p><w:p><w:pPr><w:rPr><w:del w:id="1" w:author="x"/></w:rPr></w:pPr><w:r><w:t>正式</w:t></w:r>'
        "</w:p><w:p><w:r><w:t>报告。"
    )
    (change,) = changes(edited(file, CLOSING, joined), data).changed
    assert change.new == "特此\n正式报告。"


def test_without_its_control_a_paragraph_is_known_by_its_bookmark(file, data):
    plain = office.parts(file)[BODY].decode().replace("特此报告。", "特此报告，请审阅。")
    for tag in ("<w:sdtContent>", "</w:sdtContent>", "<w:sdt>", "</w:sdt>"):
        plain = plain.replace(tag, "")
    while "<w:sdtPr>" in plain:
        start, end = plain.index("<w:sdtPr>"), plain.index("</w:sdtPr>") + len("</w:sdtPr>")
        plain = plain[:start] + plain[end:]
    found = changes(office.packed(office.parts(file) | {BODY: plain.encode()}), data)
    assert [change.key for change in found.changed] == ["closing"]
    assert (found.missing, found.added) == ((), ())


def test_the_bold_beginning_is_not_part_of_the_text(file, data, finding):
    (change,) = changes(edited(file, finding.text, "只写事实。"), data).changed
    assert (change.lead, change.new, change.notes) == (finding.lead, "只写事实。", ())


def test_a_changed_beginning_is_told_and_the_rest_taken(file, data, finding):
    (change,) = changes(edited(file, finding.lead, "1.换了标题。"), data).changed
    assert change.new == finding.text
    assert "来自走流程记录，在这里改不了" in change.notes[0]
    assert change.problem


def test_a_picture_put_into_a_paragraph_is_told(file, data):
    (change,) = changes(edited(file, CLOSING, "特此报告</w:t><w:pict/><w:t>！"), data).changed
    assert change.new == "特此报告！"
    assert change.notes == ("这一段里的图片、表格、注释不会采用",)


def test_a_deleted_paragraph_and_an_emptied_one_are_missing(file, data):
    whole = office.parts(file)[BODY].decode()
    start = whole.rindex("<w:sdt>", 0, whole.index(CLOSING))
    without = whole[:start] + whole[whole.index("</w:sdt>", start) + len("</w:sdt>") :]
    assert [one.key for one in changes(edited(file, whole, without), data).missing] == ["closing"]
    found = changes(edited(file, CLOSING, " \u3000"), data)
    assert ([one.key for one in found.missing], found.changed) == (["closing"], ())


def test_new_text_outside_is_told_and_so_is_what_was_fixed(file, data):
    found = changes(edited(file, "<w:sectPr>", NEW.format("多写的一段") + "<w:sectPr>"), data)
    assert found.added == ("多写的一段",)
    found = changes(edited(file, "体验事项一览", "事项一览"), data)
    assert "表1　事项一览" in found.added
    assert "表1　体验事项一览" in found.lost
    assert found.changed == ()


def test_a_copied_paragraph_counts_once_and_the_copy_is_told(file, data):
    whole = office.parts(file)[BODY].decode()
    start = whole.rindex("<w:sdt>", 0, whole.index(CLOSING))
    control = whole[start : whole.index("</w:sdt>", start) + len("</w:sdt>")]
    found = changes(edited(file, control, control + control), data)
    assert (found.changed, found.added) == ((), (CLOSING,))


def test_paragraphs_that_changed_places_are_told(file, data):
    whole = office.parts(file)[BODY].decode()
    start = whole.rindex("<w:sdt>", 0, whole.index(CLOSING))
    control = whole[start : whole.index("</w:sdt>", start) + len("</w:sdt>")]
    moved = whole.replace(control, "").replace("<w:sdt>", control + "<w:sdt>", 1)
    found = changes(edited(file, whole, moved), data)
    assert found.is_moved
    assert (found.changed, found.missing) == ((), ())


def test_what_changed_here_meanwhile_is_not_overwritten_unasked(file):
    data = story.report([story.short()], texts={"closing": "专此报告。"})
    assert changes(file, data).is_nothing
    (change,) = changes(edited(file, CLOSING, "特此报告，请审阅。"), data).changed
    assert (change.old, change.is_stale, change.is_ticked) == ("专此报告。", True, False)


def test_another_day_is_no_change(file, data):
    manuscript = word_back.read(io.BytesIO(file), REPORT)
    assert word_back.made_on(manuscript, date(2020, 1, 1)) == date(2018, 7, 16)


def test_a_text_too_long_is_refused_by_its_length(file, data):
    (change,) = changes(edited(file, CLOSING, "长" * 3001), data).changed
    assert change.problem == "有3001个字，最多3000个字，请缩短后再上传。"
    assert not change.is_ticked


def test_odd_characters_are_left_out(file, data):
    (change,) = changes(edited(file, CLOSING, "特此\u202e报告&lt;b&gt;\ufeff。"), data).changed
    assert change.new == "特此报告<b>。"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "不是Word文件"),
        (b"%PDF-1.7", "不是Word文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧格式"),
        (b"PK\x03\x04 cut off", "打不开"),
        (office.packed({"walk.json": b"{}"}), "打不开"),
    ],
)
def test_what_is_no_word_file_is_refused(content, words):
    with pytest.raises(Invalid, match=words):
        word_back.read(io.BytesIO(content), REPORT)


def test_a_file_of_another_report_is_refused(file, data):
    for report in ("another", ""):
        with pytest.raises(Invalid, match="不是从这份报告下载的Word"):
            changes(file, data, report)
    found = office.parts(file)
    del found["docProps/custom.xml"]
    with pytest.raises(Invalid, match="不是从这份报告下载的Word"):
        changes(office.packed(found), data)


def test_macros_are_refused(file, data):
    found = office.parts(file)
    with_macro = office.packed(found | {"word/vbaProject.bin": b"x"})
    types = found["[Content_Types].xml"].decode()
    kind = "application/vnd.ms-word.document.macroEnabled.main+xml"
    docm = office.packed(found | {"[Content_Types].xml": types.replace(opening.MAIN, kind).encode()})
    for one in (with_macro, docm):
        with pytest.raises(Invalid, match="宏"):
            changes(one, data)


def test_a_file_that_unpacks_to_more_than_it_should_is_refused(file, data):
    bomb = office.packed(office.parts(file) | {BODY: b"<w:document>" + b" " * (opening.MOST_XML + 1)})
    assert len(bomb) < 1024 * 1024
    with pytest.raises(Invalid, match="太大"):
        changes(bomb, data)
    crowd = office.packed(office.parts(file) | {f"{n:040}": b"" for n in range(14_000)})
    with pytest.raises(Invalid, match="太大"):
        changes(crowd, data)


def test_an_endless_file_and_one_nested_without_end_are_refused(file, data):
    endless = edited(file, "<w:sectPr>", NEW.format("x") * 20_001 + "<w:sectPr>")
    with pytest.raises(Invalid, match="太大"):
        changes(endless, data)
    nested = edited(file, "<w:sectPr>", "<w:smartTag>" * 5000 + "</w:smartTag>" * 5000 + "<w:sectPr>")
    with pytest.raises(Invalid, match="打不开"):
        changes(nested, data)


def test_more_changes_than_a_form_carries_are_looked_at_in_turns(file, data, monkeypatch):
    monkeypatch.setattr(word_back, "MOST", 1)
    file = edited(edited(file, CLOSING, "专此报告。"), "下一步，我局将", "今后，我局将")
    first = changes(file, data)
    assert ([change.key for change in first.changed], first.more) == (["outlook"], 1)
    later = changes(file, data | {"texts": {"outlook": first.changed[0].new}})
    assert ([change.key for change in later.changed], later.more) == (["closing"], 0)


def test_a_packing_without_measure_is_refused(file, data):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_BZIP2) as archive:
        for name, content in office.parts(file).items():
            archive.writestr(name, content)
    with pytest.raises(Invalid, match="打不开"):
        changes(raw.getvalue(), data)


def test_entities_are_never_resolved(file, data):
    for entity in ('"x"', 'SYSTEM "file:///etc/passwd"'):
        text = office.parts(file)[BODY].decode().replace(CLOSING, "&secret;")
        doctype = f"<!DOCTYPE w [<!ENTITY secret {entity}>]>"
        start = text.index("<w:document")
        attack = office.packed(office.parts(file) | {BODY: (doctype + text[start:]).encode()})
        with pytest.raises(Invalid, match="打不开"):
            changes(attack, data)


def test_broken_xml_is_refused(file, data):
    with pytest.raises(Invalid, match="打不开"):
        changes(edited(file, "</w:body>", "</w:bod>"), data)


def test_differences_are_marked_in_both_texts():
    assert marked("特此报告。", "特此正式报告。") == (
        [("特此", False), ("报告。", False)],
        [("特此", False), ("正式", True), ("报告。", False)],
    )
    assert marked("一" * 1001, "二" * 1001) == ([("一" * 1001, True)], [("二" * 1001, True)])
