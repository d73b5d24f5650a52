"""Sales are explained, reassigned and stated, through Discord."""

import pytest

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.fanvue.people import StandInFan
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels
from tests.proofs.faults.questions import press_until

pytestmark = pytest.mark.asyncio(loop_scope="module")


house = own_house()


async def ask(house: LiveBridge, who: DiscordPerson, name: str, **values: object) -> InteractionAnswer:
    """Somebody uses a command outside of threads; nobody else sees the answer."""
    answer = await who.slash(house.stage.guild, house.stage.guild.channel_ids[0], name, **values)
    await answer.done(PATIENCE)
    assert answer.ephemeral
    return answer


async def press(house: LiveBridge, who: DiscordPerson, answer: InteractionAnswer, label: str) -> str:
    """What stands in the place of a question once it was answered."""
    assert answer.message is not None
    asked = answer.text
    await who.click(answer.message, label)
    await house.until(lambda: answer.text != asked)
    return answer.text


async def sold(house: LiveBridge, name: str, price: str) -> StandInFan:
    """Mara sends a picture with a price, and the fan buys it; Discord has told of it."""
    fan = house.fan(name)
    thread = await house.greeted(fan)
    await house.also_reply(thread, by="mara", text="for you", media=house.stage.media[0], price=price)
    await house.shows(fan, "✓ Sent")
    await fan.buy(fan.inbox()[-1].uuid)
    await house.stored(
        lambda: house.rows("SELECT 1 FROM earnings_told WHERE gross = ?", int(price.replace(".", "")))
    )
    return fan


def ref_of(page: InteractionAnswer, amount: str) -> str:
    """The short name that stands beside an amount."""
    line = next(one for one in page.text.splitlines() if amount in one)
    return line.rsplit("`", 2)[1]


async def test_a_sale_says_who_sent_it_and_who_answered_last(house: LiveBridge) -> None:
    owner, mara = house.stage.owner, house.stage.members["mara"]
    await sold(house, "Ada", "7.01")

    page = (await ask(house, owner, "money credit sales", period="7")).text

    line = page.splitlines()[next(n for n, one in enumerate(page.splitlines()) if "$7.01" in one) + 1]
    assert f"bought what <@{mara.user.id}> sent" in line
    assert f"last answered by <@{mara.user.id}>" in line
    assert "Ada" in page


async def test_the_owner_reassigns_after_a_question_that_a_restart_outlives(house: LiveBridge) -> None:
    owner, mara, other = house.stage.owner, house.stage.members["mara"], house.stage.members["theo"]
    await sold(house, "Bea", "8.02")
    ref = ref_of(await ask(house, owner, "money credit sales", period="7"), "$8.02")

    asked = await ask(
        house, owner, "money credit reassign", sale=ref, member=other.user.id, reason="Theo made it *his*"
    )
    assert asked.message is not None
    assert labels(asked.message) == ["Yes, reassign it", "No, leave it"]
    await house.restart()
    said = await press(house, owner, asked, "Yes, reassign it")
    again = await press_again(house, owner, asked)
    page = (await ask(house, owner, "money credit sales", period="7")).text
    team = (await ask(house, owner, "money credit statement", period="7", as_file=True)).message

    assert f"<@{other.user.id}>'s" in said
    assert again in ("", said)
    assert f"bought what <@{mara.user.id}> sent" in page
    assert f"**Reassigned** to <@{other.user.id}> by <@{owner.user.id}>" in page
    assert "Theo made it \\*his\\*" in page
    assert team is not None
    rows = [line.split(",") for line in team.attachments[0].content.decode("utf-8-sig").splitlines()]
    header = rows[0]
    mine = [dict(zip(header, row, strict=True)) for row in rows[1:] if f"'{other.user.id}" in row]
    assert {(one["rule"], one["gross"], one["reassigned"]) for one in mine} == {
        ("sent", "8.02", "1"),
        ("last", "8.02", "1"),
    }
    assert "reassigned a sale" in (await ask(house, owner, "team audit")).text


async def press_again(house: LiveBridge, who: DiscordPerson, answer: InteractionAnswer) -> str:
    """A second press of what was answered: there is no button any more."""
    assert answer.message is not None
    return "" if "Yes, reassign it" not in labels(answer.message) else answer.text


