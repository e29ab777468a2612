"""`walkthrough quality`: every walk looked at anew."""

import click

from walkthrough_app import config
from walkthrough_app.core import db
from walkthrough_app.media import queries as media
from walkthrough_app.media import service as media_service
from walkthrough_app.media.looks import columns
from walkthrough_app.media.storage import MediaStore, open_store
from walkthrough_app.quality import service


@click.command()
def quality() -> None:
    """按现行规则重新查看每一次走流程。"""
    settings = config.from_env()
    db.connect(settings.database_url)
    pictures = _look_at_pictures(open_store(settings))
    with db.transaction():
        flags = service.rebuild(db.step)
    click.echo(f"已重新查看每一次走流程，共 {flags} 条提示（补算照片特征 {pictures} 张）。")


def _look_at_pictures(store: MediaStore) -> int:
    """Give a look to pictures that were kept before looks were; one with nothing to see is tried again each time."""
    with db.transaction():
        waiting = [one.sha256 for one in media.without_look()]
    found = 0
    for sha256 in waiting:
        with db.transaction():
            one = media.find(sha256)
            assert one
            one.look = media_service.look_at(one, store=store)
            for name, band in columns(one.look).items():
                setattr(one, name, band)
            found += one.look is not None
    return found
