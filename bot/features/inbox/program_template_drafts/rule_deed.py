"""Saves a program's template by a rule of the creator's owner."""

from bot.features.inbox.program_template_drafts.model import PROGRAM_TEMPLATE, typed
from bot.features.inbox.templates.service import TemplateService
from bot.features.operations.channel_drafts.model import ChannelDraft, RulePress
from bot.features.operations.draft_rules.model import DraftStays
from bot.relay.message_template import TemplateRefused
from storage.database import Transaction


class TemplateDeed:
    """Nothing is looked up: a template reaches nobody before somebody uses it."""

    kind = PROGRAM_TEMPLATE

    def __init__(self, templates: TemplateService) -> None:
        self._templates = templates

    async def prepare(self, _draft: ChannelDraft) -> None:
        """Nothing."""

    async def do(self, tx: Transaction, draft: ChannelDraft, by: RulePress, _prepared: None) -> None:
        """Raises DraftStays."""
        try:
            await self._templates.add_drafted(tx, by.permit, typed(draft.content))
        except TemplateRefused as refused:
            raise DraftStays(str(refused)) from refused
