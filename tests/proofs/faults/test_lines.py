"""Rows D3, D10: lines that the server refuses, and lines that people delete."""

import pytest

from bot.sandbox.discord import channels, messages
from bot.sandbox.discord.model import StandInChannel
from tests.proofs.faults.channel_fixtures import alerts_channel, asked, outbox, the_forum
from tests.proofs.faults.live_bridge import SPEED, LiveBridge, labels

pytestmark = pytest.mark.asyncio(loop_scope="module")

OPENS = r"^/channels/\d+/threads$"


@pytest.mark.fault("D3")
async def test_an_archived_thread_is_woken(house: LiveBridge) -> None:
    fan = house.fan("Dora")
    thread = await house.greeted(fan)
    assert thread.thread is not None
    thread.thread.archived = True

    await fan.write("still here")
    await house.shows(fan, "still here")

    assert not thread.thread.archived
    assert house.threads(fan) == [thread]


@pytest.mark.fault("D3")
@pytest.mark.parametrize(("code", "words"), [(200000, "AutoMod"), (240000, "link filter")])
async def test_what_the_servers_own_filter_blocks_is_hidden_behind_a_button_and_the_next_line_goes_on(
    house: LiveBridge, code: int, words: str
) -> None:
    fan = house.fan("Dora")
    thread = await house.greeted(fan)
    house.stage.discord.faults.refuse("POST", rf"^/channels/{thread.id}/messages$", code)
    house.stage.discord.faults.refuse("PATCH", rf"^/channels/{thread.id}/messages/", code, times=100)
    tries = asked(house, f"/{thread.id}/messages")

    await fan.write("a forbidden word")
    await fan.write("a good word")
    await house.shows(fan, "a good word")
    shown = await house.click(thread, "Show to me")
    board = await house.board(f"/{house.stage.guild.id}/{thread.id}/")  # a link to jump to

    assert house.with_words(fan, "a forbidden word") == []
    (notice,) = house.with_words(fan, "A message of the fan is hidden")
    assert words in notice
    assert house.lines(fan).index(notice) < len(house.lines(fan)) - 1  # in its place, and the next one below
    assert asked(house, f"/{thread.id}/messages") == tries + 3
    assert "a forbidden word" in shown.text

    def resting() -> dict[str, object] | None:
        """The hidden line, once it waits for an hour; what changed on the server has it tried at once."""
        (waiting,) = outbox(house, fan, "line.blocked")
        pause = int(str(waiting["not_before"])) - int(str(waiting["created_at"]))
        return waiting if abs(pause * SPEED - 3_600_000) < 200_000 else None

    waiting = await house.stored(resting)
    assert waiting is not None
    assert (waiting["state"], words in str(waiting["attention"])) == ("pending", True)
    assert "hidden line" in board
    assert "forbidden" not in board


@pytest.mark.fault("D3")
async def test_a_locked_thread_is_told_with_a_link_to_it_and_without_the_fans_words(
    house: LiveBridge,
) -> None:
    fan = house.fan("Dora")
    thread = await house.answered(fan)  # the lock is met by a post, not by an edit of the one above
    # For as long as it takes: whatever Discord tells of its channels has the bridge try again by itself.
    house.stage.discord.faults.refuse("POST", rf"^/channels/{thread.id}/messages$", 160005, times=100)

    await fan.write("behind a lock")
    board = await house.board(f"/{house.stage.guild.id}/{thread.id}")
    house.stage.discord.faults.clear()
    await house.click(alerts_channel(house), "1: I fixed it, try now")
    await house.shows(fan, "behind a lock")

    assert "is locked" in board
    assert "behind a lock" not in board


@pytest.mark.fault("D3")
async def test_a_blocked_line_is_shown_once_the_server_changes_and_until_then_stays_hidden(
    house: LiveBridge,
) -> None:
    fan = house.fan("Dora")
    thread = await house.greeted(fan)
    faults, place, owner = house.stage.discord.faults, the_forum(house), house.stage.owner.user.id
    faults.refuse("POST", rf"^/channels/{thread.id}/messages$", 200000)
    faults.refuse("PATCH", rf"^/channels/{thread.id}/messages/", 200000, times=100)
    await fan.write("a forbidden word")
    await house.shows(fan, "A message of the fan is hidden")
    await house.board(f"/{thread.id}/")

    channels.changed(house.stage.discord.world, place, owner)
    await house.stored(lambda: [r for r in outbox(house, fan, "line.blocked") if r["reason"]])
    hidden = house.with_words(fan, "a forbidden word")
    faults.clear()
    channels.changed(house.stage.discord.world, place, owner)
    await house.shows(fan, "a forbidden word")

    assert hidden == []
    assert house.with_words(fan, "A message of the fan is hidden") == []
    assert len(house.threads(fan)) == 1
    await house.stored(lambda: [r for r in outbox(house, fan, "line.blocked") if r["state"] == "done"])


