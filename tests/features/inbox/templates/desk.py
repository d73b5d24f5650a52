"""`Templates` of a desk: everybody has one, which greets."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.access.permits import ActionConfirmation, Permit
from bot.access.policy import Action
from bot.features.inbox.templates.export_service import TemplateExport, TemplateExportService
from bot.features.inbox.templates.fill_service import FilledTemplate, TemplateFillService
from bot.features.inbox.templates.import_service import TemplateImportService
from bot.features.inbox.templates.model import DraftedTemplate, TemplateWindowContent
from bot.features.inbox.templates.search_service import Named, TemplateSearchService, nobody_knows
from bot.features.inbox.templates.service import TemplateService
from bot.model.ports import MessageToFan, Post
from bot.relay.message_template import TypedTemplate
from storage.records import CommandId, CreatorId, DiscordId, DraftId, EffectId, MediaId, TemplateId
from tests.discord.desk import Desk, DeskServices

GREETING = TemplateId("GrEeTiNgGhIjKlMnOpQr-_")


@dataclass
class DeskTemplates:
    """Finding, keeping and filling in one."""

    desk: Desk
    message: MessageToFan = field(default_factory=lambda: MessageToFan("Good evening"))
    typed: list[TypedTemplate] = field(default_factory=list)
    uses: list[tuple[str, TemplateId]] = field(default_factory=list)
    windows: dict[DraftId, TemplateId] = field(default_factory=dict)

    async def like(self, permit: Permit, typed: str) -> Sequence[tuple[str, str]]:
        return [("greeting", GREETING)]

    async def show(self, permit: Permit, wanted: str, named: Named = nobody_knows) -> Post:
        return Post(body=("Good evening",))

    async def listed(self, permit: Permit, page: int, named: Named = nobody_knows) -> Post:
        return Post(body=("greeting",))

    async def whose(self, ref: str) -> CreatorId | None:
        return self.desk.waiting.get(EffectId(ref))

    async def carried(self, permit: Permit, ref: DraftId) -> MessageToFan:
        return MessageToFan(None)

    async def begin(
        self, permit: Permit, *, shared: bool, media: Sequence[MediaId] = ()
    ) -> TemplateWindowContent:
        return TemplateWindowContent(DraftId(GREETING))

    async def begin_drafted(self, permit: Permit, drafted: DraftedTemplate) -> TemplateWindowContent:
        return TemplateWindowContent(drafted.ref, drafted.name, drafted.message)

    async def change(self, permit: Permit, wanted: str) -> TemplateWindowContent:
        return TemplateWindowContent(DraftId(wanted), "greeting", self.message)

    async def save(self, permit: Permit, ref: DraftId, typed: TypedTemplate) -> Post:
        self.typed.append(typed)
        return Post(body=("Saved.",))

    async def remove(self, permit: Permit, wanted: str) -> Post:
        return Post(body=("Removed.",))

    async def export(self, permit: Permit, *, csv: bool = False) -> TemplateExport:
        return TemplateExport(b"name" if csv else b"[]", number=1, unread=0)

    async def ask(self, permit: Permit, name: str, content: bytes) -> Post:
        return Post(body=(f"{name}: {len(content)} bytes.",))

    async def yes(self, yes: ActionConfirmation, *, replace: bool) -> str:
        yes.question(Action.TEMPLATE_IMPORT)
        return "Imported."

    async def no(self, permit: Permit, ref: DraftId) -> str:
        return "Not imported."

    async def fill(self, permit: Permit, channel: DiscordId, wanted: str) -> FilledTemplate:
        return FilledTemplate(GREETING, self.message)

    async def for_all(self, permit: Permit, wanted: str) -> FilledTemplate:
        return FilledTemplate(GREETING, self.message)

    async def typed_for_all(self, creator: CreatorId, text: str) -> str:
        return text

    async def used(self, ref: CommandId, template: TemplateId, creator: CreatorId) -> None:
        if self.desk.broken:
            raise RuntimeError("the use of a template")
        self.uses.append((ref, template))

    async def opened(self, window: DraftId, template: TemplateId, creator: CreatorId) -> None:
        self.windows[window] = template

    async def of_ref(self, ref: DraftId | CommandId) -> TemplateId | None:
        return self.windows.get(DraftId(ref))


def stand_ins(desk: Desk) -> DeskServices:
    """Who stands for which service."""
    one = DeskTemplates(desk)
    return {
        TemplateExportService: one,
        TemplateFillService: one,
        TemplateImportService: one,
        TemplateSearchService: one,
        TemplateService: one,
    }
