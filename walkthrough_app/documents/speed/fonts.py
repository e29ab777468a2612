"""Fonts in the file: cut down in one pass, two at a time, and without a copy of the whole font."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

COMPACT = "CFF "
DROPPED = (b"BASE", b"DSIG", b"EBDT", b"EBLC", b"EBSC", b"GPOS", b"GSUB", b"JSTF", b"LTSH", b"PCLT", b"SVG ")
KNOWN = 500  # fonts of a process, each size being one
HANDS = 2  # that cut fonts: HarfBuzz needs no Python


def install() -> None:
    import weasyprint.pdf
    from weasyprint.pdf import fonts, stream

    stream.get_pango_font_key = _once(stream.get_pango_font_key)
    fonts.Font._harfbuzz_subset = _in_one_pass(fonts.Font._harfbuzz_subset)  # noqa: SLF001
    weasyprint.pdf.build_fonts_dictionary = _together(weasyprint.pdf.build_fonts_dictionary)
    fonts.Font.file_content = property(_content, _put_content)
    fonts.get_hb_object_data = _Unread


def _once(key_of: Any) -> Callable[[Any], Any]:
    """Ask Pango once what a font is; it is held, so that its place in memory is not given to another."""
    from weasyprint.text.ffi import ffi, gobject

    known: dict[int, tuple[Any, Any]] = {}
    ffi.cdef("void *g_object_ref(void *object);")

    def font_key(font: Any) -> Any:
        place = int(ffi.cast("uintptr_t", font))
        if place not in known:
            if len(known) >= KNOWN:
                known.clear()
            known[place] = key_of(font), ffi.gc(gobject.g_object_ref(font), gobject.g_object_unref)
        return known[place][0]

    return font_key


class _Unread:
    """A face whose bytes nobody has asked for yet."""

    def __init__(self, face: Any) -> None:
        self.face = face


def _content(font: Any) -> bytes:
    """Read the bytes of a font when they are needed: of the whole one they never are."""
    from weasyprint.text.fonts import get_hb_object_data

    if isinstance(font.held, _Unread):
        font.held = get_hb_object_data(font.held.face)
    return bytes(font.held)


def _put_content(font: Any, content: Any) -> None:
    font.held = content


def _in_one_pass(subset: Any) -> Callable[..., None]:
    """Cut a font with compact outlines down as WeasyPrint does: its second pass would give the same bytes again.

    HarfBuzz itself ends such a font with the last glyph that is used.
    """
    from weasyprint.text.ffi import ffi, harfbuzz

    def cut(font: Any, to_unicode: Any, hinting: Any) -> None:
        being_cut = vars(font).pop("being_cut", None)
        face = being_cut.result() if being_cut else ffi.NULL
        if face == ffi.NULL:
            subset(font, to_unicode, hinting)
        else:
            font.file_content = _Unread(ffi.gc(face, harfbuzz.hb_face_destroy))

    return cut


def _together(build: Any) -> Callable[..., Any]:
    """Begin to cut all fonts of a paper before the first is asked for."""

    def build_fonts_dictionary(pdf: Any, fonts: Any, compress: Any, subset: Any, options: Any) -> Any:
        with ThreadPoolExecutor(HANDS) as hands:
            for font, glyphs in _to_cut(fonts) if subset and not options["hinting"] else ():
                font.being_cut = hands.submit(_cut, font.hb_face, _wanted(font, glyphs))
            return build(pdf, fonts, compress, subset, options)

    return build_fonts_dictionary


def _to_cut(fonts: dict[Any, Any]) -> Iterator[tuple[Any, list[int]]]:
    """Yield each font file that WeasyPrint will cut, by the first font that is of it, and the glyphs that are used."""
    files: dict[Any, list[Any]] = {}
    for font in fonts.values():
        files.setdefault(font.hash, []).append(font)
    for first, *others in files.values():
        glyphs = sorted(set(first.to_unicode).union(*(font.to_unicode for font in others)))
        if glyphs and COMPACT in first.tables and not first.bitmap and not first.used_in_forms:
            yield first, glyphs


def _cut(face: Any, wanted: Any) -> Any:
    from weasyprint.text.ffi import harfbuzz_subset

    return harfbuzz_subset.hb_subset_or_fail(face, wanted)


def _wanted(font: Any, glyphs: list[int]) -> Any:
    from weasyprint.text.ffi import ffi, harfbuzz, harfbuzz_subset

    wanted = ffi.gc(harfbuzz_subset.hb_subset_input_create_or_fail(), harfbuzz_subset.hb_subset_input_destroy)
    _add(harfbuzz_subset.hb_subset_input_glyph_set(wanted), glyphs)
    tables = harfbuzz_subset.hb_subset_input_set(wanted, harfbuzz_subset.HB_SUBSET_SETS_DROP_TABLE_TAG)
    _add(tables, [harfbuzz.hb_tag_from_string(name, -1) for name in DROPPED])
    harfbuzz_subset.hb_subset_input_set_flags(wanted, _flags(font))
    return wanted


def _add(held: Any, numbers: list[int]) -> None:
    from weasyprint.text.ffi import ffi, harfbuzz

    harfbuzz.hb_set_add_sorted_array(held, ffi.new("hb_codepoint_t[]", numbers), len(numbers))


def _flags(font: Any) -> int:
    from weasyprint.text.ffi import harfbuzz_subset

    names = ["RETAIN_GIDS", "PASSTHROUGH_UNRECOGNIZED", "DESUBROUTINIZE", "NO_HINTING"]
    names += ["NOTDEF_OUTLINE"] if font.missing else []
    return sum(int(getattr(harfbuzz_subset, f"HB_SUBSET_FLAGS_{name}")) for name in names)
