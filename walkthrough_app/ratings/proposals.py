"""What a bad rating points to, and its answers in words."""

from collections.abc import Mapping

from walkthrough_app.questionnaires.answers import plain_answer
from walkthrough_app.questionnaires.document import Document
from walkthrough_app.questionnaires.rules import AnswerValue
from walkthrough_app.questionnaires.suggestions import Facts, Suggestion, suggest_among
from walkthrough_app.ratings.asking import Asked

CODE = 4  # c207


def proposals(asked: Asked, answers: Mapping[str, AnswerValue]) -> list[Suggestion]:
    """Return the problems that the answers point to, by the rules of the form."""
    return suggest_among(asked.document, asked.form.questions, answers, facts=Facts(), thresholds={})


def in_words(asked: Asked, answers: Mapping[str, AnswerValue]) -> list[tuple[str, str]]:
    """Return (question, answer) in words, national codes before their reasons."""
    found = []
    for question in asked.form.questions:
        value = answers.get(question.id)
        if isinstance(value, list):
            labels = {one.id: one.label for one in question.options}
            found.append((question.text, "；".join(_coded(one, labels.get(one, one)) for one in value)))
        elif value is not None:
            found.append((question.text, plain_answer(question, value)))
    return found


def _coded(option: str, label: str) -> str:
    is_code = len(option) == CODE and option[1:].isdigit()
    return f"{option[1:]} {label}" if is_code else label


def categories(document: Document) -> list[tuple[str, str]]:
    """Return every kind of problem with its words."""
    return [(sub.id, f"{sub.id} {sub.name}") for one in document.categories for sub in one.subs]
