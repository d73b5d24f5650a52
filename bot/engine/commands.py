"""Members' wishes, accepted in two phases once Discord took the answer (R9).

Only an accepted command has effects. If Discord did not take the first answer, the member saw a
failure, so the command is cancelled and nothing is ever sent for it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.engine.guild_routing import GuildRouting
from bot.engine.member_languages import as_asked
from bot.engine.outbox import EffectRequest, Effects, pack_post
from bot.engine.streams import answer_stream
from bot.engine.supervision import BackgroundTask, periodic
from bot.engine.tracing import NO_TRACING, StepName, Tracing
from bot.model.errors import SealDamaged
from bot.model.language import language, msgid, tr
from bot.model.ports import Clock, Ids, Post, Sealer
from storage.database import Database, Transaction
from storage.engine import commands
from storage.errors import DatabaseUnreachable
from storage.records import Command, CommandId, CommandState, CreatorId, DiscordId

TYPED = "typed:"  # begins what names a wish that no interaction brought: nobody waits for its answer
PRESS = ".press"  # ends the action of a press whose message becomes the answer
_NOT_SENT = msgid("The bridge stopped before it could take this, so it was not done. Please try again.")
_SOON = 5.0  # seconds, in which what is owed is done once the database is back
_LIMIT = 60.0


@dataclass(frozen=True)
class CommandWish:
    """A member's wish and place, and the token that lets the bridge answer for 15 minutes."""

    interaction: str
    actor: DiscordId
    actor_name: str
    guild: DiscordId
    channel: DiscordId
    token: str
    beside: bool = False  # the interaction's own answer is a line of the thread, which stays as it is


