"""Lay out a 示例市 whose head has many walks under way, and the deputy some: `python -m tests.browser.stage COUNT`."""

import json
import sys
import uuid

from tests.browser.serve import PASSWORD
from walkthrough_app import cli, config, demo
from walkthrough_app.campaigns import service as campaigns
from walkthrough_app.campaigns.models import Mode
from walkthrough_app.campaigns.sample import sample_items
from walkthrough_app.core import clock, db
from walkthrough_app.demo import town
from walkthrough_app.walkthroughs import service
from walkthrough_app.walkthroughs.service import Beginning

OF_DEPUTY = 4


def main(count: int) -> None:
    """Print the ids of `count` walks of the head, and of some of the deputy, as JSON."""
    settings = config.from_env()
    cli.migrate(settings)
    with db.transaction():
        today = clock.today()
        made = town.build(PASSWORD, today)
        demo.plans(made, today)
        items = [_item(made, number) for number in range(count)]
        counts = {"head": count, "deputy": OF_DEPUTY}
        walks = {who: [_walk(made, item, who) for item in items[:most]] for who, most in counts.items()}
    print(json.dumps(walks))


def _item(made: town.Town, number: int) -> str:
    """Add one more item like 居住证申领, for an item is walked once by each."""
    fields = next(item["fields"] for item in sample_items() if item["key"] == "residence_permit")
    named = {**fields, "task_name": f"居住证申领（{number + 1}）"}
    made.items[f"permit{number}"] = campaigns.add_item(unit=made.units[town.POLICE], by=made.people["liaison"], **named)
    return f"permit{number}"


def _walk(made: town.Town, item: str, walker: str) -> str:
    plan = town.plan(made, item=item, walker=walker, by="liaison", mode=Mode.IN_PERSON, today=clock.today())
    return str(service.start(plan, Beginning(), by=plan.walker, tap=uuid.uuid4()).id)


if __name__ == "__main__":
    main(int(sys.argv[1]))
