"""Builds what has tokens: renews them, and has them revoked."""

from dataclasses import dataclass

from bot.accounts.authority import Authority
from bot.accounts.renewing import Renewing
from bot.accounts.revoking import Revoking
from bot.accounts.tokens import Tokens
from bot.engine.in_flight import WorkerCrew
from bot.relay.context import Context


@dataclass(frozen=True)
class Signed:
    """The parts that the rest of the program speaks to."""

    tokens: Tokens
    revoking: Revoking


def open_tokens(on: Context, authority: Authority, *, paused: str | None, crew: WorkerCrew) -> Signed:
    """The tokens in this database. `paused`: why none may be renewed or revoked in this run.

    `crew`: the processes that share it, each of which may be renewing.
    """
    revoking = Revoking(
        database=on.database,
        sealer=on.sealer,
        clock=on.clock,
        ids=on.ids,
        authority=authority,
        paused=paused is not None,
    )
    renewing = Renewing(
        database=on.database,
        sealer=on.sealer,
        clock=on.clock,
        ids=on.ids,
        authority=authority,
        revoking=revoking,
        effects=on.effects,
        crew=crew,
    )
    tokens = Tokens(database=on.database, clock=on.clock, renewing=renewing, paused=paused)
    return Signed(tokens, revoking)
