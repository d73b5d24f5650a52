"""The message that tries a draft on one fan: a reply, sent by one press."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.access.policy import Action
from bot.access.subjects import ActionSubject
from bot.discord.answers import Said, in_place, tell, two_phase, wish_of
from bot.discord.asking import Given, Options, Resolved, asks, creator_of, permit_about, role_of
from bot.discord.bridge import Asked, service
from bot.discord.channel_openness import may_answer_in
from bot.engine.commands import Commands, CommandWish
from bot.engine.input_windows import InputWindowExpired, InputWindowHolder
from bot.features.inbox.checks.pending_reply_service import PendingReplyService
from bot.features.inbox.holding.cancellation_service import ReplyCancellationService
from bot.features.inbox.templates.fill_service import TemplateFillService
from bot.features.publishing.drafts.model import DraftContent, DraftStep
from bot.features.publishing.drafts.service import DraftService
from bot.features.publishing.drafts.texts import FILES_WAIT
from bot.features.publishing.safety.trial_service import FanTrial, TrialSendService
from bot.model.language import msgid, tr
from bot.model.ports import MessageToFan, Post
from bot.relay.replies import ReplyService, ReplyWish
from bot.text.price_input import cents_of, ids_of
from bot.text.reply_rules import ReplyRefused, compose
from cogs.inbox.reply_views import NO_PRICE, may_price, sends_alone
from cogs.publishing.draft_screens import NOT_YOURS, shown, step_of
from storage.records import CommandId, DiscordId, DraftId, EffectId

_MAY_NOT_WRITE = msgid(
    "Not sent: Discord doesn't let you write in this fan's thread. Ask someone who "
    "manages this server for “Send Messages in Threads” in the forum."
)


async def by_trial(asked: Asked, action: Action, given: Given, _options: Options) -> Resolved:
    """About the creator of the fan whom a question names; it is its own member's alone."""
    holder = InputWindowHolder(DiscordId(asked.user.id), None, DiscordId(asked.guild_id or 0))
    creator = await service(asked, TrialSendService).whose(DraftId(str(given[1])), holder)
    return tr(NOT_YOURS) if creator is None else await permit_about(asked, action, ActionSubject(creator))


@asks(Action.REPLY, by_trial)
async def send(asked: Asked, ref: str) -> None:
    """The button [Send to this one fan]."""
    trial, wish = await _answerable(asked, ref)
    if trial is None or wish is None:
        return
    step: DraftStep = step_of(asked, trial.view)
    now = await service(asked, DraftService).written(step)
    if now is None:  # it was changed since the question
        await in_place(asked, lambda: _draft(asked, step))
        return
    message = await message_of(asked, now)
    if message.price is not None and not await may_price(asked):
        await tell(asked, tr(NO_PRICE))
        return
    wanted = ReplyWish(
        wish=wish,
        text=message.text,
        price=message.price,
        media=message.media,
        preview=message.preview,
        reads=False,  # under a draft nothing is shown that the fan wrote
        role=role_of(asked),
        alone=sends_alone(asked),
    )
    replies = service(asked, ReplyService)
    await _leave(asked, ref, trial, lambda: replies.stage(wanted), replies.accept)


@asks(Action.REPLY, by_trial)
async def send_kept(asked: Asked, ref: str) -> None:
    """The button [Send] under what was asked about it."""
    trial, wish = await _answerable(asked, ref)
    if trial is None or wish is None:
        return
    pressing = service(asked, PendingReplyService)
    if await pressing.is_priced(wish, DraftId(trial.of)) and not await may_price(asked):
        await tell(asked, tr(NO_PRICE))
        return
    await _press(asked, ref, trial, wish, pressing.send)


@asks(Action.REPLY, by_trial)
async def discard_kept(asked: Asked, ref: str) -> None:
    """The button [Discard] there."""
    trial, wish = await _trial(asked, ref)
    if trial is not None and wish is not None:
        await _press(asked, ref, trial, wish, service(asked, PendingReplyService).discard)


@asks(Action.REPLY, by_trial)
async def cancel(asked: Asked, ref: str) -> None:
    """The button [Cancel] under one that waits for its time."""
    trial, wish = await _trial(asked, ref)
    if trial is None or wish is None:
        return
    took = service(asked, ReplyCancellationService).cancel

    async def deed() -> Said | None:
        return await _said(asked, trial, await took(wish.actor, wish.channel, EffectId(trial.of)))

    await in_place(asked, deed)


async def _press(
    asked: Asked,
    ref: str,
    trial: FanTrial,
    wish: CommandWish,
    act: Callable[[CommandId], Awaitable[Post | str | None]],
) -> None:
    pressing = service(asked, PendingReplyService)

    async def stage() -> CommandId | None:
        return await pressing.stage(
            wish, DraftId(trial.of), reads=False, role=role_of(asked), alone=sends_alone(asked)
        )

    await _leave(asked, ref, trial, stage, act)


async def _leave(
    asked: Asked,
    ref: str,
    trial: FanTrial,
    stage: Callable[[], Awaitable[CommandId | None]],
    act: Callable[[CommandId], Awaitable[Post | str | None]],
) -> None:
    """Count one press: the second person is told, and their input is given up."""

    async def accept(command: CommandId) -> Said | None:
        try:
            await service(asked, TrialSendService).take(DraftId(ref), step_of(asked, ref).holder)
        except InputWindowExpired as over:
            await service(asked, Commands).cancel(command)
            return await _said(asked, trial, str(over))
        return await _said(asked, trial, await act(command))

    await two_phase(asked, stage=stage, accept=accept, in_place=True)


async def _said(asked: Asked, trial: FanTrial, found: Post | str | None) -> Said | None:
    if found is None:
        return None
    holder = step_of(asked, trial.view).holder
    return await service(asked, TrialSendService).shown(holder, trial, found)


async def _draft(asked: Asked, step: DraftStep) -> Said:
    return shown(await service(asked, DraftService).say(step, ""))


async def _answerable(asked: Asked, ref: str) -> tuple[FanTrial | None, CommandWish | None]:
    """The same, where Discord lets the presser write in the fan's thread, as every reply needs it."""
    trial, wish = await _trial(asked, ref)
    if trial is None or may_answer_in(asked, trial.forum):
        return trial, wish
    await tell(asked, tr(_MAY_NOT_WRITE))
    return None, None


async def _trial(asked: Asked, ref: str) -> tuple[FanTrial | None, CommandWish | None]:
    """The button's trial, and the wish as if made in the fan's thread; None: the presser has been told."""
    wish = wish_of(asked)
    try:
        trial = await service(asked, TrialSendService).trial(DraftId(ref), step_of(asked, ref).holder)
    except InputWindowExpired as over:
        await tell(asked, str(over))
        return None, None
    return trial, None if wish is None else replace(wish, channel=trial.channel)


async def message_of(asked: Asked, now: DraftContent) -> MessageToFan:
    """The message that all get from a draft. Raises NotAPrice, ReplyRefused or TemplateRefused."""
    if now.files:
        raise ReplyRefused(tr(FILES_WAIT))
    text = await service(asked, TemplateFillService).typed_for_all(creator_of(asked), now.text)
    return compose(text, cents_of(now.price), ids_of(now.media), now.preview.strip() or None)
