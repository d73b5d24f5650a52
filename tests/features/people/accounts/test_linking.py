"""The whole road of a link, through both sign-ins, to a Yes in Discord."""

import re
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest

from bot.engine.dispatch import InProcessDriver
from bot.engine.guild_routing import GuildRouting
from bot.engine.streams import facts_stream
from bot.features.people.accounts.confirmation_service import NOT_THERE
from bot.features.people.accounts.errors import LinkCheckFailed, LinkUnavailable
from bot.features.people.accounts.service import AccountLinkService
from bot.model.shards import whole
from storage.engine import guild_assignments, inbox
from storage.engine.inbox import NewFact
from storage.errors import DatabaseUnreachable
from storage.inbox import forums
from storage.people import creators, erasures
from storage.people.erasures import ErasureStep
from storage.records import Creator, DiscordId, FactId, FactState, Forum, LinkState
from tests.confirmations import linked, pressed_by_mistake
from tests.engine.cluster.drain_stand_in import DrainRecorder, driven
from tests.features.people.accounts.accounts_fixtures import START, FillingDatabase
from tests.features.people.accounts.accounts_scenario import COMMAND, AccountStage
from tests.features.people.accounts.browser_stand_in import PUBLIC

JWT = re.compile(r"eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}")


async def test_a_link_is_made_by_the_owners_yes_and_by_nothing_before_it(studio: AccountStage) -> None:
    olivia = studio.user("olivia")
    page = await studio.browser().walk(await studio.begin(), olivia, studio.creator.uuid)

    assert (page.status, page.url) == (200, f"{PUBLIC}/link/done")
    assert await studio.rows("links") == []
    (asked,) = await studio.asked()
    assert asked["command"] == COMMAND
    assert [button["action"] for button in asked["post"]["buttons"]] == ["link.yes", "link.no"]
    assert "@mara" in asked["post"]["body"][0]
    assert r"Mara \*Vale\*" in asked["post"]["body"][0]

    sentence = await studio.linking.answer(linked(asked["post"]["buttons"][0]["ref"], olivia))

    assert sentence.startswith("**@mara** is connected.")
    (link,) = await studio.linking.links_of(olivia)
    assert (link.creator, link.state, link.generation) == (studio.creator_id, LinkState.ACTIVE, 1)
    me = await studio.client.whoami(await studio.tokens.current(link.id))
    assert me.uuid == studio.creator_id


async def test_a_no_connects_nothing_and_gives_the_permission_back(studio: AccountStage) -> None:
    await studio.browser().walk(await studio.begin(), studio.user("olivia"), studio.creator.uuid)

    sentence = await studio.linking.refuse(await studio.pending(), studio.user("olivia"))

    assert "not connected" in sentence
    assert await studio.nothing_is_kept()


async def test_an_account_that_is_just_being_erased_is_not_connected(studio: AccountStage) -> None:
    await studio.browser().walk(await studio.begin(), studio.user("olivia"), studio.creator.uuid)
    await studio.database.write(
        lambda tx: erasures.begin(tx, studio.creator_id, by=None, command=None, step=ErasureStep.BEGUN, now=0)
    )

    said = await studio.linking.answer(linked(await studio.pending(), studio.user("olivia")))

    assert "We are erasing everything about this account right now, so it was not connected" in said
    assert await studio.rows("links") == []
    assert studio.fanvue.ledger.of("token.revoked") != []


async def test_a_question_that_nobody_answers_is_over_after_ten_minutes(studio: AccountStage) -> None:
    await studio.browser().walk(await studio.begin(), studio.user("olivia"), studio.creator.uuid)
    pending = await studio.pending()

    studio.clock.pass_by(minutes=10)

    assert "longer than 10 minutes" in await studio.linking.answer(linked(pending, studio.user("olivia")))
    assert await studio.nothing_is_kept()


async def test_tidying_lets_go_of_a_question_that_nobody_answers(studio: AccountStage) -> None:
    await studio.browser().walk(await studio.begin(), studio.user("olivia"), studio.creator.uuid)
    studio.clock.pass_by(minutes=10)

    assert await studio.nothing_is_kept()  # it tidies
    assert await studio.rows("attempts") == []


