"""The floor: the same JPEG bytes and as many text operators, put into a file by pikepdf without laying anything out."""

import io
from pathlib import Path

import pikepdf
from pdf_given import SIZE, Content
from pikepdf import Array, Dictionary, Name, Pdf

LINE, LINES = 28, 22
A4 = (0, 0, 595.28, 841.89)


class Floor:
    """What no engine can beat: no fonts, no lines broken, no tags."""

    def __init__(self, content: Content, folder: Path) -> None:
        del folder
        words = "".join(content.composed.words())
        self._lines = [words[at : at + LINE] for at in range(0, len(words), LINE)]
        self._pictures = list(content.pictures.values())

    def render(self) -> bytes:
        pdf = Pdf.new()
        font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Helvetica")))
        for at in range(0, len(self._lines), LINES):
            _page(pdf, _text(self._lines[at : at + LINES]), Dictionary(Font=Dictionary(F=font)))
        for at in range(0, len(self._pictures), 2):
            pair = [_picture(pdf, path) for path in self._pictures[at : at + 2]]
            _page(pdf, b"q 354 0 0 266 100 450 cm /P0 Do Q q 354 0 0 266 100 120 cm /P1 Do Q", _resources(pair))
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def _page(pdf: Pdf, content: bytes, resources: Dictionary) -> None:
    page = Dictionary(Type=Name.Page, MediaBox=Array(A4), Resources=resources, Contents=pdf.make_stream(content))
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))


def _text(lines: list[str]) -> bytes:
    shown = b" ".join(b"<%b> Tj T*" % line.encode("utf-16-be").hex().encode() for line in lines)
    return b"BT /F 16 Tf 29 TL 79 720 Td " + shown + b" ET"


def _picture(pdf: Pdf, path: Path) -> pikepdf.Stream:
    width, height = SIZE
    return pdf.make_stream(
        path.read_bytes(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=width,
        Height=height,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceRGB,
        Filter=Name.DCTDecode,
    )


def _resources(pictures: list[pikepdf.Stream]) -> Dictionary:
    return Dictionary(XObject=Dictionary({f"/P{at}": one for at, one in enumerate(pictures)}))
