"""What people say about a flag: the unit explains, the office notes that it has looked. No state follows from it."""

from walkthrough_app.accounts.models import User
from walkthrough_app.core import audit, clock, db
from walkthrough_app.core.errors import Invalid
from walkthrough_app.quality.models import Flag, FlagWord
from walkthrough_app.walkthroughs.models import Walkthrough

LONGEST = 500  # letters


def explain(flag: Flag, text: str, *, by: User) -> None:
    """Keep the unit's word about a flag; an empty one takes it back."""
    if len(text) > LONGEST:
        raise Invalid("explanation", f"最多 {LONGEST} 个字。")
    word = _word(flag)
    if word.explanation == text:
        return
    word.explanation, word.explained_by_id, word.explained_at = text, by.id, clock.now()
    audit.record("flag.explained", db.session.get_one(Walkthrough, flag.walk_id), by=by, rule=flag.rule, text=text)


def mark_seen(flag: Flag, remark: str, *, by: User) -> None:
    """Note that the office has looked at a flag; nothing follows from it by itself."""
    if len(remark) > LONGEST:
        raise Invalid("remark", f"最多 {LONGEST} 个字。")
    word = _word(flag)
    if word.seen_at and word.remark == remark:
        return
    word.remark, word.seen_by_id, word.seen_at = remark, by.id, clock.now()
    audit.record("flag.seen", db.session.get_one(Walkthrough, flag.walk_id), by=by, rule=flag.rule, remark=remark)


def _word(flag: Flag) -> FlagWord:
    word = db.session.get(FlagWord, flag.id)
    if word is None:
        word = FlagWord(flag_id=flag.id, walk_id=flag.walk_id, explanation="", remark="")
        db.session.add(word)
    return word
