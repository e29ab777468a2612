"""The fonts of official papers: where they lie, and whether every role in print.css has one."""

import os
import re
from functools import cache
from pathlib import Path

from walkthrough_app.config import font_dir

STYLESHEET = Path(__file__).with_name("print.css")
HELP = "请先运行 script/fonts 准备字体"
ROLES = {
    "biaosong": "小标宋",
    "fangsong": "仿宋",
    "kaiti": "楷体",
    "heiti": "黑体",
    "songti": "宋体",
    "rare": "生僻字",
}


@cache
def prepare() -> None:
    """Point fontconfig at the project's own fonts; must run before WeasyPrint is first imported.

    RuntimeError with one line for the operator when script/fonts has not run.
    """
    folder = font_dir()
    config = folder / "fonts.conf"
    if not config.is_file():
        raise RuntimeError(f"字体文件夹 {folder} 里没有 fonts.conf：{HELP}。")
    os.environ["FONTCONFIG_FILE"] = str(config)


@cache
def stacks() -> dict[str, tuple[str, ...]]:
    """Return the families that print.css wants for each role, the best first."""
    found = re.findall(r"--(\w+): ((?:\"[^\"]+\"[,;]\s*)+)", STYLESHEET.read_text(encoding="utf-8"))
    return {ROLES[role]: tuple(re.findall(r'"([^"]+)"', stack)) for role, stack in found}


@cache
def chosen() -> dict[str, str]:
    """Return the installed family that each role gets; RuntimeError names the roles that have none."""
    found = {role: next((name for name in stack if _installed(name)), "") for role, stack in stacks().items()}
    without = [role for role, name in found.items() if not name]
    if without:
        raise RuntimeError(
            f"缺少公文字体（{'、'.join(without)}）：{HELP}，并安装 fonts-noto-cjk 和 fonts-lxgw-wenkai。"
        )
    return found


def _installed(family: str) -> bool:
    """Ask fontconfig for a family: it always answers with some font, so compare the names."""
    from weasyprint.text.ffi import ffi, fontconfig

    pattern = ffi.gc(fontconfig.FcPatternCreate(), fontconfig.FcPatternDestroy)
    fontconfig.FcPatternAddString(pattern, b"family", family.encode())
    fontconfig.FcConfigSubstitute(ffi.NULL, pattern, fontconfig.FcMatchPattern)
    fontconfig.FcDefaultSubstitute(pattern)
    match = fontconfig.FcFontMatch(ffi.NULL, pattern, ffi.new("FcResult *"))
    if match == ffi.NULL:
        return False
    match = ffi.gc(match, fontconfig.FcPatternDestroy)
    name = ffi.new("FcChar8 **")
    names: list[str] = []
    while fontconfig.FcPatternGetString(match, b"family", len(names), name) == fontconfig.FcResultMatch:
        names.append(ffi.string(name[0]).decode())
    return family in names
