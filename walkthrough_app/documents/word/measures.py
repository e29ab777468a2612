"""The lengths of the paper in twips (a twentieth of a point), as styles.xml has them."""

WIDTH = 8845  # the type area, 156 mm
LINE = 579  # 28.95 pt: 22 lines fill 225 mm
CHAR = 315  # 3号 set 0.25 pt closer: 28 characters fill 156 mm
CHARS = 28
DENSE = 210  # one character of 5号, the type of tables
EMU = 635  # English Metric Units in a twip


def twips(mm: float) -> int:
    return round(mm * 1440 / 25.4)
