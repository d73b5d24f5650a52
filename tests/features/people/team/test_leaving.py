"""A creator leaves a server: nothing new appears there, and nothing is lost."""

from dataclasses import replace

import pytest

from bot.access.admission import owner_says_yes
from bot.access.permits import Access, Actor
from bot.access.policy import Action
from bot.access.questions import LIFE
from bot.features.people.team import place_texts as wording
from bot.model.errors import TryLater
from bot.model.events import Paid
from bot.model.ports import Post
from bot.relay.forum_places import SetupDone
from storage.database import Transaction
from storage.engine import audit_log, inbox
from storage.people import consents, creators, grants
from storage.records import DiscordId, Forum, Link
from tests.confirmations import pressed_by_mistake, ref_of, yes_to
from tests.features.people.team.leaving_scenario import ADA, TeamLeavingScenario
from tests.relay.far_side_stand_ins import ChannelStandIn
from tests.relay.fault_switchboard import LostAnswer
from tests.relay.relay_scenario import ALERTS, CREATOR, EMMA, FORUM, GUILD, MAYA, NOAH

ELSEWHERE = DiscordId(1_300_000_000_000_000_099)
NEW_FORUM = DiscordId(1_300_000_000_000_000_098)
NEW_ALERTS = DiscordId(1_300_000_000_000_000_097)


def everything(camp: TeamLeavingScenario) -> int:
    """How many posts stand on the server."""
    return sum(len(channel.posts) for channel in camp.discord.channels.values())


@pytest.mark.parametrize("who", ["owner", "manager"])
async def test_either_side_takes_a_creator_off_and_what_came_meanwhile_appears_after_it_once(
    camp: TeamLeavingScenario, who: str
) -> None:
    side: Actor = getattr(camp, who)
    await camp.greeted()
    await camp.leave(side)
    before = everything(camp)
    for text in ("one", "two"):
        await camp.happen(camp.wrote(text))
    await camp.happen(camp.wrote("new here", NOAH))
    await camp.happen(_tip(camp, 500), kind="tip")
    assert everything(camp) == before

    said = await camp.back(side)
    await camp.pass_time(60_000)

    assert said is not None
    assert "is back" in said
    assert await camp.lines() == ["hello", "one", "two"]
    assert await camp.lines(NOAH) == ["new here"]
    assert len(camp.discord.lines(ALERTS)) == 1


async def test_neither_time_nor_a_restart_brings_anything_onto_the_server(camp: TeamLeavingScenario) -> None:
    await camp.greeted()
    await camp.leave(camp.owner)
    before = everything(camp)
    await camp.happen(camp.wrote("later"))
    await camp.restart()
    await camp.pass_time(3 * 86_400_000)
    assert everything(camp) == before

    await camp.back(camp.owner)

    assert await camp.lines() == ["hello", "later"]


async def test_what_was_decided_before_waits_too(camp: TeamLeavingScenario) -> None:
    await camp.greeted()
    camp.discord.faults.down = TryLater("Discord does not answer.")
    await camp.happen(camp.wrote("in the queue"))
    await camp.happen(camp.wrote("new here", NOAH))
    await camp.leave(camp.manager)
    camp.discord.faults.down = None
    before = everything(camp)
    await camp.pass_time(3_600_000)
    assert everything(camp) == before

    await camp.back(camp.manager)

    assert await camp.lines() == ["hello", "in the queue"]
    assert await camp.lines(NOAH) == ["new here"]


async def test_facts_are_kept_and_wait_undecided(camp: TeamLeavingScenario) -> None:
    await camp.leave(camp.owner)
    await camp.happen(camp.wrote("hello"))

    assert await camp.database.read(lambda tx: inbox.next_new(tx, CREATOR)) is not None
    assert await camp.current() is None
    await camp.back(camp.owner)
    assert await camp.database.read(lambda tx: inbox.next_new(tx, CREATOR)) is None


async def test_a_reply_that_was_taken_before_goes_out_and_shows_later(camp: TeamLeavingScenario) -> None:
    await camp.greeted()
    reply = await camp.reply("on its way")
    await camp.leave(camp.manager)
    await camp.pass_time(60_000)
    assert camp.texts() == ["on its way"]

    await camp.back(camp.manager)
    await camp.pass_time(60_000)

    assert "✓ Sent" in str((await camp.shown(reply)).small)
    assert camp.texts() == ["on its way"]


async def test_a_line_of_unknown_fate_is_neither_doubled_nor_lost_by_leaving(
    camp: TeamLeavingScenario,
) -> None:
    await camp.greeted()
    for fault in (LostAnswer(), LostAnswer()):
        camp.discord.faults.add("post", fault)
    await camp.happen(camp.wrote("did it arrive?"))
    await camp.leave(camp.owner)
    await camp.pass_time(3_600_000)

    await camp.back(camp.owner)
    await camp.pass_time(3_600_000)

    assert await camp.lines() == ["hello", "did it arrive?"]


