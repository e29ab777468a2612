"""How a unit speaks of itself and of its people in an official paper: by kind and by post, never by name."""

import re
from collections.abc import Mapping
from typing import Any

ENDINGS = (
    ("委员会", "我委"),
    ("管委会", "我委"),
    ("办公室", "我办"),
    ("办事处", "我办"),
    ("中心", "我中心"),
    ("支队", "我支队"),
    ("大队", "我大队"),
    ("学院", "我院"),
    ("街道", "我街道"),
    ("公司", "我公司"),
    ("局", "我局"),
    ("委", "我委"),
    ("办", "我办"),
    ("部", "我部"),
    ("厅", "我厅"),
    ("院", "我院"),
    ("会", "我会"),
    ("县", "我县"),
    ("区", "我区"),
    ("市", "我市"),
    ("镇", "我镇"),
    ("乡", "我乡"),
    ("所", "我所"),
    ("站", "我站"),
    ("旗", "我旗"),
)
FULL_WIDTH = str.maketrans(",;:?!", "，；：？！")
STOPS = "。.；;，, "
PLACES = {"县": "我县", "市": "我市", "区": "我区", "旗": "我旗"}
GOVERNMENT_POSTS = ("县长", "市长", "区长", "旗长", "主任")


def we(unit: Mapping[str, Any]) -> str:
    """Return the pronoun of a unit: 我局, 我县, 我委; 我单位 when its name tells nothing."""
    name = str(unit["name"]).removesuffix("人民政府")
    if unit["org_class"] == "county":
        place = name.removesuffix("委")
        return PLACES.get(place[-1:], "我县（市、区）")
    return next((pronoun for ending, pronoun in ENDINGS if name.endswith(ending)), "我单位")


def head(unit: Mapping[str, Any], post: str) -> str:
    """Return the class of the head's post; a county has one of the party and one of the government."""
    if unit["org_class"] != "county":
        return "主要负责同志"
    if any(post.endswith(ending) for ending in GOVERNMENT_POSTS):
        return "政府主要负责同志"
    return "党委主要负责同志" if "书记" in post else "主要负责同志"


def matter(campaign: Mapping[str, Any]) -> str:
    """Return what the papers call the campaign: the words in quotation marks of its title, or the whole title."""
    title = str(campaign["title"])
    start, end = title.find("“"), title.find("”")
    return title[start : end + 1] if 0 <= start < end else title


def sentence(text: str) -> str:
    """Close a text with one full stop."""
    bare = text.strip().rstrip(STOPS)
    return bare if not bare or bare[-1] in "！？" else bare + "。"


def clause_of(text: str) -> str:
    """Prepare a text typed by somebody to stand inside a sentence: one line, full-width punctuation, no stop."""
    one_line = re.sub(r"\s*\n\s*", "；", text.strip())
    full_width = re.sub(r"(?<=[\u4e00-\u9fff”）])[,;:?!]", lambda match: match[0].translate(FULL_WIDTH), one_line)
    return full_width.rstrip(STOPS + "！？")


def see(numbers: tuple[int, ...]) -> str:
    """Refer to pictures: 见图2、图3, or 见图2至图5 when they stand in a row."""
    if len(numbers) >= 3 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"见图{numbers[0]}至图{numbers[-1]}"
    return "见" + "、".join(f"图{number}" for number in numbers) if numbers else ""
