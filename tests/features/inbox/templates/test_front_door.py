"""A lead writes a template, a member uses it, the fan reads their own name."""

import pytest

from bot.sandbox.discord.answers import InteractionAnswer
from tests.earlier_windows import with_ids
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels

pytestmark = pytest.mark.asyncio(loop_scope="module")


house = own_house()


def lobby(house: LiveBridge) -> int:
    """Where nobody's fan is."""
    return house.stage.guild.channel_ids[0]


async def command(house: LiveBridge, name: str, *, by: str, **values: object) -> InteractionAnswer:
    """A member uses a command outside of threads."""
    answer = await house.stage.members[by].slash(house.stage.guild, lobby(house), name, **values)
    return await answer.done(PATIENCE)


async def write(house: LiveBridge, **fields: str) -> str:
    """The owner writes a template; what she is told."""
    owner = house.stage.owner
    window = await owner.slash(house.stage.guild, lobby(house), "template add")
    await window.opened(PATIENCE)
    answer = await (await owner.submit(with_ids(window), fields)).done(PATIENCE)
    assert answer.ephemeral
    return answer.text


async def test_a_template_written_in_a_window_reaches_the_fan_with_their_name(house: LiveBridge) -> None:
    said = await write(house, name="Evening", text="good evening {fan_name|love}\nhow was {weekday|today}?")
    fan = house.fan("Ada")
    thread = await house.greeted(fan)

    offered = await house.stage.members["mara"].autocomplete(
        house.stage.guild, thread, "reply", "template", "even"
    )
    answer = await house.reply(thread, template=offered[0]["value"])
    await house.shows(fan, "✓ Sent")

    assert "Saved: Evening" in said
    assert [one["name"] for one in offered] == ["Evening"]
    assert "On its way to Ada" in answer.text
    (message,) = fan.inbox()
    assert message.text is not None
    assert message.text.startswith("good evening Ada\nhow was ")
    assert message.text.endswith("day?")


async def test_what_is_typed_takes_the_templates_place_and_a_wrong_name_sends_nothing(
    house: LiveBridge,
) -> None:
    await write(house, name="Morning", text="good morning")
    fan = house.fan("Bo")
    thread = await house.greeted(fan)

    unknown = await house.reply(thread, template="Afternoon")
    await house.reply(thread, template="morning", text="slept well?")
    await house.shows(fan, "✓ Sent")

    assert "This creator has no such template" in unknown.text
    assert [message.text for message in fan.inbox()] == ["slept well?"]


async def test_who_may_reply_reads_templates_and_only_a_lead_changes_them(house: LiveBridge) -> None:
    await write(house, name="Night", text="good night")
    owner, mara = house.stage.owner, house.stage.members["mara"]

    read = await command(house, "template show", by="mara", template="night")
    denied = await command(house, "template remove", by="mara", template="night")
    shown = await owner.slash(house.stage.guild, lobby(house), "template show", template="night")
    await shown.done(PATIENCE)
    assert shown.message is not None
    window = await owner.click(shown.message, "Change")
    await window.opened(PATIENCE)
    saved = await (await owner.submit(window, {"name": "Night", "text": "sleep well"})).done(PATIENCE)
    listed = await command(house, "template list", by="mara")
    removed = await owner.slash(house.stage.guild, lobby(house), "template remove", template="night")
    await removed.done(PATIENCE)

    assert "good night" in read.text
    assert read.message is not None
    assert labels(read.message) == []
    assert "You don't have access to this here" in denied.text
    assert "sleep well" in saved.text
    assert "Night" in listed.text
    assert "Removed: Night" in removed.text
    offered = await mara.autocomplete(house.stage.guild, lobby(house), "template show", "template", "night")
    assert offered == []


