"""The end of a link: fenced, cancelled, revoked, erased."""

import pytest

from bot.relay.effects import Wanted, fanvue_stream
from bot.relay.errors import TryLater
from storage import attention, outbox
from storage.records import CreatorId, EffectState, FanId, LinkState
from tests.accounts.studio import Studio

FAN = FanId("fan-of-mara")


async def _wants_to_send(studio: Studio, part: str) -> None:
    creator = studio.creator_id
    wanted = Wanted("fanvue", "chat.send", fanvue_stream(creator, FAN), creator, "a command", part, {}, FAN)
    await studio.database.write(lambda tx: studio.effects.add(tx, wanted))


async def test_unlinking_cancels_revokes_erases_and_closes(studio: Studio) -> None:
    await studio.linked()
    (link,) = await studio.linking.links_of(studio.user("olivia"))
    await _wants_to_send(studio, "one")

    ended = await studio.linking.unlink(link.creator, studio.user("olivia"))

    assert ended is not None
    assert (ended.handle, ended.not_sent) == ("mara", (FAN,))
    effect = await studio.database.read(lambda tx: outbox.by_cause(tx, "a command", "one"))
    assert effect is not None
    assert effect.state is EffectState.CANCELLED
    assert await studio.linking.links_of(studio.user("olivia")) == []
    assert await studio.nothing_is_kept()
    with pytest.raises(TryLater) as stopped:
        await studio.tokens.current(link.id)
    assert stopped.value.paused


async def test_revoking_goes_on_until_fanvue_answers_and_the_link_is_fenced_meanwhile(studio: Studio) -> None:
    await studio.linked()
    (link,) = await studio.linking.links_of(studio.user("olivia"))
    studio.fanvue.faults.down = True

    await studio.linking.unlink(link.creator, studio.user("olivia"))

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


async def test_revoking_is_given_up_after_a_day_and_the_token_is_erased(studio: Studio) -> None:
    await studio.linked()
    (link,) = await studio.linking.links_of(studio.user("olivia"))
    studio.fanvue.faults.down = True
    await studio.linking.unlink(link.creator, studio.user("olivia"))

    studio.clock.pass_by(hours=24)
    await studio.linking.tidy()

    (row,) = await studio.rows("revocations")
    assert (row["state"], row["refresh_ct"]) == ("given_up", None)
    assert await studio.linking.links_of(studio.user("olivia")) == []


async def test_nobody_ends_another_users_link(studio: Studio) -> None:
    await studio.linked()

    assert await studio.linking.unlink(studio.creator_id, studio.user("maya")) is None
    assert await studio.linking.unlink(CreatorId("no such creator"), studio.user("olivia")) is None
    assert (await studio.linking.active(studio.creator_id)).state is LinkState.ACTIVE


async def test_another_user_may_link_once_the_first_has_unlinked_even_before_fanvue_confirmed(
    studio: Studio,
) -> None:
    await studio.linked()
    studio.fanvue.faults.add("error_before", path="/oauth2/revoke", count=1)
    await studio.linking.unlink(studio.creator_id, studio.user("olivia"))

    await studio.linked("maya")

    link = await studio.linking.active(studio.creator_id)
    assert (link.discord_user, link.generation) == (studio.user("maya"), 3)


async def test_linking_again_lets_what_waited_for_it_go_on_at_once(studio: Studio) -> None:
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
