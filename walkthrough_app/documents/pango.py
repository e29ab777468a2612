"""Pango by itself: which characters the fonts can draw, in processes that never load the renderer and its 130 MB."""

from functools import cache
from typing import Any

from cffi import FFI

from walkthrough_app.documents import fonts

DECLARATIONS = """
void *pango_ft2_font_map_new(void);
void *pango_font_map_create_context(void *font_map);
void *pango_layout_new(void *context);
void pango_layout_set_text(void *layout, const char *text, int length);
int pango_layout_get_unknown_glyphs_count(void *layout);
void g_object_unref(void *object);
"""


class FontMap:
    """The papers' fonts; made for one thread at a time."""

    def __init__(self) -> None:
        """Load Pango; OSError when it is not installed."""
        self._ffi = FFI()
        self._ffi.cdef(DECLARATIONS)
        self._pango = self._ffi.dlopen("libpango-1.0.so.0")
        self._unref = self._ffi.dlopen("libgobject-2.0.so.0").g_object_unref
        self._map = self._owned(self._ffi.dlopen("libpangoft2-1.0.so.0").pango_ft2_font_map_new())

    def count_unknown(self, text: str) -> int:
        """Return for how many glyphs of a text there is no font at all."""
        context = self._owned(self._pango.pango_font_map_create_context(self._map))
        layout = self._owned(self._pango.pango_layout_new(context))
        encoded = text.encode()
        self._pango.pango_layout_set_text(layout, encoded, len(encoded))
        return int(self._pango.pango_layout_get_unknown_glyphs_count(layout))

    def _owned(self, thing: Any) -> Any:
        return self._ffi.gc(thing, self._unref)


@cache
def font_map() -> FontMap:
    """Return the fonts of this process; RuntimeError with one line for the operator when they or Pango are missing."""
    fonts.prepare()
    try:
        return FontMap()
    except OSError as error:
        raise RuntimeError("缺少排版库：请安装 libpango-1.0-0 和 libpangoft2-1.0-0。") from error
