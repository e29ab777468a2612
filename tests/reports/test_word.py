"""The report as Word: real styles, everything that the paper says, and nothing that names a machine or a person."""

import io
import re
from datetime import UTC, datetime
from types import SimpleNamespace

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from tests.documents import office
from tests.reports import story
from walkthrough_app.reports import word
from walkthrough_app.reports.compose import compose

MOMENT = datetime(2018, 7, 16, 1, 2, 3, tzinfo=UTC)
HOSTILE = {
    "opening": "字" * 10_000,
    "outlook": "\u202eabc\u202c<w:t>&amp;]]>\x00\x07\x0b\ufffe\ufeff👨\u200d👩\u200d👧🇨🇳𠀀䶮\u0f40\u0f7a ئۇيغۇر",
    "closing": "第一行\r\n\n\t第二行\u2028第三行",
    "basic.modes": "A" * 3000,
}


def write(walks: list[story.Walk] | None = None, **changes: object) -> SimpleNamespace:
    walks = walks or story.three_walks()
    data = story.report(walks, **changes)
    pictures = {sha256: content for walk in walks for sha256, content in walk.pictures.items()}
    file = word.write(data, pictures, MOMENT, origin=word.Origin("report-1", 2))
    return SimpleNamespace(data=data, pictures=pictures, bytes=file, document=docx.Document(io.BytesIO(file)))


@pytest.fixture(scope="module")
def summer() -> SimpleNamespace:
    return write()


@pytest.fixture(scope="module")
def hostile() -> SimpleNamespace:
    walk = story.short("居住证\x00申领" + "很长的事项名称" * 40)
    walk.photo("说明\u202e👍" + "长" * 300)
    walk.finding("T" * 200 + "\ufffe", "C4", fact="F" * 900)
    return write([walk], texts=HOSTILE, unit={"name": "单位" * 150, "org_class": "city_dept"}, contact="<&>\x01")


def styles(found: SimpleNamespace) -> dict[str, list[str]]:
    """Return the texts of all paragraphs outside tables by the names of their styles."""
    made: dict[str, list[str]] = {}
    names = {style.style_id: style.name for style in found.document.styles}
    for paragraph in found.document.element.body.iter(qn("w:p")):
        named = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = names[named.get(qn("w:val"))] if named is not None else names["Normal"]
        text = "".join(one.text or "" if one.tag == qn("w:t") else "\n" for one in texts(paragraph))
        made.setdefault(name, []).append(text)
    return made


def texts(paragraph: object) -> list[object]:
    return list(paragraph.iter(qn("w:t"), qn("w:br")))  # type: ignore[attr-defined]


def test_every_part_has_its_style(summer: SimpleNamespace) -> None:
    found, composed = styles(summer), compose(summer.data)
    assert found["Title"] == [f"{composed.issuer}\n{composed.matter}"]
    assert found["主送机关"] == [f"{composed.addressee}："]
    assert found["Heading 1"][0] == "一、基本情况"
    assert len(found["Heading 1"]) == 6
    assert "（一）居民身份证补领" in found["Heading 2"]
    assert found["表题"] == ["表1　体验事项一览", "表2　限期整改问题"]
    assert found["图题"] == [f"图{n}　{name}办理用时" for n, name in enumerate(names(summer), 1)]
    assert found["附件说明"] == ["附件：1.体验事项清单", "2.问题整改台账", "3.佐证材料"]
    assert (found["署名"], found["成文日期"]) == (["示例市公安局"], ["2018年7月16日"])
    assert found["附注"] == ["（联系人：办公室主任，电话：0453-0000000）"]
    assert found["附件标题"] == ["体验事项清单", "问题整改台账", "佐证材料"]
    assert found["照片说明"] == [photo.caption for photo in composed.photos]


def names(found: SimpleNamespace) -> list[str]:
    return [walk["item"]["task_name"] for walk in found.data["walks"]]


