"""What lists and reports read out of answers, whatever a question is called: a document says it by `means`."""

from typing import Literal

Meaning = Literal["windows", "materials", "extra_materials", "scope"]

# The first programme was published before documents could say so.
FIRST: dict[Meaning, str] = {
    "windows": "W-A4",
    "materials": "W-P3",
    "extra_materials": "W-P4",
    "scope": "W-G3",
}