class Commands:
    """Keeps commands and answers them."""

    def __init__(
        self,
        *,
        database: Database,
        sealer: Sealer,
        effects: Effects,
        clock: Clock,
        ids: Ids,
        serving: GuildRouting,
        tracing: Tracing = NO_TRACING,
    ) -> None:
        """`serving`: the bot that is asked here."""
        self._serving = serving
        self._tracing = tracing
        self._database = database
        self._sealer = sealer
        self._effects = effects
        self._clock = clock
        self._ids = ids
        # Their members saw a failure, and the database was away; what is left when this ends a start cancels.
        self._owed: set[CommandId] = set()

    async def stage(
        self,
        wish: CommandWish,
        *,
        action: str,
        target: str = "",
        creator: CreatorId | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> CommandId | None:
        """Keep a wish before Discord is answered; None when this interaction was kept already."""

        async def work(tx: Transaction) -> CommandId | None:
            return await self.staged(tx, wish, action=action, target=target, creator=creator, body=body)

        return await self._database.write(work)

    async def staged(
        self,
        tx: Transaction,
        wish: CommandWish,
        *,
        action: str,
        target: str = "",
        creator: CreatorId | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> CommandId | None:
        """The same as part of the caller's transaction."""
        await self._make_good(tx)
        command = CommandId(self._ids.new())
        record = Command(
            id=command,
            interaction=wish.interaction,
            actor=wish.actor,
            actor_name=wish.actor_name,
            guild=wish.guild,
            channel=wish.channel,
            creator=creator,
            action=action,
            target=target,
            body=self._sealer.seal(body_place(command), json.dumps(dict(body or {})).encode()),
            state=CommandState.STAGED,
            created_at=self._clock.now(),
            token=self._sealer.seal(token_place(command), wish.token.encode()),
            application=self._serving.application,
            answer="" if wish.beside else None,
            language=None if wish.interaction.startswith(TYPED) else language(),
        )
        if not await commands.stage(tx, record):
            return None
        with self._tracing.step(StepName.COMMAND, command, first=True):
            self._tracing.ended("staged")
        return command

    async def accept(self, command: CommandId) -> bool:
        """Discord took the answer: the command counts. False when it was cancelled meanwhile."""
        return await self._database.write(lambda tx: commands.accept(tx, command))

    async def answered_in(self, command: CommandId, message: str) -> None:
        """Its private answer is a message of its own, which is changed from now on."""
        await self._database.write(lambda tx: commands.answered_in(tx, command, message))

    async def cancel(self, command: CommandId) -> None:
        """Discord did not take the answer: the member saw a failure, so nothing will be done.

        Raises DatabaseUnreachable; then it is cancelled once the database is back.
        """
        try:
            await self._database.write(lambda tx: commands.cancel(tx, command))
        except DatabaseUnreachable:
            self._owed.add(command)
            raise

    def task(self, *, divisor: float) -> BackgroundTask:
        """The background task where commands are taken; `divisor` shortens the pauses, which cost nothing."""
        run = periodic(_SOON / divisor, self._look, passing=(DatabaseUnreachable,))
        return BackgroundTask("cancellations", run, _LIMIT)

    async def _look(self) -> None:
        if self._owed:
            await self._database.write(self._make_good)

    async def _make_good(self, tx: Transaction) -> None:
        for one in (owed := frozenset(self._owed)):
            command = await commands.get(tx, one)
            if await commands.cancel(tx, one) and command is not None and command.answer is not None:
                await self._cancelled(tx, command)  # its window closed without a word
        if owed:
            tx.on_commit(lambda: self._owed.difference_update(owed))

    async def say(self, command: CommandId, post: Post) -> None:
        """Show `post` to its author as soon as Discord takes it."""

        async def work(tx: Transaction) -> None:
            found = await commands.get(tx, command)
            if found is not None:
                await self.answer(tx, found, post, part="said")

        await self._database.write(work)

    async def cancel_staged(self) -> int:
        """At start: cancel the commands staged when the process stopped, and tell their members.

        A press is not answered: its message stands as it was, with its buttons, or shows already what
        another press did.
        """

        async def work(tx: Transaction) -> int:
            staged = await self.left(tx)
            for command in staged:
                await commands.cancel(tx, command.id)
                if not command.action.endswith(PRESS):
                    await self._cancelled(tx, command)
            return len(staged)

        return await self._database.write(work)

    async def left(self, tx: Transaction) -> list[Command]:
        """Return commands staged by a process of this bot for the same servers when it stopped.

        Others may have more under way: they live.
        """
        return [one for one in await commands.staged_before(tx, self._clock.now() + 1) if self.is_ours(one)]

    def is_ours(self, command: Command) -> bool:
        """Whether it was asked of this bot, which alone may answer, where this process hears of it."""
        return self._serving.asked(command.application, command.guild)

    async def answer(
        self, tx: Transaction, command: Command, post: Post, *, part: str, within: CommandId | None = None
    ) -> None:
        """Have its private answer show `post`, if it has one; `within`: in order with that command's."""
        if command.interaction.startswith(TYPED):
            return
        await self._effects.add(
            tx,
            EffectRequest(
                network="discord",
                kind="answer",
                stream=answer_stream(within or command.id),
                creator=command.creator or CreatorId(""),
                cause=command.id,
                part=part,
                body={"command": command.id, "post": pack_post(post)},
            ),
        )

    async def _cancelled(self, tx: Transaction, command: Command) -> None:
        with as_asked(command):
            await self.answer(tx, command, Post(body=(tr(_NOT_SENT),)), part="cancelled")

    def body(self, command: Command) -> dict[str, Any]:
        """Return the member's wish. Raises Damaged."""
        body: dict[str, Any] = json.loads(self._opened(body_place(command.id), command.body))
        return body

    async def rewrite(self, tx: Transaction, command: Command, body: Mapping[str, Any]) -> bool:
        """Put another wish in the place of a kept command's; False when it is kept no more."""
        sealed = self._sealer.seal(body_place(command.id), json.dumps(dict(body)).encode())
        return await commands.rewrite(tx, command.id, sealed)

    def token(self, command: Command) -> str:
        """The interaction's token. Raises Damaged."""
        return self._opened(token_place(command.id), command.token).decode()

    def _opened(self, place: str, sealed: bytes) -> bytes:
        try:
            return self._sealer.open(place, sealed)
        except ValueError as error:
            raise SealDamaged from error


def body_place(command: CommandId) -> str:
    """Name a command body's sealing place."""
    return f"commands|body|{command}"


def token_place(command: CommandId) -> str:
    """Name a command token's sealing place."""
    return f"commands|token|{command}"
