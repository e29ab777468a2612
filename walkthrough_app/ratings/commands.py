"""`walkthrough ratings`: what the operator does about public ratings."""

import uuid

import click

from walkthrough_app import config
from walkthrough_app.campaigns import queries as campaigns
from walkthrough_app.core import db
from walkthrough_app.core.errors import NotFound
from walkthrough_app.ratings import queries, service


@click.group()
def ratings() -> None:
    """群众评价。"""


@ratings.command("list")
def list_() -> None:
    """列出有群众评价的活动和编号。"""
    db.connect(config.from_env().database_url)
    with db.transaction():
        for campaign in campaigns.campaigns():
            if queries.forms_of(campaign):
                click.echo(f"{campaign.id}  {campaign.title}")


@ratings.command()
@click.argument("campaign_id", type=click.UUID)
def purge(campaign_id: uuid.UUID) -> None:
    """删除一次活动里已经办完的意见原文，分数保留。"""
    db.connect(config.from_env().database_url)
    with db.transaction():
        campaign = next((one for one in campaigns.campaigns() if one.id == campaign_id), None)
        if campaign is None:
            raise NotFound("没有这次活动，编号请用 walkthrough ratings list 查看。")
        number = service.purge(campaign, by=None)
    click.echo(f"已删除 {number} 条意见的原文，分数保留。")
