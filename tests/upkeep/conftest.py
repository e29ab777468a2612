"""An installation of its own with sample data, and places to put it back or move it to."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import database_url
from walkthrough_app import config
from walkthrough_app.config import ROOT
from walkthrough_app.core import db
from walkthrough_app.upkeep import rows

CLI = [sys.executable, "-m", "walkthrough_app.cli"]


@dataclass
class Installation:
    """A data folder, and what its settings say beside it."""

    folder: Path
    database: str = ""
    media: str = ""

    @property
    def environment(self) -> dict[str, str]:
        own = {"DATA_DIR": str(self.folder), "DATABASE_URL": self.database, "MEDIA_URL": self.media}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("WALKTHROUGH_")}
        return kept | {f"WALKTHROUGH_{name}": value for name, value in own.items()}

    @property
    def settings(self) -> config.Settings:
        return config.from_env(self.environment)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*CLI, *words], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )

    def asked(self, *requests: list[str]) -> list[tuple[int, str]]:
        command = [sys.executable, "-m", "tests.upkeep.asked", json.dumps(requests)]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=True)
        return [tuple(one) for one in json.loads(done.stdout)]

    def digests(self) -> rows.Digests:
        engine = db.engine_of(self.settings.database_url)
        with engine.connect() as connection:
            found = rows.digests(connection)
        engine.dispose()
        return found

    def copy_to(self, folder: Path) -> "Installation":
        shutil.copytree(self.folder, folder)
        return Installation(folder)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """示例市 with a problem in its ledger, to look at only."""
    made = Installation(tmp_path_factory.mktemp("sample") / "data")
    command = [sys.executable, "-m", "tests.upkeep.sample"]
    subprocess.run(command, cwd=ROOT, env=made.environment, check=True)
    return made


@pytest.fixture
def town(sample: Installation, tmp_path: Path) -> Installation:
    """示例市 in a folder of the test's own."""
    return sample.copy_to(tmp_path / "town")


@pytest.fixture
def empty(tmp_path: Path, worker_id: str) -> Installation:
    """A new installation, on PostgreSQL where the suite runs on it."""
    folder = tmp_path / "empty"
    folder.mkdir()
    return Installation(folder, database_url(folder, f"{worker_id}_upkeep"))
