"""The production server: gunicorn with threads, and a line that says where to find it."""

import socket
import sys
from dataclasses import replace
from typing import Any

import click
import segno
from flask import Response
from gunicorn.app.base import BaseApplication

from walkthrough_app import config, create_app, startup
from walkthrough_app.companion import Companion
from walkthrough_app.lan import certificates
from walkthrough_app.lan.addresses import addresses
from walkthrough_app.lan.page import serve_beside


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn without its command line."""

    def __init__(self, settings: config.Settings, options: dict[str, Any]) -> None:
        self.settings, self.options = settings, options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        app = create_app(self.settings)
        if "certfile" in self.options:
            app.after_request(_forget_strict_transport)
        return app


def run(*, host: str | None, port: int, workers: int, lan: bool = False, worker: bool = True) -> None:
    """Serve until interrupted, with a worker beside it; refuse to start when something is not right."""
    settings = config.from_env()
    startup.check(settings)
    companion = Companion() if worker else None
    if lan:
        serve_lan(settings, host, port, options(workers, companion))
    else:
        serve_plain(settings, host or "127.0.0.1", port, options(workers, companion))


def serve_plain(settings: config.Settings, host: str, port: int, options: dict[str, Any]) -> None:
    _check(host, port)
    announce(settings, host, port)
    Server(settings, options | {"bind": f"{host}:{port}"}).run()


def serve_lan(settings: config.Settings, host: str | None, port: int, options: dict[str, Any]) -> None:
    """Serve over HTTPS with a certificate of our own authority, and hand that out on the port after ours."""
    shown = [host] if host else addresses()
    if not shown:
        raise click.ClickException("这台电脑没有连上网络，手机找不到它。连上网络再启动，或不加 --lan 只在本机使用。")
    bound = host or "0.0.0.0"  # noqa: S104 - phones must reach it
    _check(bound, port)
    _check(bound, port + 1)
    folder = settings.data_dir / "lan"
    server, authority = certificates.identity(folder, shown), certificates.authority(folder).certificate
    settings = replace(settings, base_url=settings.base_url or f"https://{shown[0]}:{port}")
    announce_lan(settings.base_url, f"http://{shown[0]}:{port + 1}", certificates.fingerprint(authority))
    serve_beside(bound, port + 1, authority, settings.base_url)
    tls = {"certfile": str(server.certificate_file), "keyfile": str(server.key_file)}
    Server(settings, options | tls | {"bind": f"{bound}:{port}"}).run()


def options(workers: int, companion: Companion | None) -> dict[str, Any]:
    return _beside(companion) | {
        "workers": workers,
        "worker_class": "gthread",
        "threads": 8,
        "keepalive": 75,
        "timeout": 120,
        "graceful_timeout": 20,
        "loglevel": "warning",
        "control_socket_disable": True,
    }


def _beside(companion: Companion | None) -> dict[str, Any]:
    """Let the companion live as long as gunicorn's master process."""
    if companion is None:
        return {}
    return {"when_ready": lambda _arbiter: companion.start(), "on_exit": lambda _arbiter: companion.stop()}


def _forget_strict_transport(response: Response) -> Response:
    """Let the same machine be opened over plain HTTP another day."""
    response.headers["Strict-Transport-Security"] = "max-age=0"
    return response


def _check(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            refusal = f"端口 {port} 用不了（{error.strerror}），请换一个：PORT=8001 script/server"
            raise click.ClickException(refusal) from error


def announce(settings: config.Settings, host: str, port: int) -> None:
    """Print the address, and its QR code when a phone can reach it."""
    address = settings.base_url or f"http://{_shown(host)}:{port}"
    click.echo(f"\n走流程 已启动：{address}")
    if host in {"0.0.0.0", "::"} and not settings.base_url:  # noqa: S104 - compared, not bound
        click.echo(f"本机也可以打开：http://127.0.0.1:{port}")
    click.echo("按 Ctrl-C 停止。\n")
    if "127.0.0.1" not in address and "localhost" not in address:
        click.echo("手机扫码打开：")
        _draw(address)
    sys.stdout.flush()  # or the worker processes would print it again


def announce_lan(address: str, certificate_page: str, fingerprint: str) -> None:
    """Print two QR codes: the certificate, once for each phone, and the app."""
    click.echo(f"\n走流程 已启动（局域网加密）：{address}")
    click.echo("按 Ctrl-C 停止。\n")
    click.echo(f"1　证书：每部手机先装一次，{certificate_page}")
    _draw(certificate_page)
    click.echo(f"证书指纹 SHA-256：{fingerprint}\n")
    click.echo(f"2　打开：{address}")
    _draw(address)
    sys.stdout.flush()


def _draw(address: str) -> None:
    segno.make(address, error="l").terminal(compact=True)


def _shown(host: str) -> str:
    """Name an address that others can open when we listen on all of them."""
    if host not in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        return host
    return next(iter(addresses()), "127.0.0.1")
