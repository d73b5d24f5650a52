"""Rows F7 to F9: strangers' words, names, and where their media lead."""

import pytest

from bot.sandbox.discord.model import StandInMessage
from bot.sandbox.discord.reading.message import MessageReading, reading_of
from bot.sandbox.discord.reading.pieces import LINKS, PLAIN, TIME
from bot.sandbox.fanvue.vault import ServedFile
from tests.fanvue.peer_stand_in import PeerStandIn
from tests.features.publishing.media.media_scenario import files, offered, select
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge
from tests.relay.reader_view import visible

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.render]

HOSTILE = (
    "@everyone @here <@{mara}> <@&{everyone}> <#{lobby}> </reply:{mara}> <t:1:R> <:x:{mara}>",
    "[bank](https://evil.example) https://evil.example <https://evil.example> discord.gg/abc",
    "pay\u202egnp.exe\u202c pass\u200bword \u2066x\u2069",
    "a" + "\u0301" * 4_000,
    "```\nout of the fence\n```\n``` **bold** ||hidden|| ~~x~~ __y__",
    "# From the bridge\n-# ✓ Sent <t:1795460400:t>\n### 🎁 A tip of $500.00\n> ✓ Paid",
    "> quoted\n>>> all of it\n- item\n1. item\n\\*escaped\\* \\\\ \\",
)


def readings(house: LiveBridge, messages: list[StandInMessage]) -> list[MessageReading]:
    """What a person sees of these messages, after a look at what may never be there."""
    found = [reading_of(message) for message in messages]
    assert [reading.mentions for reading in found if reading.mentions] == []
    assert [reading.masked for reading in found if reading.masked] == []
    assert [reading.unfolds for reading in found if reading.unfolds] == []
    world, guild = house.stage.discord.world, house.stage.guild
    threads = {f"https://discord.com/channels/{guild.id}/{one.id}" for one in world.threads(guild.id)}
    links = [piece for reading in found for piece in reading.pieces if piece.does in LINKS]
    assert [piece for piece in links if piece.target not in threads] == []  # the board leads to threads
    assert house.stage.discord.ledger.count("ping") == 0
    return found


@pytest.mark.fault("F7")
async def test_what_a_fan_writes_stands_there_letter_by_letter_and_calls_nobody(house: LiveBridge) -> None:
    names = {
        "mara": house.stage.members["mara"].user.id,
        "everyone": house.stage.guild.id,
        "lobby": house.stage.guild.channel_ids[0],
    }
    fan = house.fan("Nora")
    await house.greeted(fan)
    wanted = [text.format(**names) for text in HOSTILE]

    for text in wanted:
        await fan.write(text)
    await fan.write("the end")
    thread = await house.shows(fan, "the end")

    seen = readings(house, house.messages(thread)[1:])
    plain = "".join(p.text for one in seen for p in one.pieces if p.look == PLAIN)
    # Several share a post: whatever one of them holds reaches over to none beside it either.
    assert visible(plain) == visible("".join(["hello", *wanted, "the end"]))
    assert {label for one in seen for label in one.labels} == {"Reply"}
    assert {piece.does for one in seen for piece in one.pieces} == {"", TIME}


@pytest.mark.fault("F7")
async def test_what_the_bridge_says_of_a_message_stands_where_no_fan_can_write(house: LiveBridge) -> None:
    fan, liar = house.fan("Nora"), house.fan("Liam")
    await house.greeted(fan)
    await house.greeted(liar)

    await fan.tip(500)
    await liar.write("### 🎁 A tip of $5.00\n🎁 A tip of $5.00")
    real = await house.shows(fan, "🎁 A tip")
    forged = await house.shows(liar, "🎁 A tip")

    [tip] = [one for one in readings(house, house.messages(real)) if "🎁" in _words(one)]
    [lie] = [one for one in readings(house, house.messages(forged)) if "🎁" in _words(one)]
    assert {tuple(piece.look) for piece in tip.pieces if "🎁" in piece.text} == {("heading",)}
    assert {tuple(piece.look) for piece in lie.pieces if "🎁" in piece.text} == {()}