async def test_a_bundles_items_are_named_as_the_vault_has_them_to_whoever_may_look_into_it(
    house: LiveBridge,
) -> None:
    first, second = house.stage.media[:2]
    await write(house, name="Bundle", text="two for you", price="9", media=f"{first} {second}", preview=first)
    gone = "0a0a0a0a-0000-4000-8000-00000000dead"
    await write(house, name="Old set", media=gone)

    shown = (await command(house, "template show", by="mara", template="bundle")).text
    listed = (await command(house, "template list", by="mara")).text
    old = (await command(house, "template show", by="mara", template="old set")).text

    assert "1. **Picture** · Set 1 · <t:" in shown
    assert "2. **Picture** · Set 2 · <t:" in shown
    assert "everyone sees it before they buy" in shown
    assert "· Picture · Set 1, Picture · Set 2\n" in listed
    assert "1. no longer in the vault" in old
    assert first not in shown + listed

    window = await editing(house, "bundle")  # no window shows an id, and what was chosen stays
    await (await house.stage.owner.submit(window, {"price": "11"})).done(PATIENCE)
    again = (await command(house, "template show", by="mara", template="bundle")).text
    assert first not in str(window.modal)
    assert "$11.00" in again
    assert "2. **Picture** · Set 2 · <t:" in again
    assert "everyone sees it before they buy" in again


async def editing(house: LiveBridge, name: str) -> InteractionAnswer:
    """The owner opens the window with a template."""
    opened = await house.stage.owner.slash(house.stage.guild, lobby(house), "template edit", template=name)
    await opened.opened(PATIENCE)
    return opened


async def test_a_template_that_was_removed_while_its_window_was_open_does_not_come_back(
    house: LiveBridge,
) -> None:
    await write(house, name="Noon", text="good day")
    owner = house.stage.owner

    window = await editing(house, "noon")
    removed = await owner.slash(house.stage.guild, lobby(house), "template remove", template="noon")
    await removed.done(PATIENCE)
    said = await (await owner.submit(window, {"name": "Noon", "text": "good day, love"})).done(PATIENCE)
    shown = await command(house, "template show", by="mara", template="noon")

    assert "was removed" in said.text
    assert "good day, love" in said.text
    assert "This creator has no such template" in shown.text


async def test_of_two_who_change_a_template_at_once_the_second_keeps_their_text_and_reads_the_first_ones(
    house: LiveBridge,
) -> None:
    await write(house, name="Dusk", text="good dusk")
    owner = house.stage.owner

    one, other = await editing(house, "dusk"), await editing(house, "dusk")
    first = await (await owner.submit(one, {"name": "Dusk", "text": "mind the dusk"})).done(PATIENCE)
    second = await (
        await owner.submit(
            with_ids(other),
            {"name": "Dusk", "text": "x" * 3990, "price": "5", "media": house.stage.media[0]},
        )
    ).done(PATIENCE)
    shown = await command(house, "template show", by="mara", template="dusk")

    assert "Saved: Dusk" in first.text
    assert f"<@{owner.user.id}> changed this template" in second.text
    assert "mind the dusk" in second.text
    assert second.message is not None
    (file,) = second.message.attachments
    assert "x" * 3990 in file.content.decode()
    assert "$5.00" in file.content.decode()
    assert "mind the dusk" in shown.text

    again = await owner.click(second.message, "Change")
    assert "mind the dusk" in str(await again.opened(PATIENCE))


async def test_a_price_that_is_none_loses_no_text(house: LiveBridge) -> None:
    said = await write(house, name="Dear", text="three hundred words", price="a lot")
    shown = await command(house, "template show", by="mara", template="dear")

    assert "three hundred words" in said
    assert "a lot" in said
    assert "This creator has no such template" in shown.text


async def test_an_offer_from_a_template_is_picked_read_and_sent_in_three_actions(house: LiveBridge) -> None:
    said = await write(
        house, name="Offer", text="for you, {fan_name|love}", price="12.50", media=house.stage.media[0]
    )
    fan = house.fan("Cleo")
    thread = await house.greeted(fan)
    mara, ledger = house.stage.members["mara"], house.stage.discord.ledger
    before = ledger.count("interaction", user_id=mara.user.id)

    asked = await mara.menu(house.messages(thread)[-1], "Templates")
    await asked.done(PATIENCE)
    window = await mara.choose(asked.message, "Choose a template", "Offer · 1 item · $12.50")
    form = await window.opened(PATIENCE)
    sent_before = fan.inbox()
    await (await mara.submit(window, {})).done(PATIENCE)
    await house.shows(fan, "✓ Sent")

    # With opening the thread, which is the client's own, these are four.
    assert ledger.count("interaction", user_id=mara.user.id) - before == 3
    assert sent_before == []
    assert "for you, Cleo" in str(form)
    assert "📎 1 item from the vault" in said
    assert house.stage.media[0] not in said
    (message,) = fan.inbox()
    assert (message.text, message.price) == ("for you, Cleo", 1250)
    (use,) = house.rows(
        """SELECT outbox.state FROM template_uses JOIN outbox ON outbox.cause = template_uses.ref
           WHERE outbox.kind = 'chat.send' AND outbox.fan_uuid = ?""",
        fan.uuid,
    )
    assert use["state"] == "done"


