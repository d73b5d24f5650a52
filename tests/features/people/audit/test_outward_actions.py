"""An evening: whatever left for Fanvue is in the audit, with its result."""

import re
from collections import Counter
from typing import Any

from bot.sandbox import mass_message_scene, post_scene
from bot.sandbox.discord import messages
from bot.sandbox.discord.model import StandInChannel
from bot.sandbox.evening import BLASTS, POSTS
from bot.sandbox.fanvue.records import UserId
from tests.proofs.faults.live_bridge import LiveBridge, housed
from tests.scenario_fixtures import in_folder

# What the bridge writes to Fanvue for its members, and what the outbox calls it.
WRITES = {
    r"POST .*/chats/[^/]+/message$": "chat.send",
    r"DELETE .*/chats/[^/]+/messages/[^/]+$": "chat.unsend",
    r"PATCH .*/chats/[^/]+$": "chat.mark",
    r"POST .*/chats/mass-messages$": "proposed.mass",
    r"POST .*/posts$": "proposed.post",
}
ACTIONS = {
    "chat.send": "reply",
    "chat.unsend": "reply.unsend",
    "chat.mark": "chat.read",
    "proposed.mass": "mass.press",
    "proposed.post": "post.press",
}
ACTS = """SELECT audit.*, outbox.kind, outbox.state, outbox.fan_uuid FROM audit
          JOIN outbox ON outbox.id = audit.cause
          WHERE outbox.network = 'fanvue' AND audit.follows IS NULL ORDER BY audit.seq"""


house = in_folder(housed)


async def an_evening(house: LiveBridge) -> dict[UserId, StandInChannel]:
    """Replies that arrive, are doubted, refused and given up; one taken back; one to all; a post."""
    anna, bea, cara = house.fan("Anna"), house.fan("Bea"), house.fan("Cara")
    threads = {fan.uuid: await house.greeted(fan) for fan in (anna, bea, cara)}
    await house.reply(threads[anna.uuid], text="said in haste")
    await house.shows(anna, "✓ Sent")
    house.stage.fanvue.faults.add("lose_answer", "POST", f"/{bea.uuid}/message")
    await house.reply(threads[bea.uuid], by="theo", text="of unknown fate")
    await house.shows(bea, "✓ Sent")
    cara.block()
    await house.reply(threads[cara.uuid], text="never")
    await house.shows(cara, "Not sent")
    await house.click(threads[cara.uuid], "Discard", by="theo")
    cara.unblock()
    line = next(m for m in house.messages(threads[anna.uuid]) if "said in haste" in m.text)
    messages.delete(house.stage.discord.world, line, house.stage.owner.user.id)
    await house.shows(anna, "This doesn't change Fanvue: the fan still has the message")
    await house.click(threads[anna.uuid], "Unsend")
    await house.shows(anna, "It was taken back since: the fan no longer has it")
    await mass_message_scene.send(house.stage, await mass_message_scene.preview(house.stage, BLASTS[0]))
    shown = await post_scene.preview(house.stage, POSTS[0])
    await post_scene.publish(house.stage, POSTS[0], shown)
    return threads


def written(house: LiveBridge) -> Counter[str]:
    """What Fanvue was asked to write, whatever came of it; an answer that got lost is a request too."""
    found = Counter[str]()
    for entry in house.stage.fanvue.ledger.of("request"):
        if entry["method"] == "GET" or "/webhooks/" in entry["path"] or "/oauth2/" in entry["path"]:
            continue
        said = f"{entry['method']} {entry['path']}"
        kinds = [kind for pattern, kind in WRITES.items() if re.search(pattern, said)]
        assert len(kinds) == 1, f"the bridge writes this, and no line of this test knows it: {said}"
        found.update(kinds)
    return found


def followed(house: LiveBridge, act: dict[str, Any]) -> list[str]:
    """What became of an act, line by line, each of which says all that the act says."""
    same = ("actor", "creator_uuid", "fan", "guild_id", "channel_id", "message_id", "interaction_id", "cause")
    lines = house.rows("SELECT * FROM audit WHERE follows = ? ORDER BY seq", act["id"])
    assert [tuple(line[name] for name in same) for line in lines] == [
        tuple(act[name] for name in same)
    ] * len(lines)
    return [line["outcome"] for line in lines]


