"""A member's reply, from /reply or the window, handed on in two phases."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.access.permits import Access
from bot.access.policy import Action
from bot.access.roles import Permission
from bot.discord.answers import Said, server_wish_of, tell, two_phase
from bot.discord.asking import actor_of, creator_of, permit_of, role_of
from bot.discord.bridge import Asked, elsewhere, service
from bot.discord.discord_permissions import why_not_answer, why_not_read
from bot.engine.commands import Commands, CommandWish
from bot.features.inbox.sent_answers.service import SentAnswerService
from bot.features.inbox.templates.fill_service import TemplateFillService
from bot.model.language import msgid, tr
from bot.model.ports import ORIGINAL, Post
from bot.relay.replies import ReplyService, ReplyWish
from bot.text.price_input import NotAPrice, cents_of, ids_of
from storage.records import CommandId, DraftId, TemplateId

GoesOn = Callable[[Asked, CommandId, Post | str], Awaitable[Said]]
NO_PRICE = msgid(
    "You may answer this creator's fans, but not set prices. The owner can allow it with /team grant."
)


async def reply(  # noqa: PLR0913 - one for each thing that is typed, and where it comes from
    asked: Asked,
    *,
    text: str | None,
    price: str | None,
    media: str | None,
    preview: str | None,
    window: DraftId | None = None,
    in_place: bool = False,
    template: TemplateId | None = None,
    goes_on: GoesOn | None = None,
    when: str | None = None,
) -> None:
    """Check where, keep the reply, answer, and only then let it go out. The permit is for REPLY.

    `window`: in which it was typed. `in_place`: as in `two_phase`. `template`: from which it comes.
    `when`: at which it leaves, as typed. `goes_on`: media are added before it leaves; what shows where.
    """
    wish = answer_wish_of(asked)
    keeps = goes_on is None and not in_place and _is_over_a_line(asked)
    wish = replace(wish, beside=keeps)
    try:
        cents = cents_of(price)
    except NotAPrice as wrong:
        await tell(asked, str(wrong))
        return
    if cents is not None and not await may_price(asked):
        await tell(asked, tr(NO_PRICE))
        return
    wanted = ReplyWish(
        wish=wish,
        text=text,
        price=cents,
        media=ids_of(media),
        preview=(preview or "").strip() or None,
        window=window,
        reads=reads_there(asked),
        role=role_of(asked),
        alone=sends_alone(asked),
        unfinished=goes_on is not None,
        when=when,
    )
    await _leave(asked, wanted, template, goes_on, in_place=in_place, keeps=keeps)


async def _leave(
    asked: Asked,
    wanted: ReplyWish,
    template: TemplateId | None,
    goes_on: GoesOn | None,
    *,
    in_place: bool,
    keeps: bool,
) -> None:
    replies = service(asked, ReplyService)
    taken: list[CommandId] = []
    unsaid: list[str] = []
    answers = service(asked, SentAnswerService)

    async def accept(command: CommandId) -> Said | None:
        if template is not None:
            await service(asked, TemplateFillService).used(command, template, creator_of(asked))
        found = await replies.accept(command, told=not keeps)
        taken.append(command)
        if isinstance(found, str) and goes_on is None and answers.waits and not in_place:
            unsaid.append(found)  # it leaves at once: its line comes sooner than these words are read
            return None
        return found if goes_on is None else await goes_on(asked, command, found)

    made = await two_phase(
        asked, stage=lambda: replies.stage(wanted), accept=accept, in_place=in_place, keeps=keeps
    )
    # Only what its author alone reads goes away again, once the thread says that it was sent.
    if not in_place or (asked.message is not None and asked.message.flags.ephemeral):
        message, words = made if keeps else ORIGINAL, next(iter(unsaid), None)
        for command in taken:
            if keeps and message is not None:
                await service(asked, Commands).answered_in(command, message)
            answers.shown(command, asked.application_id, asked.token, message=message, unsaid=words)


def _is_over_a_line(asked: Asked) -> bool:
    """Whether the window was opened by a button of a line that others read, which stays as it is."""
    return asked.message is not None and not asked.message.flags.ephemeral


def sends_alone(asked: Asked) -> bool:
    """Whether the asking person's text to a fan of the permit's creator leaves without a lead."""
    standing = permit_of(asked).standing
    return standing is not None and Permission.REPLY in standing.permissions


def reads_there(asked: Asked) -> bool:
    """Whether the asking person may read what the fan wrote; from another channel it counts as no."""
    return not elsewhere(asked) and why_not_read(asked.permissions) is None


async def may_price(asked: Asked) -> bool:
    """Whether the asking person may set prices for the permit's creator."""
    permit = await service(asked, Access).authorize(actor_of(asked), Action.PRICE, creator_of(asked))
    return permit is not None


async def may_upload(asked: Asked) -> bool:
    """Whether the asking person may put files into the vault of the permit's creator."""
    permit = await service(asked, Access).authorize(actor_of(asked), Action.UPLOAD, creator_of(asked))
    return permit is not None


def answer_wish_of(asked: Asked) -> CommandWish:
    """The presser and the place, where they may write. Raises NotHere."""
    return server_wish_of(asked, why_not_answer(asked.permissions))
