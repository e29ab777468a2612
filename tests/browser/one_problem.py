"""One problem that stands in the ledger of a 示例市."""

from datetime import timedelta

from tests.rectification import stage as pictures
from tests.reports import stage, story
from walkthrough_app.core import clock
from walkthrough_app.demo.town import Town
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.reports import service


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