async def test_old_tickets_and_questions_are_forgotten_after_a_day(studio: AccountStage) -> None:
    await studio.browser().walk(await studio.begin(), studio.user("olivia"), studio.creator.uuid)
    studio.clock.pass_by(minutes=10)
    await studio.linking.tidy()
    assert len(await studio.rows("tickets")) == 1

    studio.clock.pass_by(hours=24)
    await studio.linking.tidy()

    assert await studio.rows("pending_links") == []
    assert await studio.rows("tickets") == []


async def test_the_second_press_of_yes_changes_nothing(studio: AccountStage) -> None:
    await studio.browser().walk(await studio.begin(), studio.user("olivia"), studio.creator.uuid)
    pending = await studio.pending()
    await studio.linking.answer(linked(pending, studio.user("olivia")))

    assert await studio.linking.answer(linked(pending, studio.user("olivia"))) == NOT_THERE
    assert await studio.linking.refuse(pending, studio.user("olivia")) == NOT_THERE
    assert len(await studio.linking.links_of(studio.user("olivia"))) == 1


async def test_only_five_links_an_hour_are_given_to_one_user(studio: AccountStage) -> None:
    for _ in range(5):
        await studio.begin()

    with pytest.raises(LinkUnavailable, match="wait a while"):
        await studio.begin()
    assert await studio.begin("maya")
    studio.clock.pass_by(hours=1)
    assert await studio.begin()


async def test_a_new_link_closes_the_older_one_even_half_way(studio: AccountStage) -> None:
    first, browser = await studio.begin(), studio.browser()
    to_fanvue = await browser.reach_fanvue(first, studio.user("olivia"))

    await studio.begin(command="another-command")

    assert (await browser.get(first)).status == 404
    callback = await browser.consent_at_fanvue(to_fanvue, studio.creator.uuid)
    assert (await browser.get(callback)).location == f"{PUBLIC}/link/problem"
    assert studio.fanvue.ledger.of("token.issued") == []


async def test_signing_in_again_renews_the_link_under_a_higher_generation(studio: AccountStage) -> None:
    await studio.linked()
    (before,) = await studio.linking.links_of(studio.user("olivia"))

    await studio.linked()

    (after,) = await studio.linking.links_of(studio.user("olivia"))
    assert (after.generation, after.creator) == (2, before.creator)
    assert [row["link_id"] for row in await studio.rows("tokens")] == [after.id]
    assert await studio.client.whoami(await studio.tokens.current(after.id))


async def test_a_prepared_forum_and_waiting_facts_become_the_creators(studio: AccountStage) -> None:
    guild, creator = DiscordId(studio.ids["guild"]), studio.creator_id
    forum = Forum(DiscordId(71), guild, DiscordId(72), DiscordId(73), None, "{}")
    fact = NewFact(FactId("f"), creator, "message", "m", "webhook", START, START, FactState.ORPHAN, None, b"")
    await studio.database.write(lambda tx: forums.add(tx, forum, START))
    await studio.database.write(lambda tx: inbox.keep(tx, fact))
    woken, drains = studio.means.dispatch, DrainRecorder()
    assert isinstance(woken, InProcessDriver)

    await studio.linked()

    bound = await studio.database.read(lambda tx: forums.of_creator(tx, creator))
    assert bound is not None
    assert bound.id == forum.id
    waiting = await studio.database.read(lambda tx: inbox.next_new(tx, creator))
    assert waiting is not None
    async with driven(woken, drains):
        await drains.until(woken.waiting)
    assert facts_stream(creator) in drains.begun


async def test_saying_no_at_fanvue_ends_on_a_page_that_says_so(studio: AccountStage) -> None:
    browser = studio.browser()
    to_fanvue = await browser.reach_fanvue(await studio.begin(), studio.user("olivia"))

    back = await browser.get(await browser.consent_at_fanvue(to_fanvue, studio.creator.uuid, approve=False))

    assert back.location == f"{PUBLIC}/link/declined"
    assert await studio.nothing_is_kept()


async def test_saying_no_at_discord_leaves_the_link_usable(studio: AccountStage) -> None:
    link, browser = await studio.begin(), studio.browser()
    to_discord = (await browser.start(link)).location
    back = await browser.get(
        await browser.sign_in_to_discord(to_discord, studio.user("olivia"), decision="deny")
    )

    assert back.location == f"{PUBLIC}/link/declined"
    assert (await browser.get(link)).status == 200


async def test_one_user_may_link_two_creators(studio: AccountStage) -> None:
    other = studio.fanvue.world.add_creator("nox", "Nox")
    await studio.linked()
    await studio.linked(account=other)

    handles = [link.handle for link in await studio.linking.links_of(studio.user("olivia"))]
    assert handles == ["mara", "nox"]


