"""Breaks a title into lines, as GB/T 9704-2012 §7.3.1 asks: whole in meaning, balanced in shape, centred.

The rules, the strong ones first:
1. A line holds as many characters of its type size as the type area does. What cannot be parted (a number, a foreign
   word, a closing mark and what stands before it) stays together.
2. The shape is a rectangle, a trapezoid or a diamond: lines grow, then shrink, and never have a waist.
3. The last line holds more than the kind of paper (报告, 通知, …) with its attribute.
4. A line breaks where the sense does: best where the caller parts the title (between unit and matter), then at a mark,
   before 关于, after 的, at the end of a unit's or an office's name, at the edge of a word that titles are made of.
   A line never begins with 的, 了 or a closing mark, never ends with 关于, 和 or an opening mark.
5. Whatever stands in 《》 or “” is parted only when it is too long for a line.
6. As few lines as that allows; lines of about the same length.
A title of more than MOST_LINES lines, as only a very long name makes it, is set in the type of the text, by 1 and 4.
"""

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from walkthrough_app.documents import phrases

WIDE = 20.0  # characters of 2号 in 156 mm
WIDE_SMALL = 28.0  # of 3号
MOST_LINES = 6

KINDS = "报告|通报|通知|通告|意见|方案|办法|总结|台账|清单|记录表|通知单|交办函|函"
TAIL = re.compile(rf"(?:的|专项|补充|汇总|情况|督办|体验|单项)*(?:{KINDS})$")
# Tried in this order at each place; what matches is not parted.
WORDS = (
    r"[A-Za-z0-9.%:/@_〔〕\-]+",
    "自治区|自治州|自治县|自治旗|开发区|示范区|领导小组|委员会|办公室|办事处|工作组|人民政府|政务服务|营商环境",
    "一把手|走流程|万人评|回头看|最多跑一次|好差评|放管服|进一步|专项行动|专项报告|专项整治|有关|关于",
    "公安|人力资源|社会保障|自然资源|市场监督管理|住房|城乡建设|卫生健康|教育|交通运输|农业农村|文化|旅游|行政审批",
    "分局|支队|大队|中心|公司|集团|医院|学院|学校|街道|社区|委员|管理|监督",
    "局|厅|部|委|办|处|所|院|站|省|市|县|区|州|旗|镇|乡|村",
    "印发|转发|开展|做好|加强|推进|落实|深化|优化|提升|整治|整改|督办|交办|通报|报送|征求|集中|突出|统筹|组织|建设|发展",
    "窗口|服务|机关|作风|整顿|问题|工作|情况|活动|行动|专项|补充|汇总|群众|企业|改革|审批|体验|流程|事项|制度|机制|责任",
    KINDS,
    ".",
)
TOKEN = re.compile("|".join(WORDS), re.DOTALL)
UNIT_ENDS = re.compile(
    r"(?:省|市|县|区|州|旗|镇|乡|村|局|厅|部|委|办|处|所|院|站|府|会|室|组|中心|支队|大队|公司|街道|集团)$"
)
OPENING, CLOSING = "（《“‘〔【(", "）》”’〕】)、，。；：！？,;:!?…"
NEVER_FIRST = set(CLOSING) | set("的了")
NEVER_LAST = set(OPENING) | set("和与及暨在对将把被第")

# What a break costs; a line costs RAGGED for each square of characters off the mean.
AT_PART, AT_MARK, AT_SENSE, AT_UNIT, AT_WORD, IN_WORD, IN_QUOTES = 0.0, 1.0, 2.0, 3.0, 8.0, 60.0, 40.0
NOT_BETWEEN_PARTS, WAIST, TAIL_ALONE, MORE_LINES, RAGGED = 30.0, 400.0, 200.0, 5.0, 0.3
WHOLE = 0.8  # of a line: so short a title is not broken
EVEN = 0.6  # characters: lines that differ by less count as equal
FAR = 9.0  # characters: no line begins farther than that from where lines of equal length would
LEAST = 4.0  # characters on the last line
JOINER = "\u200d"

# How the lines so far end: start and end of the last one, whether lines have begun to shrink -> cost, all breaks.
Ways = dict[tuple[int, int, bool], tuple[float, tuple[int, ...]]]


@dataclass(frozen=True, slots=True)
class Title:
    """The lines of a title; a long one is set in the type of the text."""

    lines: tuple[str, ...]
    is_long: bool = False


def lay(parts: Sequence[str]) -> Title:
    """Break a title, given in the parts that its sense has: unit and matter."""
    lines = broken(tuple(parts))
    return Title(lines) if len(lines) <= MOST_LINES else Title(_flowing(tuple(parts)), is_long=True)


