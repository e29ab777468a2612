"""The two commands of the README: what they install is pinned and hashed, and names nothing of one machine."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.twice import ONCE

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
SCRIPTS = [*sorted(path for path in (ROOT / "script").iterdir() if path.is_file()), ROOT / ".ci" / "run"]
COMMANDS = [script for script in SCRIPTS if not script.name.startswith("_")]
BASH = [script for script in SCRIPTS if script.suffix == ".sh" or b"bash" in script.read_bytes().split(b"\n", 1)[0]]

# Written so that neither pattern finds itself here.
INDEX_HOSTS = re.compile(r"pypi[.]org|pythonhoste[d]|registry[.]npm|npmjs[.]|deb[.]debian[.]org")
MACHINE_PATHS = re.compile(r"(?<![A-Za-z0-9_.])/(work|farm|root|opt/wheels)/")


def by_name(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("lock", LOCKS, ids=by_name)
def test_a_lock_names_no_host_and_no_option(lock: Path) -> None:
    assert "://" not in lock.read_text()
    assert not [line for line in requirements(lock) if line.startswith("-")]


@pytest.mark.parametrize("lock", LOCKS, ids=by_name)
def test_every_line_of_a_lock_is_one_version_with_its_hashes(lock: Path) -> None:
    for line in requirements(lock):
        assert re.match(r"[a-z0-9._-]+==[^ ;]+ ", line), line[:60]
        assert "--hash=sha256:" in line, line[:60]


def test_the_lock_has_all_that_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert {name_of(line) for line in project["project"]["dependencies"]} <= pinned("base.txt").keys()
    assert {name_of(line) for line in project["dependency-groups"]["dev"]} <= pinned("dev.txt").keys()


def test_developers_run_the_very_versions_that_are_served() -> None:
    dev = pinned("dev.txt")
    assert {name: dev.get(name) for name in pinned("base.txt")} == pinned("base.txt")


@pytest.mark.parametrize("script", COMMANDS, ids=by_name)
def test_a_command_is_executable(script: Path) -> None:
    assert os.access(script, os.X_OK)


@pytest.mark.parametrize("script", BASH, ids=by_name)
def test_a_script_is_valid_bash(script: Path) -> None:
    checked = subprocess.run(["bash", "-n", script], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize(
    ("argument", "status", "words"),
    [
        ("--help", 0, "用法"),
        ("--no-such", 2, "不认识的参数：--no-such"),
    ],
)
def test_the_server_script_answers_for_its_options(argument: str, status: int, words: str, tmp_path: Path) -> None:
    answer = subprocess.run(
        [ROOT / "script" / "server", argument], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert answer.returncode == status
    assert words in answer.stdout + answer.stderr


@pytest.mark.parametrize("port", ["0", "65536", "web", "-1"])
def test_the_server_script_refuses_a_port_that_cannot_be(port: str) -> None:
    environment = {**os.environ, "PORT": port}
    answer = subprocess.run([ROOT / "script" / "server"], capture_output=True, text=True, check=False, env=environment)
    assert answer.returncode == 1
    assert answer.stderr == f"PORT 要是 1 到 65535 的数字，现在是 {port}\n"


def test_no_committed_file_names_an_index_host_or_a_path_of_one_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in committed_files()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="ignore").splitlines(), 1)
        if INDEX_HOSTS.search(line) or MACHINE_PATHS.search(line)
    ]
    assert found == []


def test_what_runs_on_one_database_only_is_still_there() -> None:
    for one in ONCE:
        file, _, function = one.partition("::")
        assert f"def {function}" in (ROOT / file).read_text(encoding="utf-8"), one


def requirements(lock: Path) -> list[str]:
    """Return one string for each requirement, its continuation lines joined."""
    joined = lock.read_text().replace("\\\n", " ")
    return [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]


def pinned(name: str) -> dict[str, list[str]]:
    """Return the versions of each package of a lock; there are several where they depend on the Python version."""
    versions: dict[str, list[str]] = {}
    for line in requirements(ROOT / "requirements" / name):
        versions.setdefault(name_of(line), []).append(line.split("==")[1].split()[0])
    return versions


def name_of(requirement: str) -> str:
    return re.split(r"[\s\[<>=!~;]", requirement, maxsplit=1)[0].lower().replace("_", "-").replace(".", "-")


def committed_files() -> list[Path]:
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\0")
    return [path for name in listed if name and (path := ROOT / name).is_file()]
