"""/mass new by the front door: a preview says what is sent, a press sends it once."""

from pathlib import Path

import pytest

from bot.discord.asking import NOT_HERE
from bot.features.publishing.mass_messages.texts import PLANNED_AHEAD
from storage.records import EffectId
from tests.features.publishing.mass_messages.mass_messages_scenario import (
    MINUTE,
    SCOPES,
    MassMessagesScenario,
    opened,
)
from tests.relay.relay_scenario import MAYA


async def test_the_preview_says_exactly_what_goes_out_to_whom(studio: MassMessagesScenario) -> None:
    fans = studio.fans(11)
    await studio.custom_list("VIP", *fans[:3])
    media = studio.evening.server.world.add_media(studio.evening.account, name="A picture")

    answer = await studio.propose(
        to="subscribers",
        text="New set, *just* for you",
        price="9.99",
        media=media.uuid,
        **{"except": "VIP"},
    )

    assert answer.text.splitlines() == [
        "### Mass message from @luna",
        "New set, \\*just\\* for you",
        "🔒 1 item from the vault for **$9.99**",
        "**To** Subscribers (12 fans)",
        "**Except** VIP (3 fans)",
        "**Recipients** up to 12 fans, minus up to 3 who are excluded",
        "**When** right away",
        "-# Fanvue's estimate. The exact number comes when it is sent.",
        f"-# {PLANNED_AHEAD}",
        "-# Nothing is done yet. You can confirm this preview for 15 minutes.",
    ]
    assert studio.sent() == []


async def test_confirmed_it_is_sent_once_and_noted_without_its_words(studio: MassMessagesScenario) -> None:
    fans = studio.fans(11)
    await studio.custom_list("VIP", *fans[:3])
    media = studio.evening.server.world.add_media(studio.evening.account, name="A picture")
    answer = await studio.propose(
        to="subscribers", text="New set", price="9.99", media=media.uuid, **{"except": "VIP"}
    )

    await studio.press(answer, "Send to up to 12 fans")

    [sent] = studio.sent()
    assert (sent["text"], sent["price"], sent["media"]) == ("New set", 999, [media.uuid])
    assert set(sent["recipients"]) == {studio.evening.fan.uuid, *(fan.uuid for fan in fans[3:])}
    assert "Mass message scheduled for <t:1795460580:F>, to 9 fans" in answer.text
    [note] = studio.noted()
    who = studio.town.olivia.user.id
    assert note.text == f"Mass message scheduled for <t:1795460580:F>, to 9 fans, confirmed by <@{who}>."


async def test_several_lists_are_at_most_their_sum_and_everybody_gets_it_once(
    studio: MassMessagesScenario,
) -> None:
    fans = studio.fans(3)
    vip = await studio.custom_list("VIP", *fans)

    answer = await studio.propose(to=f"subscribers,{vip[:13]}", text="Hello all")
    preview = answer.text
    await studio.press(answer, "Send to up to 7 fans")

    assert "at most 7 fans; who is on several lists gets it once" in preview
    [sent] = studio.sent()
    assert len(sent["recipients"]) == len(set(sent["recipients"])) == 4


