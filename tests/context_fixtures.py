"""The context of features, where no whole bridge is around them."""

from bot.engine.commands import Commands
from bot.engine.derived_ids import DerivedIds
from bot.engine.dispatch import Dispatch
from bot.engine.guild_routing import ALONE
from bot.engine.outbox import Effects
from bot.engine.retry import RetryWaits
from bot.features.people.accounts.keyring import Keyring, MasterKey
from bot.model.ports import Clock, Ids
from bot.relay.context import Context
from storage.database import Database
from tests.audit_log_fixtures import trail_in


async def context_in(database: Database, *, dispatch: Dispatch, clock: Clock, ids: Ids) -> Context:
    """As at the start of a bridge that alone has this database, with the usual pauses."""
    sealer = Keyring([MasterKey("test", b"k" * 32)])
    effects = Effects(
        sealer=sealer,
        dispatch=dispatch,
        clock=clock,
        ids=DerivedIds(b"a secret of the installation"),
        trail=await trail_in(database, sealer, clock, ids),
    )
    return Context(
        database=database,
        sealer=sealer,
        effects=effects,
        commands=Commands(
            database=database, sealer=sealer, effects=effects, clock=clock, ids=ids, serving=ALONE
        ),
        dispatch=dispatch,
        clock=clock,
        ids=ids,
        waits=RetryWaits(),
        serving=ALONE,
    )
