"""A creator's saved sets of media, filled in for the fan of a thread."""

from collections.abc import Mapping, Sequence

from bot.access.permits import authorize
from bot.access.policy import Action
from bot.features.inbox.templates.search_service import TemplateSearchService
from bot.features.publishing.picker.model import PickerBundle, PickerStep
from bot.model.ports import Clock, MessageToFan
from bot.relay.field_values import fan_values
from bot.relay.message_template import TemplateRefused, filled
from storage.database import Database, Transaction
from storage.inbox import threads


class FanBundles:
    """Templates with media. Who may not use templates has none."""

    def __init__(self, *, database: Database, finding: TemplateSearchService, clock: Clock) -> None:
        self._database = database
        self._finding = finding
        self._clock = clock

    async def of(self, step: PickerStep) -> Sequence[PickerBundle]:
        """The newest used first; of one whose fields nobody can fill in, only the media."""

        async def work(tx: Transaction) -> list[PickerBundle]:
            creator = step.permit.creator
            permit = await authorize(tx, step.permit.actor, Action.TEMPLATE_USE, creator)
            thread = await threads.by_discord(tx, step.channel)
            if permit is None or thread is None or thread.creator != creator:
                return []
            values = await fan_values(tx, thread, now=self._clock.now())
            found = [(kept, self._finding.readable(kept)) for kept in await self._finding.usable(tx, permit)]
            return [
                PickerBundle(kept.id, kept.name, _filled(message, values))
                for kept, message in found
                if message is not None and message.media
            ]

        return await self._database.read(work)


def _filled(message: MessageToFan, values: Mapping[str, str | None]) -> MessageToFan:
    try:
        return filled(message, values)
    except TemplateRefused:
        return MessageToFan(None, message.media, message.price, message.preview)
