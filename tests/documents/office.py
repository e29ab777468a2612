"""LibreOffice opens what we make and shows what it took it for; equal fonts on every machine."""

import os
import subprocess
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from walkthrough_app.config import font_dir

STANDARD = {
    "仿宋_GB2312": "FandolFang",
    "楷体_GB2312": "FandolKai",
    "黑体": "Noto Sans CJK SC",
    "宋体": "Noto Serif CJK SC",
    "方正小标宋简体": "Noto Serif CJK SC",
}
ALIAS = '<alias binding="same"><family>{}</family><prefer><family>{}</family></prefer></alias>'


def convert(folder: Path, files: Mapping[str, bytes], kind: str = "pdf") -> dict[str, bytes]:
    """Open all files in one LibreOffice and save each as `kind`; return the results by the same names."""
    target = folder / kind
    target.mkdir()
    for name, content in files.items():
        (folder / f"{name}.docx").write_bytes(content)
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", kind]
    sources = [str(folder / f"{name}.docx") for name in files]
    environment = os.environ | {"FONTCONFIG_FILE": str(_fonts(folder)), "HOME": str(folder)}
    subprocess.run(
        [*command, "--outdir", str(target), *sources], env=environment, check=True, capture_output=True, timeout=300
    )
    return {name: (target / f"{name}.{kind}").read_bytes() for name in files}


def _fonts(folder: Path) -> Path:
    """Let free fonts stand for those of the standard that an office would have bought."""
    aliases = "".join(ALIAS.format(*pair) for pair in STANDARD.items())
    file = folder / "fonts.conf"
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        f"<fontconfig><include>{font_dir() / 'fonts.conf'}</include>{aliases}</fontconfig>",
        encoding="utf-8",
    )
    return file


def parts(docx: bytes) -> dict[str, bytes]:
    """Return the parts of a Word file by their names."""
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(docx: bytes, name: str, old: str, new: str, *, times: int = 1) -> bytes:
    """Return the file with a text of one of its parts replaced, as an editor would leave it."""
    found = parts(docx)
    text = found[name].decode()
    assert old in text
    return packed(found | {name: text.replace(old, new, times).encode()})


def packed(found: Mapping[str, bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    return file.getvalue()
