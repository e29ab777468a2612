"""Make the papers' fonts out of the full ones: small, so that a report is set fast, and a 仿宋 that has a bold face.

script/fonts runs it: `make.py FOLDER`. What is there and was made from the same originals by the same recipe stays.
"""

import hashlib
import io
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

ORIGINALS = "original"
STAMP = ".made"
SYSTEM = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
TOOLS = ("fonttools", "freetype-py", "uharfbuzz")
EMBOLDEN = 28  # units of 1 000 to the em
# For text that runs across only.
UNUSED_TABLES = (b"vhea", b"vmtx", b"VORG", b"DSIG")
FAMILY, STYLE, UNIQUE, FULL, POSTSCRIPT = 1, 2, 3, 4, 6
NAMES_OF_PREFERENCE = (16, 17, 21, 22, 25)


@dataclass(frozen=True)
class Font:
    """A font to be made from `original`, a file of the folder or of the system; `face` picks one of a collection."""

    name: str
    original: str
    family: str = ""  # a new name, '' keeps the names
    face: str = ""
    is_whole: bool = False  # keep every character it has, not only those of GB 2312
    is_bold: bool = False

    @property
    def is_emboldened(self) -> bool:
        """Tell whether a bold font is to be made from one that is not."""
        return self.is_bold and "Bold" not in self.original


FONTS = (
    Font("FandolFang-Regular.otf", "FandolFang-Regular.otf", is_whole=True),
    Font("FandolFang-Bold.otf", "FandolFang-Regular.otf", "FandolFang", is_whole=True, is_bold=True),
    Font("FandolKai-Regular.otf", "FandolKai-Regular.otf", is_whole=True),
    Font("NotoSerifSC-Regular.otf", "NotoSerifCJK-Regular.ttc", "Noto Serif SC", "Noto Serif CJK SC"),
    Font("NotoSerifSC-Bold.otf", "NotoSerifCJK-Bold.ttc", "Noto Serif SC", "Noto Serif CJK SC", is_bold=True),
    Font("NotoSansSC-Regular.otf", "NotoSansCJK-Regular.ttc", "Noto Sans SC", "Noto Sans CJK SC"),
)


def main(folder: Path) -> int:
    stamp = folder / STAMP
    known = _known(stamp)
    for font in FONTS:
        original = _find(folder, font.original)
        if original is None:
            print(f"没有找到 {font.original}，不做 {font.name}：公文会改用系统里的同类字体。")
            continue
        recipe = _recipe(font, original)
        if known.get(font.name) != [recipe, _size(folder / font.name)]:
            print(f"正在做 {font.name}")
            _write(folder / font.name, _make(font, original))
            known[font.name] = [recipe, _size(folder / font.name)]
            _write(stamp, json.dumps(known, indent=1).encode())
    return 0


