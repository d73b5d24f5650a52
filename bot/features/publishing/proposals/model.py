"""The parts that let a feature be proposed: its words, its preview.

    /command → `Proposals.stage`, `Proposals.show`  the private preview, with [Confirm] and [Cancel]
    [Confirm] → `Proposals.stage_press`, `Proposals.confirm`  one effect `proposed.<name>`, once
    the effect → a `ProposalHandler`  done, in doubt, refused: told by itself

A feature is a `ProposalKind`, a `ProposalHandler` and a cog that calls
`cogs.publishing.proposal_views.propose`.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.engine.slots import Slot
from bot.model.language import english, msgid
from storage.database import Transaction
from storage.records import Link

Content = Mapping[str, Any]
BACK = "draft"  # in the content that a cog gives: what becomes `ProposalPreview.back`
LOOKS = "looks"  # in such a content: its giver may choose media for it, in a gallery
GALLERY = "gallery"  # in such a content: they are chosen next, so something may be missing yet
PREFIX = "proposed."  # of the kind of every proposed effect; the feature's name follows


Also = Callable[[Transaction], Awaitable[None]]  # done in the transaction in which something begins


async def nothing_else(_tx: Transaction) -> None:
    """Nothing else belongs to it."""


class ProposalRefused(Exception):
    """Nothing was done; its sentence says why and what to do next."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class ProposalPreview:
    """A preview before a member confirms, and exactly the content that is then carried out."""

    content: Content  # JSON, what the effect carries; may be more exact than what was typed
    title: str
    body: tuple[str, ...]  # safe Markdown; it is shown again with what becomes of it
    confirm: str = msgid("Confirm")  # the label of the button
    seen: Content = field(default_factory=dict)  # JSON: figures that must still hold when it is pressed
    warning: str | None = None  # the feature's own small print
    other: str | None = None  # the label of a button that shows `other_content` in its place
    other_content: Content = field(default_factory=dict)
    typed: str | None = None  # has to be typed to confirm it; None: a press is enough
    second: bool = False  # another person has to confirm it, too
    asks: bool = False  # something in it is for a person to weigh: no rule confirms it
    back: str | None = None  # the message of the draft that it came from, to which a button leads
    undo: str | None = None  # the label of the button that ends it, from the press on; None: there is none
    hold: int = 0  # seconds that it waits once it is confirmed, and can be cancelled
    media: bool = False  # whether its media and price can be chosen in a gallery
    picked: Content | None = (
        None  # JSON: what was chosen there so far; confirming carries out `content` alone
    )


class ProposalKind(Protocol):
    """One thing that can be proposed."""

    @property
    def name(self) -> str:
        """One short word, as in the audit and in the effect's kind: `mass`."""

    @property
    def noun(self) -> str:
        """Its name at the beginning of a sentence: `Mass message`; English, and said with `tr`."""

    @property
    def done(self) -> str:
        """The word for one that took place: `sent`; likewise."""

    @property
    def command(self) -> str:
        """The command to begin again: `/mass new`."""

    @property
    def again(self) -> str:
        """The sentence for one that was not done: `/mass new makes a new one`; said with `tr_stored`."""

    async def preview(self, link: Link, content: Content) -> ProposalPreview:
        """Look up what the preview needs. Asked for again when the button is pressed.

        `content` is what the cog gave, or the content of the last preview. Raises ProposalRefused, or one
        of the four errors of `bot.model.errors`.
        """

    def holds(self, shown: ProposalPreview, now: ProposalPreview) -> bool:
        """Whether `shown` may still be carried out; if not, `now` must be confirmed again."""


def makes_new(command: str) -> str:
    """The sentence of a feature that makes something, as `ProposalKind.again` has it."""
    return english("Make a new one with {command}.", command=command)


PROPOSAL_KINDS = Slot[ProposalKind]("kinds of proposals")
PROPOSAL_WRAPS = Slot[Callable[[ProposalKind], ProposalKind]]("what looks at proposals")  # innermost first


def kind_of(feature: str) -> str:
    """The kind of the effects of a feature."""
    return PREFIX + feature


def is_proposed(kind: str) -> bool:
    """Whether effects of this kind were confirmed by a member, and are never carried out twice."""
    return kind.startswith(PREFIX)