async def test_a_time_is_handed_to_fanvue_which_sends_it_then(studio: MassMessagesScenario) -> None:
    answer = await studio.propose(to="subscribers", text="Later", when="in 2 hours")
    preview = answer.text

    await studio.press(answer, "Schedule for up to 1 fan")

    [sent] = studio.sent()
    assert sent["scheduled_at"].timestamp() * 1000 == studio.clock.at + 120 * MINUTE
    assert "**When** Mon 23 Nov 21:00 (UTC), in 2 hours, for you <t:1795467600:f>" in preview
    assert "The owner chooses one: `/settings zone`." in preview
    assert "Mass message scheduled for <t:1795467600:F>, to 1 fan" in answer.text


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"to": "everybody", "text": "x"}, "Fanvue has no list “everybody”."),
        (
            {"to": "muted", "text": "x"},
            "Nobody is on the chosen lists right now, so there is nothing to send",
        ),
        ({"to": " , ", "text": "x"}, "Choose at least one list under `to:`"),
        ({"to": "subscribers"}, "There is nothing to send yet."),
        ({"to": "subscribers", "text": "x" * 5001}, "5,001 characters, and Fanvue takes 5,000"),
        (
            {"to": "subscribers", "text": "x", "price": "4"},
            "A price needs media to buy: add some from the vault",
        ),
        ({"to": "subscribers", "text": "x", "price": "free"}, "“free” is not a price."),
        ({"to": "subscribers", "text": "x", "when": "yesterday"}, "We can't read that time."),
        ({"to": "subscribers", "text": "x", "except": "subscribers"}, "both under `to:` and `except:`"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
async def test_what_cannot_be_sent_is_refused_in_words(
    studio: MassMessagesScenario, options: dict[str, str], why: str
) -> None:
    answer = await studio.propose(**options)

    assert why in answer.text
    assert studio.sent() == []


async def test_only_the_creators_own_person_may(studio: MassMessagesScenario) -> None:
    answer = await studio.propose("maya", to="subscribers", text="x")

    assert answer.text == NOT_HERE


async def test_without_the_permission_it_says_which_and_how_to_get_it(tmp_path: Path) -> None:
    async with opened(tmp_path, scopes=SCOPES.replace("read:fan", "")) as studio:
        answer = await studio.propose(to="subscribers", text="x")

        assert "a permission that Fanvue has not given us: read:fan." in answer.text
        assert "Connect again with /link" in answer.text


async def test_the_same_message_within_a_day_is_warned_of(studio: MassMessagesScenario) -> None:
    await studio.press(await studio.propose(to="subscribers", text="Hi"), "Send to up to 1 fan")

    again = await studio.propose(to="subscribers", text="Hi")
    other = await studio.propose(to="subscribers", text="Hi there")

    assert "⚠️ **You already confirmed the same message to the same lists" in again.text
    assert "⚠️" not in other.text


async def test_a_long_text_is_shown_short_and_sent_whole(studio: MassMessagesScenario) -> None:
    text = ("word *" * 900)[:4999] + "."
    answer = await studio.propose(to="subscribers", text=text)
    preview = answer.text

    await studio.press(answer, "Send to up to 1 fan")

    assert "The whole text is sent; only this preview is short." in preview
    assert [sent["text"] for sent in studio.sent()] == [text]


async def test_lists_are_offered_with_their_sizes_and_one_more_behind_a_comma(
    studio: MassMessagesScenario,
) -> None:
    vip = await studio.custom_list("VIP", *studio.fans(2))
    olivia, there = studio.town.olivia, studio.town

    one = await olivia.autocomplete(there.guild, there.lobby, "mass new", "to", "vip")
    two = await olivia.autocomplete(there.guild, there.lobby, "mass new", "to", "Subscribers · 3 fans, vi")
    none = await there.maya.autocomplete(there.guild, there.lobby, "mass new", "to", "vip")

    assert one == [{"name": "VIP · 2 fans", "value": vip[:13]}]
    assert two == [{"name": "Subscribers · 3 fans, VIP · 2 fans", "value": f"subscribers,{vip[:13]}"}]
    assert none == []


async def test_fanvues_refusal_is_told_in_its_words(studio: MassMessagesScenario) -> None:
    vip = await studio.custom_list("VIP", studio.evening.fan)
    answer = await studio.propose(to="VIP", text="x")
    studio.evening.server.faults.add("error_before", "POST", "/chats/mass-messages", status=403)

    await studio.press(answer, "Send to up to 1 fan")
    page = await studio.desk.problems.page([studio.evening.creator])

    assert vip
    assert "Mass message: not sent" in answer.text
    assert "Make a new one with /mass new." in answer.text
    assert [button.label for button in page.buttons] == ["1: Remove from the list"]
    assert studio.sent() == []


async def test_what_fanvue_refused_is_taken_off_the_list_by_its_button(studio: MassMessagesScenario) -> None:
    # Found by the simulation: the button was there, and belonged to nothing.
    await studio.custom_list("VIP", studio.evening.fan)
    answer = await studio.propose(to="VIP", text="x")
    studio.evening.server.faults.add("error_before", "POST", "/chats/mass-messages", status=403)
    await studio.press(answer, "Send to up to 1 fan")
    problems, creator = studio.desk.problems, studio.evening.creator
    (button,) = (await problems.page([creator])).buttons

    said = await problems.drop(EffectId(button.ref), MAYA)

    assert said == "Kept as is."
    assert (await problems.page([creator])).buttons == ()
    assert studio.sent() == []


async def test_a_mass_message_that_fanvue_is_still_sending_is_found(studio: MassMessagesScenario) -> None:
    studio.evening.server.switches.mass_seconds = 3600.0
    studio.evening.server.faults.add("lose_answer", "POST", "/chats/mass-messages")
    answer = await studio.propose(to="subscribers", text="x")
    await studio.press(answer, "Send to up to 1 fan")
    listed = await studio.broadcasts.fanvue.listed(studio.evening.creator, since=0)

    await studio.driver.pass_time(MINUTE)

    assert [row.status for row in listed.rows] == ["SENDING"]
    assert "Mass message sent to 1 fan" in answer.text
    assert len(studio.sent()) == 1


async def test_one_that_somebody_wrote_by_hand_earlier_is_not_taken_for_it(
    studio: MassMessagesScenario,
) -> None:
    await studio.press(await studio.propose(to="subscribers", text="x"), "Send to up to 1 fan")
    studio.clock.at += MINUTE
    answer = await studio.propose(to="subscribers", text="x")
    studio.evening.server.faults.add("execute_late", "POST", "/chats/mass-messages", seconds=3600)

    await studio.press(answer, "Send to up to 1 fan")
    await studio.driver.pass_time(11 * MINUTE)

    assert "not known whether it was sent" in answer.text
    assert len(studio.sent()) == 1


async def test_a_preview_waits_its_turn_when_fanvue_asks_for_a_pause(studio: MassMessagesScenario) -> None:
    studio.evening.server.faults.add("too_many", "GET", "/chats/lists/smart", retry_after=30)
    before = studio.clock.at

    answer = await studio.propose(to="subscribers", text="Hi")

    assert studio.clock.at >= before + 30_000
    assert "**Recipients** up to 1 fan" in answer.text


async def test_a_preview_that_cannot_be_made_says_so_and_what_to_do(studio: MassMessagesScenario) -> None:
    studio.evening.server.faults.add("error_before", "GET", "/chats/lists/custom", status=503)

    answer = await studio.propose(to="subscribers", text="Hi")

    assert answer.text == (
        "We can't reach Fanvue right now, so it was not sent. Run /mass new again in a moment."
    )
