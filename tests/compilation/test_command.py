"""`walkthrough compile` compiles what arrived by mail, from servers that never met, and refuses a bad file by name."""

import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from click.testing import CliRunner, Result

from tests.compilation import corpus
from tests.compilation.corpus import Corpus
from tests.compilation.test_material import raw_findings
from tests.reports import story
from tests.reports.conftest import Paper
from walkthrough_app.cli import cli

RUN = (sys.executable, "-c", "from walkthrough_app.cli import main; main()")


def run(folder: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    plain = {key: value for key, value in os.environ.items() if not key.startswith("WALKTHROUGH_")}
    settings = {"WALKTHROUGH_DATA_DIR": str(folder / "nothing")}
    command = [*RUN, "compile", *map(str, arguments)]
    return subprocess.run(command, check=False, capture_output=True, text=True, env=plain | settings, cwd=folder)


def at_once(folder: Path, *arguments: str | Path) -> Result:
    """Run it in this process: for what does not come to laying out."""
    return CliRunner().invoke(cli, ["compile", *map(str, arguments)], env={"WALKTHROUGH_DATA_DIR": str(folder / "no")})


@dataclass
class Done:
    folder: Path
    code: int
    out: str
    errors: list[str]

    @cached_property
    def text(self) -> str:
        return Paper((self.folder / "汇总.pdf").read_bytes()).text


@pytest.fixture(scope="module")
def done(files: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Done:
    """All twelve files compiled at once, with everything that can be made of them."""
    folder = tmp_path_factory.mktemp("compiled")
    wanted = ("-o", "汇总.pdf", "--xlsx", "台账.xlsx", "--docx", "汇总.docx", "--binder", "汇编.pdf")
    ended = run(folder, *files.files, *wanted)
    return Done(folder, ended.returncode, ended.stdout, ended.stderr.strip().splitlines())


def test_bad_files_are_refused_by_name_in_one_sentence_each(done: Done, files: Corpus) -> None:
    assert done.code == 1
    assert len(done.errors) == 3
    said = dict(line.split("：", 1) for line in done.errors)
    assert said.keys() == {files.old.name, files.byte.name, files.page.name}
    assert said[files.old.name] == f"是旧的版本（V1），已经有 {files.good[0].name}（V2）。"
    assert said[files.byte.name].startswith("签名和内容对不上")
    assert "签名" in said[files.page.name]


def test_the_rest_is_compiled(done: Done) -> None:
    assert "汇总了9份报告，8个单位" in done.out
    assert "其中9份的签名完整，但不认识签名人" in done.out
    text = done.text
    for name in ("示例市公安局", "示例县民政局", "样例区市场监督管理局"):
        assert name in text
    assert "共收到专项报告9份" in text


def test_the_figures_are_those_of_the_raw_events(done: Done, files: Corpus) -> None:
    raw = raw_findings(files.data)
    walks = [walk for report in files.data for walk in report["walks"]]
    text = done.text
    kinds = Counter(one["measure"]["rectify_type"] for one in raw)
    assert f"共走流程{len(walks)}人次" in text
    assert f"共发现问题{len(raw)}个，其中立行立改{kinds['immediate']}个" in text
    book = openpyxl.load_workbook(done.folder / "台账.xlsx")
    assert book["新增问题清单"].max_row == len(raw) + 1
    summary = list(book["汇总表"].iter_rows(min_row=2, values_only=True))
    assert len(summary) == 9
    assert sum(row[18] for row in summary) == len(raw)
    late = {row[1] for row in summary if row[30] == "是"}
    assert late == {"样例区市场监督管理局"}


def test_all_reports_are_bound_into_one(done: Done) -> None:
    with pikepdf.open(done.folder / "汇编.pdf") as bound:
        assert len(bound.attachments) == 9


def test_nothing_else_is_left_behind(done: Done) -> None:
    assert {one.name for one in done.folder.iterdir()} == {"汇总.pdf", "台账.xlsx", "汇总.docx", "汇编.pdf"}


def test_good_files_alone_end_well(files: Corpus, tmp_path: Path) -> None:
    ended = at_once(tmp_path, *files.good[:2], "-o", tmp_path / "汇总.pdf", "--issuer", "示例市作风整顿办")
    assert (ended.exit_code, ended.stderr) == (0, "")
    assert "示例市作风整顿办" in Paper((tmp_path / "汇总.pdf").read_bytes()).text


@pytest.fixture(scope="module")
def odd(files: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of everything that people send by mistake or by malice."""
    folder = tmp_path_factory.mktemp("odd")
    good = files.good[3].read_bytes()
    (folder / "不是.pdf").write_bytes(b"hello")
    (folder / "空.pdf").write_bytes(b"")
    (folder / "断了.pdf").write_bytes(good[: len(good) // 2])
    (folder / "没有签名.pdf").write_bytes(corpus.pdf(corpus.data(3), None))
    blank, plain = pikepdf.new(), folder / "别的.pdf"
    blank.add_blank_page()
    blank.save(plain)
    locked = folder / "加密.pdf"
    blank.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    (folder / "一样.pdf").write_bytes(good)
    other = {**story.CAMPAIGN, "opens_on": "2019-03-01", "walk_due": "2019-03-10", "report_due": "2019-03-20"}
    signer = corpus.signer("别处")
    (folder / "去年.pdf").write_bytes(corpus.pdf(corpus.data(3, campaign=other, code="ABCDEFGH99"), signer))
    (folder / "坏名字\n\x1b[31m.pdf").write_bytes(b"%PDF-1.7\n" + b"[" * 100_000)
    return folder


def test_every_kind_of_odd_file_has_its_own_sentence(odd: Path, files: Corpus, tmp_path: Path) -> None:
    wanted = [*files.good[2:4], *sorted(odd.iterdir()), odd, odd / "没有.pdf"]
    ended = at_once(tmp_path, *wanted, "-o", tmp_path / "汇总.pdf")
    assert ended.exit_code == 1
    said = dict(line.split("：", 1) for line in ended.stderr.strip().splitlines())
    expected = {
        "不是.pdf": "这不是PDF文件",
        "空.pdf": "这不是PDF文件",
        "断了.pdf": "这个PDF不完整",
        "没有签名.pdf": "没有数字签名",
        "别的.pdf": "没有走流程报告的数据",
        "加密.pdf": "加了密码",
        "一样.pdf": f"与 {files.good[3].name} 是同一份报告",
        "去年.pdf": "属于另一次活动（“一把手走流程”，2019年3月1日至20日）",
        "坏名字??[31m.pdf": "这个PDF不完整",
        odd.name: "这是文件夹",
        "没有.pdf": "没有这个文件",
    }
    assert said.keys() == expected.keys()
    for name, words in expected.items():
        assert words in said[name]
    assert "汇总了2份报告" in ended.stdout


def test_nothing_is_written_when_nothing_is_left(files: Corpus, tmp_path: Path) -> None:
    ended = at_once(tmp_path, files.byte, files.page, "-o", tmp_path / "汇总.pdf", "--xlsx", tmp_path / "台账.xlsx")
    assert ended.exit_code == 1
    assert ended.stderr.strip().splitlines()[-1] == "没有一份报告可以汇总，什么也没有生成。"
    assert list(tmp_path.iterdir()) == []


def test_only_known_signers_when_asked_for(files: Corpus, tmp_path: Path) -> None:
    ended = at_once(tmp_path, files.good[0], "-o", tmp_path / "汇总.pdf", "--trusted")
    assert ended.exit_code == 1
    assert "不认识签名人" in ended.stderr


@pytest.mark.parametrize("place", [".", "没有/汇总.pdf"])
def test_a_place_that_cannot_be_written_is_told_at_once(files: Corpus, tmp_path: Path, place: str) -> None:
    ended = at_once(tmp_path, files.good[0], "-o", tmp_path / place)
    assert ended.exit_code == 1
    assert len(ended.stderr.strip().splitlines()) == 1


def test_a_report_is_never_overwritten(files: Corpus, tmp_path: Path) -> None:
    mine = tmp_path / "a.pdf"
    mine.write_bytes(files.good[0].read_bytes())
    ended = at_once(tmp_path, mine, "-o", mine)
    assert ended.exit_code == 1
    assert "会盖掉另一个文件" in ended.stderr
    assert mine.read_bytes() == files.good[0].read_bytes()
