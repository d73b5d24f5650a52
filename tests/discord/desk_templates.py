"""`Templates` of a desk: everybody has one, which greets."""

# ruff: noqa: ARG002 - the signatures are the ports'; a desk needs less than the real thing

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.access.permits import ActionConfirmation, Permit
from bot.access.policy import Action
from bot.discord.uses_templates import Named
from bot.model.ports import MessageToFan, Post
from bot.relay.message_template import TypedTemplate
from storage.records import CommandId, CreatorId, DiscordId, DraftId, EffectId, TemplateId
from tests.discord.desk import Desk

GREETING = TemplateId("GrEeTiNgGhIjKlMnOpQr-_")


@dataclass(frozen=True)
class DeskOpened:
    """A window."""

    ref: DraftId
    name: str = ""
    message: MessageToFan | None = None


@dataclass(frozen=True)
class DeskFilled:
    """What a fan would read."""

    template: TemplateId
    message: MessageToFan


@dataclass(frozen=True)
class DeskHanded:
    """A file."""

    content: bytes
    number: int = 1
    unread: int = 0


@dataclass
class DeskTemplates:
    """Finding, keeping and filling in one."""

    desk: Desk
    message: MessageToFan = field(default_factory=lambda: MessageToFan("Good evening"))
    typed: list[TypedTemplate] = field(default_factory=list)
    uses: list[tuple[str, TemplateId]] = field(default_factory=list)
    windows: dict[DraftId, TemplateId] = field(default_factory=dict)

    @property
    def finding(self) -> "DeskTemplates":
        return self

    keeping = filling = handing = importing = finding

    async def like(self, permit: Permit, typed: str) -> Sequence[tuple[str, str]]:
        return [("greeting", GREETING)]

    async def show(self, permit: Permit, wanted: str, named: Named) -> Post:
        return Post(body=("Good evening",))

    async def listed(self, permit: Permit, page: int, named: Named) -> Post:
        return Post(body=("greeting",))

    async def whose(self, ref: str) -> CreatorId | None:
        return self.desk.waiting.get(EffectId(ref))

    async def begin(self, permit: Permit, *, shared: bool) -> DeskOpened:
        return DeskOpened(DraftId(GREETING))

    async def change(self, permit: Permit, wanted: str) -> DeskOpened:
        return DeskOpened(DraftId(wanted), "greeting", self.message)

    async def save(self, permit: Permit, ref: DraftId, typed: TypedTemplate) -> Post:
        self.typed.append(typed)
        return Post(body=("Saved.",))

    async def remove(self, permit: Permit, wanted: str) -> Post:
        return Post(body=("Removed.",))

    async def export(self, permit: Permit, *, csv: bool = False) -> DeskHanded:
        return DeskHanded(b"name" if csv else b"[]")

    async def ask(self, permit: Permit, name: str, content: bytes) -> Post:
        return Post(body=(f"{name}: {len(content)} bytes.",))

    async def yes(self, yes: ActionConfirmation, *, replace: bool) -> str:
        yes.question(Action.TEMPLATE_IMPORT)
        return "Imported."

    async def no(self, permit: Permit, ref: DraftId) -> str:
        return "Nothing was imported."

    async def fill(self, permit: Permit, channel: DiscordId, wanted: str) -> DeskFilled:
        return DeskFilled(GREETING, self.message)

    async def for_all(self, permit: Permit, wanted: str) -> DeskFilled:
        return DeskFilled(GREETING, self.message)

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
