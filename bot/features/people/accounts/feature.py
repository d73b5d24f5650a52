"""Builds what has tokens: renews them, and has them revoked."""

from bot.engine.in_flight import WorkerCrew
from bot.features.people.accounts.authority import AuthorizationServerPort
from bot.features.people.accounts.renewal import TokenRenewal
from bot.features.people.accounts.revocation import TokenRevocation
from bot.features.people.accounts.tokens import AccountTokens
from bot.relay.context import Context


class AccountTokensFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(
        self, on: Context, authority: AuthorizationServerPort, *, paused: str | None, crew: WorkerCrew
    ) -> None:
        """The tokens in this database. `paused`: why none may be renewed or revoked in this run.

        `crew`: the processes that share it, each of which may be renewing.
        """
        self.revoking = TokenRevocation(
            database=on.database,
            sealer=on.sealer,
            clock=on.clock,
            ids=on.ids,
            authority=authority,
            paused=paused is not None,
        )
        renewing = TokenRenewal(
            database=on.database,
            sealer=on.sealer,
            clock=on.clock,
            ids=on.ids,
            authority=authority,
            revoking=self.revoking,
            effects=on.effects,
            crew=crew,
        )
        self.tokens = AccountTokens(database=on.database, clock=on.clock, renewing=renewing, paused=paused)
