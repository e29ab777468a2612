"""`walkthrough render` makes the report from a package with no server; what it cannot use it refuses in one line."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from tests.reports import story
from tests.reports.conftest import Paper

Pack = Callable[..., Path]
RUN = (sys.executable, "-c", "from walkthrough_app.cli import main; main()")


def render(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("WALKTHROUGH_DATA")}
    return subprocess.run(
        [*RUN, "render", *map(str, arguments)], check=False, capture_output=True, text=True, env=environment
    )


def refusal(done: subprocess.CompletedProcess[str], name: str) -> str:
    """Return the one line of a refusal that names the file."""
    lines = done.stderr.strip().splitlines()
    assert done.returncode == 1
    assert len(lines) == 1
    assert name in lines[0]
    return lines[0]


def test_a_package_of_a_phone_becomes_a_report(pack: Pack, tmp_path: Path) -> None:
    done = render(pack(), "-o", tmp_path / "报告.pdf")
    assert done.returncode == 0, done.stderr
    paper = Paper((tmp_path / "报告.pdf").read_bytes())
    assert "共体验1个事项" in paper.text
    assert "示例市公安局关于“一把手走流程”情况的专项报告" in paper.text
    assert json.loads(paper.attachment("report.json"))["schema"] == "walkthrough-report/1"


def test_a_package_becomes_a_word_file_alone_or_beside_the_paper(pack: Pack, tmp_path: Path) -> None:
    done = render(pack(), "--docx", tmp_path / "报告.docx")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == f"已生成 {tmp_path / '报告.docx'}。"
    alone = (tmp_path / "报告.docx").read_bytes()
    assert render(pack(), "-o", tmp_path / "报告.pdf", "--docx", tmp_path / "报告.docx").returncode == 0
    assert (tmp_path / "报告.docx").read_bytes() == alone
    assert (tmp_path / "报告.pdf").read_bytes().startswith(b"%PDF")
    assert docx.Document(str(tmp_path / "报告.docx")).paragraphs[1].text == "市作风整顿办作风评议组（市直机关工委）："


def test_a_package_with_its_report_keeps_the_units_own_words(pack: Pack, tmp_path: Path) -> None:
    walk = story.short()
    shared = {"campaign", "unit", "questionnaires", "walks"}
    full = story.report([walk], texts={"outlook": "我局将认真整改。"})
    block = {key: value for key, value in full.items() if key not in shared}
    done = render(pack([walk], report=block), "-o", tmp_path / "报告.pdf")
    assert done.returncode == 0, done.stderr
    assert "我局将认真整改。" in Paper((tmp_path / "报告.pdf").read_bytes()).text


def test_it_says_how_many_pictures_were_left_out(pack: Pack, tmp_path: Path) -> None:
    walk = story.short()
    walk.photo("排队的人", mask="none")
    done = render(pack([walk]), "-o", tmp_path / "报告.pdf")
    assert "有1张照片没有打码或确认" in done.stderr


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert "没有这个文件" in refusal(render(tmp_path / "没有.zip", "-o", tmp_path / "a.pdf"), "没有.zip")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "文件夹" in refusal(render(tmp_path, "-o", tmp_path / "a.pdf"), tmp_path.name)


def test_a_cut_off_package_is_refused(pack: Pack, tmp_path: Path) -> None:
    whole = pack()
    whole.write_bytes(whole.read_bytes()[:3000])
    assert "没有传完" in refusal(render(whole, "-o", tmp_path / "a.pdf"), whole.name)
    assert not (tmp_path / "a.pdf").exists()


def test_a_missing_picture_is_refused(pack: Pack, tmp_path: Path) -> None:
    walk = story.short()
    lost = next(event["payload"]["media"] for event in walk.events if event["kind"] == "mask")
    assert "缺少照片" in refusal(render(pack([walk], without=lost), "-o", tmp_path / "a.pdf"), "记录包.zip")


@pytest.mark.parametrize("block", [{"schema": "walkthrough-report/1"}, {"schema": "walkthrough-report/2"}, {"kind": 3}])
def test_a_malformed_report_in_a_package_is_refused(pack: Pack, tmp_path: Path, block: dict[str, object]) -> None:
    assert "不合格式" in refusal(render(pack(report=block), "-o", tmp_path / "a.pdf"), "记录包.zip")


def test_a_moment_that_is_none_is_refused(pack: Pack, tmp_path: Path) -> None:
    walk = story.short()
    walk.events[0]["at"] = "昨天"
    refusal(render(pack([walk]), "-o", tmp_path / "a.pdf"), "记录包.zip")


def test_a_place_that_cannot_be_written_is_named(pack: Pack, tmp_path: Path) -> None:
    assert "写不进去" in refusal(render(pack(), "-o", tmp_path / "没有这个文件夹" / "a.pdf"), "a.pdf")


def test_exporting_without_a_database_says_what_to_do(tmp_path: Path) -> None:
    where = {"WALKTHROUGH_DATA_DIR": str(tmp_path), "PATH": os.environ["PATH"]}
    arguments = [*RUN, "export", "report", str(uuid.uuid4()), "-o", str(tmp_path / "a.zip")]
    done = subprocess.run(arguments, check=False, capture_output=True, text=True, env=where)
    assert done.returncode == 1
    assert done.stderr.strip() == "数据库打不开或还没有建好，请先运行 walkthrough db upgrade。"


def test_wrong_usage_is_status_2(pack: Pack) -> None:
    assert render(pack()).returncode == 2


def test_it_says_that_nothing_was_found_without_a_reason(pack: Pack, tmp_path: Path) -> None:
    walk = story.Walk("居住证申领")
    walk.step("query", 5)
    done = render(pack([walk]), "-o", tmp_path / "报告.pdf")
    assert done.returncode == 0
    assert done.stderr.strip() == "没有记录问题，也没有写明原因：居住证申领。"
