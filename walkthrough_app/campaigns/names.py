"""The words for codes of steps, categories and severities, as the campaign's own questionnaire has them."""

import uuid
from collections.abc import Callable, Iterable
from contextlib import suppress

from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import db
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.questionnaires.document import Document


class Names:
    """Names of one batch; a code that a questionnaire does not know stands for itself."""

    def __init__(self) -> None:
        self._documents: dict[uuid.UUID, Document | None] = {}

    def step(self, campaign_id: uuid.UUID, code: str | None) -> str:
        return self._of(campaign_id, code, lambda document: document.step(code or "").title)

    def steps(self, campaign_id: uuid.UUID) -> dict[str, str]:
        """Return all steps by their ids, in their order."""
        document = self._document(campaign_id)
        return {step.id: step.title for step in document.steps} if document else {}

    def category(self, campaign_id: uuid.UUID, code: str) -> str:
        return self._of(campaign_id, code, lambda document: f"{code} {document.category_name(code)}")

    def severity(self, campaign_id: uuid.UUID, code: str) -> str:
        return self._of(campaign_id, code, lambda document: document.severity(code).name)

    def cause(self, campaign_id: uuid.UUID, code: str) -> str:
        return self._of(campaign_id, code, lambda document: {one.id: one.name for one in document.root_causes}[code])

    def tag(self, campaign_id: uuid.UUID, code: str) -> str:
        return self._of(campaign_id, code, lambda document: {one.id: one.name for one in document.tags}[code])

    def _of(self, campaign_id: uuid.UUID, code: str | None, name: Callable[[Document], str]) -> str:
        document = self._document(campaign_id)
        if document and code:
            with suppress(KeyError):
                return name(document)
        return code or ""

    def _document(self, campaign_id: uuid.UUID) -> Document | None:
        if campaign_id not in self._documents:
            campaign = db.session.get(Campaign, campaign_id)
            self._documents[campaign_id] = questionnaires.document_of(campaign.questionnaire) if campaign else None
        return self._documents[campaign_id]


def categories(campaigns: Iterable[Campaign]) -> dict[str, str]:
    """Return the classes and kinds of problems of these campaigns by code, in order: A 信息公开, A1 …"""
    found: dict[str, str] = {}
    for document in {one.questionnaire_id: questionnaires.document_of(one.questionnaire) for one in campaigns}.values():
        for category in document.categories:
            found |= {category.id: f"{category.id} {category.name}"}
            found |= {sub.id: f"{sub.id} {sub.name}" for sub in category.subs}
    return dict(sorted(found.items()))
