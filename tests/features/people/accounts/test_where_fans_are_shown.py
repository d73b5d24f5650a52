"""A yes binds the forum and lets in the role that its button named, nothing else."""

from typing import Any

from bot.features.people.accounts.confirmation_service import NOT_THERE
from bot.relay.channel_access import KIND
from storage.database import Transaction
from storage.inbox import forum_setups, forums
from storage.people import consents, grants
from storage.records import DiscordId, Forum
from tests.confirmations import linked
from tests.features.people.accounts.accounts_fixtures import START
from tests.features.people.accounts.accounts_scenario import AccountStage

MILAS, LUNAS, TEAM, CURIOUS = DiscordId(71), DiscordId(72), DiscordId(81), DiscordId(82)


async def prepared(studio: AccountStage, *which: tuple[DiscordId, DiscordId | None]) -> None:
    """Somebody ran /setup for each of these, with this role."""
    guild = DiscordId(studio.ids["guild"])

    async def work(tx: Transaction) -> None:
        for forum, team in which:
            place = Forum(forum, guild, DiscordId(70), DiscordId(forum + 100), None, "{}", f"forum-{forum}")
            await forums.add(tx, place, START)
            await forum_setups.note(tx, forum, by=DiscordId(5), team=team, now=START)

    await studio.database.write(work)


async def asked(studio: AccountStage) -> dict[str, str]:
    """The buttons of the question that is open, each with what it names."""
    await studio.browser().walk(await studio.begin(), studio.user("olivia"), studio.creator.uuid)
    pending = await studio.pending()
    for body in await studio.asked():
        buttons = {one["label"]: one["ref"] for one in body.get("post", {}).get("buttons", ())}
        if buttons.get("No") == pending:
            return buttons
    raise AssertionError("nothing is asked")


async def homes(studio: AccountStage) -> dict[int, str | None]:
    """Whose each forum is."""
    return {row["forum_id"]: row["creator_uuid"] for row in await studio.rows("forums")}


async def held(studio: AccountStage) -> list[tuple[int, Any]]:
    """The roles that are let in, and by whom."""
    guild = DiscordId(studio.ids["guild"])
    found = await studio.database.read(lambda tx: grants.of_creator(tx, studio.creator_id, guild))
    return [(one.subject, one.by) for one in found]


async def test_the_forum_of_the_pressed_button_is_bound_and_held_until_it_is_closed_to_others(
    studio: AccountStage,
) -> None:
    await prepared(studio, (MILAS, TEAM), (LUNAS, CURIOUS))
    ways = await asked(studio)

    said = await studio.linking.answer(linked(ways[f"Yes, in #forum-{MILAS}"], studio.user("olivia")))

    assert "New messages from fans appear in the forum." in said
    assert await homes(studio) == {MILAS: studio.creator_id, LUNAS: None}
    assert await held(studio) == [(TEAM, studio.user("olivia"))]
    assert await studio.database.read(lambda tx: forums.held(tx, studio.creator_id))
    (follows,) = [row for row in await studio.rows("outbox") if row["kind"] == KIND]
    assert follows["creator_uuid"] == studio.creator_id
    assert {"guild": studio.ids["guild"], "only": True} in await studio.asked()


async def test_a_yes_that_takes_no_forum_binds_none_and_lets_nobody_in(studio: AccountStage) -> None:
    await prepared(studio, (MILAS, TEAM))
    ways = await asked(studio)

    said = await studio.linking.answer(linked(ways["Yes, but not there"], studio.user("olivia")))

    assert "One step is left: someone who manages this server uses /setup" in said
    assert await homes(studio) == {MILAS: None}
    assert await held(studio) == []


async def test_nobody_else_answers_by_an_offer_and_after_one_answer_the_others_are_over(
    studio: AccountStage,
) -> None:
    await prepared(studio, (MILAS, None), (LUNAS, None))
    ways = await asked(studio)
    of_milas, of_lunas = ways[f"Yes, in #forum-{MILAS}"], ways[f"Yes, in #forum-{LUNAS}"]

    stranger = await studio.linking.answer(linked(of_milas, studio.user("maya")))
    before = await homes(studio)
    await studio.linking.answer(linked(of_lunas, studio.user("olivia")))
    again = await studio.linking.answer(linked(of_milas, studio.user("olivia")))

    assert (stranger, again) == (NOT_THERE, NOT_THERE)
    assert before == {MILAS: None, LUNAS: None}
    assert await homes(studio) == {MILAS: None, LUNAS: studio.creator_id}
    denied = [row["outcome"] for row in await studio.rows("audit") if row["action"] == "link.answer"]
    assert "denied" in denied


async def test_a_forum_that_somebody_took_meanwhile_is_not_taken_and_its_role_is_not_let_in(
    studio: AccountStage,
) -> None:
    other = studio.fanvue.world.add_creator("vera", "Vera")
    await studio.linked("maya", other)
    await prepared(studio, (MILAS, TEAM))
    ways = await asked(studio)
    (theirs,) = [row["creator_uuid"] for row in await studio.rows("creators")]
    await studio.database.write(lambda tx: forums.bind(tx, MILAS, theirs))

    said = await studio.linking.answer(linked(ways["Yes, connect"], studio.user("olivia")))

    assert "One step is left" in said
    assert await homes(studio) == {MILAS: theirs}
    assert await held(studio) == []


async def test_a_role_that_was_changed_since_the_question_is_not_let_in(studio: AccountStage) -> None:
    await prepared(studio, (MILAS, TEAM))
    ways = await asked(studio)
    await prepared(studio, (MILAS, CURIOUS))

    await studio.linking.answer(linked(ways["Yes, connect"], studio.user("olivia")))

    assert await homes(studio) == {MILAS: studio.creator_id}
    assert await held(studio) == []


async def test_a_server_that_took_its_word_back_is_not_made_to_give_it_again_by_a_setup_of_before(
    studio: AccountStage,
) -> None:
    guild, olivia = DiscordId(studio.ids["guild"]), studio.user("olivia")

    async def left(tx: Transaction) -> None:
        await consents.give(tx, studio.creator_id, guild, "server", by=DiscordId(5), now=START)
        await consents.withdraw(tx, studio.creator_id, guild, "server", by=DiscordId(5), now=START)

    await prepared(studio, (MILAS, TEAM))
    await studio.linked()
    await studio.unlink(studio.creator_id, olivia)
    await studio.database.write(lambda tx: forums.remove(tx, MILAS))
    await studio.database.write(left)
    await prepared(studio, (LUNAS, TEAM))
    ways = await asked(studio)

    await studio.linking.answer(linked(ways["Yes, connect"], olivia))

    assert "Yes, but not there" not in ways
    assert await homes(studio) == {LUNAS: None}
    assert not await studio.database.read(lambda tx: consents.both(tx, studio.creator_id, guild))


async def test_another_owner_shuts_out_whom_the_first_one_let_in(studio: AccountStage) -> None:
    await prepared(studio, (MILAS, TEAM))
    await studio.linked("olivia")
    before = await held(studio)
    await studio.unlink(studio.creator_id, studio.user("olivia"))

    await studio.linked("maya")

    assert before == [(TEAM, studio.user("olivia"))]
    assert await held(studio) == []
    follows = [row for row in await studio.rows("outbox") if row["kind"] == KIND]
    assert len(follows) == 2  # the channels follow each of both words
