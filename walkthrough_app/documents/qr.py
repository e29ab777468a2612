"""QR codes for paper: black on white, without a margin of their own (the page has one)."""

LEVEL = "m"  # a sixth of the symbol may be lost to a stamp or a fold


def data_uri(text: str) -> str:
    """Return the code of a text as an SVG that stands in an address; ValueError when the text is too long."""
    import segno

    drawn: str = segno.make(text, error=LEVEL, micro=False, boost_error=False).svg_data_uri(border=0, omitsize=True)
    return drawn
