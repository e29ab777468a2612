"""Writing: other words in place of generated paragraphs, by key; they stay when the figures change, and say so."""

from walkthrough_app.accounts.models import User
from walkthrough_app.compilation.compose import compose
from walkthrough_app.compilation.models import Compilation
from walkthrough_app.compilation.pen import Text
from walkthrough_app.compilation.service.state import content_of, must_write, save
from walkthrough_app.core import audit
from walkthrough_app.core.errors import Invalid, NotFound

LONGEST_TEXT = 3000
GONE = "汇总报告里没有这一段了，请刷新后再试。"


def rewrite(compilation: Compilation, key: str, text: str, *, by: User) -> None:
    """Put other words in place of a paragraph; empty, or the generated ones, bring the generated paragraph back."""
    must_write(compilation, by)
    known = _known(compilation, key)
    if len(text) > LONGEST_TEXT:
        raise Invalid("text", f"最多{LONGEST_TEXT}个字，现在有{len(text)}个字。")
    is_other = bool(text.strip()) and text != known.generated
    _set(compilation, key, {"text": text, "was": known.generated or "—"} if is_other else None)
    audit.record("compilation.rewritten", compilation, by=by, key=key, is_other=is_other)


def restore(compilation: Compilation, key: str, *, by: User) -> None:
    """Bring the generated paragraph back."""
    must_write(compilation, by)
    if key not in compilation.texts:
        _known(compilation, key)
        return
    _set(compilation, key, None)
    audit.record("compilation.restored", compilation, by=by, key=key)


def accept(compilation: Compilation, key: str, *, by: User) -> None:
    """Keep one's own words although the figures have changed: what they say now counts as seen."""
    must_write(compilation, by)
    known = _known(compilation, key)
    if known.is_outdated:
        _set(compilation, key, {"text": known.text, "was": known.generated or "—"})
        audit.record("compilation.kept", compilation, by=by, key=key)


def _known(compilation: Compilation, key: str) -> Text:
    found = compose(content_of(compilation)).find(key)
    if found is None:
        raise NotFound(GONE)
    return found


def _set(compilation: Compilation, key: str, value: dict[str, str] | None) -> None:
    kept = {name: words for name, words in compilation.texts.items() if name != key}
    compilation.texts = kept | ({key: value} if value else {})
    save()
