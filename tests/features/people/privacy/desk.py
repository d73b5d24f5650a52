"""A desk's privacy: every question is asked, and every answer is taken."""

from bot.access.permits import ActionConfirmation
from bot.access.policy import Action
from bot.engine.commands import CommandWish
from bot.features.people.privacy.answer_service import PrivacyAnswer, PrivacyAnswerService
from bot.features.people.privacy.choice_service import PrivacyChoiceService
from bot.features.people.privacy.erasure_service import CreatorErasureService
from bot.features.people.privacy.export_service import PrivacyExportService
from bot.features.people.privacy.forget_service import ForgetFanService
from bot.features.people.privacy.show_service import WholeLine, WholeLineService
from bot.model.ports import Post
from storage.people.privacy_modes import PrivacyMode
from storage.records import CommandId, DiscordId, EffectId, Link
from tests.discord.desk import Desk, DeskServices


class DeskChoosing:
    """Asks about every choice."""

    async def mode(self, link: Link, by: DiscordId, mode: PrivacyMode) -> Post:
        return Post(body=(f"@{link.handle} to {mode} for {by}?",))

    async def keep(
        self, link: Link, by: DiscordId, *, texts: int | None, records: int | None, money: int | None
    ) -> Post:
        return Post(body=(f"@{link.handle} keeps {texts}, {records}, {money} for {by}?",))

    async def show(self, link: Link) -> Post:
        return Post(body=(f"What holds for @{link.handle}.",))


class DeskForgetting:
    """Asks about whoever it is."""

    async def fans(self, link: Link, typed: str) -> list[tuple[str, str]]:
        return [(f"A fan of @{link.handle} like {typed!r}", "a-fan")]

    async def ask(self, link: Link, by: DiscordId, channel: DiscordId, fan: str | None = None) -> Post:
        return Post(body=(f"Forget {fan or 'the fan'} of {channel} of @{link.handle} for {by}?",))


class DeskHanding:
    """Asks about whoever it is, and knows one fan."""

    async def ask(self, link: Link, by: DiscordId, *, fan: str | None, thread: DiscordId | None) -> Post:
        return Post(body=(f"Export {fan} or {thread} of @{link.handle} for {by}?",))

    async def fans(self, link: Link, typed: str) -> list[tuple[str, str]]:
        return [(f"A fan of @{link.handle} like {typed!r}", "a-fan")]


class DeskErasure:
    """Asks about everybody, and begins with whatever was typed."""

    async def ask(self, link: Link, by: DiscordId) -> Post:
        return Post(body=(f"Erase all of @{link.handle} for {by}?",))

    async def stage(self, wish: CommandWish) -> CommandId | None:
        return CommandId(f"erase-{wish.interaction}")

    async def cancel(self, command: CommandId) -> None:
        """Nothing was begun."""

    async def begin(self, command: CommandId, typed: str, yes: ActionConfirmation) -> str:
        ref = yes.question(Action.ERASE)
        return f"Begun {ref} by {yes.by.user} with {typed!r} ({command})."


class DeskAnswering:
    """Takes every answer, and hands over a file with `content` if there is any."""

    content = b""

    async def yes(self, yes: ActionConfirmation) -> PrivacyAnswer:
        name = "export.json" if self.content else None
        said = f"Yes to {yes.action} {yes.question(yes.action)} by {yes.by.user}."
        return PrivacyAnswer(said, name, self.content)

    async def no(self, ref: str, by: DiscordId, action: Action) -> str:
        return f"No to {action} {ref} by {by}."


class DeskWholeLines:
    """Lines without media."""

    async def show(self, line: EffectId, channel: DiscordId) -> WholeLine | str:
        return WholeLine(Post(body=(f"The whole of {line} in {channel}.",)))


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {
        CreatorErasureService: DeskErasure(),
        ForgetFanService: DeskForgetting(),
        PrivacyAnswerService: DeskAnswering(),
        PrivacyChoiceService: DeskChoosing(),
        PrivacyExportService: DeskHanding(),
        WholeLineService: DeskWholeLines(),
    }
