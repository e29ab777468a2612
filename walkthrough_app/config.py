"""Settings: the one place that reads the environment.

A default here must be right for production *and* fit to be public.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "WALKTHROUGH_"


class SettingError(ValueError):
    """A setting has a value that cannot work; the text is one line for the operator."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the environment decides. See docs/settings.md for the meaning of each."""

    data_dir: Path
    database_url: str
    media_dir: Path
    secret_key: str = field(repr=False)
    base_url: str = ""
    queue_url: str = ""
    demo_password: str = field(default="", repr=False)
    testing: bool = False

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")


def from_env(env: Mapping[str, str] | None = None) -> Settings:
    """Read `WALKTHROUGH_*`; raise SettingError with one clear line on a wrong value."""
    env = os.environ if env is None else env
    data_dir = Path(_read(env, "DATA_DIR") or ROOT / "data").expanduser().resolve()
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError(f"{PREFIX}DATA_DIR：无法建立文件夹 {data_dir}（{error.strerror}）") from error
    return Settings(
        data_dir=data_dir,
        database_url=_database_url(_read(env, "DATABASE_URL"), data_dir),
        media_dir=_media_dir(_read(env, "MEDIA_URL"), data_dir),
        secret_key=_read(env, "SECRET_KEY") or _kept_secret(data_dir / "secret_key"),
        base_url=_base_url(_read(env, "BASE_URL")),
        queue_url=_queue_url(_read(env, "QUEUE_URL")),
        demo_password=_read(env, "DEMO_PASSWORD"),
    )


def font_dir(env: Mapping[str, str] | None = None) -> Path:
    """Return the folder of the papers' fonts; commands without a database need nothing else of the settings."""
    return Path(_read(os.environ if env is None else env, "FONT_DIR") or ROOT / "var" / "fonts").expanduser().resolve()


def is_debugging() -> bool:
    """Tell whether commands show the whole traceback instead of one line."""
    return bool(_read(os.environ, "DEBUG"))


def _read(env: Mapping[str, str], name: str) -> str:
    """Return `WALKTHROUGH_<name>`, or the content of the file named by `WALKTHROUGH_<name>_FILE`."""
    path = env.get(f"{PREFIX}{name}_FILE")
    if not path:
        return env.get(f"{PREFIX}{name}", "").strip()
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingError(f"{PREFIX}{name}_FILE：读不到文件 {path}（{error.strerror}）") from error


def _database_url(value: str, data_dir: Path) -> str:
    if not value:
        return f"sqlite:///{data_dir / 'walkthrough.db'}"
    scheme = urlsplit(value).scheme
    if scheme == "sqlite":
        return value
    if scheme in {"postgresql", "postgres", "postgresql+psycopg"}:
        return "postgresql+psycopg" + value[len(scheme) :]
    raise SettingError(f"{PREFIX}DATABASE_URL：只支持 sqlite:/// 和 postgresql://，现在是 {scheme or value}")


def _media_dir(value: str, data_dir: Path) -> Path:
    if not value:
        return data_dir / "media"
    if not value.startswith("file:"):
        raise SettingError(f"{PREFIX}MEDIA_URL：只支持 file:文件夹，现在是 {value}")
    return Path(value.removeprefix("file:").removeprefix("//")).expanduser().resolve()


def _base_url(value: str) -> str:
    if value and urlsplit(value).scheme not in {"http", "https"}:
        raise SettingError(f"{PREFIX}BASE_URL：要以 http:// 或 https:// 开头，现在是 {value}")
    return value.rstrip("/")


def _queue_url(value: str) -> str:
    if value:
        raise SettingError(f"{PREFIX}QUEUE_URL：现在只有内置的队列，请留空，现在是 {urlsplit(value).scheme or value}")
    return value


def _kept_secret(path: Path) -> str:
    """Return the installation's own secret, made once; only its owner may read it."""
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
    return path.read_text(encoding="utf-8").strip()
