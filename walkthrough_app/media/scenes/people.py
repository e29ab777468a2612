"""Figures without faces: visitors from behind, clerks from the front."""

from walkthrough_app.media.scenes.canvas import Canvas

COATS = ("#3f5f7f", "#7c4a52", "#4f6b58", "#8a7a5c", "#5b5570", "#9aa5ad", "#2f3e4d", "#b08d57")
HAIR = ("#2a2522", "#3a302a", "#1f1f24", "#8d8a86")
SKIN = "#e8c3a2"
TROUSERS = ("#2c3440", "#3b3f46", "#4a4238")


def visitor(canvas: Canvas, x: float, feet: float, tall: float) -> None:
    """Draw somebody standing, seen from behind."""
    coat, hair, trousers = (canvas.chance.choice(colours) for colours in (COATS, HAIR, TROUSERS))
    unit = tall / 8
    canvas.shadow((x - unit * 1.3, feet - unit * 0.2, unit * 2.6, unit * 0.4), strength=60, blur=6)
    for side in (-1, 1):
        canvas.box(
            (x + side * unit * 0.55 - unit * 0.45, feet - unit * 3.6, unit * 0.9, unit * 3.5),
            trousers,
            radius=unit * 0.2,
        )
        canvas.box(
            (x + side * unit * 1.08 - unit * 0.33, feet - unit * 6.3, unit * 0.66, unit * 3), coat, radius=unit * 0.33
        )
    canvas.box((x - unit * 1.15, feet - unit * 6.5, unit * 2.3, unit * 3.4), coat, radius=unit * 0.6)
    canvas.stroke(((x, feet - unit * 6), (x, feet - unit * 3.3)), _darker(coat), 2)
    _head(canvas, x, feet - unit * 7.15, unit * 0.72, hair)
    if canvas.chance.random() < 0.35:
        _bag(canvas, x + unit * 1.35, feet - unit * 3.5, unit)


def seated(canvas: Canvas, x: float, seat: float, unit: float) -> None:
    """Draw head and shoulders above the back of a seat."""
    coat, hair = canvas.chance.choice(COATS), canvas.chance.choice(HAIR)
    canvas.box((x - unit * 1.25, seat - unit * 1.5, unit * 2.5, unit * 2.4), coat, radius=unit * 0.8)
    _head(canvas, x, seat - unit * 2.2, unit * 0.75, hair)


def clerk(canvas: Canvas, x: float, desk: float, unit: float, *, uniform: str = "#34557d") -> None:
    """Draw somebody behind a desk, seen from the front."""
    hair = canvas.chance.choice(HAIR[:3])
    canvas.box((x - unit * 1.6, desk - unit * 2.6, unit * 3.2, unit * 3), uniform, radius=unit * 0.8)
    canvas.polygon(
        ((x - unit * 0.5, desk - unit * 2.62), (x + unit * 0.5, desk - unit * 2.62), (x, desk - unit * 1.5)), "#f4f6f8"
    )
    canvas.polygon(
        ((x - unit * 0.1, desk - unit * 2.2), (x + unit * 0.1, desk - unit * 2.2), (x, desk - unit * 1.2)), "#9b2c2c"
    )
    canvas.box((x - unit * 0.3, desk - unit * 3.1, unit * 0.6, unit * 0.7), "#d9b08c", radius=unit * 0.2)
    canvas.disc(x, desk - unit * 3.75, unit * 0.95, hair)
    canvas.box((x - unit * 0.72, desk - unit * 4.1, unit * 1.44, unit * 1.45), SKIN, radius=unit * 0.7)
    canvas.polygon(
        (
            (x - unit * 0.74, desk - unit * 4.05),
            (x + unit * 0.5, desk - unit * 4.4),
            (x + unit * 0.8, desk - unit * 3.7),
            (x - unit * 0.1, desk - unit * 4),
        ),
        hair,
    )


def _head(canvas: Canvas, x: float, y: float, r: float, hair: str) -> None:
    canvas.box((x - r * 0.45, y + r * 0.4, r * 0.9, r * 1.1), SKIN, radius=r * 0.3)
    canvas.disc(x - r * 0.93, y + r * 0.25, r * 0.16, SKIN)
    canvas.disc(x + r * 0.93, y + r * 0.25, r * 0.16, SKIN)
    canvas.disc(x, y, r, hair)


def _bag(canvas: Canvas, x: float, y: float, unit: float) -> None:
    canvas.stroke(((x, y - unit * 0.6), (x - unit * 0.2, y), (x + unit * 0.3, y)), "#6b5137", 4)
    canvas.box((x - unit * 0.6, y, unit * 1.2, unit), "#8b6a48", radius=unit * 0.15)


def _darker(colour: str) -> str:
    return "#" + "".join(f"{int(int(colour[at : at + 2], 16) * 0.82):02x}" for at in (1, 3, 5))
