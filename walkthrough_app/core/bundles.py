"""Joined static files: an entry and all it imports, as one small script or style sheet (docs/adr/0006)."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from walkthrough_app.config import ROOT

STATIC = ROOT / "static"
FIRST = {"js/sheets.js": "js/walk.js"}  # a script that is loaded by another one, and shares what that one holds
STALE = "js/page/stale.js"  # what a later script does on a page with another first one
IMPORT = re.compile(r'^import\s*\{([\w$,\s]+)\}\s*from\s*"(\.\.?/[^"]+)";[ \t]*$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async function|function|class|const|let)\b)", re.MULTILINE)
DECLARED = re.compile(r"^(export )?(?:async function|function|class|const|let|var)\*? ([\w$]+)", re.MULTILINE)
NOT_JOINED = re.compile(r"^(?:import|export|(?:const|let|var) [\[{]).*|.*\bimport\(.*", re.MULTILINE)
BLOCK = r"/\*(?!!)(?:(?!\*/)[\s\S])*\*/"
NOTE = re.compile(rf"^[ \t]*(?://.*|{BLOCK}[ \t]*)$|(?<=[;{{}},]) +//[^\"'`\n]*$", re.MULTILINE)
CSS_NOTE = re.compile(BLOCK)
CSS_IMPORT = re.compile(r'^@import "(\.\.?/[^"]+)";[ \t]*$', re.MULTILINE)


class BundleError(Exception):
    """A script or style sheet breaks the rules that let it be joined; the text names the file."""


@dataclass(frozen=True)
class Module:
    """One script without notes and imports."""

    name: str
    body: str
    imports: dict[str, list[str]]
    exports: set[str]
    declared: set[str]


def small(name: str) -> str:
    """Return the entry `name` joined and, where the minifier runs, with short names and nothing superfluous."""
    joined = join(name)
    try:
        import minify  # type: ignore[import-not-found,import-untyped,unused-ignore]
    except ImportError:  # no wheel for this processor: larger, otherwise the same
        return joined
    minify.config({"js-version": 2020})
    kind, text = ("text/css", joined) if name.endswith(".css") else ("text/javascript", f"(()=>{{{joined}}})()")
    try:
        return str(minify.string(kind, text))
    except ValueError as error:
        raise BundleError(f"{name} does not parse: {error}") from error


def join(name: str) -> str:
    """Return the entry `name` (a path inside static/) with everything it imports, each file once, in order of need."""
    if name.endswith(".css"):
        return "".join(_styles(name, []))
    first = _modules(FIRST.get(name, ""))
    modules = {other: module for other, module in _modules(name).items() if other not in first}
    _check_names([*first.values(), *modules.values()])
    body = "".join(_squeezed(module.body) for module in modules.values())
    if first:
        return _taking(first, _shared(modules, first), body)
    return body + "".join(_given(modules, later) for later, other in FIRST.items() if other == name)


def _modules(name: str) -> dict[str, Module]:
    """Return the entry `name` and everything it imports; nothing for no name."""
    modules: dict[str, Module] = {}
    if name:
        _gather(name, modules, ())
    return modules


def _shared(later: dict[str, Module], first: dict[str, Module]) -> str:
    """Return the names that a later script takes from the first, as a list in braces."""
    found = {word for one in later.values() for name, words in one.imports.items() if name in first for word in words}
    return "{" + ",".join(sorted(found)) + "}"


def _given(first: dict[str, Module], later: str) -> str:
    """Write the line that puts what `later` shares where it finds it."""
    if not (STATIC / later).is_file():
        return ""
    only = {name: module for name, module in _modules(later).items() if name not in first}
    return f"globalThis.{_mark(first)} = {_shared(only, first)};\n"


def _taking(first: dict[str, Module], shared: str, body: str) -> str:
    """Run `body` with what it shares; on a page with another first script only have the page taken anew."""
    found = f"globalThis.{_mark(first)}"
    run = f"(() => {{\nconst {shared} = {found};\n{body}}})();\n"
    return f"if ({found}) {run}else {{\n{_squeezed(_module(STALE, ()).body)}}}\n"


def _mark(first: dict[str, Module]) -> str:
    """Name what a first script shares after the script itself."""
    text = "".join(f"{module.name} {module.body}" for module in first.values())
    return f"shared_{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def _gather(name: str, modules: dict[str, Module], path: tuple[str, ...]) -> None:
    """Put `name` into `modules` behind everything it imports."""
    if name in path:
        raise BundleError(f"{name} imports itself: {' -> '.join([*path, name])}")
    if name in modules:
        return
    module = _module(name, path)
    for other, taken in module.imports.items():
        _gather(other, modules, (*path, name))
        missing = sorted(set(taken) - modules[other].exports)
        if missing:
            raise BundleError(f"{name} imports what {other} does not export: {', '.join(missing)}")
    modules[name] = module


def _module(name: str, path: tuple[str, ...]) -> Module:
    text = NOTE.sub("", _read(name, path))
    _check_lines(name, text)
    imports: dict[str, list[str]] = {}
    for words, target in IMPORT.findall(text):
        imports.setdefault(_beside(name, target), []).extend(_words(words))
    body = EXPORT.sub("", IMPORT.sub("", text))
    if found := NOT_JOINED.search(body):
        raise BundleError(f"{name} has a line that cannot be joined: {found[0].strip()[:80]}")
    declared = DECLARED.findall(text)
    return Module(name, body, imports, {word for is_out, word in declared if is_out}, {word for _, word in declared})


def _check_lines(name: str, text: str) -> None:
    """Refuse what could not lose its indentation: text that goes on over the end of a line."""
    for line in text.split("\n"):
        if (line.count("`") - line.count("\\`")) % 2 or line.endswith("\\"):
            raise BundleError(f"{name} has a text over several lines: {line.strip()[:80]}")


def _check_names(modules: Iterable[Module]) -> None:
    owners: dict[str, str] = {}
    for module in modules:
        for word in sorted(module.declared):
            if word in owners:
                raise BundleError(f"{module.name} and {owners[word]} both declare {word}")
            owners[word] = module.name


def _styles(name: str, seen: list[str]) -> Iterator[str]:
    if name in seen:
        return
    seen.append(name)
    text = CSS_NOTE.sub("", _read(name, tuple(seen[:-1])))
    for target in CSS_IMPORT.findall(text):
        yield from _styles(_beside(name, target), seen)
    own = CSS_IMPORT.sub("", text)
    if "@import" in own:
        raise BundleError(f'{name} has an @import that is not like @import "./x.css";')
    yield _squeezed(own)


def _read(name: str, path: tuple[str, ...]) -> str:
    file = STATIC / name
    if not file.is_file() or STATIC not in file.resolve().parents:
        raise BundleError(f"{path[-1] if path else 'a page'} asks for {name}, which is not there")
    return file.read_text(encoding="utf-8")


def _beside(name: str, target: str) -> str:
    parts: list[str] = []
    for part in (PurePosixPath(name).parent / target).parts:
        if part == "..":
            parts = parts[:-1]
        else:
            parts.append(part)
    return "/".join(parts)


def _words(listed: str) -> list[str]:
    return [word for part in listed.split(",") if (word := part.strip())]


def _squeezed(text: str) -> str:
    """Drop blank lines and indentation."""
    return "".join(f"{line}\n" for raw in text.split("\n") if (line := raw.strip()))
