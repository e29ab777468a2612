"""What several papers have: the head of a letter, and whom to ask."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LetterHead:
    """Who writes, under which number; copy number, secrecy and urgency as far as there are any."""

    issuer: str
    number: str
    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""

    @property
    def marks(self) -> list[tuple[str, bool]]:
        """Return what stands at the upper left, each with whether it is set in 黑体."""
        marks = ((self.copy_number, False), (self.secrecy, True), (self.urgency, True))
        return [(text, is_heavy) for text, is_heavy in marks if text]


@dataclass(frozen=True)
class Contact:
    """Whom to ask: a post, never a name."""

    post: str
    phone: str

    def __str__(self) -> str:
        return f"联系人：{self.post}，电话：{self.phone}" if self.phone else f"联系人：{self.post}"
