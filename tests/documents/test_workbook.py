"""Spreadsheets come out as clerks need them, and whatever goes in is text or one clear sentence."""

import io
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from walkthrough_app.documents import workbook
from walkthrough_app.documents.workbook import Column, Sheet, UnreadableError

COLUMNS = (Column("单位", 20), Column("比例", number="0.0%"), Column("日期"))


def write(folder: Path, rows: list[tuple[workbook.Cell, ...]], **more: object) -> Path:
    path = folder / "list.xlsx"
    workbook.write_xlsx(path, [Sheet("清单", COLUMNS, iter(rows), **more)], title="清单")
    return path


def test_the_header_is_frozen_filtered_and_repeated_on_a4(tmp_path: Path) -> None:
    sheet = load_workbook(write(tmp_path, [("市公安局", 0.857, date(2026, 7, 15))])).active
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:C2"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert [cell.value for cell in sheet[2]] == ["市公安局", 0.857, datetime(2026, 7, 15)]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-2", "@SUM(A1)", "\t=1", "http://x.example"])
def test_no_text_is_ever_a_formula_or_a_link(tmp_path: Path, text: str) -> None:
    sheet = load_workbook(write(tmp_path, [(text, None, None)])).active
    assert (sheet["A2"].data_type, sheet["A2"].value, sheet["A2"].hyperlink) == ("s", text, None)
    out = io.StringIO()
    workbook.write_csv(out, COLUMNS[:1], [(text,)])
    assert not out.getvalue().splitlines()[1].lstrip('"').startswith(("=", "+", "-", "@", "\t"))


def test_moments_are_written_in_beijing_time_and_control_characters_left_out(tmp_path: Path) -> None:
    moment = datetime(2026, 7, 15, 1, 30, tzinfo=UTC)
    sheet = load_workbook(write(tmp_path, [("甲\x00\x0b乙", 1, moment)])).active
    assert (sheet["A2"].value, sheet["C2"].value) == ("甲乙", datetime(2026, 7, 15, 9, 30))


def test_a_template_offers_its_choices(tmp_path: Path) -> None:
    sheet = load_workbook(write(tmp_path, [], choices=[("单位", ["甲", "乙"])])).active
    assert sheet.data_validations.dataValidation[0].formula1 == '"甲,乙"'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_read_in_the_encodings_of_excel_and_wps(encoding: str) -> None:
    table = workbook.read("单位,类别\n\n 市公安局 ,市直部门\n".encode(encoding), "a.csv")
    assert table.rows == [(1, ("单位", "类别")), (3, ("市公安局", "市直部门"))]


def test_what_was_written_is_read_back_as_text(tmp_path: Path) -> None:
    path = write(tmp_path, [("市公安局", 3, date(2026, 7, 15))])
    assert workbook.read(path.read_bytes(), "a.xlsx").rows[1] == (2, ("市公安局", "3", "2026-07-15"))


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("xl/worksheets/sheet1.xml", b"0" * 70_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xd0\xcf\x11\xe0" + b"0" * 100, "另存为 xlsx"),
        (b"PK\x03\x04broken", "打不开"),
        (b"\x00\x01\x02", "不是表格文件"),
        (b"%PDF-1.7", "不是表格文件"),
        (b"\xff\xfe\xff\xff", "编码看不懂"),
        (b"x" * 6_000_000, "超过5MB"),
        (("a\n" * 20_001).encode(), "超过20000行"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(content: bytes, words: str) -> None:
    name = "a.xlsx" if content.startswith(b"%PDF") else "a.csv"
    with pytest.raises(UnreadableError, match=words):
        workbook.read(content, name)


def test_a_file_that_unpacks_to_too_much_is_refused() -> None:
    with pytest.raises(UnreadableError, match="解开以后太大"):
        workbook.read(bomb(), "a.xlsx")