async def test_one_side_cannot_bring_back_what_the_other_took_away(camp: TeamLeavingScenario) -> None:
    await camp.greeted()
    await camp.leave(camp.owner)
    await camp.leave(camp.manager)
    await camp.happen(camp.wrote("patience"))

    first = await camp.back(camp.manager)
    waiting = await camp.lines()
    second = await camp.back(camp.owner)

    assert first is not None
    assert "not back yet: its owner must agree too" in first
    assert waiting == ["hello"]
    assert second is not None
    assert await camp.lines() == ["hello", "patience"]


async def test_setup_gives_the_servers_word_again_and_only_that(camp: TeamLeavingScenario) -> None:
    await camp.greeted()
    await camp.leave(camp.manager)
    await camp.happen(camp.wrote("knock"))
    await camp.set_up()
    await camp.turn()
    assert await camp.lines() == ["hello", "knock"]
    await camp.leave(camp.owner)
    await camp.happen(camp.wrote("knock knock"))

    await camp.set_up()
    await camp.turn()

    assert await camp.lines() == ["hello", "knock"]


async def test_nobody_but_the_two_sides_may_say_anything(camp: TeamLeavingScenario) -> None:
    strangers = [
        Actor(ADA, GUILD),  # no longer manages the server
        Actor(ADA, ELSEWHERE, manages=True),  # manages another one
        Actor(DiscordId(5), GUILD, roles=frozenset({DiscordId(6)})),
    ]
    asked = await camp.team.leaving.ask(camp.owner, None)
    assert isinstance(asked, Post)

    for stranger in strangers:
        assert await camp.team.leaving.ask(stranger, None) is None
        assert await camp.press(stranger, asked) is None
        assert await camp.team.leaving.offered(stranger, "", back=False) == []
    await camp.leave(camp.owner)
    for stranger in strangers:
        assert await camp.team.leaving.back(stranger, None) is None
        assert await camp.team.leaving.offered(stranger, "", back=True) == []


async def test_no_grant_counts_meanwhile_and_the_owner_cannot_answer_there_either(
    camp: TeamLeavingScenario,
) -> None:
    access, chatter = Access(camp.database), Actor(DiscordId(7), GUILD)
    await camp.database.write(lambda tx: _let_in(tx, chatter))
    asked = [(chatter, Action.REPLY), (camp.owner, Action.REPLY), (camp.owner, Action.EARNINGS)]

    async def may() -> list[bool]:
        return [await access.authorize(who, action, CREATOR) is not None for who, action in asked]

    before = await may()
    await camp.leave(camp.manager)
    meanwhile = await may()
    await camp.back(camp.manager)

    assert before == [True, True, True]
    assert meanwhile == [False, False, True]
    assert await may() == [True, True, True]


async def test_a_second_press_says_that_it_is_done_and_each_word_is_in_the_audit(
    camp: TeamLeavingScenario,
) -> None:
    asked = await camp.team.leaving.ask(camp.manager, None)
    assert isinstance(asked, Post)
    await camp.press(camp.manager, asked)

    again = await camp.press(camp.manager, asked)
    await camp.back(camp.manager)

    assert again is not None
    assert "already" in again
    entries = await camp.database.read(lambda tx: audit_log.recent(tx, CREATOR, 9))
    assert [(one.actor, one.action, one.outcome) for one in entries if one.action != "setup"] == [
        (ADA, "team.return", "as the server"),
        (ADA, "team.leave", "as the server"),
    ]


async def test_who_takes_off_what_is_off_already_is_told_what_that_means(camp: TeamLeavingScenario) -> None:
    await camp.leave(camp.owner)

    asked = await camp.team.leaving.ask(camp.manager, None)

    assert isinstance(asked, Post)
    (said,) = asked.body
    assert said.startswith("@lola is already off this server: its owner withdrew.")
    assert "If the server withdraws as well" in said


async def test_the_question_says_for_whom_one_speaks(camp: TeamLeavingScenario) -> None:
    asked = [await camp.team.leaving.ask(who, None) for who in (camp.owner, camp.manager)]

    assert [post.body[0] for post in asked if isinstance(post, Post)] == [
        "You decide for this creator, so your confirmation is enough.",
        "You manage this server, so your confirmation is enough. We notify the owner.",
    ]


async def test_the_owner_is_told_privately_when_the_server_says_no(camp: TeamLeavingScenario) -> None:
    await camp.leave(camp.manager)

    assert [(user, post.title) for _, user, post in camp.discord.told] == [
        (MAYA, "@lola is no longer on a server")
    ]


