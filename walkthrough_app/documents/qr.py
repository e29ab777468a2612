"""QR codes for paper: black on white, without a margin of their own (the page has one)."""

import base64
import io

LEVEL = "m"  # a sixth of the symbol may be lost to a stamp or a fold


def data_uri(text: str) -> str:
    """Return the code of a text as an SVG that stands in an address; ValueError when the text is too long."""
    import segno

    out = io.BytesIO()
    code = segno.make(text, error=LEVEL, micro=False, boost_error=False)
    code.save(out, kind="svg", xmldecl=False, border=0, omitsize=True, nl=False)
    return "data:image/svg+xml;base64," + base64.b64encode(out.getvalue()).decode()
