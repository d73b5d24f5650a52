"""The texts of a post for Discord, and which buttons stand beside them (pure)."""

from dataclasses import dataclass

_MOST_TEXTS = 3  # of a section
_SHORT = 280  # characters that stand beside a button on a phone without becoming a narrow column

_BRIEF = 90  # of small print that needs no more lines for the button beside it


@dataclass(frozen=True)
class PostTexts:
    """Title, body and small print, each as text displays; empty where there is none."""

    head: tuple[str, ...]
    body: tuple[str, ...]
    small: tuple[str, ...]

    @property
    def length(self) -> int:
        """All characters."""
        return sum(map(len, (*self.head, *self.body, *self.small)))

    @property
    def count(self) -> int:
        """The number of text displays."""
        return len(self.head) + len(self.body) + len(self.small)

    @property
    def short(self) -> bool:
        """Whether all of it has room in one section beside a button."""
        return self.count <= _MOST_TEXTS and self.length <= _SHORT

    def blocks(self, number: int) -> tuple[tuple[str, ...], ...]:
        """All of it together, or in two blocks: the last is the small print."""
        words = (*self.head, *self.body)
        return ((*words, *self.small),) if number == 1 else (words, self.small)


def beside_texts(texts: PostTexts, buttons: int, *, wanted: bool, covered: bool) -> int:
    """How many of the buttons, from the first on, stand beside texts: 0, 1 or 2.

    Only where this costs less height than a row: all of them stand beside texts, or none. Beside a long
    or a covered text none does: there a single one stands beside the small print, which is the bridge's.
    """
    if not wanted:
        return 0
    roomy = texts.short and not covered
    if buttons == 1:
        return int(roomy or bool(texts.small))
    both = 0 < sum(map(len, texts.small)) <= _BRIEF and bool(texts.head or texts.body)
    return buttons if buttons == 2 and roomy and both else 0  # noqa: PLR2004 - one for each of two blocks
