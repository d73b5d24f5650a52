"""The draft behind a message, and the message that a step makes of it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.access.policy import Action
from bot.access.subjects import ActionSubject
from bot.discord.answers import AnswerContent, Said, in_place
from bot.discord.asking import Given, Options, Resolved, link_of, permit_about, permit_of
from bot.discord.bridge import Asked, service
from bot.discord.message_bodies import TEXT_LIMIT, AnswerFile
from bot.discord.windows import open_window
from bot.engine.input_windows import InputWindowHolder
from bot.features.people.agency.service import AgencyService
from bot.features.publishing.drafts.model import DraftContent, DraftStep
from bot.features.publishing.drafts.service import DraftService
from bot.features.publishing.drafts.texts import DraftScreen
from bot.features.publishing.media.service import MediaService
from bot.model.language import msgid, tr
from bot.model.ports import Post
from storage.records import DiscordId, DraftId

NOT_YOURS = msgid("That draft is no longer available. Nothing changed. Start a new one with /mass new.")
_MARKS = 100  # characters with which a message marks its heading and its small lines, at most
_LOST = msgid("Discord did not accept the file with what you typed: please type it again.")


async def by_composition(asked: Asked, action: Action, given: Given, _options: Options) -> Resolved:
    """About the creator of the draft that the message shows; it is its own member's alone."""
    holder = InputWindowHolder(DiscordId(asked.user.id), None, DiscordId(asked.guild_id or 0))
    creator = await service(asked, DraftService).whose(DraftId(str(given[1])), holder)
    return tr(NOT_YOURS) if creator is None else await permit_about(asked, action, ActionSubject(creator))


async def press(asked: Asked, work: Callable[[DraftService], Awaitable[DraftScreen]]) -> None:
    """The message shows what came of it."""

    async def deed() -> Said:
        return shown(await work(service(asked, DraftService)))

    await in_place(asked, deed)


async def window(asked: Asked, ref: str, made: Callable[[DraftContent], Any]) -> None:
    """Open it with what is there now; where the message shows something older, that is shown first."""
    now = await service(asked, DraftService).written(step_of(asked, ref))
    if now is None:
        await press(asked, lambda drafts: drafts.go_on(step_of(asked, ref)))
        return
    await open_window(asked, made(now))


async def vault_of(asked: Asked) -> Sequence[tuple[str, str]]:
    """Items to send at once, through the asking person's own account where that manages the creator."""
    link = await service(asked, AgencyService).through(link_of(asked), DiscordId(asked.user.id), "media")
    return await service(asked, MediaService).suggest(link, "", several=False)


def step_of(asked: Asked, ref: str) -> DraftStep:
    """The step: who acts, under which message, with the permit from the check."""
    guild = DiscordId(asked.guild_id or 0)
    holder = InputWindowHolder(DiscordId(asked.user.id), permit_of(asked).creator, guild)
    return DraftStep(holder, link_of(asked).handle, DraftId(ref))


def shown(screen: DraftScreen) -> AnswerContent:
    """An answer that hands back what was typed and not taken."""
    file = AnswerFile("what-you-typed.txt", screen.back.encode(errors="replace")) if screen.back else None
    return AnswerContent(
        screen.post, choice=screen.choices, file=file, without=replace(screen.post, small=tr(_LOST))
    )


async def earlier(asked: Asked, content: Mapping[str, Any]) -> str:
    """The results of the last mass messages to the lists of the previewed one."""
    return await service(asked, DraftService).before(step_of(asked, ""), content, permit_of(asked))


def with_more(post: Post, told: str, *, first: bool = False) -> Post:
    """A preview with more below it, or `first` above it, where the message still has room for that."""
    texts = [post.title or "", *post.body, post.small or "", told]
    fits = bool(told) and sum(map(len, texts)) + _MARKS <= TEXT_LIMIT
    if not fits:
        return post
    return replace(post, body=(told, *post.body) if first else (*post.body, told))
