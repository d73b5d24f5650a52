"""A creator's saved sets of media, filled in for a fan, or for many."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot.access.permits import authorize
from bot.access.policy import Action
from bot.features.inbox.templates.search_service import TemplateSearchService
from bot.features.publishing.picker.model import PickerBundle, PickerStep
from bot.model.ports import MessageToFan
from bot.relay.context import Context
from bot.relay.field_values import fan_values, shared_values
from bot.relay.message_template import TemplateRefused, filled
from storage.database import Transaction
from storage.inbox import threads
from storage.records import Millis

Values = Mapping[str, str | None]
Filling = Callable[[Transaction, PickerStep, Millis], Awaitable[Values | None]]


class SavedSets:
    """Templates with media. Who may not use templates has none."""

    def __init__(self, ctx: Context, *, finding: TemplateSearchService, values: Filling) -> None:
        """`values`: what stands for the fields of a text; None: there is nobody to fill them in for."""
        self._ctx = ctx
        self._finding = finding
        self._values = values

    async def of(self, step: PickerStep) -> Sequence[PickerBundle]:
        """The newest used first; of one whose fields nobody can fill in, only the media."""

        async def work(tx: Transaction) -> list[PickerBundle]:
            permit = await authorize(tx, step.permit.actor, Action.TEMPLATE_USE, step.permit.creator)
            values = await self._values(tx, step, self._ctx.clock.now())
            if permit is None or values is None:
                return []
            found = [(kept, self._finding.readable(kept)) for kept in await self._finding.usable(tx, permit)]
            return [
                PickerBundle(kept.id, kept.name, _filled(message, values))
                for kept, message in found
                if message is not None and message.media
            ]

        return await self._ctx.database.read(work)


async def for_fan(tx: Transaction, step: PickerStep, now: Millis) -> Values | None:
    """The values of the fan in whose thread somebody presses."""
    thread = await threads.by_discord(tx, step.channel)
    if thread is None or thread.creator != step.permit.creator:
        return None
    return await fan_values(tx, thread, now=now)


async def for_all(tx: Transaction, step: PickerStep, now: Millis) -> Values | None:
    """The values of a text that many read."""
    creator = step.permit.creator
    return None if creator is None else await shared_values(tx, creator, now=now)


def _filled(message: MessageToFan, values: Values) -> MessageToFan:
    try:
        return filled(message, values)
    except TemplateRefused:
        return MessageToFan(None, message.media, message.price, message.preview)