@lru_cache(maxsize=256)
def broken(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Break a title into lines of 2号; one that is too long for a shape comes back in plain pieces."""
    text = "".join(parts)
    total = phrases.width(text)
    if total <= WIDE * WHOLE:
        return (text,)
    least = max(math.ceil(total / WIDE), 2)
    if least > MOST_LINES:
        return tuple(_cut(text, WIDE))
    places = dict(_places(text, parts, WIDE))
    found = [_shaped(text, places, count) for count in range(least, least + 3)]
    return min((one for one in found if one), default=(0, tuple(_cut(text, WIDE))))[1]


def _flowing(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Break a very long title into lines of the text's type: by sense and length, without a shape."""
    text = "".join(parts)
    sums = [0.0, *accumulate(map(phrases.width, text))]
    ways: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, (0,))}
    for at, price in _places(text, parts, WIDE_SMALL):
        fitting = [start for start in ways if sums[at] - sums[start] <= WIDE_SMALL]
        if fitting:
            costs = (
                (ways[one][0] + RAGGED * (WIDE_SMALL - sums[at] + sums[one]) ** 2, ways[one][1]) for one in fitting
            )
            cost, path = min(costs)
            ways[at] = (cost + price, (*path, at))
    if len(text) not in ways:
        return tuple(_cut(text, WIDE_SMALL))
    return tuple(text[a:b] for a, b in pairwise(ways[len(text)][1]))


def _cut(text: str, wide: float) -> Iterator[str]:
    """Cut what no rule can break."""
    for start in range(0, len(text), int(wide)):
        yield text[start : start + int(wide)]


def _places(text: str, parts: tuple[str, ...], wide: float) -> Iterator[tuple[int, float]]:
    """Yield where a line may end and what that costs, in the order of the text."""
    starts = set(accumulate(map(len, parts[:-1])))
    before, depth = "", 0
    for token in _tokens(text, wide):
        position = token.start()
        if position and _may_part(text, position):
            cost = _cost(text, position, (before, token[0]), starts)
            yield position, cost + (IN_QUOTES if depth else 0)
        depth = max(depth + sum(map(token[0].count, "《“")) - sum(map(token[0].count, "》”")), 0)
        before = token[0]
    yield len(text), 0.0


def _tokens(text: str, wide: float) -> Iterator[re.Match[str]]:
    """Yield the words of a title, and single characters where it has none that is known."""
    for token in TOKEN.finditer(text):
        if len(token[0]) > wide / 2:
            yield from re.compile(".").finditer(text, token.start(), token.end())
        else:
            yield token


def _may_part(text: str, position: int) -> bool:
    before, after = text[position - 1], text[position]
    if before in NEVER_LAST or after in NEVER_FIRST or text.endswith("关于", 0, position):
        return False
    return JOINER not in before + after and not unicodedata.category(after).startswith("M")


def _cost(text: str, position: int, beside: tuple[str, str], starts: set[int]) -> float:
    before, after = beside
    if position in starts:
        return AT_PART
    apart = NOT_BETWEEN_PARTS if starts else 0.0
    if before[-1] in CLOSING or after[0] in OPENING:
        return apart + AT_MARK
    if after == "关于" or before == "的":
        return apart + AT_SENSE
    if UNIT_ENDS.search(before) and position < min(starts, default=len(text)):
        return apart + AT_UNIT
    known = sum(len(word) > 1 for word in beside)
    return apart + (IN_WORD, 3 * AT_WORD, AT_WORD)[known]


def _shaped(text: str, places: Mapping[int, float], count: int) -> tuple[float, tuple[str, ...]] | None:
    """Return the best way to break a title into `count` lines with its cost; None when there is none."""
    sums = [0.0, *accumulate(map(phrases.width, text))]
    mean = sums[-1] / count
    ways: Ways = {(0, 0, False): (count * MORE_LINES, (0,))}
    for number in range(1, count + 1):
        near = [at for at in places if abs(sums[at] - number * mean) <= FAR and (number == count) == (at == len(text))]
        ways = _longer(ways, {at: places[at] for at in near}, sums, mean)
    lines = [(cost, tuple(text[a:b] for a, b in pairwise(path))) for cost, path in ways.values()]
    return min(((cost + _alone(found[-1]), found) for cost, found in lines), default=None)


def _longer(ways: Ways, ends: Mapping[int, float], sums: Sequence[float], mean: float) -> Ways:
    """Add one line to each way, keeping the cheapest of those that go on alike; a waist costs WAIST."""
    found: Ways = {}
    for (start, end, shrank), (cost, path) in ways.items():
        for at, price in ends.items():
            width = sums[at] - sums[end]
            if not 0 < width <= WIDE:
                continue
            grown = width - (sums[end] - sums[start]) if end else 0.0
            total = cost + price + RAGGED * (width - mean) ** 2 + (WAIST if shrank and grown > EVEN else 0)
            key = (end, at, shrank or grown < -EVEN)
            if key not in found or total < found[key][0]:
                found[key] = (total, (*path, at))
    return found


def _alone(last: str) -> float:
    """Return what it costs when the last line holds too little."""
    return TAIL_ALONE if TAIL.fullmatch(last) or phrases.width(last) < LEAST else 0.0