@pytest.mark.fault("F7")
async def test_what_a_fan_calls_themselves_changes_no_line_and_calls_nobody(house: LiveBridge) -> None:
    fan = house.fan("@everyone **[x](https://evil.example)**\n-# ✓ Sent\u202e", handle="noise")

    await fan.write("hello")
    await fan.tip(700)
    thread = await house.shows(fan, "hello")
    await house.alerted("$7.00")

    world = house.stage.discord.world
    alerts = [m for i in house.stage.guild.channel_ids for m in house.messages(world.channels[i])]
    card, *_ = readings(house, [*house.messages(thread), *alerts])
    title = "".join(piece.text for piece in card.texts[0])
    assert {piece.look for piece in card.texts[0]} == {frozenset({"heading"})}
    assert title == f"@everyone **[x](https://evil.example)** @{fan.handle}\n"
    assert "\u202e" not in thread.name
    assert thread.name.endswith(f"@{fan.handle}")


@pytest.mark.fault("F8")
async def test_a_fan_who_looks_like_another_one_or_like_the_team_is_marked_and_nobody_is_chosen_by_a_name(
    house: LiveBridge,
) -> None:
    real = house.fan("Robin", handle="robin-hood")
    fake = house.fan("R\u043ebin", handle="r0bin_hood")  # a Cyrillic letter
    staff = house.fan("Luna Riv\u0435rs", handle="nobody")
    threads, cards = [], []
    for fan in (real, fake, staff):
        threads.append(await house.greeted(fan))
        # Read now: whoever answers is named on the card, and so is whoever comes later and resembles them.
        cards.append(_words(readings(house, house.messages(threads[-1])[:1])[0]))

    await house.reply(threads[1], text="only for whom this thread is of")
    await house.stored(lambda: [row for row in house.sends(fake) if row["state"] == "done"])

    assert "⚠️" not in cards[0]
    assert f"⚠️ Similar to Robin @{real.handle} · {real.uuid[:4]}. This is not them." in cards[1]
    assert "⚠️ This name looks like someone on the team. This is a fan." in cards[2]
    assert [fan.handle in thread.name for fan, thread in zip((real, fake), threads, strict=False)] == [
        True
    ] * 2
    assert [house.posts_to(fan) for fan in (real, fake, staff)] == [0, 1, 0]


@pytest.mark.fault("F9")
@pytest.mark.parametrize(
    "case", ["metadata", "redirect", "drawing", "drawing that says png", "nine megabytes"]
)
async def test_a_preview_that_leads_elsewhere_or_is_no_small_picture_is_told_and_not_fetched(
    house: LiveBridge, case: str
) -> None:
    fanvue, owner = house.stage.fanvue, house.stage.owner
    thread = await house.greeted(house.fan("Nora"))
    made = fanvue.world.add_media(house.stage.creator, name="beach")
    async with PeerStandIn() as trap:
        drawing = b"<svg xmlns='http://www.w3.org/2000/svg'><image href='http://169.254.169.254/'/></svg>"
        bad = {
            "redirect": ServedFile(b"", "image/png", moved_to=f"{trap.url}/secret"),
            "drawing": ServedFile(drawing, "image/svg+xml"),
            "drawing that says png": ServedFile(drawing, "image/png"),
            "nine megabytes": ServedFile(b"\xff" * 9 * 1024 * 1024, "image/jpeg"),
        }
        if case in bad:
            fanvue.world.served[made.uuid] = bad[case]
        else:
            fanvue.switches.media_url_base = "http://169.254.169.254/latest"
        page = await (await owner.slash(house.stage.guild, thread, "media browse")).done(PATIENCE)
        shown = await owner.choose(page.message, select(page)["custom_id"], offered(page)[0])
        await shown.done(PATIENCE)
        fanvue.switches.media_url_base = ""

        assert "No preview: media unavailable" in shown.text
        assert shown.ephemeral
        assert files(shown) == []
        assert trap.seen == []


def _words(reading: MessageReading) -> str:
    return "".join(piece.text for piece in reading.pieces)
