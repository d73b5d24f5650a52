"""What came of a mass message: told after an hour, a day and a week, each once."""

import pytest

from bot.fanvue.models import MassMessageRow
from bot.fanvue.values import iso_of
from bot.features.publishing.campaigns.follow_up_rules import HOUR, FollowUpStep, after, off, unlocks
from bot.features.signals import MASS_MESSAGE_ENDED
from storage.database import Transaction
from storage.money import digests
from storage.money.digests import Digest
from storage.records import CreatorId, DiscordId
from tests.features.publishing.campaigns.test_board import planned, sent
from tests.features.publishing.mass_messages.mass_messages_scenario import MassMessagesScenario

MINUTE = 60_000


async def later(studio: MassMessagesScenario, span: int) -> None:
    """So much time passes, and the task looks."""
    studio.clock.at += span
    await studio.campaigns.following.look()
    await studio.driver.turn()


def told(studio: MassMessagesScenario) -> list[str]:
    """The lines about results in the alerts channel, oldest first."""
    return [note.text for note in studio.noted() if "launched by" in note.text]


async def test_it_is_told_after_an_hour_a_day_and_a_week_and_not_again(studio: MassMessagesScenario) -> None:
    media = studio.evening.server.world.add_media(studio.evening.account, name="A picture")
    await sent(studio, price="9.99", media=media.uuid)

    counts = []
    for span in (59 * MINUTE, 2 * MINUTE, MINUTE, 23 * HOUR, 6 * 24 * HOUR, 24 * HOUR):
        await later(studio, span)
        counts.append(len(told(studio)))

    assert counts == [0, 1, 1, 2, 3, 3]
    assert [line.partition(": after ")[2].splitlines()[0] for line in told(studio)] == [
        "1 hour",
        "24 hours",
        "7 days",
    ]
    assert f"launched by <@{studio.town.olivia.user.id}>" in told(studio)[0]
    assert "1 fan · 0 opened" in told(studio)[0]
    assert "$" not in told(studio)[0]


async def test_the_chats_are_looked_at_soon_after_it_went_out_and_once(studio: MassMessagesScenario) -> None:
    """Of a copy nobody knows any more what it is of once somebody wrote below it."""
    looked: list[str] = []

    async def look(creator: CreatorId) -> None:
        looked.append(creator)

    studio.campaigns.following.on_sent = look
    await sent(studio)
    await planned(studio, when="in 2 hours")

    counts = []
    for span in (0, MINUTE, MINUTE, 117 * MINUTE, MINUTE, MINUTE, 24 * HOUR):
        await later(studio, span)
        counts.append(len(looked))

    assert counts == [0, 1, 1, 1, 1, 2, 2]
    assert set(looked) == {studio.evening.creator}


async def test_where_fanvue_no_longer_lists_mass_messages_nobody_is_troubled(
    studio: MassMessagesScenario,
) -> None:
    await sent(studio)
    studio.evening.server.switches.gone = ("unversioned",)

    await later(studio, 61 * MINUTE)
    await later(studio, MINUTE)  # first it was sent on to /v1, which has no such list either

    looked = await studio.database.read(
        lambda tx: tx.all("SELECT state, attention FROM outbox WHERE kind = 'campaign.look'")
    )
    assert [(row["state"], row["attention"]) for row in looked] == [("cancelled", None)]
    assert told(studio) == []


async def test_after_a_time_without_the_bridge_only_the_latest_is_told(studio: MassMessagesScenario) -> None:
    await sent(studio)

    await later(studio, 0)
    await later(studio, 30 * HOUR)
    await later(studio, MINUTE)

    assert ["24 hours" in line for line in told(studio)] == [True]


async def test_a_planned_one_is_told_of_by_the_time_at_which_it_went_out(
    studio: MassMessagesScenario,
) -> None:
    message = await planned(studio, when="in 2 hours")
    answer = await studio.campaigns_do("change", campaign=message, when="in 5 hours")
    await studio.press(answer, "Change it")

    await later(studio, 0)
    await later(studio, 3 * HOUR + MINUTE)
    early = told(studio)
    await later(studio, 3 * HOUR)
    await later(studio, HOUR)

    assert early == []
    assert ["after 1 hour" in line for line in told(studio)] == [True]


async def test_more_recipients_than_the_preview_said_are_an_alert(studio: MassMessagesScenario) -> None:
    await sent(studio)
    [mass] = studio.evening.server.world.mass_messages.values()
    mass.recipients = [fan.uuid for fan in studio.fans(3)]

    await later(studio, 0)
    await later(studio, HOUR + MINUTE)

    assert "⚠️ **It went to 2 more than the 1 of the preview.**" in told(studio)[0]


@pytest.mark.parametrize(
    ("where", "figures", "shown"),
    [
        ("channel", "exact", "0 bought · $0.00"),
        ("channel", "banded", "See its earnings in /mass show"),
        ("privately", "exact", "See its earnings in /mass show"),
    ],
)
async def test_figures_stand_in_the_channel_where_the_owner_has_them_there_anyway(
    studio: MassMessagesScenario, where: str, figures: str, shown: str
) -> None:
    media = studio.evening.server.world.add_media(studio.evening.account, name="A picture")
    await sent(studio, price="9.99", media=media.uuid)
    me, creator = DiscordId(studio.town.olivia.user.id), studio.evening.creator
    channel = DiscordId(studio.alerts.id) if where == "channel" else None
    daily = Digest(creator, "daily", me, channel, 9, figures, quiet=False, since="2026-11-22")
    await studio.database.write(lambda tx: digests.put(tx, daily))

    await later(studio, 0)
    await later(studio, HOUR + MINUTE)

    assert shown in f"{told(studio)[0]}\n"


