"""A draft becomes the next version of its questionnaire: campaigns may choose it, walks under way keep theirs."""

from sqlalchemy.exc import IntegrityError

from walkthrough_app.accounts.models import User
from walkthrough_app.authoring import queries
from walkthrough_app.authoring.models import QuestionnaireDraft
from walkthrough_app.authoring.problems import problems_of
from walkthrough_app.authoring.service.drafts import must_be_newest, must_be_open
from walkthrough_app.core import audit, db
from walkthrough_app.core.errors import Conflict
from walkthrough_app.core.ids import digest
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.questionnaires.models import Questionnaire


def publish(draft: QuestionnaireDraft, *, revision: int, by: User) -> Questionnaire:
    """Publish what the form showed as the newest version + 1; a second press changes nothing."""
    if draft.published:
        return draft.published
    must_be_open(draft)
    must_be_newest(draft, revision)
    newest = queries.newest(draft.key)
    if newest and draft.based_on_id is None:
        raise Conflict("这个代号已经有发布的问卷了，请到“基本信息”换一个代号。")
    document = {**draft.document, "version": newest.version + 1 if newest else 1}
    if problems := problems_of(document):
        raise Conflict(f"还有{len(problems)}处要改，改好才能发布。")
    if newest and digest({**document, "version": newest.version}) == newest.sha256:
        raise Conflict(f"和第{newest.version}版完全一样，不用发布。")
    made = _published(document)
    draft.published_id, draft.document, draft.edited_by_id = made.id, document, by.id
    db.session.flush()
    audit.record("questionnaire.published", made, by=by, key=made.key, version=made.version)
    return made


def _published(document: dict[str, object]) -> Questionnaire:
    try:
        with db.session.begin_nested():
            return questionnaires.publish(document)
    except IntegrityError as error:  # two offices at the same moment
        raise Conflict("刚才有别的同志发布了新的版本，请再看一遍有什么不同。") from error
