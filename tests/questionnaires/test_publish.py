"""Publishing: once, and for ever."""

import copy

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from walkthrough_app.core.errors import NotFound
from walkthrough_app.core.ids import digest
from walkthrough_app.questionnaires import queries, service, source
from walkthrough_app.questionnaires.models import Questionnaire


def test_the_built_in_programme_is_published(session: Session) -> None:
    row = next(one for one in service.install_builtin() if one.key == "walkthrough")
    assert (row.key, row.version, row.title) == ("walkthrough", 1, "一把手走流程")
    assert row.sha256 == digest(source.programme("walkthrough"))


def test_installing_twice_changes_nothing(session: Session) -> None:
    first = service.install_builtin()
    assert service.install_builtin() == first
    assert session.scalar(select(func.count()).select_from(Questionnaire)) == len(first)


def test_a_built_in_version_whose_number_an_office_has_used_gets_the_next_one(session: Session) -> None:
    ours = {**copy.deepcopy(source.programme("walkthrough")), "title": "本市的走流程"}
    service.publish(ours)
    for _ in range(2):
        row = next(one for one in service.install_builtin() if one.key == "walkthrough")
        assert (row.version, row.title) == (2, "一把手走流程")
    assert service.load("walkthrough", 1).title == "本市的走流程"
    assert [one.version for one in queries.versions("walkthrough")] == [2, 1]


def test_the_newest_version_is_loaded_unless_one_is_named(session: Session) -> None:
    service.install_builtin()
    service.publish({**copy.deepcopy(source.programme("walkthrough")), "version": 2})
    assert service.load("walkthrough").version == 2
    assert service.load("walkthrough", 1).version == 1


def test_a_published_version_reads_back_as_it_was_written(session: Session) -> None:
    service.install_builtin()
    session.expire_all()
    row = service.load("walkthrough")
    assert digest(row.document) == row.sha256
    assert service.document_of(row) is service.document_of(row)


def test_a_published_version_never_changes(session: Session) -> None:
    service.install_builtin()
    changed = {**copy.deepcopy(source.programme("walkthrough")), "title": "另一个标题"}
    with pytest.raises(RuntimeError, match="published versions never change"):
        service.publish(changed)


def test_a_questionnaire_that_is_not_there_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        service.load("walkthrough", 7)