async def test_each_look_keeps_how_many_got_one_for_a_price_and_how_many_bought_it(
    studio: MassMessagesScenario,
) -> None:
    media = studio.evening.server.world.add_media(studio.evening.account, name="A picture")
    await sent(studio, price="9.99", media=media.uuid)
    await sent(studio, "For nothing")
    await later(studio, 0)
    before = await kept(studio)
    await later(studio, HOUR + MINUTE)
    none = await kept(studio)
    [copy] = [one for one in studio.evening.server.world.messages.values() if one.price]
    await studio.evening.fan.buy(copy.uuid)
    await later(studio, 23 * HOUR)

    assert before == {(None, None)}
    assert none == {(1, 0), (None, None)}
    assert await kept(studio) == {(1, 1), (None, None)}


async def kept(studio: MassMessagesScenario) -> set[tuple[int | None, int | None]]:
    """Of those that are followed, how many got one and how many bought it."""
    rows = await studio.database.read(lambda tx: tx.all("SELECT reached, bought FROM campaigns"))
    return {(row["reached"], row["bought"]) for row in rows}


@pytest.mark.parametrize(
    ("more", "counted"),
    [
        ({"price": 999}, (9, 2)),
        ({"price": 0}, (None, None)),
        ({"price": 999, "status": "SCHEDULED", "scheduledAt": iso_of(HOUR)}, (None, None)),
        ({"price": 999, "status": "UNSENT", "scheduledAt": iso_of(HOUR)}, (None, None)),
        ({"price": 999, "status": "UNSENT", "publishedAt": iso_of(HOUR)}, (9, 2)),
        ({"price": 999, "purchaseCount": None}, (None, None)),
    ],
)
def test_only_what_went_out_for_a_price_is_counted(
    more: dict[str, object], counted: tuple[int | None, int | None]
) -> None:
    listed = {"uuid": "m", "status": "SENT", "recipientCount": 9, "purchaseCount": 2, **more}

    assert unlocks(MassMessageRow.model_validate(listed)) == counted


async def test_fanvue_that_cannot_be_read_is_asked_again_and_it_is_told_once(
    studio: MassMessagesScenario,
) -> None:
    await sent(studio)
    await later(studio, 0)
    studio.evening.server.faults.add("error_before", "GET", "/chats/mass-messages$", status=503)

    await later(studio, HOUR + MINUTE)
    await studio.driver.pass_time(10 * MINUTE)

    assert len(told(studio)) == 1


async def test_one_that_fanvue_stopped_is_told_at_once_and_one_taken_back_is_not(
    studio: MassMessagesScenario,
) -> None:
    await sent(studio, "One")
    await sent(studio, "Two")
    one, two = studio.evening.server.world.mass_messages.values()
    one.status, two.status = "MODERATED", "UNSENT"

    await later(studio, 0)
    await later(studio, HOUR + MINUTE)
    await later(studio, 30 * HOUR)

    assert ["stopped by Fanvue's moderation" in line for line in told(studio)] == [True]


def row(status: str, **more: int) -> MassMessageRow:
    return MassMessageRow.model_validate(
        {"uuid": "m", "status": status, **{name: iso_of(at) for name, at in more.items()}}
    )


@pytest.mark.parametrize(
    ("listed", "done", "now", "wanted"),
    [
        (None, 0, 5 * HOUR, FollowUpStep(3, None, "gone")),
        (row("SCHEDULED", scheduledAt=9 * HOUR), 0, HOUR, FollowUpStep(0, 10 * HOUR)),
        (row("SENT", publishedAt=0), 0, HOUR, FollowUpStep(1, 24 * HOUR, "1 hour")),
        (row("SENT", publishedAt=HOUR), 0, HOUR, FollowUpStep(0, 2 * HOUR)),
        (row("SENT", publishedAt=0), 2, 168 * HOUR, FollowUpStep(3, None, "7 days")),
        (row("A_NEW_WORD", createdAt=0), 0, 25 * HOUR, FollowUpStep(2, 168 * HOUR, "24 hours")),
    ],
)
def test_what_a_look_comes_to(
    listed: MassMessageRow | None, done: int, now: int, wanted: FollowUpStep
) -> None:
    assert after(listed, done, launched=0, now=now) == wanted


@pytest.mark.parametrize(
    ("count", "most", "least", "wanted"),
    [
        (105, 100, 100, None),
        (106, 100, 100, 6),
        (95, 100, 100, None),
        (94, 100, 100, -6),
        (50, 100, None, None),  # several lists overlap, exceptions take away
        (10, 11, 11, None),  # one of few who ended their subscription
        (12, 11, 11, None),
        (9, 11, 11, -2),
        (None, 100, 100, None),
        (7, None, None, None),
    ],
)
def test_five_percent_off_is_an_alert(
    count: int | None, most: int | None, least: int | None, wanted: int | None
) -> None:
    assert off(count, most, least) == wanted


async def test_one_that_was_taken_back_on_fanvue_itself_is_told_to_whoever_knows_who_had_it(
    studio: MassMessagesScenario,
) -> None:
    heard: list[tuple[str, DiscordId | None]] = []

    async def hear(
        _tx: Transaction, _creator: CreatorId, message: str, by: DiscordId | None, _at: int
    ) -> None:
        heard.append((message, by))

    studio.listeners.add("test", [MASS_MESSAGE_ENDED.to(hear)])
    there, here = await sent(studio, text="A slip"), await sent(studio, text="Another slip")
    await later(studio, MINUTE)

    await studio.press(await studio.campaigns_do("recall", campaign=here), "Take it back")
    await studio.evening.acting().lists.delete_mass(there)
    await later(studio, 61 * MINUTE)

    assert heard[0] == (here, DiscordId(studio.town.olivia.user.id))
    assert (there, None) in heard
