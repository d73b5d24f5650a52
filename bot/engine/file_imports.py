"""What a file would change, held until its sender says yes or no."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.access import questions
from bot.access.permits import ActionConfirmation, Permit, authorize
from bot.access.policy import Action
from bot.engine.input_windows import InputWindowExpired, InputWindowHolder, InputWindows
from bot.model.language import msgid
from bot.model.ports import Clock, Ids
from storage.database import Database, Transaction
from storage.records import DiscordId, DraftId, Millis

LIFE: Millis = 900_000  # as long as Discord lets the answer with the buttons be changed
OVER = msgid(
    "This has expired or was already answered: a file is kept for 15 minutes, and not over a "
    "restart. Import it again."
)
LEFT = msgid("Not imported.")

Read = TypeVar("Read")
Keep = Callable[[Transaction, Permit, Read], Awaitable[str]]


@dataclass(frozen=True)
class _HeldFile(Generic[Read]):
    """In memory only: its sender still has the file."""

    member: DiscordId
    until: Millis
    read: Read


class FileImports(Generic[Read]):
    """The questions of one kind of file. Permits were checked before; a yes checks again."""

    def __init__(
        self, *, database: Database, action: Action, no_right: Exception, clock: Clock, ids: Ids
    ) -> None:
        """`no_right`: raised for who may no longer do `action`; its kind is how a file is refused."""
        self._database = database
        self._action = action
        self._kind = f"{action}.propose"  # of its drafts
        self._no_right = no_right
        self._clock = clock
        self._questions = InputWindows(self._kind, clock=clock, ids=ids, life=LIFE)
        self._held: dict[DraftId, _HeldFile[Read]] = {}

    async def ask(self, tx: Transaction, permit: Permit, read: Read) -> DraftId:
        """The reference of a new question; one file of each member's is held."""
        ref = await self._questions.open(tx, _holder_of(permit), {})
        now, member = self._clock.now(), permit.actor.user
        others = {one: held for one, held in self._held.items() if held.member != member and held.until > now}
        self._held = {**others, ref: _HeldFile(member, now + LIFE, read)}
        return ref

    async def yes(self, yes: ActionConfirmation, keep: Keep[Read]) -> str:
        """Have `keep` store it as the question is settled; return its answer, or why not."""
        ref = DraftId(yes.question(self._action))
        held = self._held.get(ref)
        if held is None:
            return OVER

        async def work(tx: Transaction) -> str:
            draft = await questions.asked(tx, yes, self._action, self._kind)
            if draft is None:
                raise InputWindowExpired
            permit = await authorize(tx, yes.by, self._action, draft.creator)
            if permit is None:
                raise self._no_right
            await self._questions.saving(tx, ref, _holder_of(permit))
            said = await keep(tx, permit, held.read)
            await self._questions.saved(tx, ref, _holder_of(permit))
            return said

        return await self._settled(ref, work)

    async def no(self, permit: Permit, ref: DraftId) -> str:
        """Forget the file."""

        async def work(tx: Transaction) -> str:
            await self._questions.saving(tx, ref, _holder_of(permit))
            await self._questions.saved(tx, ref, _holder_of(permit))
            return LEFT

        return await self._settled(ref, work)

    async def _settled(self, ref: DraftId, work: Callable[[Transaction], Awaitable[str]]) -> str:
        try:
            said = await self._database.write(work)
        except InputWindowExpired:
            return OVER
        except type(self._no_right) as refused:
            return str(refused)
        self._held.pop(ref, None)
        return said


def _holder_of(permit: Permit) -> InputWindowHolder:
    return InputWindowHolder(permit.actor.user, permit.creator, permit.actor.guild)
