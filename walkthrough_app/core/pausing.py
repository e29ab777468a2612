"""A pause for writing: while an installation moves, nothing new may be acknowledged where it moves from."""

from pathlib import Path

from walkthrough_app.core.errors import AppError

NAME = "moving"


class Paused(AppError):
    """Nothing may be written for now; what a phone holds it sends again later."""

    status = 503
    default = "系统正在搬到新的服务器，暂时不能保存；手机上的记录还在，稍后会自动补传。"


def begin(data_dir: Path) -> None:
    """Let every process of this data folder refuse to write from now on."""
    (data_dir / NAME).touch()


def end(data_dir: Path) -> None:
    (data_dir / NAME).unlink(missing_ok=True)


def is_on(data_dir: Path) -> bool:
    return (data_dir / NAME).exists()