async def test_what_is_edited_before_it_leaves_still_comes_from_its_template(house: LiveBridge) -> None:
    await write(house, name="Edited", text="from the shelf")
    fan = house.fan("Dana")
    thread = await house.greeted(fan)
    mara = house.stage.members["mara"]
    listed = await mara.menu(house.messages(thread)[-1], "Templates")
    await listed.done(PATIENCE)
    window = await mara.choose(listed.message, "Choose a template", "Edited")
    await window.opened(PATIENCE)
    await fan.write("wait")
    await house.shows(fan, "wait")

    asked = await (await mara.submit(window, {})).says("since you started to answer", PATIENCE)
    editing = await mara.click(asked.message, "Edit")
    await editing.opened(PATIENCE)
    answer = await mara.submit(editing, {"text": "from the shelf, and from me"})
    await answer.until(lambda seen: "and from me" in seen.text or "On its way" in seen.text, PATIENCE)
    if "On its way" not in answer.text:
        await (await mara.click(answer.message, "Send")).says("On its way", PATIENCE)
    await house.shows(fan, "✓ Sent")
    shown = await command(house, "template show", by="mara", template="edited")

    assert [message.text for message in fan.inbox()] == ["from the shelf, and from me"]
    assert "once" in shown.text


async def test_a_lead_is_handed_the_file_and_nobody_else(house: LiveBridge) -> None:
    await write(house, name="Filed", text="in the file")

    denied = await command(house, "template export", by="mara")
    handed = await house.stage.owner.slash(house.stage.guild, lobby(house), "template export")
    await handed.done(PATIENCE)

    assert "You don't have access to this here" in denied.text
    assert handed.ephemeral
    assert "for you alone" in handed.text
    assert handed.message is not None
    (file,) = handed.message.attachments
    assert "in the file" in file.content.decode()


async def test_a_spreadsheet_comes_back_after_a_question_about_what_is_there(house: LiveBridge) -> None:
    await write(house, name="Sheet", text="=from the bridge")
    owner, place = house.stage.owner, (house.stage.guild, lobby(house))

    handed = await (await owner.slash(*place, "template export", kind="csv")).done(PATIENCE)
    assert handed.message is not None
    (file,) = handed.message.attachments
    changed = file.content.replace(b"from the bridge", b"from the sheet") + b"Row,new\r\n"
    wrong = await owner.slash(*place, "template import", file=("sheet.csv", changed))
    await wrong.done(PATIENCE)
    right = changed.replace(b"Row,new", b"Row,new,,,,false")
    asked = await (await owner.slash(*place, "template import", file=("sheet.csv", right))).done(PATIENCE)
    before = await command(house, "template show", by="mara", template="sheet")
    assert asked.message is not None
    label = next(one for one in labels(asked.message) if "replace" in one)
    await owner.click(asked.message, label)
    await house.until(lambda: "Imported" in asked.text)
    after = await command(house, "template show", by="mara", template="sheet")
    new = await command(house, "template show", by="mara", template="row")
    denied = await house.stage.members["mara"].slash(*place, "template import", file=("sheet.csv", right))
    await denied.done(PATIENCE)

    assert "'=from the bridge" in file.content.decode()
    assert "has 2 cells, and the first line has 6" in wrong.text
    assert asked.ephemeral
    assert "=from the bridge" in before.text.replace("\\", "")
    assert "=from the sheet" in after.text.replace("\\", "")
    assert "new" in new.text
    assert "You don't have access to this here" in denied.text
