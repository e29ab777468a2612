"""The walks of a planned unit: told without a database, then stored in one transaction with the unit's reports."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta

from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign, DayType, Mode, PlanEntry
from walkthrough_app.core import clock, db
from walkthrough_app.demo.load import answering, catalogue, unit
from walkthrough_app.demo.load.chance import Chance
from walkthrough_app.demo.load.reporting import Desk, hand_in
from walkthrough_app.demo.load.setting import Given, Pace, Picture
from walkthrough_app.demo.load.story import Story
from walkthrough_app.demo.load.unit import Order, Planned
from walkthrough_app.figures import service as figures
from walkthrough_app.media.models import MediaFile
from walkthrough_app.media.storage import MediaStore
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.walkthroughs import bulk
from walkthrough_app.walkthroughs import service as walkthroughs
from walkthrough_app.walkthroughs.models import Purpose, Walkthrough
from walkthrough_app.walkthroughs.service import Authorization, Beginning

ENDS = {"finished": 86, "awaiting": 8, "broken": 4, "void": 2}
WEAK = 0.7  # how much units differ in what is weak in them


def build(order: Order, pictures: Sequence[Picture], store: MediaStore) -> Counter[str]:
    """Make a unit with its walks and reports; return what there is of it by sort."""
    with db.transaction():
        planned = unit.plan(order)
        _let_go()
    walks = list(tell(order, planned, pictures))
    for told in walks[:1]:
        bulk.check(told)  # all of them are told alike, and a test looks at every event
    wholes = [bulk.read(told) for told in walks]
    with db.transaction():
        with figures.later():
            bulk.store(wholes)
        _let_go()
    with db.transaction():
        reports = _reports(order, planned, store)
    findings = sum(len(whole.record.state.findings) for whole in wholes)
    events = sum(len(whole.rows) for whole in wholes)
    return Counter(units=1, walks=len(wholes), findings=findings, events=events, reports=reports)


def _let_go() -> None:
    """Write everything and keep what was loaded readable after the transaction."""
    db.session.flush()
    db.session.expunge_all()


def tell(order: Order, planned: Planned, pictures: Sequence[Picture]) -> Iterator[bulk.Told]:
    """Tell the walks of a unit."""
    chance = order.chance("unit")
    document = questionnaires.document_of(planned.campaign.questionnaire)
    weights = answering.weights({letter: chance.around(1, WEAK) for letter in "ABCDEFGH"}, document)
    speed, waits, many = chance.around(1, 0.3), chance.around(13, 0.4), chance.around(order.findings, 0.2)
    for number, entry in enumerate(planned.entries[: order.plot.walks]):
        own = order.chance(f"walk {number}")
        steps = {step: length * speed for step, length in catalogue.minutes(entry.item.task_name).items()}
        yield Walker(order, entry, Pace(steps, waits), weights, pictures, own).tell(own.around(many, 0.25))


class Walker:
    """Begins the walk of a plan entry as the page does, and tells it."""

    def __init__(  # noqa: PLR0913, PLR0917 - all of it is one walk's
        self,
        order: Order,
        entry: PlanEntry,
        pace: Pace,
        weights: dict[str, float],
        pictures: Sequence[Picture],
        chance: Chance,
    ) -> None:
        self.order, self.entry, self.pace, self.chance = order, entry, pace, chance
        self.weights, self.pictures = weights, pictures

    def tell(self, findings: float) -> bulk.Told:
        entry, chance = self.entry, self.chance
        stop = chance.choice(("prepare", "queue", "accept")) if entry.is_simulated else None
        walkthroughs.check_start(entry, by=entry.walker)
        walkthroughs.check_beginning(entry, self._beginning(stop))
        walk = self._walk()
        story = Story(self._given(walk, stop, findings), chance)
        walk.created_at = story.began
        return bulk.Told(walk, story.tell())

    def _beginning(self, stop: str | None) -> Beginning:
        paper = None
        if self.entry.mode is Mode.ON_BEHALF:
            form = next(one for one in self.pictures if one.scene == "form")
            paper = Authorization("firm", "full", self.entry.from_on, MediaFile(sha256=form.media))
        return Beginning(stop is not None, stop, paper, self.entry.mode is Mode.ACCOMPANIED)

    def _walk(self) -> Walkthrough:
        entry = self.entry
        return Walkthrough(
            purpose=Purpose.WALK,
            id=self.chance.key(),
            campaign_id=entry.campaign_id,
            unit_id=entry.walker.unit_id,
            item_id=entry.item_id,
            plan_id=entry.id,
            walker_id=entry.walker_id,
            questionnaire_id=entry.campaign.questionnaire_id,
            campaign=entry.campaign,
            unit=entry.walker.unit,
            item=entry.item,
            plan=entry,
            walker=entry.walker,
            questionnaire=entry.campaign.questionnaire,
            mode=entry.mode,
            is_simulated=entry.is_simulated,
        )

    def _given(self, walk: Walkthrough, stop: str | None, findings: float) -> Given:
        item, questionnaire = walk.item, walk.questionnaire
        document = questionnaires.document_of(questionnaire)
        promise = 0 if item.promise_type is DayType.ONSPOT else item.promise_day
        return Given(
            walk=walk.id,
            walker=walk.walker.id,
            mode=walk.mode.value,
            is_simulated=walk.is_simulated,
            stop=stop,
            day=unit.day_of(self.entry, self.chance),
            last_day=clock.today() - timedelta(days=1),
            ends="finished" if stop else self.chance.one_of(ENDS),
            findings=findings,
            facts={
                "guide_materials": len(item.materials) or None,
                "promise_workdays": promise,
                "limit_scene_num": item.limit_scene_num,
            },
            weights=self.weights,
            pace=self.pace,
            pictures=self.pictures,
            document=document,
            thresholds={**document.thresholds, **walk.campaign.thresholds},
        )


def _reports(order: Order, planned: Planned, store: MediaStore) -> int:
    """Draft and hand in the reports of the unit's heads."""
    chance = order.chance("reports")
    campaign = db.session.get_one(Campaign, planned.campaign.id)
    liaison = db.session.get_one(User, planned.liaison.id)
    group = db.session.get_one(User, unit.group_of(order, planned.unit))
    heads = [db.session.get_one(User, head.id) for head in planned.heads]
    desk = Desk(campaign, liaison, group, store)
    return sum(hand_in(desk, head, chance) != "none" for head in heads)
