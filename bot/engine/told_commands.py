"""What Discord was told of a bot's commands, kept over a restart."""

from dataclasses import dataclass

from bot.engine.guild_routing import GuildRouting
from storage.database import Database, Transaction
from storage.engine import instance

_HASH, _TO_TEAM, _OLD_NAMES = "commands", "commands.to_team", "commands.old_names"

_YES = "yes"


@dataclass(frozen=True)
class ToldCommands:
    """What Discord knows."""

    fingerprint: str
    to_team: bool  # whether only those who have the team's mark are offered most of them
    old_names: bool  # whether the names of the version before are offered, too


class ToldCommandStore:
    """One for each bot."""

    def __init__(self, database: Database, serving: GuildRouting) -> None:
        self._database = database
        self._serving = serving

    async def last(self) -> ToldCommands | None:
        """None: Discord was told nothing yet."""
        return await self._database.read(self._last)

    async def keep(self, told: ToldCommands) -> None:
        async def work(tx: Transaction) -> None:
            named = self._serving.named
            await instance.remember(tx, name=named(_HASH), value=told.fingerprint)
            await instance.remember(tx, name=named(_TO_TEAM), value=_word(told.to_team))
            await instance.remember(tx, name=named(_OLD_NAMES), value=_word(told.old_names))

        await self._database.write(work)

    async def _last(self, tx: Transaction) -> ToldCommands | None:
        named = self._serving.named
        fingerprint = await instance.recall(tx, named(_HASH))
        if fingerprint is None:
            return None
        return ToldCommands(
            fingerprint=fingerprint,
            to_team=await instance.recall(tx, named(_TO_TEAM)) == _YES,
            # A version that kept no word about it told Discord the old names itself: people know them.
            old_names=await instance.recall(tx, named(_OLD_NAMES)) in {_YES, None},
        )


async def told_for_team(tx: Transaction) -> bool | None:
    """Whether the home bot's commands are offered to the team alone; None: no word of it was kept yet."""
    word = await instance.recall(tx, _TO_TEAM)
    return None if word is None else word == _YES


def _word(yes: bool) -> str:  # noqa: FBT001 - the one thing that it is about
    return _YES if yes else "no"
