"""Handler of one change to a list: renamed, deleted, or a fan taken off it."""

from bot.engine.effect_handler import Body, Done, EffectHandler, Moot, Outcome, SettlingMethod, fan_of
from bot.engine.member_languages import as_asked
from bot.engine.outbox import wanted_alert
from bot.features.publishing.lists import texts
from bot.features.publishing.lists.fanvue import FanvueFanLists
from bot.model.errors import DeliveryRefused, TargetGone
from bot.model.language import msgid, tr, tr_stored
from bot.model.ports import Post
from bot.relay.context import Context
from bot.text.safe_text import safe
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.engine import outbox
from storage.records import CommandId, Effect, EffectState, Millis

CHANGE = "list.change"
RENAME, DELETE, REMOVE = "rename", "delete", "remove"
_EDITABLE: Millis = 840_000
_DID = {
    RENAME: msgid("The list {name} is renamed to {to}."),
    DELETE: msgid("The list {name} is deleted."),
    REMOVE: msgid("The list {name} is without this fan now."),
}
_DID_NOT = {
    RENAME: msgid("The list {name} was not renamed. {reason}"),
    DELETE: msgid("The list {name} was not deleted. {reason}"),
    REMOVE: msgid("The list {name} was not changed. {reason}"),
}


class ListChangeHandler(EffectHandler):
    """Each is a state, and the same twice is the same once: a change whose answer was lost is made again.

    In the list's stream each is settled before the next begins, so a repeat undoes no later one.
    """

    settling = SettlingMethod.REPEAT

    def __init__(self, ctx: Context, there: FanvueFanLists) -> None:
        self._there = there
        self._ctx = ctx

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Ask Fanvue once.

        Who is not on the list is off it, and a list that is not there is deleted: it was there when it was
        asked for. An attempt whose answer was lost cannot be told from somebody who was faster, and the HTTP
        client itself repeats a DELETE on a connection that broke.
        """
        creator, which = effect.creator, body["list"]
        try:
            match body["what"]:
                case "rename":
                    await self._there.rename(creator, which, body["to"])
                case "delete":
                    await self._there.delete(creator, which)
                case _:
                    await self._there.take_off(creator, which, fan_of(effect))
        except TargetGone as gone:
            if body["what"] == RENAME:
                return Moot(gone.reason)
        except DeliveryRefused as no:
            return Moot(no.reason)
        return Done()

    async def settled(self, tx: Transaction, effect: Effect, state: EffectState) -> None:
        """Say in the private answer what became of it; a failure also where that answer is over."""
        if state is EffectState.UNKNOWN:
            return
        now, body = await outbox.get(tx, effect.id) or effect, self._ctx.effects.body(effect)
        command = await command_rows.get(tx, CommandId(body["command"]))
        part = f"{state}:{effect.attempts}:{safe(now.reason or '')}"
        if command is not None and command.created_at + _EDITABLE > self._ctx.clock.now():
            with as_asked(command):
                post = _ended(body, state, now.reason)
            await self._ctx.commands.answer(tx, command, post, part=f"{effect.id}:{part}")
        elif state is not EffectState.DONE:
            post = _ended(body, state, now.reason)
            await self._ctx.effects.add(
                tx, wanted_alert(effect.creator, cause=effect.id, part=part, post=post)
            )


def _ended(body: Body, state: EffectState, why: str | None) -> Post:
    name, reason = texts.called(body["name"]), tr_stored(why or "")
    if state is EffectState.DONE:
        said = tr(_DID[body["what"]], name=name, to=texts.called(body.get("to", "")))
    elif state is EffectState.PENDING:
        said = tr("The list {name}: {reason}", name=name, reason=reason)
    else:
        said = tr(_DID_NOT[body["what"]], name=name, reason=reason or tr("Fanvue gave no reason."))
    return Post(body=(said,))
