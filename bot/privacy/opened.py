"""Builds what concerns privacy, and says what of it runs in the background."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.engine.effect_handler import EffectHandler
from bot.engine.supervision import BackgroundTask, periodic
from bot.privacy import clearing, removing
from bot.privacy.answering import Answering
from bot.privacy.asking import Asking
from bot.privacy.choosing import MODE, TERMS, Choosing
from bot.privacy.clearing import Clearing, LookAtDue
from bot.privacy.erasing import Erasing
from bot.privacy.erasure import Erasure
from bot.privacy.erasure_deeds import TOLD, PrivatePort, TakeAll, TellTheEnd
from bot.privacy.erasure_job import ErasureJob, Unlink
from bot.privacy.forgetting import FORGET, Forgetting
from bot.privacy.handing import EXPORT, Handing
from bot.privacy.lane import PAUSE, Lane
from bot.privacy.removing import DeleteThread, RemoveLines, RestThread, ShowTombstone
from bot.privacy.rounds import Rounds
from bot.privacy.showing import Showing, Whole
from bot.relay.context import Context
from bot.relay.removal_port import RemovalPort
from storage.errors import DatabaseUnreachable
from storage.people import creator_wipe
from storage.records import DiscordId, EffectId

_SECONDS = 10.0  # between two looks at the daily round
_LIMIT = 120.0


@dataclass(frozen=True)
class Privacy:
    """The parts that the rest of the program speaks to."""

    choosing: Choosing
    answering: Answering
    forgetting: Forgetting
    handing: Handing
    erasure: Erasure
    showing: Showing
    rounds: Rounds
    job: ErasureJob
    ground: Context

    async def show_line(self, line: EffectId, channel: DiscordId) -> Whole | str:
        """The whole of a line of this channel that says only who and when, for a private answer."""
        return await self.showing.show(line, channel)

    def deeds(self, discord: RemovalPort, private: PrivatePort) -> Mapping[str, EffectHandler]:
        """The kinds of effects that take things away on Discord."""
        on = self.ground
        database, effects = on.database, on.effects
        lane = Lane(clock=on.clock, pause=max(int(PAUSE / on.divisor), 1))
        return {
            clearing.DUE: LookAtDue(
                database=database, discord=discord, effects=effects, lane=lane, clock=on.clock
            ),
            clearing.DELETE: DeleteThread(database=database, discord=discord, effects=effects, lane=lane),
            clearing.REMOVE: RemoveLines(database=database, discord=discord, effects=effects, lane=lane),
            removing.MARK: ShowTombstone(database=database, discord=discord, effects=effects, late=on.late),
            removing.REST: RestThread(discord=discord),
            creator_wipe.TAKING: TakeAll(database=database, discord=discord, lane=lane),
            TOLD: TellTheEnd(private=private),
        }

    def duties(self) -> list[BackgroundTask]:
        """What must run for texts to be erased in time, and creators whole."""
        looks = {"retention": self.rounds.look, "erasure": self.job.look}
        pause, passing = _SECONDS / self.ground.divisor, (DatabaseUnreachable,)
        return [
            BackgroundTask(name, periodic(pause, look, passing=passing), _LIMIT)
            for name, look in looks.items()
        ]


def open_privacy(
    on: Context, unlink: Unlink, pruned: Callable[[str, int], None] = lambda _table, _rows: None
) -> Privacy:
    """Privacy on this database; `unlink` ends the link of a person to an account.

    `pruned` counts rows that were deleted because their time was over, by their table.
    """
    database, effects, clock, ids = on.database, on.effects, on.clock, on.ids
    asking = Asking(database=database, clock=clock, ids=ids)
    choosing = Choosing(database=database, asking=asking, clock=clock, trail=effects.trail)
    erasing = Erasing(database=database, sealer=on.sealer, clock=clock)
    forgetting = Forgetting(
        database=database,
        sealer=on.sealer,
        effects=effects,
        asking=asking,
        erasing=erasing,
        clock=clock,
    )
    handing = Handing(database=database, sealer=on.sealer, effects=effects, asking=asking, clock=clock)
    return Privacy(
        choosing=choosing,
        answering=Answering(
            database=database,
            asking=asking,
            carriers={MODE: choosing, TERMS: choosing, FORGET: forgetting, EXPORT: handing},
        ),
        forgetting=forgetting,
        handing=handing,
        erasure=Erasure(database=database, effects=effects, commands=on.commands, asking=asking, clock=clock),
        showing=Showing(database=database, effects=effects),
        rounds=Rounds(
            database=database,
            erasing=erasing,
            clearing=Clearing(effects=effects),
            effects=effects,
            clock=clock,
            pruned=pruned,
        ),
        job=ErasureJob(database=database, effects=effects, commands=on.commands, unlink=unlink, clock=clock),
        ground=on,
    )