def _known(stamp: Path) -> dict[str, Any]:
    """Return what was made by which recipe; a stamp that cannot be read counts as none."""
    try:
        found = json.loads(stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else -1


def _find(folder: Path, name: str) -> Path | None:
    own = folder / ORIGINALS / name
    if own.is_file():
        return own
    return next((path for root in SYSTEM for path in sorted(root.rglob(name))), None)


def _recipe(font: Font, original: Path) -> str:
    """Return a digest of all that the result depends on."""
    found = original.stat()
    parts = (font, original.name, found.st_size, int(found.st_mtime), [version(tool) for tool in TOOLS])
    return hashlib.sha256(Path(__file__).read_bytes() + repr(parts).encode()).hexdigest()


def _write(path: Path, data: bytes) -> None:
    """Put a file in its place at once: a program that is reading the old one goes on reading it."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_bytes(data)
    temporary.replace(path)


def _make(font: Font, original: Path) -> bytes:
    data = _subset(original, font)
    if not font.family:
        return data
    from fontTools.ttLib import TTFont

    opened = TTFont(io.BytesIO(data), recalcTimestamp=False, recalcBBoxes=False)
    if font.is_emboldened:
        _embolden(opened, data)
    _rename(opened, font)
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


def _subset(original: Path, font: Font) -> bytes:
    """Cut a font down with HarfBuzz; names stay whole, or fontconfig would not find the family."""
    import uharfbuzz as hb

    face = _face(hb.Blob.from_file_path(str(original)), font.face)
    wanted = hb.SubsetInput()
    for names in (wanted.name_id_set, wanted.name_lang_id_set):
        names.clear()
        names.invert()
    wanted.drop_table_tag_set.update(int.from_bytes(tag, "big") for tag in UNUSED_TABLES)
    wanted.unicode_set.clear()
    wanted.unicode_set.update(face.unicodes if font.is_whole else _characters())
    return bytes(hb.subset(face, wanted).blob.data)


def _face(blob: Any, name: str) -> Any:
    import uharfbuzz as hb

    if not name:
        return hb.Face(blob)
    faces = (hb.Face(blob, index) for index in range(hb.Face(blob).count))
    return next(face for face in faces if face.get_name(FAMILY, "en") == name)


def _characters() -> set[int]:
    """Return what ordinary papers are written in; the rare rest comes from the full fonts behind, one by one."""
    signs = {0xB7, 0x2103, 0x2116, 0x2192, 0x3012, 0x3013, 0x33A1}
    ranges = (
        *((0x20, 0x7F), (0xA0, 0x100), (0x2010, 0x2040), (0x2160, 0x2180), (0x2190, 0x219A)),
        *((0x2460, 0x24A0), (0x2500, 0x2600), (0x3000, 0x3040), (0xFF00, 0xFFF0)),
    )
    return signs | {char for start, end in ranges for char in range(start, end)} | set(_gb2312())


def _gb2312() -> Iterator[int]:
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            text = bytes((row, cell)).decode("gb2312", errors="ignore")
            yield from map(ord, text)


def _embolden(opened: Any, data: bytes) -> None:
    """Thicken every outline, as the foundries' own bold 仿宋 do by hand: there is none that is free."""
    import freetype

    order = opened.getGlyphOrder()
    face = freetype.Face(io.BytesIO(data))
    face.set_char_size(1000 * 64, 1000 * 64, 72, 72)  # one unit is one pixel
    strings = opened["CFF "].cff[0].CharStrings
    for index, name in enumerate(order):
        drawn = _thick(face, index, opened["hmtx"][name][0], strings[name])
        if drawn is not None:
            strings.charStringsIndex[strings.charStrings[name]] = drawn


def _thick(face: Any, index: int, width: int, old: Any) -> Any:
    """Return a glyph's outline, EMBOLDEN units thicker and as wide as before; None when it has none."""
    import ctypes

    import freetype
    from fontTools.pens.t2CharStringPen import T2CharStringPen
    from freetype.raw import FT_Outline_Embolden, FT_Outline_Translate

    face.load_glyph(index, freetype.FT_LOAD_NO_HINTING | freetype.FT_LOAD_NO_BITMAP)
    outline = face.glyph.outline
    if not outline.n_points:
        return None
    raw = ctypes.byref(outline._FT_Outline)  # noqa: SLF001 - the library has no word of its own for this
    FT_Outline_Embolden(raw, EMBOLDEN * 64)
    FT_Outline_Translate(raw, -EMBOLDEN * 32, -EMBOLDEN * 32)
    pen = T2CharStringPen(width, None)
    _draw(outline, pen)
    return pen.getCharString(private=old.private, globalSubrs=old.globalSubrs)


def _draw(outline: Any, pen: Any) -> None:
    is_open = False

    def move(end: Any, _context: Any) -> None:
        nonlocal is_open
        if is_open:
            pen.closePath()
        pen.moveTo(_point(end))
        is_open = True

    outline.decompose(
        None,
        move_to=move,
        line_to=lambda end, _: pen.lineTo(_point(end)),
        conic_to=lambda middle, end, _: pen.qCurveTo(_point(middle), _point(end)),
        cubic_to=lambda one, two, end, _: pen.curveTo(_point(one), _point(two), _point(end)),
    )
    if is_open:
        pen.closePath()


def _point(vector: Any) -> tuple[float, float]:
    return vector.x / 64, vector.y / 64


def _rename(opened: Any, font: Font) -> None:
    """Give a font its own name and weight: fontconfig must not take the cut one for the full one."""
    style = "Bold" if font.is_bold else "Regular"
    post = f"{font.family.replace(' ', '')}-{style}"
    names = opened["name"]
    for number in NAMES_OF_PREFERENCE:
        names.removeNames(nameID=number)
    made = "walkthrough script/fonts" + (", emboldened" if font.is_emboldened else ", subset")
    wanted = {FAMILY: font.family, STYLE: style, UNIQUE: f"{post} ({made})", FULL: f"{font.family} {style}"}
    for number, text in (wanted | {POSTSCRIPT: post}).items():
        names.removeNames(nameID=number)
        names.setName(text, number, 3, 1, 0x409)
    opened["OS/2"].usWeightClass = 700 if font.is_bold else 400
    opened["OS/2"].fsSelection = 0x20 if font.is_bold else 0x40
    opened["head"].macStyle = int(font.is_bold)
    opened["CFF "].cff.fontNames = [post]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
