"""A template becomes a reply to the fan of a thread, or what many would read."""

from dataclasses import dataclass

from bot.access.permits import Permit
from bot.features.inbox.templates import texts
from bot.features.inbox.templates.search_service import TemplateSearchService
from bot.model.language import tr
from bot.model.ports import MessageToFan
from bot.relay.context import Context
from bot.relay.field_values import fan_values, shared_values
from bot.relay.message_template import TemplateRefused, filled
from bot.text.template_variables import BadTemplateText, fill_typed
from storage.database import Transaction
from storage.inbox import templates, threads
from storage.records import CommandId, CreatorId, DiscordId, DraftId, TemplateId


@dataclass(frozen=True)
class FilledTemplate:
    """A message, and the template it comes from."""

    template: TemplateId
    message: MessageToFan


class TemplateFillService:
    """Whether somebody may use templates for this creator was asked before."""

    def __init__(self, ctx: Context, *, finding: TemplateSearchService) -> None:
        self._ctx = ctx
        self._finding = finding

    async def fill(self, permit: Permit, channel: DiscordId, wanted: str) -> FilledTemplate:
        """The template of this id or name for the fan of this thread. Raises TemplateRefused."""

        async def work(tx: Transaction) -> FilledTemplate:
            thread = await threads.by_discord(tx, channel)
            if thread is None or thread.creator != permit.creator:
                raise TemplateRefused(tr(texts.NO_SUCH))
            kept = await self._finding.one(tx, permit, wanted)
            message = filled(
                self._finding.message(kept), await fan_values(tx, thread, now=self._ctx.clock.now())
            )
            return FilledTemplate(kept.id, message)

        return await self._ctx.database.read(work)

    async def for_all(self, permit: Permit, wanted: str) -> FilledTemplate:
        """One of them as many fans would read it. Raises TemplateRefused, too where it needs a fan's name."""
        assert permit.creator is not None, "the action is about a creator"
        whose = permit.creator

        async def work(tx: Transaction) -> FilledTemplate:
            kept = await self._finding.one(tx, permit, wanted)
            values = await shared_values(tx, whose, now=self._ctx.clock.now())
            return FilledTemplate(kept.id, filled(self._finding.message(kept), values))

        return await self._ctx.database.read(work)

    async def typed_for_all(self, creator: CreatorId, text: str) -> str:
        """A text that was typed by hand as many fans would read it. Raises TemplateRefused."""
        now = self._ctx.clock.now()
        values = await self._ctx.database.read(lambda tx: shared_values(tx, creator, now=now))
        try:
            return fill_typed(text, values)
        except BadTemplateText as bad:
            raise TemplateRefused(tr("{bad} Not sent.", bad=bad)) from bad

    async def used(self, ref: CommandId, template: TemplateId, creator: CreatorId) -> None:
        """A reply comes from this template."""
        now = self._ctx.clock.now()
        await self._ctx.database.write(lambda tx: templates.use(tx, ref, template, creator, now=now))

    async def opened(self, window: DraftId, template: TemplateId, creator: CreatorId) -> None:
        """Remember this template as the source of what the window sends."""
        now = self._ctx.clock.now()
        await self._ctx.database.write(lambda tx: templates.remember(tx, window, template, creator, now=now))

    async def of_ref(self, ref: DraftId | CommandId) -> TemplateId | None:
        """With which template this window was filled, or from which this reply came, if from any."""
        return await self._ctx.database.read(lambda tx: templates.of_ref(tx, ref))
