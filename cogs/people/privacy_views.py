"""/settings privacy: choices about texts, each asked about once more."""

from discord import app_commands

from bot.access.permits import Access
from bot.access.policy import Action
from bot.access.subjects import ActionSubjectFinder
from bot.discord.answers import ONLY_ON_A_SERVER, AnswerContent, Said, in_place, private, server_wish_of
from bot.discord.asking import Given, Options, Resolved, actor_of, asks, here_or_chosen, link_of
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.discord.confirming import confirmed
from bot.discord.message_bodies import AnswerFile
from bot.features.people.privacy.answer_service import PrivacyAnswerService
from bot.features.people.privacy.choice_service import PrivacyChoiceService
from bot.features.people.privacy.export_service import PrivacyExportService
from bot.features.people.privacy.forget_service import ForgetFanService
from bot.model.language import msgid, tr
from bot.model.ports import Post
from storage.people.privacy_modes import PrivacyMode
from storage.records import DiscordId

_NO_FILE = msgid(
    "Discord did not accept the file. Please try again; if this stays, the bridge's "
    "operator can write it on its own machine with `fanvue-bridge privacy export`."
)


async def by_question(asked: Asked, action: Action, given: Given, _options: Options) -> Resolved:
    """About the creator of a question that was asked before this same action."""
    if asked.guild_id is None:
        return tr(ONLY_ON_A_SERVER)
    found = await service(asked, ActionSubjectFinder).of_draft(str(given[1]))
    permit = await service(asked, Access).authorize(actor_of(asked), action, found.creator) if found else None
    return [] if permit is None else [permit]


async def choose_mode(asked: Asked, mode: PrivacyMode) -> None:
    """/settings privacy mode."""
    link = link_of(asked)
    await private(asked, lambda: service(asked, PrivacyChoiceService).mode(link, _me(asked), mode))


async def choose_terms(asked: Asked, *, texts: int | None, records: int | None, money: int | None) -> None:
    """/settings privacy retention."""
    link = link_of(asked)

    async def deed() -> Said:
        choosing = service(asked, PrivacyChoiceService)
        return await choosing.keep(link, _me(asked), texts=texts, records=records, money=money)

    await private(asked, deed)


async def show_settings(asked: Asked) -> None:
    """/settings privacy show."""
    link = link_of(asked)
    await private(asked, lambda: service(asked, PrivacyChoiceService).show(link))


@asks(Action.PRIVACY_SET, by_question, confirms=True)
async def set_yes(asked: Asked, _ref: str) -> None:
    """The button [Yes] under a question about a choice."""
    await _yes(asked)


@asks(Action.PRIVACY_SET, by_question)
async def set_no(asked: Asked, ref: str) -> None:
    """The button [No] there."""
    await _no(asked, ref, Action.PRIVACY_SET)


async def ask_forget(asked: Asked, fan: str | None) -> None:
    """/settings privacy forget: the fan of this thread, unless somebody else is named."""
    wish, link = server_wish_of(asked), link_of(asked)
    await private(asked, lambda: service(asked, ForgetFanService).ask(link, wish.actor, wish.channel, fan))


@asks(Action.FORGET, by_question, confirms=True)
async def forget_yes(asked: Asked, _ref: str) -> None:
    """The button [Yes] under the question whether a fan is to be forgotten."""
    await _yes(asked)


@asks(Action.FORGET, by_question)
async def forget_no(asked: Asked, ref: str) -> None:
    """The button [No] there."""
    await _no(asked, ref, Action.FORGET)


async def ask_export(asked: Asked, *, creator: str | None, fan: str | None) -> None:
    """/settings privacy export; in a thread of its fan, unless a creator or somebody else is named."""
    wish, link = server_wish_of(asked), link_of(asked)
    thread = wish.channel if creator is None else None

    async def deed() -> Said:
        handing = service(asked, PrivacyExportService)
        return await handing.ask(link, wish.actor, fan=fan, thread=thread)

    await private(asked, deed)


@asks(Action.EXPORT, by_question, confirms=True)
async def export_yes(asked: Asked, _ref: str) -> None:
    """The button [Yes] under the question whether a file is wanted."""
    await _yes(asked)


@asks(Action.EXPORT, by_question)
async def export_no(asked: Asked, ref: str) -> None:
    """The button [No] there."""
    await _no(asked, ref, Action.EXPORT)


@asks(Action.EXPORT, here_or_chosen, offers=True)
async def offer_fans(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """Fans to offer while one is typed: of the thread's creator, or of the one who is chosen."""
    found = await service(asked, PrivacyExportService).fans(link_of(asked), typed)
    return [app_commands.Choice(name=name, value=value) for name, value in found]


@asks(Action.FORGET, here_or_chosen, offers=True)
async def offer_forgettable(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """The same, and who only commented."""
    found = await service(asked, ForgetFanService).fans(link_of(asked), typed)
    return [app_commands.Choice(name=name, value=value) for name, value in found]


async def _yes(asked: Asked) -> None:
    proof = confirmed(asked)

    async def deed() -> Said:
        handed = await service(asked, PrivacyAnswerService).yes(proof)
        if handed.name is None:
            return Post(body=(handed.text,), buttons=handed.buttons)
        file = AnswerFile(handed.name, handed.content)
        return AnswerContent(Post(body=(handed.text,)), file=file, without=tr(_NO_FILE))

    await in_place(asked, deed)


async def _no(asked: Asked, ref: str, action: Action) -> None:
    await in_place(asked, lambda: service(asked, PrivacyAnswerService).no(ref, _me(asked), action))


def _me(asked: Asked) -> DiscordId:
    return DiscordId(asked.user.id)


BUTTONS: ButtonHandlers = {
    "privacy.yes": set_yes,
    "privacy.no": set_no,
    "forget.yes": forget_yes,
    "forget.no": forget_no,
    "export.yes": export_yes,
    "export.no": export_no,
}
