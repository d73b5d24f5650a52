"""A fan writes, a member answers: what both see, also when it goes wrong."""

from bot.sandbox import patience, tally
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInChannel
from bot.sandbox.play import EveningPlay

PATIENCE = patience.SECONDS


async def thread_with(
    play: EveningPlay, handle: str, words: str, *, within: float = PATIENCE
) -> StandInChannel:
    """The fan's thread, once it shows these words."""
    world = play.stage.discord.world

    def shown() -> StandInChannel | None:
        thread = play.thread_of(handle)
        texts = [message.text for message in world.messages.get(thread.id, {}).values()] if thread else []
        return thread if any(words in text.replace("\\", "") for text in texts) else None

    found = await world.until(shown, within)
    assert found is not None
    return found


async def answered(play: EveningPlay, handle: str, words: str) -> StandInChannel:
    """The thread of a fan who said this and was answered: what they say next is a post of its own."""
    await play.stage.fans[handle].write(words)
    thread = await thread_with(play, handle, words)
    await reply(play, thread, text="I am here")
    return await thread_with(play, handle, "✓ Sent")


async def reply(play: EveningPlay, thread: StandInChannel, **values: str) -> InteractionAnswer:
    member = play.stage.members["mara"]
    answer = await member.slash(play.stage.guild, thread, "reply", **values)
    return await answer.done(PATIENCE)


async def test_a_reply_is_queued_then_sent_then_seen_and_is_in_the_chat_once(play: EveningPlay) -> None:
    fan = play.stage.fans["sam_k"]
    await fan.write("hello there")
    thread = await thread_with(play, "sam_k", "hello there")

    answer = await reply(play, thread, text="hello Sam")
    assert answer.ephemeral
    assert "On its way to Sam" in answer.text
    await thread_with(play, "sam_k", "✓ Sent")
    await fan.read()
    await thread_with(play, "sam_k", "👁 Seen")

    assert [message.text for message in fan.inbox()] == ["hello Sam"]


async def test_a_priced_reply_arrives_with_its_media_and_shows_when_it_is_paid(play: EveningPlay) -> None:
    fan = play.stage.fans["sam_k"]
    await fan.write("what do you have?")
    thread = await thread_with(play, "sam_k", "what do you have?")

    await reply(play, thread, text="this", price="9.99", media=play.stage.media[0])
    await thread_with(play, "sam_k", "✓ Sent")
    (offer,) = fan.inbox()
    await fan.buy(offer.uuid)
    await thread_with(play, "sam_k", "💰 Paid")

    assert (offer.price, list(offer.media)) == (999, [play.stage.media[0]])


async def test_bad_input_is_answered_with_what_to_do_and_nothing_is_sent(play: EveningPlay) -> None:
    fan = play.stage.fans["sam_k"]
    await fan.write("hi")
    thread = await thread_with(play, "sam_k", "hi")
    media = play.stage.media[0]

    too_long = await reply(play, thread, text="x" * 5001)
    too_cheap = await reply(play, thread, text="cheap", price="2.99", media=media)
    no_media = await reply(play, thread, text="empty", price="5")
    no_price = await reply(play, thread, text="odd", price="five", media=media)
    nothing = await reply(play, thread)
    elsewhere = await play.stage.owner.slash(play.stage.guild, play.stage.lobby, "reply", text="hi")
    await elsewhere.done(PATIENCE)

    assert "5,001 characters" in too_long.text
    assert "$3.00" in too_cheap.text
    assert "no media yet · **$5.00**" in no_media.text  # the gallery, with what was typed
    assert no_price.text
    assert "no media yet" in nothing.text
    assert "thread" in elsewhere.text
    assert fan.inbox() == []


async def test_a_fan_who_cannot_be_contacted_is_named_with_the_reason(play: EveningPlay) -> None:
    fan = play.stage.fans["dee.dee"]
    await fan.write("bye")
    thread = await thread_with(play, "dee.dee", "bye")
    fan.block()

    await reply(play, thread, text="wait!")

    await thread_with(play, "dee.dee", "Not sent")
    assert fan.inbox() == []


async def test_a_message_without_its_text_is_read_and_reading_marks_nothing(play: EveningPlay) -> None:
    play.stage.fanvue.switches.text_in_events = False
    fan = play.stage.fans["night.owl"]
    message = await fan.write("read me", media=2)

    thread = await thread_with(play, "night.owl", "read me")

    assert "2 media items" in play.stage.discord.world.messages[thread.id].popitem()[1].text
    assert not message.read


async def test_an_unreachable_fanvue_delays_a_reply_and_sends_it_once(play: EveningPlay) -> None:
    fan = play.stage.fans["sam_k"]
    await fan.write("anybody there?")
    thread = await thread_with(play, "sam_k", "anybody there?")

    await play.stage.fanvue.refuse()
    await reply(play, thread, text="in a moment")
    await thread_with(play, "sam_k", "Queued. ")
    await play.stage.fanvue.accept()
    await thread_with(play, "sam_k", "✓ Sent")

    assert [message.text for message in fan.inbox()] == ["in a moment"]


async def test_a_lost_answer_is_settled_by_reading_and_never_sent_again(play: EveningPlay) -> None:
    play.stage.fanvue.switches.idempotency = "ignored"
    fan = play.stage.fans["sam_k"]
    await fan.write("lost?")
    thread = await thread_with(play, "sam_k", "lost?")
    play.stage.fanvue.faults.add("lose_answer", "POST", r"/message$")

    await reply(play, thread, text="found again")
    await thread_with(play, "sam_k", "✓ Sent")

    assert [message.text for message in fan.inbox()] == ["found again"]
    assert tally.pings(play.stage) == 0
