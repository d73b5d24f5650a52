"""Media and price of a suggested post that waits: the picker over it."""

from bot.access.policy import Action
from bot.access.subjects import ActionSubject
from bot.discord.answers import Said, in_place, server_wish_of, two_phase
from bot.discord.asking import Given, Options, Resolved, actor_of, asks, permit_about, permit_of
from bot.discord.bridge import Asked, ButtonHandlers, ListHandlers, WindowHandlers, service
from bot.engine.commands import Commands
from bot.features.publishing.picker.service import MediaPickerService
from bot.features.publishing.proposals.model import ProposalRefused
from bot.features.publishing.suggestion_media.composition import SuggestionComposition
from bot.features.publishing.suggestions.edit_service import SuggestionEditService
from bot.features.publishing.suggestions.texts import MEDIA
from bot.model.language import msgid, tr
from cogs.publishing.picker_views import PickerPlace, buttons_of, lists_of, may_look, shown, step_of
from cogs.publishing.picker_window_views import windows_of
from cogs.publishing.suggestion_views import by_suggestion
from storage.records import CommandId, DraftId

_NO_VAULT = msgid("You may not open this vault, so nothing changed. The owner can allow it with /team grant.")


def _composition(asked: Asked) -> SuggestionComposition:
    return service(asked, SuggestionComposition)


async def by_gallery(asked: Asked, action: Action, given: Given, _options: Options) -> Resolved:
    """About the creator of the post that a gallery is over."""
    creator = await _composition(asked).whose(str(given[1]))
    return await permit_about(asked, action, ActionSubject(creator) if creator is not None else None)


_PLACE = PickerPlace(_composition, SuggestionComposition.prefix, by_gallery, writes=False)


@asks(Action.POST_ASK, by_suggestion)
async def choose_media(asked: Asked, ref: str) -> None:
    """The button [Media …] below a suggested post, of its writer and of managers."""

    async def deed() -> Said:
        await _must_look(asked)
        opened = await _composition(asked).begin(permit_of(asked), DraftId(ref))
        step = await step_of(asked, opened)
        return shown(await service(asked, MediaPickerService).show(_composition(asked), step))

    await in_place(asked, deed)


@asks(Action.POST_ASK, by_gallery)
async def done(asked: Asked, ref: str) -> None:
    """The button [Done] of the picker: the post again, with what was chosen."""
    wish, rewriting, composition = (
        server_wish_of(asked),
        service(asked, SuggestionEditService),
        _composition(asked),
    )

    async def stage() -> CommandId | None:
        await _must_look(asked)
        return await rewriting.stage(wish, await composition.suggestion(await step_of(asked, ref)))

    async def accept(command: CommandId) -> Said:
        picker, step = service(asked, MediaPickerService), await step_of(asked, ref)
        stopped = await picker.trouble(composition, step, tr("Done"))
        if stopped is not None:
            await service(asked, Commands).cancel(command)
            return shown(stopped)
        return await composition.save(command, actor_of(asked), step)

    await two_phase(asked, stage=stage, accept=accept, in_place=True)


@asks(Action.POST_ASK, by_gallery)
async def keep(asked: Asked, ref: str) -> None:
    """The button [Cancel] of the picker."""

    async def deed() -> Said:
        return await _composition(asked).keep(await step_of(asked, ref))

    await in_place(asked, deed)


async def _must_look(asked: Asked) -> None:
    if not await may_look(asked):
        raise ProposalRefused(tr(_NO_VAULT))


BUTTONS: ButtonHandlers = {
    **buttons_of(_PLACE),
    MEDIA: choose_media,
    f"{_PLACE.prefix}.done": done,
    f"{_PLACE.prefix}.keep": keep,
}
LISTS: ListHandlers = lists_of(_PLACE)
WINDOWS: WindowHandlers = windows_of(_PLACE)
