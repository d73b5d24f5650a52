"""A member whom the owner allowed signs the creator in again for them."""

import pytest

from storage.database import Transaction
from storage.people import consents, creators, grants
from storage.records import DiscordId, LinkState
from tests.confirmations import linked
from tests.features.people.accounts.accounts_scenario import AccountStage


async def waits_for_a_sign_in(studio: AccountStage) -> None:
    """Olivia's link, at home on her server, of which Fanvue wants a new sign-in."""
    await studio.linked()

    async def work(tx: Transaction) -> None:
        guild = DiscordId(studio.ids["guild"])
        olivia = studio.user("olivia")
        await consents.give(tx, studio.creator_id, guild, "server", by=olivia, now=1)
        link = await creators.open_link(tx, studio.creator_id)
        assert link is not None
        await creators.move(tx, link.id, was=LinkState.ACTIVE, to=LinkState.RELINK_REQUIRED)

    await studio.database.write(work)


async def granted(studio: AccountStage, kind: str, subject: DiscordId, plus: str) -> None:
    """A chatter, with single permissions more."""
    guild = DiscordId(studio.ids["guild"])
    kept = grants.GrantRecord(
        f"{kind}-1", studio.creator_id, guild, kind, subject, "chatter", plus, "", None, None, 1
    )
    await studio.database.write(lambda tx: grants.put(tx, kept))


async def maya_signs_in(studio: AccountStage) -> str:
    """Maya signs in to the same account and says yes; what she is told."""
    await studio.browser().walk(await studio.begin("maya"), studio.user("maya"), studio.creator.uuid)
    answered = await studio.linking.answer(linked(await studio.pending(), studio.user("maya")))
    return str(answered)


async def owners(studio: AccountStage) -> list[tuple[int, str]]:
    return [(row["discord_user"], row["state"]) for row in await studio.rows("links")]


async def test_who_may_renews_the_owners_link_and_the_owner_is_told(studio: AccountStage) -> None:
    await waits_for_a_sign_in(studio)
    await granted(studio, "member", studio.user("maya"), "relink")
    before = await studio.rows("consents"), await studio.rows("grants")

    said = await maya_signs_in(studio)

    olivia = studio.user("olivia")
    assert "is signed in again, and we notified its owner" in said
    assert await owners(studio) == [(olivia, "closed"), (olivia, "active")]
    assert len(await studio.rows("tokens")) == 1
    assert (await studio.rows("consents"), await studio.rows("grants")) == before
    asked = str(await studio.asked())
    assert f"It belongs to <@{olivia}>, who remains the owner" in asked
    assert f"<@{studio.user('maya')}> signed **@" in asked
    assert [row["actor"] for row in await studio.rows("audit")][-1] == studio.user("maya")


@pytest.mark.parametrize("case", ["no permission", "a role of the server has it", "nobody asked for it"])
async def test_everybody_else_is_refused_as_a_second_owner(studio: AccountStage, case: str) -> None:
    await waits_for_a_sign_in(studio)
    maya, guild = studio.user("maya"), DiscordId(studio.ids["guild"])
    match case:
        case "no permission":
            await granted(studio, "member", maya, "")
        case "a role of the server has it":
            await granted(studio, "role", guild, "relink")
        case _:
            await granted(studio, "member", maya, "relink")
            (link,) = await studio.rows("links")
            await studio.database.write(
                lambda tx: creators.move(tx, link["id"], was=LinkState.RELINK_REQUIRED, to=LinkState.ACTIVE)
            )
    before = await studio.rows("links"), await studio.rows("tokens")

    said = await maya_signs_in(studio)

    assert "Another Discord user already connected this Fanvue account, so nothing changed" in said
    assert (await studio.rows("links"), await studio.rows("tokens")) == before