async def test_who_left_one_server_and_is_set_up_on_another_goes_on_there(camp: TeamLeavingScenario) -> None:
    await camp.greeted()
    old = await camp.thread()
    await camp.leave(camp.owner)
    await camp.happen(camp.wrote("are you there?"))
    camp.discord.forums.add(NEW_FORUM)
    camp.discord.channels[NEW_ALERTS] = ChannelStandIn()
    await camp.database.write(lambda tx: _linked_anew(tx, ELSEWHERE))

    place = Forum(NEW_FORUM, ELSEWHERE, DiscordId(1), NEW_ALERTS, None, "{}")
    housed = await camp.places.add(place, SetupDone(ADA, CREATOR, None))
    await camp.turn()

    assert housed is not None
    assert not housed.away
    assert await camp.lines() == ["are you there?"]
    assert camp.discord.threads(NEW_FORUM) == [await camp.thread()]
    assert camp.discord.threads(FORUM) == [old]


async def test_a_new_owner_is_nowhere_by_what_an_earlier_one_said_and_has_no_team_of_theirs(
    camp: TeamLeavingScenario,
) -> None:
    await camp.greeted()
    chatter, access = Actor(DiscordId(7), GUILD), Access(camp.database)
    await camp.database.write(lambda tx: _let_in(tx, chatter))
    again = await camp.database.read(lambda tx: creators.open_link(tx, CREATOR))
    assert again is not None

    async def says_yes(link: Link) -> None:
        await camp.database.write(
            lambda tx: owner_says_yes(tx, link, team=None, grant_id="-", now=camp.clock.now())
        )

    await says_yes(again)
    kept = await access.authorize(chatter, Action.REPLY, CREATOR)
    await says_yes(replace(again, discord_user=DiscordId(99), guild=ELSEWHERE))
    await camp.happen(camp.wrote("who reads this?"))
    shown = await camp.lines()
    await says_yes(replace(again, discord_user=DiscordId(99)))

    assert kept is not None
    assert shown == ["hello"]
    assert await camp.database.read(lambda tx: consents.both(tx, CREATOR, GUILD))
    assert await access.authorize(chatter, Action.REPLY, CREATOR) is None


def _tip(camp: TeamLeavingScenario, cents: int) -> Paid:
    return Paid(CREATOR, EMMA, "tip", cents, camp.clock.now(), payment="FV-1")


async def _let_in(tx: Transaction, who: Actor) -> None:
    await grants.put(
        tx, grants.GrantRecord("g1", CREATOR, GUILD, "member", who.user, "chatter", "", "", None, MAYA, 0)
    )


async def _linked_anew(tx: Transaction, guild: DiscordId) -> None:
    """The owner's Yes on another server, as far as it matters here."""
    await tx.execute("UPDATE links SET guild_id = :guild", guild=guild)
    await consents.give(tx, CREATOR, guild, "owner", by=MAYA, now=1)


async def test_a_press_that_is_none_to_this_question_takes_nobody_off(camp: TeamLeavingScenario) -> None:
    asked = await camp.team.leaving.ask(camp.owner, None)
    yes = yes_to(Action.TEAM_LEAVE, ref_of(asked), camp.owner)

    await pressed_by_mistake(yes, camp.team.leaving.leave)
    before = await camp.database.read(lambda tx: consents.both(tx, CREATOR, GUILD))
    await camp.team.leaving.leave(yes)

    assert before
    assert not await camp.database.read(lambda tx: consents.both(tx, CREATOR, GUILD))


async def test_who_speaks_for_both_sides_takes_back_with_one_question_what_it_named(
    camp: TeamLeavingScenario,
) -> None:
    both = replace(camp.owner, manages=True)
    asked = await camp.team.leaving.ask(both, None)
    assert isinstance(asked, Post)

    first, second = await camp.press(both, asked), await camp.press(both, asked)

    assert first is not None
    assert second is not None
    assert "already" in second
    held = [
        one.side
        for one in await camp.database.read(lambda tx: consents.about(tx, CREATOR, GUILD))
        if one.withdrawn_at is None
    ]
    assert held == ["server"]


async def test_after_a_no_and_after_a_while_a_yes_takes_nobody_off(camp: TeamLeavingScenario) -> None:
    refused, late = [await camp.team.leaving.ask(camp.owner, None) for _ in range(2)]
    assert isinstance(refused, Post)
    assert isinstance(late, Post)

    kept = await camp.team.leaving.stay(camp.owner, ref_of(refused))
    said = [await camp.press(camp.owner, refused)]
    camp.clock.at += LIFE
    said.append(await camp.press(camp.owner, late))

    assert kept == wording.KEPT
    assert said == [wording.OVER, wording.OVER]
    assert await camp.database.read(lambda tx: consents.both(tx, CREATOR, GUILD))
