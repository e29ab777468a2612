"""Where a sister programme is shown: its campaign, its people, its days, and chance that is the same each time."""

import random
import uuid
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, timedelta

from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.campaigns import service as campaigns
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock
from walkthrough_app.demo.stroll import morning
from walkthrough_app.demo.town import Town
from walkthrough_app.media.storage import MediaStore
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.questionnaires.document import Document

OPENED, CLOSES = 45, 30  # days before and after today


@dataclass
class Stage:
    town: Town
    campaign: Campaign
    store: MediaStore
    today: date
    chance: random.Random
    seed: int

    @property
    def people(self) -> Mapping[str, User]:
        return self.town.people

    @property
    def document(self) -> Document:
        return questionnaires.document_of(self.campaign.questionnaire)

    def unit(self, who: str) -> Unit:
        return self.people[who].unit

    def day(self, ago: int) -> date:
        """Return the day so many days ago, or the working day before it."""
        day = self.today - timedelta(days=ago)
        while ago > 0 and not clock.is_workday(day):
            day -= timedelta(days=1)
        return day

    def at(self, ago: int, hour: int = 9, minute: int = 0) -> AbstractContextManager[None]:
        return clock.pinned(morning(self.day(ago), hour, minute))

    def tap(self) -> uuid.UUID:
        return uuid.UUID(int=self.chance.getrandbits(128), version=4)

    def next_seed(self) -> int:
        """Return another seed for a picture each time."""
        self.seed += 1
        return self.seed


def opened(town: Town, store: MediaStore, today: date, seed: int, basis: Mapping[str, str]) -> Stage:
    """Open the campaign of a programme: `basis` names its questionnaire and its paper."""
    told = dict(basis)
    document = questionnaires.load(told.pop("key"))
    with clock.pinned(morning(today - timedelta(days=OPENED), 8, 30)):
        campaign = campaigns.create_campaign(
            by=town.people["office"],
            title=told["title"],
            programme=told["programme"],
            basis_title=told["basis_title"],
            basis_number=told["basis_number"],
            basis_issuer=told["basis_issuer"],
            opens_on=today - timedelta(days=OPENED),
            walk_due=today + timedelta(days=CLOSES),
            report_due=today + timedelta(days=CLOSES),
            questionnaire=document,
        )
    return Stage(town, campaign, store, today, random.Random(seed), seed)  # noqa: S311 - the same data each time
