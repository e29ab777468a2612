"""Telephone, identity and bank numbers, and addresses of e-mail, masked before a comment is kept."""

import re
import unicodedata

MASK = "〔已隐去〕"
CHINESE = "零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖"
GAP = r"[\s+()（）./·_\-–—,，]"
RUN = re.compile(
    rf"[+(（]?[0-9](?:{GAP}{{0,3}}[0-9]){{6,}}(?:[\s\-]?[xXｘＸ](?![0-9A-Za-z]))?"
    rf"|[{CHINESE}](?:{GAP}?[{CHINESE}]){{6,}}"
    rf"|[0-9{CHINESE}]{{9,}}"
)
DAY = re.compile(r"(?:19|20)\d\d[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])(?:\s+\d\d?)?")
MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,64}")


def mask(text: str) -> str:
    """Return the text with every row of seven or more digits masked, days excepted, however they are written."""
    plain = "".join(_digit(char) for char in text)  # as long as the text
    spans = [found.span() for found in MAIL.finditer(plain)]
    spans += [found.span() for found in RUN.finditer(plain) if not DAY.fullmatch(found[0])]
    done, kept = 0, ""
    for start, end in sorted(spans):
        kept += text[done:start] + (MASK if start >= done else "")
        done = max(done, end)
    return kept + text[done:]


def _digit(char: str) -> str:
    """Return the plain digit that a character of any script stands for; other characters as they are."""
    number = unicodedata.digit(char, None)
    return char if number is None else str(number)
