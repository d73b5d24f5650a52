"""A restored database presents no old token by itself (E4, R19)."""

import pytest

from bot.app.maintenance import PAUSED
from bot.features.people.accounts.revocation import TokenRevocation
from bot.features.people.accounts.tokens import AccountTokens
from bot.model.errors import TryLater
from storage.people import tokens as token_rows
from storage.records import LinkId
from tests.features.people.accounts.accounts_scenario import AccountStage


def paused(studio: AccountStage) -> AccountTokens:
    """As `bot.app.program` builds it for a database that waits for the operator's word."""
    renewing = studio.tokens._renewing
    return AccountTokens(database=studio.database, clock=studio.clock, renewing=renewing, paused=PAUSED)


def tokens_issued(studio: AccountStage) -> int:
    ledger = studio.fanvue.ledger
    return sum(len(ledger.of(kind)) for kind in ("token.issued", "token.refreshed", "token.graced"))


async def link_of(studio: AccountStage) -> LinkId:
    await studio.linked()
    (row,) = await studio.rows("links")
    return LinkId(row["id"])


async def test_an_expired_token_is_not_renewed(studio: AccountStage) -> None:
    link = await link_of(studio)
    studio.clock.pass_by(hours=2)
    issued = tokens_issued(studio)

    with pytest.raises(TryLater, match="restored from a backup") as refused:
        await paused(studio).current(link)

    assert refused.value.paused
    assert tokens_issued(studio) == issued
    assert await studio.tokens.current(link)  # after the word, the same row is renewed
    assert tokens_issued(studio) == issued + 1


async def test_a_token_that_fanvue_refused_is_not_renewed(studio: AccountStage) -> None:
    link = await link_of(studio)
    access = await studio.tokens.current(link)
    issued = tokens_issued(studio)

    with pytest.raises(TryLater, match="restored from a backup"):
        await paused(studio).refreshed(link, access)

    assert tokens_issued(studio) == issued


async def test_a_refresh_that_was_under_way_in_the_backup_is_not_repeated(studio: AccountStage) -> None:
    link = await link_of(studio)
    await studio.database.write(
        lambda tx: token_rows.mark(tx, link, generation=1, attempt="in the backup", now=studio.clock.now())
    )
    issued = tokens_issued(studio)

    await paused(studio).recover()

    assert tokens_issued(studio) == issued
    (row,) = await studio.rows("tokens")
    assert (row["attempt_id"], row["repeated"]) == ("in the backup", 0)


async def test_what_was_to_be_revoked_stays_owed(studio: AccountStage) -> None:
    await link_of(studio)
    revoking = TokenRevocation(
        database=studio.database,
        sealer=studio.means.sealer,
        clock=studio.clock,
        ids=studio.means.ids,
        authority=studio.means.authority,
        paused=True,
    )
    await studio.unlink(studio.creator_id, studio.user("olivia"))
    revoked = len(studio.fanvue.ledger.of("token.revoked"))
    await studio.database.write(lambda tx: revoking.owe(tx, "an old token"))

    await revoking.carry_out()

    states = [row["state"] for row in await studio.rows("revocations")]
    assert "owed" in states
    assert len(studio.fanvue.ledger.of("token.revoked")) == revoked
