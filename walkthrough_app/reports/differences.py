"""Two texts side by side: what was taken out of the one and put into the other."""

from difflib import SequenceMatcher

MOST = 1_000_000  # characters times characters: comparing more would keep the page waiting
Part = tuple[str, bool]  # a piece of text and whether it differs


def marked(old: str, new: str) -> tuple[list[Part], list[Part]]:
    """Cut both texts into parts; texts too long to compare differ as a whole."""
    if len(old) * len(new) > MOST:
        return [(old, True)], [(new, True)]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    pairs = [(old[a:b], new[c:d], kind != "equal") for kind, a, b, c, d in matcher.get_opcodes()]
    return [(one, is_new) for one, _, is_new in pairs if one], [(two, is_new) for _, two, is_new in pairs if two]