async def test_of_two_who_reassign_at_once_the_second_is_told(house: LiveBridge) -> None:
    owner, mara, other = house.stage.owner, house.stage.members["mara"], house.stage.members["theo"]
    await sold(house, "Cleo", "9.03")
    ref = ref_of(await ask(house, owner, "money credit sales", period="7"), "$9.03")
    first = await ask(house, owner, "money credit reassign", sale=ref, member=other.user.id, reason="one")
    second = await ask(house, owner, "money credit reassign", sale=ref, reason="two")

    done = await press(house, owner, first, "Yes, reassign it")
    late = await press(house, owner, second, "Yes, reassign it")
    back = await ask(house, owner, "money credit reassign", sale=ref, reason="by the rules", back=True)
    undone = await press(house, owner, back, "Yes, reassign it")
    page = (await ask(house, owner, "money credit sales", period="7")).text

    assert f"<@{other.user.id}>'s" in done
    assert "Someone else just reassigned this sale, so nothing changed" in late
    assert "as the rules say" in undone
    line = page.splitlines()[next(n for n, one in enumerate(page.splitlines()) if "$9.03" in one) + 1]
    assert f"<@{mara.user.id}>" in line
    assert ": one" not in page


async def test_money_that_goes_back_takes_the_credit_of_its_sale_along(house: LiveBridge) -> None:
    owner, mara = house.stage.owner, house.stage.members["mara"]
    fan = await sold(house, "Dora", "11.04")
    payment = next(one for one in fan._state.payments.values() if one.gross == 1104)
    await fan.refunded(payment.id)
    await house.stored(lambda: house.rows("SELECT 1 FROM earnings_told WHERE gross = -1104"))

    shown = await ask(house, owner, "money credit sales", period="7", as_file=True)

    assert shown.message is not None
    rows = shown.message.attachments[0].content.decode("utf-8-sig").splitlines()
    header, back = rows[0].split(","), next(one.split(",") for one in rows if ",-11.04," in one)
    told = dict(zip(header, back, strict=True))
    assert (told["sent_by_id"], told["sent_by"]) == (f"'{mara.user.id}", "Mara")


async def test_who_sees_no_figures_gets_no_statement_and_no_sales(house: LiveBridge) -> None:
    mara, owner = house.stage.members["mara"], house.stage.owner

    own = (await ask(house, mara, "money credit statement")).text
    of_another = (await ask(house, mara, "money credit statement", member=owner.user.id)).text
    sales = (await ask(house, mara, "money credit sales")).text

    assert "Your role can't see figures" in own
    assert "Only leads see other people's statements" in of_another
    assert "You don't have access to this here" in sales


async def test_a_wrong_name_says_what_to_do(house: LiveBridge) -> None:
    said = (await ask(house, house.stage.owner, "money credit reassign", sale="abcdef", reason="so")).text

    assert "Copy its ten characters, such as `3f09ab41c2`, from /money credit sales" in said


async def test_a_forgotten_fans_sale_keeps_its_credit_and_loses_its_reason(house: LiveBridge) -> None:
    owner, other = house.stage.owner, house.stage.members["theo"]
    fan = await sold(house, "Eve", "12.05")
    ref = ref_of(await ask(house, owner, "money credit sales", period="7"), "$12.05")
    asked = await ask(
        house, owner, "money credit reassign", sale=ref, member=other.user.id, reason="Eve said so"
    )
    await press(house, owner, asked, "Yes, reassign it")

    forget = await owner.slash(house.stage.guild, house.threads(fan)[-1], "settings privacy forget")
    await forget.done(PATIENCE)
    await press_until(owner, forget, "Yes, do it", "is forgotten")
    await house.stored(lambda: house.rows("SELECT 1 FROM credit_moves WHERE body_ct IS NULL"))
    page = (await ask(house, owner, "money credit sales", period="7")).text

    assert f"**Reassigned** to <@{other.user.id}>" in page
    assert "the reason was erased with its fan" in page
    assert "Eve" not in page


async def test_a_sale_names_its_fan_with_digits_where_two_are_named_alike(house: LiveBridge) -> None:
    first, other = await sold(house, "Zed", "14.01"), await sold(house, "Zed", "14.02")
    alone = await sold(house, "Yan", "14.03")

    said = (await ask(house, house.stage.owner, "money credit sales", period="7")).text.replace("\\", "")

    for fan in (first, other):
        assert f"Zed @{fan.handle} · {fan.uuid[:4]}" in said
    assert f"Yan @{alone.handle}" in said
    assert alone.uuid[:4] not in said