@pytest.mark.fault("D3")
@pytest.mark.parametrize(("code", "words"), [(160006, "as many open threads"), (160005, "is locked")])
async def test_what_only_a_person_can_open_waits_with_its_reason_and_goes_on_by_itself(
    house: LiveBridge, code: int, words: str
) -> None:
    fan = house.fan("Dora")
    await house.restart(WINDOW_DIVISOR="100")  # the pause of fifteen minutes is nine seconds here
    house.stage.discord.faults.refuse("POST", OPENS, code)

    await fan.write("let me in")
    await house.stored(lambda: [r for r in outbox(house, fan, "thread.open") if words in str(r["attention"])])
    tries = asked(house, "/threads")
    board = await house.board(words)
    await house.shows(fan, "let me in")
    await house.restart(WINDOW_DIVISOR=str(SPEED))

    assert asked(house, "/threads") == tries + 1  # it waited, and did not knock
    assert "Waiting for it: 1 thread" in board
    assert "let me in" not in board
    assert len(house.with_words(fan, "let me in")) == 1


@pytest.mark.fault("D10")
async def test_a_reply_whose_line_a_moderator_deletes_stays_sent_and_is_not_sent_again(
    house: LiveBridge,
) -> None:
    fan = house.fan("Dora")
    thread = await house.greeted(fan)
    await house.reply(thread, text="said is said")
    await house.shows(fan, "✓ Sent")
    line = next(m for m in house.messages(thread) if "said is said" in m.text)
    messages.delete(house.stage.discord.world, line, house.stage.owner.user.id)

    await fan.read()
    await house.stored(lambda: [r for r in outbox(house, fan, "reply.edit") if r["state"] == "cancelled"])
    await fan.write("and on it goes")
    await house.shows(fan, "and on it goes")

    assert [message.text for message in fan.inbox()] == ["said is said"]
    assert house.posts_to(fan) == 1
    assert not any("Send again" in labels(message) for message in house.messages(thread))


def delete_line(house: LiveBridge, thread: StandInChannel, words: str) -> None:
    """The owner of the server deletes the line with these words."""
    line = next(m for m in house.messages(thread) if words in m.text)
    messages.delete(house.stage.discord.world, line, house.stage.owner.user.id)


@pytest.mark.fault("D10")
@pytest.mark.parametrize("how", ["answered", "lose_answer", "lost"])
async def test_deleting_the_line_of_a_sent_reply_is_said_to_change_nothing_and_offers_to_unsend(
    house: LiveBridge, how: str
) -> None:
    fan = house.fan("Dora")
    thread = await house.greeted(fan)
    await house.reply(thread, text="said in haste")
    await house.shows(fan, "✓ Sent")
    delete_line(house, thread, "said in haste")
    await house.shows(fan, "This doesn't change Fanvue: the fan still has the message")
    assert [message.text for message in fan.inbox()] == ["said in haste"]
    if how == "lose_answer":
        house.stage.fanvue.faults.add("lose_answer", "DELETE", "/messages/")
    elif how == "lost":
        house.stage.fanvue.faults.add("execute_late", "DELETE", "/messages/", seconds=3_600)

    first = await house.click(thread, "Unsend")
    await house.shows(fan, "It was taken back since: the fan no longer has it")

    assert "We asked Fanvue" in first.text
    assert fan.inbox() == []
    assert [row["state"] for row in outbox(house, fan, "chat.unsend")] == ["done"]
    assert not any("Unsend" in labels(message) for message in house.messages(thread))
    assert house.posts_to(fan) == 1


@pytest.mark.fault("D10")
async def test_what_the_fan_has_bought_cannot_be_unsent_and_the_note_says_so(house: LiveBridge) -> None:
    fan = house.fan("Dora")
    thread = await house.greeted(fan)
    media = house.stage.fanvue.world.add_media(house.stage.creator)
    await house.reply(thread, text="for you", price="5", media=media.uuid)
    await house.shows(fan, "✓ Sent")
    delete_line(house, thread, "for you")
    await house.shows(fan, "This doesn't change Fanvue: the fan still has the message")
    house.stage.fanvue.faults.webhooks.off = True
    await fan.buy(fan.inbox()[-1].uuid)  # the bridge does not know it yet, Fanvue does
    house.stage.fanvue.faults.webhooks.off = False
    await house.click(thread, "Unsend")
    await house.shows(fan, "Fanvue did not take it back: A message that was bought")

    assert [message.text for message in fan.inbox()] == ["for you"]
    assert [row["state"] for row in outbox(house, fan, "chat.unsend")] == ["rejected"]
