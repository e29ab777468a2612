"""What must be right before anything is served or worked on."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import click

from walkthrough_app import config, schema
from walkthrough_app.core import db
from walkthrough_app.documents import pdf, signing


def check(settings: config.Settings) -> None:
    """Refuse to start in one line: when papers would be slow, without fonts or unsigned, or the database is old.

    Both are tried in a process of its own, for they take a lot of memory and a web server never needs them.
    """
    try:
        with ProcessPoolExecutor(1, mp_context=get_context("fork")) as other:
            other.submit(_try_papers, settings).result()
    except RuntimeError as error:
        raise click.ClickException(str(error)) from error
    if not is_migrated(settings):
        raise click.ClickException("数据库还没有建好或版本太旧，请先运行：walkthrough db upgrade")


def _try_papers(settings: config.Settings) -> None:
    pdf.check_renderer()
    signing.signer_from(settings)


def is_migrated(settings: config.Settings) -> bool:
    """Tell whether the database is at the newest schema."""
    engine = db.connect(settings.database_url)
    current = schema.revision(engine)
    engine.dispose()
    return current == schema.newest()
