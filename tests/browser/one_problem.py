"""Run the production server on a 示例市 where one problem stands in the ledger: `… one_problem PORT`."""

import sys
from datetime import timedelta

from tests.browser.serve import PASSWORD
from tests.rectification import stage as pictures
from tests.reports import stage, story
from walkthrough_app import cli, config, wiring
from walkthrough_app.core import clock, db
from walkthrough_app.demo import town
from walkthrough_app.demo.town import Town
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.reports import service
from walkthrough_app.server import run


def main(port: int) -> None:
    settings = config.from_env()
    cli.migrate(settings)
    store = wiring.connect(settings)
    with db.transaction():
        hand_in(town.build(PASSWORD, clock.today()), store)
    run(host="127.0.0.1", port=port, workers=1)


def hand_in(made: Town, store: LocalStore) -> None:
    """Hand in a walk that met a long queue."""
    head, liaison = made.people["head"], made.people["liaison"]
    told = story.Walk("居民身份证补领", at=(clock.now() - timedelta(days=3)).isoformat())
    told.queue(40)
    photo = told.photo("大厅只开一个窗口", mask="clean")
    key = told.finding("取号后排队等候40分钟", "C2", fact="大厅只开1个窗口。", question="W-K2", photos=[photo])
    told.measure(key, "deadline", "增开窗口", steps="调配人员；增开窗口", due_on=str(pictures.soon()))
    told.discreet()
    told.tap("finish", after=1)
    walk = stage.put_walk(head, made.campaign, made.items["id_card"], told, store)
    report = service.draft(made.campaign, head, [walk], by=liaison)
    for gap in service.check(report):
        if gap.level == "explain":
            service.explain(report, gap.key, "正在体验，按计划走完。", by=liaison)
    stage.confirm(report, by=head, store=store)
    service.submit(report, by=liaison)


if __name__ == "__main__":
    main(int(sys.argv[1]))
