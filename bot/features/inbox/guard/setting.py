"""The guard shown, set and tried, for one creator."""

from collections.abc import Mapping

from bot.access.permits import Permit, authorize
from bot.access.policy import Action
from bot.features.inbox.guard import texts
from bot.features.inbox.guard.detection import find
from bot.features.inbox.guard.packs import GuardLevel, GuardPack, acting, allowed, levels_of
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.context import Context
from storage.database import Transaction
from storage.inbox import guard_levels
from storage.records import CreatorId


class GuardSetting:
    """Permits were checked before; a change checks again in its own transaction."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def show(self, permit: Permit) -> Post:
        """The levels of the permit's creator."""
        creator = _about(permit)
        kept = await self._ctx.database.read(lambda tx: guard_levels.of_creator(tx, creator))
        return texts.shown(levels_of(kept), _handle(permit))

    async def put(self, permit: Permit, pack: str, level: str) -> str:
        """Set a level, as Discord's lists name it; return the answer."""
        wanted, how = GuardPack(pack), GuardLevel(level)
        if how not in allowed(wanted):
            return texts.cannot(wanted)
        return await self._ctx.database.write(lambda tx: self._put(tx, permit, wanted, how))

    async def test(self, permit: Permit, text: str, words: Mapping[str, GuardLevel]) -> Post:
        """The outcome for this text, kept nowhere. `words`: what else bites, as lines to show.

        No trigger of a pack is named: who is told tries the next spelling.
        """
        creator = _about(permit)
        kept = await self._ctx.database.read(lambda tx: guard_levels.of_creator(tx, creator))
        found, levels = find(text).packs, levels_of(kept)
        acts = acting(found, levels)
        quiet = [pack for pack in GuardPack if pack in found and pack not in acts]
        return texts.tested(acts, quiet, words)

    async def _put(self, tx: Transaction, permit: Permit, pack: GuardPack, level: GuardLevel) -> str:
        creator, by = _about(permit), permit.actor.user
        if await authorize(tx, permit.actor, Action.GUARD_SET, creator) is None:
            return tr(texts.NOT_YOURS)
        before = levels_of(await guard_levels.of_creator(tx, creator))[pack]
        if before is level:
            return texts.is_so(pack, level)
        await guard_levels.put(tx, creator, pack, level, by=by, now=self._ctx.clock.now())
        await self._ctx.trail.write(
            tx, "guard.set", "done", target=f"{pack}: {before} to {level}", actor=by, creator=creator
        )
        return texts.done(pack, before, level, _handle(permit))


def _about(permit: Permit) -> CreatorId:
    assert permit.creator is not None, "these actions are about a creator"
    return permit.creator


def _handle(permit: Permit) -> str:
    return permit.link.handle if permit.link is not None else tr("this creator")
