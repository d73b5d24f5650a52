"""The trial of a draft on one fan: the fan, the question, the presses."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.engine.input_windows import SAVED, InputWindowExpired, InputWindowHolder, InputWindows
from bot.features.publishing.safety import trial_texts as wording
from bot.model.language import tr
from bot.model.ports import Button, MessageToFan, Post
from bot.relay.context import Context
from bot.relay.fan_labels import choices_of
from bot.relay.impostors import label_of
from bot.relay.reply_gate import DISCARD, EDIT, SEND
from bot.relay.reply_queue import CANCEL
from storage.database import Transaction
from storage.engine.confusables import folded, likeness
from storage.inbox import fan_search, fans, threads
from storage.records import CreatorId, DiscordId, DraftId, FanId, FanThread, Millis

_KIND = "mass.one_fan"
_LIFE: Millis = 900_000  # as long as a preview may be confirmed
_OPTION = 90  # characters of a fan to choose from
_READ = 100  # fans whose names are like it; only those with a thread here are offered
# What a reply that did not leave at once offers, and what that is here: its own buttons work in threads only.
_OURS = {SEND: "onefan.kept", DISCARD: "onefan.discard", CANCEL: "onefan.cancel"}
_NOT_KEPT = DiscordId(0)


@dataclass(frozen=True)
class FanTrial:
    """The subject of a button. `of`: the reply that was kept back, or that waits for its time."""

    view: str  # of the draft, as it was when this was asked
    fan: str
    channel: DiscordId  # the fan's thread
    of: str = ""
    forum: DiscordId = _NOT_KEPT  # that the thread is in now


class TrialSendService:
    """Whether somebody may answer this creator's fans was asked before each call."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._windows = InputWindows(_KIND, clock=ctx.clock, ids=ctx.ids, life=_LIFE)

    async def whose(self, ref: DraftId, holder: InputWindowHolder) -> CreatorId | None:
        """About which creator's fan this member's button is; None: it is not theirs."""
        draft = await self._ctx.database.read(lambda tx: self._windows.of(tx, ref))
        mine = draft is not None and (draft.owner, draft.guild) == (holder.member, holder.guild)
        return draft.creator if draft is not None and mine else None

    async def like(self, holder: InputWindowHolder, typed: str) -> Sequence[tuple[str, str]]:
        """Words and ids of this creator's fans with an open thread here and a name like that."""
        part = folded(typed.strip().lstrip("@"))

        async def work(tx: Transaction) -> list[tuple[str, str]]:
            found = await fan_search.fans_named(
                tx, _creator(holder), part=part, alike=likeness(part) or part, limit=_READ
            )
            here = [one for one in found if await _thread(tx, holder, one.id) is not None]
            exactly = [one for one in here if folded(one.handle or "") == part]
            offered = exactly or here
            words = await choices_of(tx, offered, longest=_OPTION)
            return [(said, one.id) for said, one in zip(words, offered, strict=True)]

        return await self._ctx.database.read(work) if part else []

    async def ask(self, holder: InputWindowHolder, view: str, fan: str, message: MessageToFan) -> Post | None:
        """The question; None: nobody of this id can be written to here."""

        async def work(tx: Transaction) -> Post | None:
            thread = await _thread(tx, holder, FanId(fan))
            known = await fans.get(tx, _creator(holder), FanId(fan))
            if thread is None or thread.thread is None or known is None:
                return None
            ref = await self._open(tx, holder, FanTrial(view, fan, thread.thread))
            return wording.question(ref, view, await label_of(tx, known), message)

        return await self._ctx.database.write(work)

    async def trial(self, ref: DraftId, holder: InputWindowHolder) -> FanTrial:
        """The trial of a press. Raises InputWindowExpired for one that is settled or too old."""

        async def work(tx: Transaction) -> FanTrial:
            found = await self._still(tx, ref, holder)
            if not found:  # the fan was forgotten meanwhile
                raise InputWindowExpired(tr(wording.OVER))
            trial = FanTrial(**found)
            thread = await _thread(tx, holder, FanId(trial.fan))
            if thread is None or thread.thread != trial.channel:
                raise InputWindowExpired(tr(wording.NO_THREAD))
            return replace(trial, forum=thread.forum)

        return await self._ctx.database.read(work)

    async def take(self, ref: DraftId, holder: InputWindowHolder) -> None:
        """Let this press count, and none after it. Raises InputWindowExpired where another one did."""

        async def work(tx: Transaction) -> None:
            await self._still(tx, ref, holder)
            await self._windows.saved(tx, ref, holder)

        await self._ctx.database.write(work)

    async def shown(self, holder: InputWindowHolder, trial: FanTrial, said: Post | str) -> Post:
        """The outcome, with buttons that work under a draft, and the way back to it."""
        post = Post(body=(said,)) if isinstance(said, str) else said
        back = Button("compose.go", trial.view, tr(wording.BACK))

        async def work(tx: Transaction) -> tuple[Button, ...]:
            made = []
            for button in post.buttons:
                if button.action in _OURS:
                    ref = await self._open(tx, holder, replace(trial, of=button.ref))
                    made.append(replace(button, action=_OURS[button.action], ref=ref))
            return tuple(made)

        edits = any(button.action == EDIT for button in post.buttons)
        buttons = await self._ctx.database.write(work) if post.buttons else ()
        small = tr(wording.CHANGE) if edits and tr("Edit") in (post.small or "") else post.small
        return replace(post, small=small, buttons=(*buttons, back))

    async def _still(self, tx: Transaction, ref: DraftId, holder: InputWindowHolder) -> dict[str, Any]:
        try:
            return await self._windows.saving(tx, ref, holder)
        except InputWindowExpired as over:
            raise InputWindowExpired(tr(wording.TAKEN) if str(over) == SAVED else tr(wording.OVER)) from over

    async def _open(self, tx: Transaction, holder: InputWindowHolder, trial: FanTrial) -> DraftId:
        return await self._windows.open(tx, holder, asdict(trial))


def _creator(holder: InputWindowHolder) -> CreatorId:
    assert holder.creator is not None, "the action is about a creator"
    return holder.creator


async def _thread(tx: Transaction, holder: InputWindowHolder, fan: FanId) -> FanThread | None:
    found = await threads.current(tx, _creator(holder), fan)
    return found if found is not None and (found.state, found.guild) == ("open", holder.guild) else None
