"""Imports: WeasyPrint loads tools for fonts that nobody needs where HarfBuzz can cut fonts down."""

import importlib
import sys
from functools import partial
from types import ModuleType
from typing import Any

SPARED = ("fontTools.subset", "fontTools.varLib.instancer")


def load_weasyprint() -> None:
    """Import WeasyPrint with what stands for those tools: each of their functions imports its module when called."""
    if "weasyprint" in sys.modules:
        return
    standing = {name: _Later(name) for name in SPARED if name not in sys.modules}
    sys.modules.update(standing)
    try:
        importlib.import_module("weasyprint")
    finally:
        for name in standing:
            del sys.modules[name]


class _Later(ModuleType):
    """A module that is imported when one of its functions or classes is called."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return partial(_call, self.__name__, name)


def _call(module: str, name: str, *args: Any, **options: Any) -> Any:
    return getattr(importlib.import_module(module), name)(*args, **options)
