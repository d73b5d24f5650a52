"""The client against the stand-in: what it says is what really happened there."""

import pytest

from bot.fanvue.budget import RequestLane
from bot.fanvue.errors import OperationNotOffered
from bot.fanvue.lists_api import ListSelection, NewMassMessage
from bot.fanvue.paging import first_of
from bot.fanvue.posts_api import NewPost
from bot.model.errors import DeliveryRefused
from bot.model.ports import MessageToFan
from bot.model.read_purposes import ReadPurpose
from bot.sandbox.fanvue.records import MessageId
from storage.records import FanId, FanvueMessageId, MediaId
from tests.fanvue.fanvue_scenario import FanvueScenario
from tests.fanvue.peer_stand_in import PeerStandIn


async def test_who_this_is(evening: FanvueScenario) -> None:
    api = evening.acting()

    assert (await api.me()).uuid == evening.creator
    account = await api.account()
    assert account.handle == "luna"
    assert account.account is not None
    assert account.account.fans is not None
    assert account.account.fans.subscribers == 1


async def test_a_conversation(evening: FanvueScenario) -> None:
    wrote = await evening.fan.write("Hello there", media=2)
    api = evening.acting()

    chats = await first_of(api.chats.list(kinds=["unread"]))
    messages = await first_of(api.chats.messages(evening.fan_id))
    sent = await api.chats.send(evening.fan_id, text="Hi!", key="effect-1")
    again = await first_of(api.chats.messages(evening.fan_id))

    assert [chat.user.uuid for chat in chats.rows] == [evening.fan_id]
    assert [(row.uuid, row.text, len(row.media_uuids or ())) for row in messages.rows] == [
        (FanvueMessageId(wrote.uuid), "Hello there", 2)
    ]
    assert [row.uuid for row in again.rows] == [sent, FanvueMessageId(wrote.uuid)]
    assert [message.text for message in evening.fan.inbox()] == ["Hi!"]
    assert evening.fan.bond.unread == 1  # reading left it unread


async def test_what_was_seen_and_bought_is_told_by_the_row(evening: FanvueScenario) -> None:
    api = evening.acting()
    item = evening.server.world.add_media(evening.account)
    sent = await api.chats.send(
        evening.fan_id, text="For you", media=[MediaId(item.uuid)], price=500, key="effect-1"
    )

    before = (await first_of(api.chats.messages(evening.fan_id))).rows[0]
    await evening.fan.read()
    await evening.fan.buy(evening.fan.inbox()[0].uuid)
    after = (await first_of(api.chats.messages(evening.fan_id))).rows[0]

    assert (before.uuid, before.price, before.is_read, before.purchased_at) == (sent, 500, False, None)
    assert after.is_read is True
    assert after.purchased_at is not None


async def test_single_reads_are_on_v1_only(evening: FanvueScenario) -> None:
    wrote = await evening.fan.write("Hello there")
    api = evening.acting()

    if not evening.fanvue.addresses.prefix:
        with pytest.raises(OperationNotOffered):
            await api.chats.get(evening.fan_id)
        return
    assert (await api.chats.get(evening.fan_id)).unread_messages_count == 1
    message = await api.chats.message(evening.fan_id, FanvueMessageId(wrote.uuid))
    assert message.text == "Hello there"


async def test_the_port_reads_one_message_on_both_surfaces(evening: FanvueScenario) -> None:
    wrote = await evening.fan.write("Hello there")

    port, creator = evening.port(), evening.creator
    message = await port.message(creator, evening.fan_id, FanvueMessageId(wrote.uuid), ReadPurpose.TEXT)

    assert (message.text, message.from_creator) == ("Hello there", False)
    assert list(await port.sent_since(creator, evening.fan_id, 0)) == [message]


async def test_a_message_is_found_however_many_came_after_it(evening: FanvueScenario) -> None:
    port, creator = evening.port(), evening.creator
    first = await evening.fan.write("the first")
    for number in range(120):
        await evening.fan.write(f"number {number}")

    newest = await port.recent(creator, evening.fan_id, ReadPurpose.CARD)
    all_of_it = await port.sent_since(creator, evening.fan_id, 0)

    assert (len(newest), len(all_of_it)) == (50, 121)
    assert str(all_of_it[-1].message) == str(first.uuid)


async def test_media_of_a_message_come_with_fresh_addresses(evening: FanvueScenario) -> None:
    wrote = await evening.fan.write("Look", media=1)
    media = [MediaId(uuid) for uuid in wrote.media]
    message = FanvueMessageId(wrote.uuid)

    found = await evening.acting().chats.media(evening.fan_id, message, media, variants=["main"])

    assert list(found) == media
    assert found[media[0]].variants


async def test_an_unsent_message_is_gone(evening: FanvueScenario) -> None:
    api = evening.acting()
    sent = await api.chats.send(evening.fan_id, text="Oops", key="effect-1")

    await api.chats.delete(evening.fan_id, sent)

    assert evening.fan.inbox() == []


async def test_the_port_takes_back_what_was_not_bought_and_sees_on_both_surfaces_whether_it_is_there(
    evening: FanvueScenario,
) -> None:
    port, creator, fan = evening.port(), evening.creator, evening.fan_id
    oops = await port.send(creator, fan, MessageToFan("Oops"), key="effect-1")
    media = MediaId(evening.server.world.add_media(evening.account).uuid)
    sold = await port.send(creator, fan, MessageToFan("For you", (media,), 500), key="effect-2")
    await evening.fan.buy(MessageId(sold))

    assert await port.has(creator, fan, oops, since=0)
    await port.unsend(creator, fan, oops)
    await port.unsend(creator, fan, oops)  # once more changes nothing
    with pytest.raises(DeliveryRefused, match="bought"):
        await port.unsend(creator, fan, sold)

    assert not await port.has(creator, fan, oops, since=0)
    assert await port.has(creator, fan, sold, since=0)


