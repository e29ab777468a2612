"""`walkthrough verify` says what a file proves, with no server and no database; `walkthrough signing` shows who signs."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pytest
from click.testing import CliRunner, Result

from tests.documents import certificates
from tests.verification.conftest import sign
from walkthrough_app.cli import cli

RUN = (sys.executable, "-c", "from walkthrough_app.cli import main; main()")
Write = Callable[[bytes], Path]


def run(folder: Path, *arguments: str | Path, **settings: str | Path) -> subprocess.CompletedProcess[str]:
    plain = {key: value for key, value in os.environ.items() if not key.startswith("WALKTHROUGH_")}
    named = {f"WALKTHROUGH_{name}": str(value) for name, value in {"DATA_DIR": folder, **settings}.items()}
    return subprocess.run([*RUN, *map(str, arguments)], check=False, capture_output=True, text=True, env=plain | named)


def test_our_own_report_passes(signed: bytes, office: SimpleNamespace, file: Write) -> None:
    done = run(office.folder, "verify", file(signed))
    assert (done.returncode, done.stderr) == (0, "")
    first, *rest = done.stdout.splitlines()
    assert first == "签名完整，内容没有被改动。"
    assert sum(line.startswith("✓") for line in rest) == 7


def test_a_changed_report_fails_with_the_reason(signed: bytes, office: SimpleNamespace, file: Write) -> None:
    changed = bytearray(signed)
    changed[len(changed) // 2] ^= 1
    done = run(office.folder, "verify", file(bytes(changed)))
    assert done.returncode == 1
    assert "报告.pdf：签名和内容对不上" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_programs_read_json(made: SimpleNamespace, tmp_path: Path, file: Write) -> None:
    done = run(tmp_path / "nothing", "verify", file(made.pdf), "--json")
    answer = json.loads(done.stdout)
    assert done.returncode == 1
    assert "没有数字签名" in done.stderr
    assert (answer["state"], answer["is_intact"], answer["code"]) == ("unproven", False, "ABCDE0FGHJ")
    assert {one["key"]: one["state"] for one in answer["findings"]}["text"] == "proven"
    assert not (tmp_path / "nothing").exists()


def test_an_unknown_signer_passes_unless_a_known_one_is_asked_for(
    authority: SimpleNamespace, tmp_path: Path, file: Write
) -> None:
    path = file(sign(blank(), authority.signer))
    passed = run(tmp_path, "verify", path)
    assert passed.returncode == 0
    assert passed.stdout.startswith("签名完整，但不认识签名人")
    strict = run(tmp_path, "verify", path, "--trusted")
    assert strict.returncode == 1
    assert "不认识签名人“示例市 示例市作风整顿办”" in strict.stderr
    assert run(tmp_path, "verify", path, "--trusted", SIGN_TRUSTED=authority.pem).returncode == 0


def blank() -> bytes:
    pdf, out = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.save(out)
    return out.getvalue()


def at_once(folder: Path, *arguments: str | Path, **settings: str | Path) -> Result:
    """Run a command that needs no process of its own."""
    named = {f"WALKTHROUGH_{name}": str(value) for name, value in {"DATA_DIR": folder, **settings}.items()}
    return CliRunner().invoke(cli, [*map(str, arguments)], env=named)


@pytest.mark.parametrize(("name", "words"), [("没有.pdf", "没有这个文件"), (".", "这是文件夹")])
def test_what_is_no_file_is_refused(tmp_path: Path, name: str, words: str) -> None:
    done = at_once(tmp_path, "verify", tmp_path / name)
    assert done.exit_code == 1
    assert words in done.output


def test_roots_that_are_none_are_told(tmp_path: Path, made: SimpleNamespace, file: Write) -> None:
    wrong = tmp_path / "roots.pem"
    wrong.write_text("nothing")
    done = run(tmp_path, "verify", file(made.pdf), SIGN_TRUSTED=wrong)
    assert done.returncode == 1
    assert "WALKTHROUGH_SIGN_TRUSTED" in done.stderr


def test_the_certificate_in_use_is_shown(tmp_path: Path) -> None:
    done = at_once(tmp_path, "signing", "show")
    assert done.exit_code == 0
    assert "证书：走流程自制证书（仅供试用）" in done.output
    assert (tmp_path / "signing" / "self-made.pem").exists()


def test_a_second_self_made_one_is_only_made_when_asked_for(tmp_path: Path) -> None:
    first = at_once(tmp_path, "signing", "make")
    assert first.exit_code == 0
    refused = at_once(tmp_path, "signing", "make")
    assert refused.exit_code == 1
    assert "已经有自制证书了" in refused.output
    again = at_once(tmp_path, "signing", "make", "--again")
    assert again.exit_code == 0
    assert again.output != first.output


def test_a_wrong_password_is_told(tmp_path: Path) -> None:
    p12 = certificates.write_p12(tmp_path / "a.p12", certificates.issue("甲"))
    done = at_once(tmp_path, "signing", "show", SIGN_P12=p12, SIGN_P12_PASSWORD="wrong")
    assert done.exit_code == 1
    assert "密码不对" in done.output