def test_every_paragraph_stands_in_a_control_with_its_key(summer: SimpleNamespace) -> None:
    shown = [one for one in compose(summer.data).paragraphs() if one.lines]
    controls = list(summer.document.element.body.iter(qn("w:sdt")))
    keys = [one.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")) for one in controls]
    assert keys == [one.key for one in shown]
    assert max(map(len, keys)) <= 64
    for control, paragraph in zip(controls, shown, strict=True):
        assert "".join(one.text for one in control.iter(qn("w:t"))) == paragraph.lead + paragraph.text


def test_numbers_and_names_are_given_once(summer: SimpleNamespace) -> None:
    body = summer.document.element.body
    for tag, name in (("w:bookmarkStart", "w:id"), ("w:bookmarkStart", "w:name"), ("w:id", "w:val")):
        found = [one.get(qn(name)) for one in body.iter(qn(tag)) if one.get(qn(name))]
        assert len(found) == len(set(found)) > 20
    drawn = [one.get("id") for one in body.iter(qn("wp:docPr"))]
    assert len(drawn) == len(set(drawn)) == 24


def test_every_picture_and_table_says_what_it_shows(summer: SimpleNamespace) -> None:
    captions = [photo.caption for photo in compose(summer.data).photos]
    body = summer.document.element.body
    assert [one.get("descr") for one in body.iter(qn("wp:docPr"))] == captions
    described = [one.get(qn("w:val")) for one in body.iter(qn("w:tblDescription"))]
    assert sum("各环节用时" in text for text in described) == 3
    assert "表1　体验事项一览" in described


def test_the_ribbon_is_as_long_as_its_minutes(summer: SimpleNamespace) -> None:
    tables = [one for one in summer.document.element.body.iter(qn("w:tbl")) if "各环节用时" in described(one)]
    cells = tables[0].find(qn("w:tr")).findall(qn("w:tc"))
    widths = [int(cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}").get(qn("w:w"))) for cell in cells]
    fills = [cell.find(f"{qn('w:tcPr')}/{qn('w:shd')}").get(qn("w:fill")) for cell in cells]
    assert sum(widths) == 8844
    assert fills == ["1D4FD7", "1D4FD7", "B45309", "1D4FD7", "B45309"]
    assert widths[fills.index("B45309")] / sum(widths) == pytest.approx(41 / 112, abs=0.02)


def described(table: object) -> str:
    found = table.find(f"{qn('w:tblPr')}/{qn('w:tblDescription')}")  # type: ignore[attr-defined]
    return str(found.get(qn("w:val")))


def test_tables_have_fixed_widths_a_head_that_comes_again_and_whole_rows(summer: SimpleNamespace) -> None:
    for table in summer.document.element.body.iter(qn("w:tbl")):
        grid = [int(one.get(qn("w:w"))) for one in table.find(qn("w:tblGrid"))]
        assert sum(grid) == pytest.approx(8845, abs=2)
        assert table.find(f"{qn('w:tblPr')}/{qn('w:tblLayout')}").get(qn("w:type")) == "fixed"
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in table.findall(qn("w:tr")))
    heads = list(summer.document.element.body.iter(qn("w:tblHeader")))
    assert len(heads) == 4


def test_the_file_says_what_it_is(summer: SimpleNamespace) -> None:
    properties = summer.document.core_properties
    assert properties.title == "示例市公安局关于“一把手走流程”情况的专项报告"
    assert properties.author == "示例市公安局"
    assert properties.language == "zh-CN"
    assert properties.created == properties.modified == MOMENT
    custom = office.parts(summer.bytes)["docProps/custom.xml"].decode()
    assert 'name="walkthrough.report"><vt:lpwstr>report-1<' in custom
    assert 'name="walkthrough.version"><vt:lpwstr>2<' in custom


def test_equal_input_gives_equal_bytes(summer: SimpleNamespace) -> None:
    assert write().bytes == summer.bytes


def test_nothing_in_it_runs_or_leads_elsewhere(summer: SimpleNamespace) -> None:
    found = office.parts(summer.bytes)
    assert not [name for name in found if "vba" in name.lower() or name.endswith(".bin")]
    for name, content in found.items():
        if name.endswith((".xml", ".rels")):
            assert not re.search(rb"TargetMode|file:|/tmp|/home|<w:attachedTemplate", content), name


def test_the_fonts_of_the_standard_are_named_with_what_may_stand_in(summer: SimpleNamespace) -> None:
    fonts = office.parts(summer.bytes)["word/fontTable.xml"].decode()
    for name in ("方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"):
        assert f'<w:font w:name="{name}">\n    <w:altName' in fonts
    used = set(re.findall(r'w:eastAsia="([^"]+)"', office.parts(summer.bytes)["word/styles.xml"].decode()))
    assert used - {"zh-CN"} == {"方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"}


def test_whatever_people_write_the_file_is_well_formed(hostile: SimpleNamespace) -> None:
    for name, content in office.parts(hostile.bytes).items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(content)
    text = "".join(one.text or "" for one in hostile.document.element.body.iter(qn("w:t")))
    assert "字" * 10_000 in text
    assert "abc<w:t>&amp;]]>👨\u200d👩\u200d👧🇨🇳𠀀䶮\u0f40\u0f7a ئۇيغۇر" in text
    assert not re.search("[\x00-\x08\x0b\x0c\u202a-\u202e\ufeff\ufffe]", text)


def test_many_walks_stand_side_by_side_in_one_table() -> None:
    walks = [story.short(f"事项{n}", at=f"2018-07-{n:02}T08:30:00+08:00") for n in range(5, 13)]
    found = write(walks)
    assert styles(found)["表题"][-1] == "图3　各事项办理用时"
    ribbons = [
        one for one in found.document.element.body.iter(qn("w:tbl")) if described(one).startswith("各环节用时：")
    ]
    assert len(ribbons) == 1 + 8


def test_a_picture_that_was_not_handed_over_or_is_none_is_refused(summer: SimpleNamespace) -> None:
    sha256 = compose(summer.data).photos[0].sha256
    rest = {name: content for name, content in summer.pictures.items() if name != sha256}
    for pictures in (rest, rest | {sha256: b"no picture"}):
        with pytest.raises(LookupError):
            word.write(summer.data, pictures, MOMENT)
