"""The phone's scripts, tested by Node's own runner: one test here is one file of tests there.

Needs `node` (18.19 or newer) and `npm`; Debian: apt-get install nodejs npm.
"""

import fcntl
import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FILES = sorted(path.name for path in HERE.glob("*.test.mjs"))
LOCK = HERE / "package-lock.json"


@pytest.mark.parametrize("name", FILES)
def test_the_scripts_of_the_phone(name: str, libraries: None) -> None:
    done = run("node", "--import", "./modules.mjs", "--test", "--test-reporter=spec", name)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]


@pytest.fixture(scope="session")
def libraries() -> None:
    """Bring node_modules to package-lock.json, one process at a time."""
    stamp = HERE / "node_modules" / ".stamp"
    with LOCK.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        want = hashlib.sha256(file.read()).hexdigest()
        if not stamp.is_file() or stamp.read_text() != want:
            done = run("npm", "ci", "--ignore-scripts")
            assert done.returncode == 0, done.stdout + done.stderr
            stamp.write_text(want)


def run(*command: str) -> subprocess.CompletedProcess[str]:
    assert shutil.which(command[0]), f"缺少 {command[0]}：apt-get install -y nodejs npm"
    return subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False, timeout=300)