async def test_every_write_to_fanvue_has_who_for_whom_from_where_and_what_became_of_it(
    house: LiveBridge,
) -> None:
    threads = await an_evening(house)
    await house.stored(lambda: not house.rows("SELECT 1 FROM outbox WHERE state IN ('pending', 'sending')"))
    acts = [act for act in house.rows(ACTS) if act["action"] == ACTIONS[act["kind"]]]

    assert Counter(act["kind"] for act in acts) == Counter(
        row["kind"] for row in house.rows("SELECT kind FROM outbox") if row["kind"] in ACTIONS
    )
    assert written(house) == Counter(act["kind"] for act in acts)
    stage = house.stage
    people = {person.user.id for person in (*stage.members.values(), stage.owner)}
    for act in acts:
        assert act["actor"] in people
        assert act["creator_uuid"] == stage.creator.uuid
        assert act["guild_id"] == stage.guild.id
        thread = threads[act["fan_uuid"]] if act["fan_uuid"] else stage.lobby
        assert act["channel_id"] == thread.id
        assert (act["fan"] is None) == (act["fan_uuid"] is None)
        assert act["interaction_id"].isdigit()
        assert (act["message_id"] is None) == (act["action"] == "reply")  # a command has no message yet
        assert followed(house, act)[-1] == act["state"]
    became = [followed(house, act) for act in acts]
    assert {first for first, *_ in became} == {"as the creator's account"}  # through whom each went
    assert [rest for _, *rest in became] == [
        ["done"],
        ["unknown", "done"],
        ["rejected", "cancelled"],
        ["done"],
        ["done"],
        ["done"],
    ]
    lines = house.rows("SELECT * FROM audit WHERE actor IS NOT NULL")
    assert not [line for line in lines if not (line["guild_id"] and line["interaction_id"])]
    assert {"setup", "link.connected", "reply.drop"} <= {line["action"] for line in lines}
    names = {fan.uuid: name for fan, name in zip(stage.fans.values(), stage.fans, strict=True)}
    everything = repr(house.rows("SELECT * FROM audit"))
    assert not [word for pair in names.items() for word in pair if word in everything]
    assert (await house.command("audit", "verify")).startswith("Whole: ")


async def test_the_audit_is_read_where_the_work_is_done_and_only_by_those_who_may(house: LiveBridge) -> None:
    anna = house.fan("Anna")
    thread = await house.greeted(anna)
    await house.reply(thread, text="a secret of two")
    await house.shows(anna, "✓ Sent")
    bea = house.fan("Bea")
    await house.reply(await house.greeted(bea), text="to somebody else")
    await house.shows(bea, "✓ Sent")
    mara, owner = house.stage.members["mara"], house.stage.owner

    here = await (await owner.slash(house.stage.guild, thread, "team audit")).done()
    everywhere = await (await owner.slash(house.stage.guild, house.stage.lobby, "team audit")).done()
    theirs = await (await mara.slash(house.stage.guild, thread, "team audit")).done()

    told = (
        f"<@{mara.user.id}> replied to **Anna @{anna.handle}** · sent · "
        f"as the creator's account · <#{thread.id}>"
    )
    assert here.ephemeral
    assert told in here.text.replace("\\", "")
    assert "Bea" not in here.text
    assert told in everywhere.text.replace("\\", "")
    assert "Bea" in everywhere.text
    assert "connected the Fanvue account" in everywhere.text
    assert "secret of two" not in everywhere.text
    assert "Ask the owner; /team explain shows what your role can do." in theirs.text
    values = {"action": "what was not allowed", "creator": house.stage.creator.handle}
    tried = await (await owner.slash(house.stage.guild, house.stage.lobby, "team audit", **values)).done()
    assert f"<@{mara.user.id}> tried “audit” · not allowed" in tried.text