async def test_many_chats_are_read_at_once(evening: FanvueScenario) -> None:
    await evening.fan.write("Hello there")
    api = evening.acting()

    batch = await api.chats.batch([evening.fan_id])
    statuses = await api.chats.statuses([evening.fan_id])

    assert [row.text for row in batch[evening.fan_id].page.rows] == ["Hello there"]
    assert list(statuses) == [evening.fan_id]


async def test_long_lists_are_walked_to_their_end(evening: FanvueScenario) -> None:
    world = evening.server.world
    for number in range(60):
        await world.add_fan(f"fan-{number}", "A Fan", evening.account).write(f"Message {number}")
        await evening.fan.write(f"Line {number}")
    api = evening.acting(RequestLane.SWEEP)

    subscribers = [row.uuid async for page in api.lists.subscribers() for row in page.rows]
    chats = [row.user.uuid async for page in api.chats.list() for row in page.rows]
    lines = [row.text async for page in api.chats.messages(evening.fan_id) for row in page.rows]

    assert len(subscribers) == len(set(subscribers)) == 61
    assert len(chats) == len(set(chats)) == 61
    assert lines == [f"Line {number}" for number in reversed(range(60))]


async def test_audiences(evening: FanvueScenario) -> None:
    follower = evening.server.world.add_fan("heron", "Heron", evening.account, False)
    await follower.follow()
    evening.server.world.add_list(evening.account, "VIP", [evening.fan])
    api = evening.acting(RequestLane.REPORTS)

    smart = {row.uuid: row.count for row in await api.lists.smart()}
    custom = await first_of(api.lists.custom())
    followers = await first_of(api.lists.followers())

    assert smart["subscribers"] == 1
    assert [(row.name, row.members_count) for row in custom.rows] == [("VIP", 1)]
    assert [row.uuid for row in followers.rows] == [FanId(follower.uuid)]


async def test_a_mass_message_reaches_its_list_once(evening: FanvueScenario) -> None:
    api = evening.acting()

    sent = await api.lists.send_mass(
        NewMassMessage(to=ListSelection(smart=("subscribers",)), text="Hi all"), key="e-1"
    )
    listed = await first_of(api.lists.mass_messages())

    assert sent.recipient_count == 1
    assert [(row.uuid, row.text) for row in listed.rows] == [(sent.id, "Hi all")]
    await api.lists.delete_mass(sent.id)
    assert [row.status for row in (await first_of(api.lists.mass_messages())).rows] == ["UNSENT"]


async def test_a_post_is_made_and_read_back(evening: FanvueScenario) -> None:
    api = evening.acting()
    item = MediaId(evening.server.world.add_media(evening.account).uuid)

    made = await api.posts.create(NewPost(audience="subscribers", text="New set", media=(item,), price=500))
    listed = await first_of(api.posts.list())

    assert [row.uuid for row in listed.rows] == [made.uuid]
    assert (await api.posts.get(made.uuid)).price == 500


async def test_the_vault_is_read(evening: FanvueScenario) -> None:
    item = MediaId(evening.server.world.add_media(evening.account, name="Beach").uuid)
    api = evening.acting()

    listed = await first_of(api.posts.media(variants=["main", "thumbnail"]))
    one = await api.posts.media_item(item, variants=["main"])
    several = await api.posts.media_bulk([item, MediaId("00000000-0000-4000-8000-000000000000")])

    assert [row.uuid for row in listed.rows] == [item]
    assert (one.name, one.status) == ("Beach", "ready")
    assert one.variants
    assert list(several) == [item]


async def test_figures_add_up(evening: FanvueScenario) -> None:
    await evening.fan.tip(700)
    api = evening.acting(RequestLane.REPORTS)

    fan = await api.money.fan(evening.fan_id)
    earnings = [row async for page in api.money.earnings() for row in page.rows]

    assert fan.status == "subscriber"
    assert fan.spending is not None
    assert fan.spending.last_purchase_at is not None
    assert 700 in [row.gross for row in earnings]


async def test_webhook_subscriptions_come_and_go(evening: FanvueScenario, far: PeerStandIn) -> None:
    evening.server.switches.private_webhook_urls = True
    api = evening.acting()

    made = await api.webhooks.create(far.url, ["creator.message.received"])
    listed = await api.webhooks.list()
    await api.webhooks.delete(made.id)

    assert made.signing_secret
    assert [row.id for row in listed] == [made.id]
    assert list(await api.webhooks.list()) == []


async def test_a_managed_creator_is_written_for_by_her_team(evening: FanvueScenario) -> None:
    world = evening.server.world
    member = world.add_member("mara", "Mara", [evening.account])
    evening.holds(world.grant(member).access_token)
    await evening.fan.write("Hello there")
    creator = evening.creator

    listed = await first_of(evening.acting().creators())
    api = evening.acting(creator=creator)
    await api.chats.send(evening.fan_id, text="Hi from the team", key="effect-1")
    messages = await first_of(api.chats.messages(evening.fan_id))

    assert [row.uuid for row in listed.rows] == [FanId(creator)]
    assert [row.text for row in messages.rows] == ["Hi from the team", "Hello there"]
    assert (await api.account()).uuid == creator
