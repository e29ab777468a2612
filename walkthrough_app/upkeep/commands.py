"""`walkthrough backup | restore | migrate-to`: the whole installation, kept, put back or moved."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from walkthrough_app import config
from walkthrough_app.core import pausing
from walkthrough_app.upkeep.rows import Tell

FILE = click.Path(dir_okay=False, path_type=Path)
KEY_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=FILE)
@click.option("--to", "recipient", help="用 age 公钥（age1…）加密，只有拿着私钥的人打得开。")
@click.option("--verbose", is_flag=True, help="逐表写出有几行。")
def backup(file: Path, recipient: str | None, *, verbose: bool) -> None:
    """把整个系统备份成一个文件：数据、照片、公文、密钥。系统照常运行。"""
    from walkthrough_app.upkeep import archive, sealing

    settings = config.from_env()
    with _finished(file) as target, sealing.sealed(target, recipient) as plain:
        made = archive.write(settings, plain, _teller(verbose=verbose))
    if recipient is None:
        with file.open("rb") as written:
            archive.check(written, settings.data_dir)
    note = "内容已经读回来核对过" if recipient is None else "已经加密，请用 walkthrough restore --check 核对"
    click.echo(f"已备份到 {file.name}：{_count(made.rows, made.files, made.size)}，{note}。")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--identity", type=KEY_FILE, help="打开加密备份的 age 私钥文件。")
@click.option("--check", "is_check", is_flag=True, help="只核对备份是不是完整，什么也不恢复。")
@click.option("--verbose", is_flag=True, help="逐表写出有几行。")
def restore(file: Path, identity: Path | None, *, is_check: bool, verbose: bool) -> None:
    """从备份恢复到一个空的系统；恢复以前请停止服务。"""
    from walkthrough_app.upkeep import archive, sealing

    settings = config.from_env()
    with file.open("rb") as source, sealing.opened(source, identity, settings.data_dir) as plain:
        if is_check:
            found = archive.check(plain, settings.data_dir)
        else:
            found = archive.read(plain, settings, _teller(verbose=verbose))
    done = "备份完整" if is_check else "已恢复，逐行逐个核对过"
    click.echo(f"{done}：{found.made_at[:16]} 的 {_count(found.rows, found.files, found.size)}。")


@click.command("migrate-to")
@click.option("--database", default="", help="新的数据库，写法同 WALKTHROUGH_DATABASE_URL。")
@click.option("--media", default="", help="新的存储，写法同 WALKTHROUGH_MEDIA_URL；不写就放在数据文件夹里。")
@click.option("--cancel", is_flag=True, help="不搬了：让原来的系统恢复保存。")
@click.option("--verbose", is_flag=True, help="逐表写出有几行。")
def migrate_to(database: str, media: str, *, cancel: bool, verbose: bool) -> None:
    """把正在运行的系统搬到 PostgreSQL 和共用的存储，逐行逐个核对。"""
    from walkthrough_app.upkeep import moving

    here = config.from_env()
    if cancel:
        pausing.end(here.data_dir)
        click.echo("已恢复保存，原来的系统照常使用。")
        return
    if not database:
        raise click.UsageError("请用 --database 写明新的数据库。")
    moved = moving.move(here, moving.destination(here, database, media), _teller(verbose=verbose))
    click.echo(f"已搬好并逐行逐个核对：{_count(moved.rows, moved.files, moved.size)}。")
    click.echo("原来的系统已停止保存。请把 WALKTHROUGH_DATABASE_URL、WALKTHROUGH_MEDIA_URL 改成新的，再重新启动服务。")


@contextmanager
def _finished(file: Path) -> Iterator[BinaryIO]:
    """A file that gets its name when it is whole; readable by its owner only."""
    part = file.with_name(file.name + ".part")
    try:
        with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as target:
            yield target
            target.flush()
            os.fsync(target.fileno())
        part.replace(file)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _count(rows: int, files: int, size: int) -> str:
    return f"{rows} 行数据、{files} 个文件（{size / 1e6:.0f} MB）"


def _teller(*, verbose: bool) -> Tell:
    return lambda name, count: click.echo(f"  {name} {count}") if verbose and count else None
