"""Lay out a 示例市 where one report was sent back and came again: `python -m tests.browser.handed_in`."""

import uuid
from datetime import timedelta

from tests.browser.serve import PASSWORD
from tests.reports import stage, story
from walkthrough_app import cli, config, wiring
from walkthrough_app.core import clock, db
from walkthrough_app.demo import town
from walkthrough_app.demo.town import Town
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.reception import service as desk
from walkthrough_app.reports import service


def main() -> None:
    settings = config.from_env()
    cli.migrate(settings)
    store = wiring.connect(settings)
    with db.transaction():
        hand_in(town.build(PASSWORD, clock.today()), store)


def hand_in(made: Town, store: LocalStore) -> None:
    """Submit, comment, return, correct and submit again."""
    head, liaison, lane = made.people["head"], made.people["liaison"], made.people["style"]
    told = story.short("居民身份证补领", at=(clock.now() - timedelta(days=3)).isoformat())
    report = service.draft(
        made.campaign, head, [stage.put_walk(head, made.campaign, made.items["id_card"], told, store)], by=liaison
    )
    for gap in service.check(report):
        if gap.level == "explain":
            service.explain(report, gap.key, "正在体验，按计划走完。", by=liaison)
    version = stage.confirm(report, by=head, store=store)
    service.submit(report, by=liaison)
    desk.comment(version, "p:outlook", "请写明时限。", by=lane, tap=uuid.uuid4())
    service.return_(report, ["整改措施、时限或步骤不明确"], by=lane)
    service.take_back(report, by=liaison)
    service.rewrite(report, "outlook", "下一步，我局将在8月底前逐条落实整改措施。", by=liaison)
    stage.confirm(report, by=head, store=store)
    service.submit(report, by=liaison)


if __name__ == "__main__":
    main()
