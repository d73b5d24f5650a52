"""One confirmed post is one post, whatever happens to the call or to the bridge."""

import time
from typing import Any

import pytest

from bot.sandbox import post_scene
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.evening import EveningPost
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels

pytestmark = pytest.mark.asyncio(loop_scope="module")

POSTS = "/posts$"
_ASKS = 600.0  # seconds after which a person is asked, undivided


async def shown(house: LiveBridge, text: str, **typed: Any) -> InteractionAnswer:
    """The owner has typed a post and sees what it will be."""
    answer = await post_scene.preview(house.stage, EveningPost(text, **typed))
    assert labels(message_of(answer))[1:] == ["Media …", "Cancel"], answer.text
    return answer


def message_of(answer: InteractionAnswer) -> Any:
    assert answer.message is not None
    return answer.message


async def press(house: LiveBridge, answer: InteractionAnswer) -> None:
    """She confirms; what becomes of it is shown in the same message."""
    await house.stage.owner.click(message_of(answer), labels(message_of(answer))[0])


async def ends(answer: InteractionAnswer, words: str, within: float = PATIENCE) -> None:
    """The message says so in the end."""
    await answer.until(lambda now: words in now.text, within)


def made(house: LiveBridge, text: str) -> int:
    """How many such posts there are on Fanvue."""
    return len(house.stage.fanvue.ledger.of("post", text=text))


def confirmed(house: LiveBridge) -> dict[str, Any]:
    """The newest confirmed post, as the bridge remembers it."""
    return house.rows("SELECT * FROM outbox WHERE kind = 'proposed.post' ORDER BY seq")[-1]


@pytest.mark.parametrize("fault", ["lose_answer", "error_after", "broken_json"])
async def test_a_post_that_was_made_and_not_answered_is_found_and_never_made_again(
    house: LiveBridge, fault: str
) -> None:
    text = f"only once, {fault}"
    answer = await shown(house, text)
    house.stage.fanvue.faults.add(fault, "POST", POSTS, status=502)  # type: ignore[arg-type]  # a kind by its name

    await press(house, answer)
    await ends(answer, "Post: checking…")
    await ends(answer, "Post published")

    post = confirmed(house)
    assert (post["state"], post["attempts"], made(house, text)) == ("done", 1, 1)
    assert house.rows("SELECT outbox_id FROM claims WHERE external_id = ?", post["external_id"]) == [
        {"outbox_id": post["id"]}
    ]


async def test_a_post_that_is_made_late_is_found(house: LiveBridge) -> None:
    answer = await shown(house, "in its own time")
    house.stage.fanvue.faults.add("execute_late", "POST", POSTS, seconds=2.0)

    await press(house, answer)
    await ends(answer, "Post published")

    assert (confirmed(house)["state"], made(house, "in its own time")) == ("done", 1)


async def test_a_scheduled_post_without_an_answer_is_found_by_its_time(house: LiveBridge) -> None:
    answer = await shown(house, "tomorrow", when="tomorrow 18:00", price="5")
    house.stage.fanvue.faults.add("lose_answer", "POST", POSTS)

    await press(house, answer)
    await ends(answer, "Post scheduled for")

    assert (confirmed(house)["state"], made(house, "tomorrow")) == ("done", 1)


@pytest.mark.parametrize("carried_out", [True, False])
async def test_killed_while_it_is_under_way_it_is_looked_for_and_never_made_again(
    house: LiveBridge, *, carried_out: bool
) -> None:
    text = f"into the dark, {carried_out}"
    answer = await shown(house, text)
    held = house.stage.fanvue.faults.hold("POST", POSTS)

    await press(house, answer)
    await held.reached(PATIENCE)
    assert confirmed(house)["state"] == "sending"
    await house.stage.bridge.kill()
    held.release(carried_out=carried_out)
    await house.restart(WINDOW_DIVISOR="100")

    if carried_out:
        await ends(answer, "Post published")
    else:
        await house.board("not known whether it was published")
        # It is looked for longer than that, and the next post would wait for it.
        await house.stored(lambda: confirmed(house)["state"] == "absent")
    assert (confirmed(house)["attempts"], made(house, text)) == (1, int(carried_out))


async def test_what_nobody_can_find_is_settled_by_a_word_and_never_made_again(house: LiveBridge) -> None:
    await house.restart(WINDOW_DIVISOR="100")
    answer = await shown(house, "is it there?")
    house.stage.fanvue.faults.add("error_before", "POST", POSTS, status=502)
    begun = time.monotonic()

    await press(house, answer)
    await ends(answer, "Answer in /inbox problems")
    assert time.monotonic() - begun >= _ASKS / 100
    owner, stage = house.stage.owner, house.stage
    listed = await owner.slash(stage.guild, stage.lobby, "inbox problems")
    await listed.done(PATIENCE)
    newest = [label for label in labels(message_of(listed)) if label.endswith("It was not")][-1]
    told = await owner.click(message_of(listed), newest)
    await told.done(PATIENCE)

    assert told.text.endswith("Make a new one with /post new.")
    assert confirmed(house)["state"] == "cancelled"
    assert (confirmed(house)["attempts"], made(house, "is it there?")) == (1, 0)


async def test_two_presses_at_once_are_one_post(house: LiveBridge) -> None:
    answer = await shown(house, "twice is once")

    await press(house, answer)
    await press(house, answer)
    await ends(answer, "Post published")
    await house.stored(lambda: confirmed(house)["state"] == "done")

    assert made(house, "twice is once") == 1


async def test_while_fanvue_cannot_be_reached_it_waits_and_is_published_once(house: LiveBridge) -> None:
    answer = await shown(house, "when you are back")
    await house.stage.fanvue.refuse()

    await press(house, answer)
    await house.stored(lambda: confirmed(house)["state"] == "pending" and confirmed(house)["reason"])
    await house.stage.fanvue.accept()
    await ends(answer, "Post published")

    assert made(house, "when you are back") == 1
