"""What commands and buttons need about privacy."""

from collections.abc import Sequence
from typing import Protocol

from bot.access.permits import ActionConfirmation
from bot.access.policy import Action
from bot.engine.commands import CommandWish
from bot.model.ports import Post
from storage.people.privacy_modes import PrivacyMode
from storage.records import CommandId, DiscordId, EffectId, FanId, FanvueMessageId, Link


class PrivacyChoiceUses(Protocol):
    """Choices about texts: each returns a question, or a sentence why there is none."""

    async def mode(self, link: Link, by: DiscordId, mode: PrivacyMode) -> Post:
        """Whether texts are to be shown so from now on."""

    async def keep(
        self, link: Link, by: DiscordId, *, texts: int | None, records: int | None, money: int | None
    ) -> Post:
        """Whether what came in is to be kept for so many days; what is None stays as it is."""

    async def show(self, link: Link) -> Post:
        """What holds for a creator now."""


class FanForgettingUses(Protocol):
    """Asks whether somebody is to be forgotten."""

    async def ask(self, link: Link, by: DiscordId, channel: DiscordId, fan: str | None) -> Post:
        """Whoever is named, else the fan of this thread; a sentence where there is nobody."""

    async def fans(self, link: Link, typed: str) -> Sequence[tuple[str, str]]:
        """Whom to offer while somebody is typed: what is shown, and their id."""


class PrivacyExportUses(Protocol):
    """Asks whether somebody wants a file with all that is kept."""

    async def ask(self, link: Link, by: DiscordId, *, fan: str | None, thread: DiscordId | None) -> Post:
        """Of one fan, of the fan of a thread, or of the whole creator; a sentence where it cannot be."""

    async def fans(self, link: Link, typed: str) -> Sequence[tuple[str, str]]:
        """Fans to offer while one is typed: what is shown, and their id."""


class CreatorErasureUses(Protocol):
    """Everything of one creator is to be erased."""

    async def ask(self, link: Link, by: DiscordId) -> Post:
        """What would be erased and what kept; or why somebody else has to ask."""

    async def stage(self, wish: CommandWish) -> CommandId | None:
        """Keep what was typed before Discord is answered; None when it was kept already."""

    async def cancel(self, command: CommandId) -> None:
        """Discord did not take the answer: nothing is erased."""

    async def begin(self, command: CommandId, typed: str, yes: ActionConfirmation) -> str:
        """Begin, if the creator's handle was typed; what to tell whoever typed it."""


class PrivacyFileUses(Protocol):
    """What somebody is told, and a file for them alone."""

    @property
    def text(self) -> str:
        """A sentence."""

    @property
    def name(self) -> str | None:
        """The file's name; None: there is no file."""

    @property
    def content(self) -> bytes:
        """What is in it."""


class PrivacyAnswerUses(Protocol):
    """Answers to questions: one press of the person who was asked counts."""

    async def yes(self, yes: ActionConfirmation) -> PrivacyFileUses:
        """Do it."""

    async def no(self, ref: str, by: DiscordId, action: Action) -> str:
        """Leave it."""


class WholeLineUses(Protocol):
    """A line with all that it says."""

    @property
    def post(self) -> Post:
        """Its text."""

    @property
    def media_of(self) -> tuple[FanId, FanvueMessageId] | None:
        """The chat and the message that has media; None: there are none to show here."""


class PrivacyUses(Protocol):
    """What `Uses.privacy` holds."""

    @property
    def choosing(self) -> PrivacyChoiceUses:
        """Choices about texts."""

    @property
    def answering(self) -> PrivacyAnswerUses:
        """Answers to questions about all of this."""

    @property
    def forgetting(self) -> FanForgettingUses:
        """Forgetting one fan."""

    @property
    def handing(self) -> PrivacyExportUses:
        """Handing over what is kept."""

    @property
    def erasure(self) -> CreatorErasureUses:
        """Erasing everything."""

    async def show_line(self, line: EffectId, channel: DiscordId) -> WholeLineUses | str:
        """The whole of a line of this channel that says only who and when, for a private answer."""
