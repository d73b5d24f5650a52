"""A whole message as a person sees it: texts, pings, unfolding links."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.sandbox.discord.model import COMPONENTS_V2, TEXT_DISPLAY, StandInMessage, StandInPings, walk
from bot.sandbox.discord.reading.pieces import MASKED_LINK, MENTIONS, ShownTextPiece
from bot.sandbox.discord.reading.text import pieces_of

SUPPRESS_EMBEDS = 1 << 2
_ADDRESS = re.compile(r"(?<!<)https?://[^\s<>]+", re.IGNORECASE)
# The clients make cards of these wherever they stand in a text, with or without https.
_CARD = re.compile(
    r"(?:discord\.(?:gg|gift|new)|discord(?:app)?\.com/(?:invite|gifts|template))/[\w-]+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class MessageReading:
    """The view of somebody who opens the message."""

    texts: tuple[tuple[ShownTextPiece, ...], ...]  # the content, embeds, then every text display, in order
    labels: tuple[str, ...]  # of buttons and lists, where no formatting counts
    unfolds: tuple[str, ...]  # addresses of which Discord shows a preview or a card
    pings: StandInPings  # whom it notified

    @property
    def pieces(self) -> Iterator[ShownTextPiece]:
        """All pieces of all texts."""
        return (piece for text in self.texts for piece in text)

    @property
    def mentions(self) -> list[ShownTextPiece]:
        """The pieces that name people, roles, everybody, channels or commands."""
        return [piece for piece in self.pieces if piece.does in MENTIONS]

    @property
    def masked(self) -> list[ShownTextPiece]:
        """Links that lead somewhere else than they say."""
        return [piece for piece in self.pieces if piece.does == MASKED_LINK]

    @property
    def pinged(self) -> bool:
        """Whether anybody was notified by name, by role, or with everybody."""
        return bool(self.pings.users or self.pings.roles or self.pings.everyone)


def reading_of(message: StandInMessage) -> MessageReading:
    """A person's view of this message."""
    texts = _texts(message)
    return MessageReading(
        texts=tuple(tuple(pieces_of(text)) for text in texts),
        labels=tuple(_labels(message.components)),
        unfolds=tuple(_unfolding(message, texts)),
        pings=message.pings,
    )


def _texts(message: StandInMessage) -> list[str]:
    found = [message.content] if message.content else []
    for embed in message.embeds:
        found += [embed[key] for key in ("title", "description") if embed.get(key)]
        found += [part for row in embed.get("fields", []) for part in (row["name"], row["value"])]
    return found + [part["content"] for part in walk(message.components) if part["type"] == TEXT_DISPLAY]


def _labels(components: list[dict[str, Any]]) -> Iterator[str]:
    for component in walk(components):
        for one in (component, *component.get("options", [])):
            yield from (str(one[key]) for key in ("label", "placeholder", "description") if one.get(key))


def _unfolding(message: StandInMessage, texts: list[str]) -> Iterator[str]:
    for text in texts:
        yield from _CARD.findall(text)
    if not message.flags & (SUPPRESS_EMBEDS | COMPONENTS_V2):
        yield from _ADDRESS.findall(message.content)
