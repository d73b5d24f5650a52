"""Mass messages that are followed: each once, and looked at when it is due."""

from dataclasses import replace

from storage.database import Database
from storage.engine import outbox
from storage.people import creator_wipe, creators, pruning
from storage.publishing import campaigns
from storage.publishing.campaigns import Campaign
from storage.records import DiscordId, EffectId, Link, LinkId, LinkState
from tests.storage.record_fixtures import CREATOR, OTHER_CREATOR, new_effect

ANNA = DiscordId(30)
FIRST = Campaign(CREATOR, "m1", EffectId("effect-1"), ANNA, 10, most=12, least=None, told=0, due=100)
SECOND = replace(FIRST, message="m2", effect=EffectId("effect-2"), due=50)
FOREIGN = replace(FIRST, creator=OTHER_CREATOR, effect=EffectId("effect-3"))


async def followed(known: Database) -> None:
    for one in (FIRST, SECOND, FOREIGN):
        assert await known.write(lambda tx, new=one: campaigns.follow(tx, new))  # type: ignore[misc]


async def test_what_took_place_is_followed_once(known: Database) -> None:
    made = new_effect(kind="proposed.mass", fan=None)
    await known.write(lambda tx: outbox.add(tx, made))
    waits = await known.read(lambda tx: campaigns.unfollowed(tx, CREATOR, "proposed.mass", since=0))
    await known.write(lambda tx: tx.execute("UPDATE outbox SET state = 'done', external_id = 'm1'"))
    (done,) = await known.read(lambda tx: campaigns.unfollowed(tx, CREATOR, "proposed.mass", since=0))
    new = replace(FIRST, effect=done.id)

    kept = [await known.write(lambda tx: campaigns.follow(tx, new)) for _ in range(2)]

    assert waits == []
    assert kept == [True, False]
    assert await known.read(lambda tx: campaigns.unfollowed(tx, CREATOR, "proposed.mass", since=0)) == []
    assert await known.read(lambda tx: campaigns.get(tx, CREATOR, "m1")) == new


async def test_what_is_due_is_wanted_until_it_is_and_goes_on_once(known: Database) -> None:
    await followed(known)
    link = Link(LinkId("l"), CREATOR, ANNA, DiscordId(7), 1, LinkState.ACTIVE, "", "lola")
    unlinked = await known.read(lambda tx: campaigns.due(tx, now=100, limit=9))
    await known.write(lambda tx: creators.add_link(tx, link, now=1))
    due = await known.read(lambda tx: campaigns.due(tx, now=100, limit=9))
    look = replace(new_effect(kind=campaigns.LOOK, fan=None), cause="campaign:m2", part="look:50")
    await known.write(lambda tx: outbox.add(tx, look))
    wanted = await known.read(lambda tx: campaigns.due(tx, now=100, limit=9))

    went = [
        await known.write(lambda tx: campaigns.go_on(tx, CREATOR, "m2", was=50, told=1, due=90))
        for _ in range(2)
    ]

    assert unlinked == []
    assert due == [SECOND, FIRST]
    assert wanted == [FIRST]
    assert went == [True, False]
    after = await known.read(lambda tx: campaigns.due(tx, now=100, limit=9))
    assert after == [replace(SECOND, told=1, due=90), FIRST]


async def test_they_go_with_time_once_all_is_told_and_with_their_creator(known: Database) -> None:
    await followed(known)
    await known.write(lambda tx: campaigns.go_on(tx, CREATOR, "m2", was=50, told=3, due=None))

    await known.write(lambda tx: pruning.records(tx, CREATOR, before=11, limit=9))
    left = [await known.read(lambda tx, m=one: campaigns.get(tx, CREATOR, m)) for one in ("m1", "m2")]  # type: ignore[misc]
    while (await known.write(lambda tx: creator_wipe.wipe(tx, CREATOR, limit=9)))[0]:
        pass

    assert left == [FIRST, None]
    assert await known.read(lambda tx: campaigns.get(tx, CREATOR, "m1")) is None
    assert await known.read(lambda tx: campaigns.get(tx, OTHER_CREATOR, "m1")) == FOREIGN
