"""Finds the threads whose card has a reference, without a look at every card."""

from collections import defaultdict

from bot.model.ports import Post, mark_of
from storage.records import DiscordId


class CardIndex:
    """The threads of each mark that a card has ever had: whoever asks looks whether it has it still."""

    def __init__(self) -> None:
        self._threads: dict[str, set[DiscordId]] = defaultdict(set)

    def add(self, thread: DiscordId, card: Post) -> None:
        """The thread has this card now."""
        for button in card.buttons:
            for named in (button.ref, *button.also, *button.marks):
                self._threads[mark_of(named)].add(thread)

    def threads(self, reference: str) -> list[DiscordId]:
        """Those whose card may have it, oldest first."""
        return sorted(self._threads.get(mark_of(reference), ()))


def carries(post: Post, reference: str) -> bool:
    """Whether a button of the post has it, or its mark."""
    mark = mark_of(reference)
    return any(
        button.ref == reference or reference in button.also or mark in button.marks for button in post.buttons
    )
