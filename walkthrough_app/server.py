"""The production server: gunicorn with threads, and a line that says where to find it."""

import socket
import sys
from typing import Any

import click
import segno
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from gunicorn.app.base import BaseApplication

from walkthrough_app import config, create_app
from walkthrough_app.core import db
from walkthrough_app.documents import pdf


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn without its command line."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return create_app()


def run(*, host: str, port: int, workers: int) -> None:
    """Serve until interrupted; refuse to start when the PDF renderer would be slow or without fonts."""
    settings = config.from_env()
    _check(host, port)
    if not is_migrated(settings):
        raise click.ClickException("数据库还没有建好或版本太旧，请先运行：walkthrough db upgrade")
    announce(settings, host, port)
    Server(
        {
            "bind": f"{host}:{port}",
            "workers": workers,
            "worker_class": "gthread",
            "threads": 8,
            "keepalive": 75,
            "timeout": 120,
            "graceful_timeout": 20,
            "loglevel": "warning",
            "control_socket_disable": True,
        }
    ).run()


def _check(host: str, port: int) -> None:
    try:
        pdf.check_renderer()
    except RuntimeError as error:
        raise click.ClickException(str(error)) from error
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            refusal = f"端口 {port} 用不了（{error.strerror}），请换一个：PORT=8001 script/server"
            raise click.ClickException(refusal) from error


def is_migrated(settings: config.Settings) -> bool:
    """Tell whether the database is at the newest schema."""
    scripts = ScriptDirectory(str(config.ROOT / "migrations"))
    engine = db.connect(settings.database_url)
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    engine.dispose()
    return current == scripts.get_current_head()


def announce(settings: config.Settings, host: str, port: int) -> None:
    """Print the address, and its QR code when a phone can reach it."""
    address = settings.base_url or f"http://{_shown(host)}:{port}"
    click.echo(f"\n走流程 已启动：{address}")
    if host in {"0.0.0.0", "::"} and not settings.base_url:  # noqa: S104 - compared, not bound
        click.echo(f"本机也可以打开：http://127.0.0.1:{port}")
    click.echo("按 Ctrl-C 停止。\n")
    if "127.0.0.1" not in address and "localhost" not in address:
        click.echo("手机扫码打开：")
        segno.make(address, error="l").terminal(compact=True)
    sys.stdout.flush()  # or the worker processes would print it again


def _shown(host: str) -> str:
    """Name an address that others can open when we listen on all of them."""
    if host not in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        return host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing; only asks which of our addresses would be used
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"
