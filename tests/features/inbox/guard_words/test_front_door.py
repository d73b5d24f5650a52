"""A forbidden word is kept from leaving, and named to its writer."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.sandbox.discord.answers import InteractionAnswer
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, housed, labels

pytestmark = pytest.mark.asyncio(loop_scope="module")

_LINES = "SELECT action, outcome FROM audit WHERE action LIKE 'guard.words%' AND seq > ? ORDER BY seq"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory, virtual_time: None) -> AsyncIterator[LiveBridge]:
    """A house with words of each level: two of the creator's, two of the server's."""
    async with housed(tmp_path_factory.mktemp("words")) as made:
        await command(made, "settings guard add", words="Valencia", level="block")
        await command(made, "settings guard add", words="night shift", level="warn")
        await command(made, "settings guard add", words="refund", level="hold", whose="shared")
        await command(made, "settings guard add", words="Müller", level="block", whose="shared")
        yield made
        assert made.stage.discord.contract_errors == []
        assert made.stage.fanvue.contract_errors == []


async def command(house: LiveBridge, name: str, *, by: str = "", **values: object) -> InteractionAnswer:
    """The owner, or a member, uses a command outside of threads."""
    who = house.stage.members[by] if by else house.stage.owner
    answer = await who.slash(house.stage.guild, house.stage.guild.channel_ids[0], name, **values)
    return await answer.done(PATIENCE)


def newest(house: LiveBridge) -> int:
    return int(house.rows("SELECT COALESCE(MAX(seq), 0) AS seq FROM audit")[0]["seq"])


def noted(house: LiveBridge, since: int) -> list[tuple[str, str]]:
    return [(row["action"], row["outcome"]) for row in house.rows(_LINES, since)]


def said(answer: InteractionAnswer) -> str:
    """What the bridge says, without the text that it gives back."""
    return answer.text.partition("**Your reply**")[0]


async def test_a_blocked_word_stays_whatever_it_looks_like_and_is_named(house: LiveBridge) -> None:
    fan, since = house.fan("Ada"), newest(house)
    thread = await house.greeted(fan)

    answer = await house.reply(thread, text="I live in v4l3nc1a, love")

    assert answer.message is not None
    assert "“Valencia” is on this creator's list of forbidden words." in said(answer)
    assert labels(answer.message) == ["Edit", "Discard"]
    assert fan.inbox() == []
    assert noted(house, since) == [("guard.words", "blocked")]


async def test_a_warned_word_is_a_question(house: LiveBridge) -> None:
    fan, since = house.fan("Bea"), newest(house)
    thread = await house.greeted(fan)

    answer = await house.reply(thread, text="I am on the nightshift")
    assert answer.message is not None
    asked, offered = said(answer), labels(answer.message)
    await house.stage.members["mara"].click(answer.message, "Send")
    await house.shows(fan, "✓ Sent")

    assert "“night shift” is on this creator's list of forbidden words." in asked
    assert offered == ["Send", "Edit", "Discard"]
    assert noted(house, since) == [("guard.words", "warned"), ("guard.words", "anyway")]


async def test_a_held_word_waits_for_a_lead_who_lets_it_go(house: LiveBridge) -> None:
    fan, since = house.fan("Cleo"), newest(house)
    thread = await house.greeted(fan)
    answer = await house.reply(thread, text="you get a r e f u n d")

    waits = said(answer)
    card = await command(house, "inbox review")
    assert card.message is not None
    shown = card.text
    await house.stage.owner.click(card.message, "Approve")
    await house.shows(fan, "✓ Sent")

    assert "A lead can approve it" in waits
    assert "“refund” is on this server's list of forbidden words." in waits
    assert "“refund” is on this server's list of forbidden words." in shown
    assert noted(house, since) == [("guard.words", "held"), ("guard.words", "anyway")]


async def test_where_nobody_else_decides_it_does_not_leave(house: LiveBridge) -> None:
    fan = house.fan("Dora")
    thread = await house.greeted(fan)

    answer = await (
        await house.stage.owner.slash(house.stage.guild, thread, "reply", text="a refund for you")
    ).done(PATIENCE)

    assert "nobody else here can" in said(answer)
    assert fan.inbox() == []


async def test_a_yes_does_not_outlive_a_stricter_level(house: LiveBridge) -> None:
    fan = house.fan("Eve")
    thread = await house.greeted(fan)
    answer = await house.reply(thread, text="the night shift is long")
    assert answer.message is not None

    await command(house, "settings guard add", words="night shift", level="block")
    await house.stage.members["mara"].click(answer.message, "Send")
    await house.until(lambda: "press Edit to change it" in answer.text)
    await command(house, "settings guard add", words="night shift", level="warn")

    assert fan.inbox() == []


async def test_what_is_for_everybody_is_looked_at_too(house: LiveBridge) -> None:
    since = newest(house)

    refused = await command(house, "post new", text="a refund for all")
    mass = await command(house, "mass new", to="subscribers", text="I am Mu\u0308ller")
    asked = await command(house, "post new", text="after the night shift")
    fine = await command(house, "post new", text="a new set is here")

    assert "“refund” is on this server's list of forbidden words." in refused.text
    assert "run /post new again" in refused.text
    assert "“Müller” is on this server's list of forbidden words." in mass.text
    assert asked.message is not None
    assert "⚠️ **“night shift” is on this creator's list" in asked.text
    await house.stage.owner.click(asked.message, "Publish now")
    await house.until(lambda: "Post published" in asked.text)
    assert "⚠️" not in fine.text
    assert {action for action, _ in noted(house, since)} == {"guard.words.all"}


async def test_a_test_says_which_rule_bites_and_its_level(house: LiveBridge) -> None:
    both = await command(house, "settings guard test", text="my paypal, in Valencia. A refund?")
    passing = await command(house, "settings guard test", text="good night")

    assert "**Payment outside Fanvue**: hold" in both.text
    assert "“Valencia” is on this creator's list of forbidden words. Level: **block**." in both.text
    assert "“refund” is on this server's list of forbidden words. Level: **hold**." in both.text
    assert "Overall: blocked until it is changed." in both.text
    assert "this would be sent" in passing.text


async def test_the_file_goes_out_and_comes_back_after_a_question(house: LiveBridge) -> None:
    owner = house.stage.owner
    handed = await command(house, "settings guard export")
    assert handed.message is not None
    (file,) = handed.message.attachments
    content = file.content.replace(b"warn: night shift", b"hold: night shift") + "block: Straße\n".encode()

    wrong = await command(house, "settings guard import", file=("words.txt", content + b"Lisbon\n"))
    asked = await command(house, "settings guard import", file=("words.txt", content))
    assert asked.message is not None
    shown, offered = asked.text, labels(asked.message)
    await owner.click(asked.message, "Import 2")
    await house.until(lambda: "Done: 1 new, 1 changed on this creator's list." in asked.text)
    listed = await command(house, "settings guard words")
    refused = [
        await command(house, "settings guard import", by="mara", file=("words.txt", content)),
        await command(house, "settings guard words", by="mara"),
        await command(house, "settings guard export", by="mara"),
    ]

    assert "Line 7 has no level" in wrong.text
    assert "night shift (warn → hold)" in shown
    assert offered == ["Import 2", "No, leave it"]
    assert "Straße (block)" in listed.text
    assert all("You don't have access to this here" in answer.text for answer in refused)
    removed = await command(house, "settings guard remove", words="own:night shift")
    assert removed.text.startswith("Done. “night shift” (hold) is off this creator's list.")


async def test_no_word_is_in_the_audit(house: LiveBridge) -> None:
    page = await command(house, "team audit", action="the guard")

    assert "a word that the team forbids" in page.text
    for word in ("alencia", "night shift", "refund", "üller"):
        assert not [row for row in house.rows("SELECT * FROM audit") if word in str(row)]
