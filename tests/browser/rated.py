"""Run the production server on a 示例市 whose counters are rated, two of them under known codes: `… rated PORT`."""

import random
import sys
import uuid

from tests.browser.serve import PASSWORD
from walkthrough_app import cli, config, wiring
from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.campaigns import queries as campaigns
from walkthrough_app.campaigns.models import Campaign, CampaignPurpose, Route
from walkthrough_app.core import clock, db
from walkthrough_app.demo import town
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.ratings import queries, service
from walkthrough_app.ratings.asking import Said
from walkthrough_app.ratings.models import CaseState, RatingPoint
from walkthrough_app.ratings.sources import Source
from walkthrough_app.server import run

EVALUATION, RATING = "aaaaaaaaaaaa", "bbbbbbbbbbbb"
CHANCE = random.Random(3)


def main(port: int) -> None:
    settings = config.from_env()
    cli.migrate(settings)
    wiring.connect(settings)
    with db.transaction():
        made = town.build(PASSWORD, clock.today())
        people = made.people
        mass(like(made.campaign, "four_strict", "“四严机关”创建活动"), people)
        counter(like(made.campaign, "effective", "服务型效能型机关创建"), people)
    run(host="127.0.0.1", port=port, workers=1)


def like(campaign: Campaign, programme: str, title: str) -> Campaign:
    kept = ("programme", "basis_title", "basis_number", "basis_issuer", "opens_on", "walk_due", "report_due")
    made = Campaign(**{name: getattr(campaign, name) for name in kept}, title=title, purpose=CampaignPurpose.VISIT)
    made.questionnaire = questionnaires.load(programme)
    made.routes = [Route(lane=one.lane, receiver=one.receiver) for one in campaign.routes]
    db.session.add(made)
    db.session.flush()
    return made


def mass(campaign: Campaign, people: dict[str, User]) -> None:
    """万人评 at two counters of each unit; one unit has hardly been rated."""
    units: list[Unit] = list(campaigns.units_of(campaign))
    service.add_points(campaign, units, "mass", ["办事大厅", "2号窗口"], by=people["office"])
    points = queries.points_of(campaign)
    mine = next(one for one in points if one.unit_id == people["head"].unit_id)
    mine.code = EVALUATION
    for number, point in enumerate(points):
        for _ in range(2 if point.unit == units[-1] else 7 + number % 5):
            say(point, {f"S-E{n}": CHANCE.choice(("good", "good", "fair", "bad", "unknown")) for n in range(1, 6)})
    for _ in range(9):
        say(mine, {"S-E1": "bad"}, Source("198.51.100.7", "robot"))
    say(mine, {"S-E2": "bad", "S-E6": "下午两点多2号窗口没有人，等了40分钟才办上。"})


def counter(campaign: Campaign, people: dict[str, User]) -> None:
    """好差评 at one counter of the police; one bad rating waits for the unit's answer."""
    (point,) = service.add_points(campaign, [people["head"].unit], "service", ["户籍窗口"], by=people["office"])
    point.code = RATING
    for level in ("l5", "l5", "l4", "l5", "l3", "l4", "l5", "l4", "l5", "l4", "l3", "l5"):
        say(point, {"F-H1": level})
    say(point, {"F-H1": "l2", "F-H3": ["c209", "c214"], "F-H7": "说好三天，等了十天。"})
    case = queries.cases_of(campaign, frozenset({CaseState.NEW}))[0]
    service.ask(case, "有群众反映：承诺三天办结，实际等了十天。请核实。", by=people["office"])


def say(point: RatingPoint, said: Said, source: Source | None = None) -> None:
    known = source or Source(f"10.{CHANCE.randrange(250)}.{CHANCE.randrange(250)}.1", "phone")
    service.give(point, uuid.uuid4(), said, source=known)


if __name__ == "__main__":
    main(int(sys.argv[1]))