async def readable(studio: AccountStage, *secrets: str) -> list[str]:
    r"""What of these secrets, of every token that was issued and of anything shaped like one is readable.

    A bare "eyJ" would be found in ciphertext by chance, about once in a thousand links: as bytes at 1,300
    places (2^-24 each), and ten times as often as `\x?e` and "yJ" in what `repr` makes of them. Of a whole
    head and a dot the chance is below 10^-11, and every JWT has both.
    """
    tables = ("tickets", "attempts", "pending_links", "outbox")
    everything = repr([await studio.rows(name) for name in tables])
    (chain,) = {entry["chain"] for entry in studio.fanvue.ledger.of("token.issued")}
    access, refresh = studio.fanvue.world.tokens.values(chain)
    assert (len(access), len(refresh)) == (1, 1)
    told = [secret for secret in (*secrets, *access, *refresh, "ory_rt_") if secret in everything]
    return told + JWT.findall(everything)


async def brought_back(studio: AccountStage) -> list[str]:
    """Somebody has signed in on both sides; what only their browser may know."""
    browser, link = studio.browser(), await studio.begin()
    to_fanvue = await browser.reach_fanvue(link, studio.user("olivia"))
    await browser.get(await browser.consent_at_fanvue(to_fanvue, studio.creator.uuid))
    states = [part.split("&")[0] for url in browser.visited for part in url.split("state=")[1:]]
    assert len(states) == 2
    return [link.rsplit("/", 1)[1], *browser.cookies.values(), *states]


async def test_no_secret_of_a_link_is_readable_in_the_database(studio: AccountStage) -> None:
    assert await readable(studio, *await brought_back(studio)) == []


@pytest.mark.parametrize("column", ["tokens_ct", "display_name"])
async def test_a_token_that_were_kept_as_it_is_would_be_found(studio: AccountStage, column: str) -> None:
    await brought_back(studio)
    (chain,) = {entry["chain"] for entry in studio.fanvue.ledger.of("token.issued")}
    (access,), (refresh,) = studio.fanvue.world.tokens.values(chain)
    another = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhYmMifQ"  # which the stand-in has not issued

    for planted in (access, refresh, another):
        kept: str | bytes = planted.encode() if column == "tokens_ct" else planted
        sql = f"UPDATE pending_links SET {column} = :kept"  # noqa: S608 - a column written in a test
        await studio.database.write(lambda tx, kept=kept, sql=sql: tx.execute(sql, kept=kept))  # type: ignore[misc]

        assert planted in await readable(studio)


@pytest.mark.parametrize("how", ["answered", "expired"])
async def test_a_question_whose_row_was_damaged_is_over_and_stops_nothing_else(
    studio: AccountStage, how: str
) -> None:
    await studio.browser().walk(await studio.begin(), studio.user("olivia"), studio.creator.uuid)
    pending = await studio.pending()
    await studio.database.write(lambda tx: tx.execute("UPDATE pending_links SET tokens_ct = x'0102'"))

    if how == "answered":
        assert await studio.linking.answer(linked(pending, studio.user("olivia"))) == NOT_THERE
    else:
        studio.clock.pass_by(minutes=10)
        await studio.linking.tidy()

    (row,) = await studio.rows("pending_links")
    assert (row["state"], row["tokens_ct"]) == ("expired", None)
    await studio.linked()
    assert await studio.linking.identity(studio.creator_id)


async def test_junk_instead_of_a_ticket_or_a_cookie_is_never_looked_up(studio: AccountStage) -> None:
    ticket = (await studio.begin()).rsplit("/", 1)[1]

    assert await studio.linking.look("short") is None
    for pair in (("short", "c" * 43), (ticket, "short"), ("a" * 43, "c" * 43)):
        with pytest.raises(LinkCheckFailed):
            await studio.linking.start(*pair)


async def test_a_ticket_that_ran_out_starts_nothing(studio: AccountStage) -> None:
    link, browser = await studio.begin(), studio.browser()
    await browser.get(link)
    studio.clock.pass_by(minutes=10)

    assert (await browser.get(link)).status == 404
    with pytest.raises(LinkCheckFailed):
        await studio.linking.start(link.rsplit("/", 1)[1], "c" * 43)


