"""The end of a link: fenced, cancelled, revoked, erased."""

from dataclasses import replace

import pytest

from bot.access.permits import Actor
from bot.access.policy import Action
from bot.engine.outbox import EffectRequest
from bot.engine.streams import fanvue_stream
from bot.features.people.accounts.service import AccountLinkService
from bot.model.errors import TryLater
from storage.engine import outbox
from storage.operations import attention
from storage.records import CreatorId, EffectState, FanId, Link, LinkState
from tests.confirmations import pressed_by_mistake, yes_to
from tests.features.people.accounts.accounts_scenario import AccountStage

FAN = FanId("fan-of-mara")


async def _wants_to_send(studio: AccountStage, part: str) -> None:
    creator = studio.creator_id
    wanted = EffectRequest(
        "fanvue", "chat.send", fanvue_stream(creator, FAN), creator, "a command", part, {}, FAN
    )
    await studio.database.write(lambda tx: studio.effects.add(tx, wanted))


async def test_unlinking_cancels_revokes_erases_and_closes(studio: AccountStage) -> None:
    await studio.linked()
    (link,) = await studio.linking.links_of(studio.user("olivia"))
    await _wants_to_send(studio, "one")

    ended = await studio.unlink(link.creator, studio.user("olivia"))

    assert ended is not None
    assert (ended.handle, ended.not_sent, ended.unclear) == (
        "mara",
        ("a reply: fan · fan-, <t:1800000000:f>",),
        (),
    )
    effect = await studio.database.read(lambda tx: outbox.by_cause(tx, "a command", "one"))
    assert effect is not None
    assert effect.state is EffectState.CANCELLED
    assert await studio.linking.links_of(studio.user("olivia")) == []
    assert await studio.nothing_is_kept()
    with pytest.raises(TryLater) as stopped:
        await studio.tokens.current(link.id)
    assert stopped.value.paused


async def test_revoking_goes_on_until_fanvue_answers_and_the_link_is_fenced_meanwhile(
    studio: AccountStage,
) -> None:
    await studio.linked()
    (link,) = await studio.linking.links_of(studio.user("olivia"))
    studio.fanvue.faults.down = True

    await studio.unlink(link.creator, studio.user("olivia"))

    (still,) = await studio.linking.links_of(studio.user("olivia"))
    assert (still.state, still.generation) == (LinkState.UNLINKING, 2)
    assert await studio.rows("tokens") == []
    with pytest.raises(TryLater):
        await studio.linking.active(link.creator)
    await studio.linking.tidy()  # too early for another try
    studio.fanvue.faults.clear()
    studio.clock.pass_by(seconds=5)
    assert await studio.nothing_is_kept()
    assert await studio.linking.links_of(studio.user("olivia")) == []


async def test_revoking_is_given_up_after_a_day_and_the_token_is_erased(studio: AccountStage) -> None:
    await studio.linked()
    (link,) = await studio.linking.links_of(studio.user("olivia"))
    studio.fanvue.faults.down = True
    await studio.unlink(link.creator, studio.user("olivia"))

    studio.clock.pass_by(hours=24)
    await studio.linking.tidy()

    (row,) = await studio.rows("revocations")
    assert (row["state"], row["refresh_ct"]) == ("given_up", None)
    assert await studio.linking.links_of(studio.user("olivia")) == []


async def test_nobody_ends_another_users_link(studio: AccountStage) -> None:
    await studio.linked()

    assert await studio.unlink(studio.creator_id, studio.user("maya")) is None
    assert await studio.unlink(CreatorId("no such creator"), studio.user("olivia")) is None
    assert (await studio.linking.active(studio.creator_id)).state is LinkState.ACTIVE


async def test_another_user_may_link_once_the_first_has_unlinked_even_before_fanvue_confirmed(
    studio: AccountStage,
) -> None:
    await studio.linked()
    studio.fanvue.faults.add("error_before", path="/oauth2/revoke", count=1)
    await studio.unlink(studio.creator_id, studio.user("olivia"))

    await studio.linked("maya")

    link = await studio.linking.active(studio.creator_id)
    assert (link.discord_user, link.generation) == (studio.user("maya"), 3)


async def test_linking_again_lets_what_waited_for_it_go_on_at_once(studio: AccountStage) -> None:
    await studio.linked()
    await _wants_to_send(studio, "waits")
    (effect,) = [row for row in await studio.rows("outbox") if row["part"] == "waits"]
    far = studio.clock.now() + 900_000
    await studio.database.write(lambda tx: outbox.begin(tx, effect["id"], 1))
    await studio.database.write(
        lambda tx: outbox.later(tx, effect["id"], not_before=far, reason="sign in", charge=False)
    )
    await studio.database.write(lambda tx: attention.ask(tx, effect["id"], "sign in"))

    await studio.linked()

    (after,) = [row for row in await studio.rows("outbox") if row["part"] == "waits"]
    assert (after["not_before"], after["attention"], after["state"]) == (0, None, "pending")


async def test_the_end_of_a_link_is_asked_about_and_one_yes_counts_in_time(studio: AccountStage) -> None:
    await studio.linked()
    (link,) = await studio.linking.links_of(studio.user("olivia"))
    by = Actor(studio.user("olivia"), None)
    late, kept, good = [await studio.linking.ask_end(link, by) for _ in range(3)]
    yeses = [yes_to(Action.UNLINK, ref, by, link.creator) for ref in (late, kept, good)]
    await studio.linking.keep(kept, by.user)

    ended = [await studio.linking.unlink(yeses[1])]
    studio.clock.pass_by(minutes=15)
    ended.append(await studio.linking.unlink(yeses[0]))
    still = await studio.linking.links_of(by.user)

    assert (ended, still) == ([None, None], [link])


async def test_a_yes_to_the_end_of_one_link_is_none_to_that_of_the_next(studio: AccountStage) -> None:
    await studio.linked()
    (link,) = await studio.linking.links_of(studio.user("olivia"))
    by = Actor(studio.user("olivia"), None)
    yes = yes_to(Action.UNLINK, await studio.linking.ask_end(link, by), by, link.creator)
    await studio.linked()  # signed in anew

    assert await studio.linking.unlink(yes) is None
    assert (await studio.linking.active(link.creator)).generation == 2


async def test_a_press_that_is_none_to_this_question_ends_no_link(studio: AccountStage) -> None:
    left: list[Link] = []

    async def leaving(link: Link) -> None:
        left.append(link)

    await studio.linked()
    linking = AccountLinkService(replace(studio.means, leaving=leaving))
    (link,) = await linking.links_of(studio.user("olivia"))
    by = Actor(studio.user("olivia"), None)
    yes = yes_to(Action.UNLINK, await linking.ask_end(link, by), by, link.creator)

    await pressed_by_mistake(yes, linking.unlink)

    assert await linking.links_of(by.user) == [link]
    assert left == []  # nothing was taken back at Fanvue either
    assert await linking.unlink(yes) is not None
    assert left == [link]
    assert await linking.unlink(yes) is None
