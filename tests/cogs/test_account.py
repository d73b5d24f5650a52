"""Connecting and disconnecting Fanvue, seen by the person who does it."""

import pytest

from bot.discord.asking import NOT_HERE
from bot.model.ports import Button, Post
from bot.sandbox.discord.model import walk
from storage.records import DiscordId, LinkState
from tests.discord.discord_test_server import DiscordTestServer, overheard

PENDING = "pEnDiNg000000000000000"


def _me(town: DiscordTestServer) -> DiscordId:
    return DiscordId(town.maya.user.id)


async def test_link_gives_a_private_page_and_says_what_comes_next(town: DiscordTestServer) -> None:
    answer = await town.maya.slash(town.guild, town.lobby, "link")
    await answer.says("It works only for you, once, for ten minutes")

    assert answer.ephemeral
    assert answer.message is not None
    (button,) = [part for part in walk(answer.message.components) if part["type"] == 2]
    assert button["url"] == f"https://bridge.example/link/{town.maya.user.id}-1"
    assert town.desk.states("link") == ["accepted"]


async def test_the_question_appears_in_the_same_answer_and_yes_connects(town: DiscordTestServer) -> None:
    answer = await town.maya.slash(town.guild, town.lobby, "link")
    await answer.done()
    (kept,) = town.desk.kept.values()
    town.desk.asked[PENDING] = _me(town)
    question = Post(
        body=("Connect @mila?",),
        buttons=(Button("link.yes", PENDING, "Yes, connect"), Button("link.no", PENDING, "No")),
    )
    await town.bot.discord.answer(kept.wish.token, question)
    await answer.says("Connect @mila?")

    clicked = await town.maya.click(answer.message, "Yes, connect")
    await clicked.says("Connected.")

    assert clicked.message is answer.message
    assert answer.message is not None
    assert [part for part in walk(answer.message.components) if part["type"] == 2] == []


async def test_a_question_whose_time_is_over_is_answered_kindly(town: DiscordTestServer) -> None:
    answer = await town.maya.slash(town.guild, town.lobby, "link")
    await answer.done()
    (kept,) = town.desk.kept.values()
    question = Post(body=("Connect @mila?",), buttons=(Button("link.no", PENDING, "No"),))
    await town.bot.discord.answer(kept.wish.token, question)
    await answer.says("Connect")

    clicked = await town.maya.click(answer.message, "No")

    await clicked.says("its time is over")


async def test_a_sixth_link_within_an_hour_is_refused_with_the_use_cases_words(
    town: DiscordTestServer,
) -> None:
    for _ in range(5):
        await (await town.maya.slash(town.guild, town.lobby, "link")).says("ten minutes")

    answer = await town.maya.slash(town.guild, town.lobby, "link")

    await answer.says("five links within an hour")


async def test_the_same_link_command_delivered_twice_is_one_ticket(
    town: DiscordTestServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    heard = overheard(town.bot)
    answer = await town.maya.slash(town.guild, town.lobby, "link")
    await answer.says("ten minutes")

    town.bot._connection.parse_interaction_create(heard[0])
    again = await town.maya.slash(town.guild, town.lobby, "link")
    await again.says("ten minutes")

    assert town.desk.states("link") == ["accepted", "accepted"]
    assert [record for record in caplog.records if record.name.startswith("bot.")] == []


async def test_account_without_a_link_says_how_to_get_one(town: DiscordTestServer) -> None:
    answer = await town.maya.slash(town.guild, town.lobby, "account show")

    await answer.says("Connect one with /link")
    assert answer.ephemeral


async def test_account_shows_state_missing_scopes_and_the_missing_forum(town: DiscordTestServer) -> None:
    guild = DiscordId(town.guild.id)
    town.desk.link_up(_me(town), "mila_x", guild)
    town.desk.link_up(_me(town), "zoe", guild, state=LinkState.RELINK_REQUIRED)

    answer = await town.maya.slash(town.guild, town.lobby, "account show")
    await answer.says("Your Fanvue")

    assert r"**@mila\_x** connected." in answer.text
    assert "Files from the vault are off: Fanvue did not allow read:media." in answer.text
    assert "Run /link again and allow what is missing" in answer.text
    assert (
        "Top fans are off: this bridge's operator does not ask for read:fan and read:insights." in answer.text
    )
    assert "no forum on this server: run /setup" in answer.text
    assert "needs a new sign-in: run /link" in answer.text


async def test_unlink_asks_first_and_no_changes_nothing(town: DiscordTestServer) -> None:
    town.desk.link_up(_me(town), "mila", DiscordId(town.guild.id))

    answer = await town.maya.slash(town.guild, town.lobby, "account unlink")
    await answer.says("Disconnect @mila?")
    clicked = await town.maya.click(answer.message, "No, keep it")
    await clicked.says("No changes made.")

    assert len(town.desk.links) == 1


async def test_unlink_disconnects_after_yes_and_tells_where_fanvue_lists_it(town: DiscordTestServer) -> None:
    town.desk.link_up(_me(town), "mila", DiscordId(town.guild.id))

    answer = await town.maya.slash(town.guild, town.lobby, "account unlink")
    await answer.says("Disconnect @mila?")
    clicked = await town.maya.click(answer.message, "Yes, disconnect")
    await clicked.says("**@mila** is disconnected")

    assert "No longer sent:\n- a reply: Sam @sam" in clicked.text
    assert "on Fanvue" in clicked.text
    assert town.desk.links == []


async def test_with_several_links_one_must_be_named_and_the_list_shows_only_ones_own(
    town: DiscordTestServer,
) -> None:
    guild = DiscordId(town.guild.id)
    mila, _ = (town.desk.link_up(_me(town), name, guild) for name in ("mila", "zoe"))
    theirs = town.desk.link_up(DiscordId(town.victor.user.id), "victoria", guild)

    offered = await town.maya.autocomplete(town.guild, town.lobby, "account unlink", "creator", "")
    without = await town.maya.slash(town.guild, town.lobby, "account unlink")
    chosen = await town.maya.slash(town.guild, town.lobby, "account unlink", creator=mila.id)
    foreign = await town.maya.slash(town.guild, town.lobby, "account unlink", creator=theirs.id)
    by_name = await town.maya.slash(town.guild, town.lobby, "account unlink", creator="@Zoe")

    assert [choice["name"] for choice in offered] == ["@mila", "@zoe"]
    await without.says("You work with several creators – pick one in `creator")
    await chosen.says("Disconnect @mila?")
    await foreign.says(NOT_HERE)
    await by_name.says("Disconnect @zoe?")


async def test_a_link_that_is_gone_by_the_second_click_is_not_found(town: DiscordTestServer) -> None:
    town.desk.link_up(_me(town), "mila", DiscordId(town.guild.id))
    answer = await town.maya.slash(town.guild, town.lobby, "account unlink")
    await answer.says("Disconnect")
    town.desk.links.clear()

    clicked = await town.maya.click(answer.message, "Yes, disconnect")

    await clicked.says(NOT_HERE)