async def test_a_whole_link_takes_no_longer_than_its_question_can_be_shown(studio: AccountStage) -> None:
    browser, link = studio.browser(), await studio.begin()
    to_discord = (await browser.start(link)).location
    studio.clock.pass_by(minutes=9)
    later = await browser.sign_in_to_discord(to_discord, studio.user("olivia"))
    to_fanvue = (await browser.go_on((await browser.get(later)).location)).location
    studio.clock.pass_by(minutes=5)

    callback = await browser.consent_at_fanvue(to_fanvue, studio.creator.uuid)

    assert (await browser.get(callback)).location == f"{PUBLIC}/link/problem"


async def test_tokens_that_cannot_be_stored_are_given_back_at_once(studio: AccountStage) -> None:
    browser = studio.browser()
    to_fanvue = await browser.reach_fanvue(await studio.begin(), studio.user("olivia"))
    callback = await browser.consent_at_fanvue(to_fanvue, studio.creator.uuid)
    full = replace(studio.means, database=FillingDatabase(studio.database, after=1))

    with pytest.raises(DatabaseUnreachable):
        await AccountLinkService(full).fanvue_returned(
            parse_qsl(urlsplit(callback).query), next(iter(browser.cookies.values()))
        )

    assert await studio.nothing_is_kept()


async def test_a_revocation_that_does_not_open_is_given_up_and_stops_no_other(studio: AccountStage) -> None:
    await studio.linked()
    studio.fanvue.faults.down = True
    await studio.unlink(studio.creator_id, studio.user("olivia"))
    await studio.database.write(lambda tx: tx.execute("UPDATE revocations SET refresh_ct = x'0102'"))
    studio.clock.pass_by(minutes=1)

    await studio.linking.tidy()

    assert [row["state"] for row in await studio.rows("revocations")] == ["given_up"]
    assert await studio.linking.links_of(studio.user("olivia")) == []


async def test_a_press_that_is_none_to_this_question_connects_nothing(studio: AccountStage) -> None:
    await studio.browser().walk(await studio.begin(), studio.user("olivia"), studio.creator.uuid)
    yes = linked(await studio.pending(), studio.user("olivia"))

    await pressed_by_mistake(yes, studio.linking.answer)
    await pressed_by_mistake(yes, studio.linking.instead)

    assert await studio.rows("links") == []
    assert (await studio.linking.answer(yes)).startswith("**@mara** is connected.")


async def test_a_creator_who_is_on_another_bots_server_is_not_connected_on_this_ones(
    studio: AccountStage,
) -> None:
    here, there = DiscordId(studio.ids["guild"]), DiscordId(999)
    forum = Forum(DiscordId(71), there, DiscordId(72), DiscordId(73), studio.creator_id, "{}")
    await studio.database.write(lambda tx: guild_assignments.claim(tx, there, 8, now=0))
    await studio.database.write(lambda tx: creators.learn(tx, Creator(studio.creator_id, "mara", ""), now=0))
    await studio.database.write(lambda tx: forums.add(tx, forum, START))
    await studio.browser().walk(await studio.begin(), studio.user("olivia"), studio.creator.uuid)

    linking = AccountLinkService(
        replace(studio.means, serving=GuildRouting(9, home=True, alone=False, shard=whole))
    )
    said = await linking.answer(linked(await studio.pending(), studio.user("olivia")))

    assert "on a server of another bot of this installation (<@8>, application 8)" in said
    assert await studio.nothing_is_kept()
    assert await studio.database.read(lambda tx: guild_assignments.owner(tx, here)) is None


@pytest.mark.parametrize("owner", [8, 9, None])
async def test_by_a_link_a_free_server_becomes_the_bots_and_another_bots_takes_none(
    studio: AccountStage, owner: int | None
) -> None:
    here = DiscordId(studio.ids["guild"])
    if owner is not None:
        await studio.database.write(lambda tx: guild_assignments.claim(tx, here, owner, now=0))
    await studio.browser().walk(await studio.begin(), studio.user("olivia"), studio.creator.uuid)

    linking = AccountLinkService(
        replace(studio.means, serving=GuildRouting(9, home=True, alone=False, shard=whole))
    )
    said = await linking.answer(linked(await studio.pending(), studio.user("olivia")))

    assert ("Another bot serves this server" in said) == (owner == 8)
    assert len(await studio.rows("links")) == (0 if owner == 8 else 1)
    assert await studio.database.read(lambda tx: guild_assignments.owner(tx, here)) == (owner or 9)
