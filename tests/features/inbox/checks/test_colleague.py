"""A fan who waits, and two who answer: the second one is asked, and decides."""

from storage.database import Transaction
from storage.inbox import fan_claims
from storage.records import DiscordId
from tests.features.inbox.checks.checks_scenario import NINA, ChecksScenario, labels, words
from tests.relay.relay_scenario import CREATOR, EMMA

ANNA = DiscordId(1_300_000_000_000_000_022)


async def claims(house: ChecksScenario, member: DiscordId) -> int:
    """Somebody answers Emma from now on; since when."""
    now = house.clock.now()

    async def work(tx: Transaction) -> None:
        await fan_claims.claim(
            tx, CREATOR, EMMA.id, member, now=now, until=now + house.waits.claim, over=True
        )

    await house.database.write(work)
    return now


async def ready(house: ChecksScenario) -> None:
    """Emma has written, and whoever looks has read it."""
    await house.greeted()
    house.clock.at += house.waits.unread + 1


async def test_whoever_answers_beside_a_colleague_is_asked_once_and_may(house: ChecksScenario) -> None:
    await ready(house)
    since = await claims(house, NINA)

    asked = await house.types("hi")
    nothing = house.texts()
    sent = await house.presses("Send", asked)
    await house.turn()

    assert f"<@{NINA}> has been answering this fan since <t:{since // 1000}:t>." in words(asked)
    assert labels(asked) == ["Send", "Edit", "Discard"]
    assert nothing == []
    assert words(sent).startswith("On its way")
    assert house.texts() == ["hi"]
    lines = [(entry.action, entry.outcome, entry.target) for entry in await house.audit()]
    assert ("reply.check", "asked", "colleague") in lines


async def test_who_took_the_fan_over_between_the_question_and_send_is_asked_about_too(
    house: ChecksScenario,
) -> None:
    await ready(house)
    await claims(house, NINA)
    asked = await house.types("hi")
    house.clock.at += 1
    await claims(house, ANNA)

    again = await house.presses("Send", asked)
    await house.presses("Send", again)
    await house.turn()

    assert f"<@{ANNA}> has been answering" in words(again)
    assert house.texts() == ["hi"]


async def test_nobody_is_asked_about_their_own_claim_nor_about_one_that_is_over(
    house: ChecksScenario,
) -> None:
    await ready(house)
    await claims(house, NINA)
    own = await house.types("from Nina", by=NINA)
    await house.turn()
    house.clock.at += house.waits.claim
    await house.fan_writes("and?")
    house.clock.at += house.waits.unread + 1
    other = await house.types("from Maya")

    assert isinstance(own, str)
    assert isinstance(other, str)


async def test_once_the_fan_is_answered_a_colleague_may_add_something_unasked(house: ChecksScenario) -> None:
    await ready(house)
    await house.colleague_writes("hi")
    house.clock.at += house.waits.unread + 1

    added = await house.types("and one more thing")

    assert (await house.talk()).holder(house.clock.now()) == NINA
    assert isinstance(added, str)
