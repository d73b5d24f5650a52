"""Reply windows and kept replies of a desk: one waits for whoever asks."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from dataclasses import dataclass, field

from bot.engine.commands import CommandWish
from bot.features.inbox.checks.pending_reply_service import PendingReplyService, ReplyEditWindow
from bot.model.ports import MessageToFan, Post
from storage.records import CommandId, DraftId, EffectId
from tests.discord.desk import Desk, DeskServices


@dataclass
class DeskPressing:
    """`Pressing` of a desk."""

    desk: Desk
    message: MessageToFan = field(default_factory=lambda: MessageToFan("Kept back"))
    pressed: list[str] = field(default_factory=list)

    async def window(self, wish: CommandWish, line: EffectId | None, *, about: str = "") -> DraftId:
        return DraftId(line or about)

    async def edit(self, wish: CommandWish, ref: DraftId) -> ReplyEditWindow:
        return ReplyEditWindow(ref, self.message, CommandId("kept"))

    async def is_priced(self, wish: CommandWish, ref: DraftId) -> bool:
        return self.message.price is not None

    async def stage(
        self, wish: CommandWish, ref: DraftId, *, reads: bool, role: str = "", alone: bool = True
    ) -> CommandId | None:
        return self.desk.keep(wish, "reply.press")

    async def send(self, command: CommandId) -> Post | str | None:
        return self._settle(command, "send")

    async def discard(self, command: CommandId) -> Post | str | None:
        return self._settle(command, "discard")

    def _settle(self, command: CommandId, how: str) -> str:
        self.desk.kept[command].state = "accepted"
        self.pressed.append(how)
        return f"Done: {how}."


def stand_ins(desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {PendingReplyService: DeskPressing(desk)}
