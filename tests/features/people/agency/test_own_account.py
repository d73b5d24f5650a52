"""A member speaks through their own account; who has none, the creator's."""

from bot.sandbox.discord.messages import delete
from tests.features.people.agency.agency_fixtures import connect, outcomes, say, sent
from tests.proofs.faults.live_bridge import LiveBridge


async def test_a_member_answers_through_their_own_account_and_the_audit_says_so(house: LiveBridge) -> None:
    stage = house.stage
    anna = stage.fanvue.world.add_member("anna", "Anna", [stage.creator])
    fan = house.fan("Nia")
    thread = await house.greeted(fan)

    said = await connect(house, stage.members["mara"], anna)
    await house.reply(thread, text="through Anna")
    await house.also_reply(thread, by="theo", text="through Luna")

    assert "See who it manages in /account show" in said
    assert (await sent(house, fan, "through Anna")).sent_by == anna.uuid
    by_theo = await sent(house, fan, "through Luna")
    assert by_theo.sent_by is None
    await house.stored(lambda: "done" in outcomes(house, "reply"))
    assert outcomes(house, "reply") == ["as the creator's account", "done"]
    (first, *_) = house.rows("SELECT outcome FROM audit WHERE outcome LIKE 'as @%'")
    assert first["outcome"] == "as @anna's own account"
    audit = (await say(house, stage.owner, "team audit", action="replies")).text.replace("\\", "")
    assert "· sent · as @anna's own account" in audit
    assert "· sent · as the creator's account" in audit
    account = await say(house, stage.members["mara"], "account show")
    assert "Manages on Fanvue: @luna.rivers" in account.text.replace("**", "").replace("\\", "")


async def test_whoever_is_let_go_on_fanvue_speaks_through_the_creators_account_at_once(
    house: LiveBridge,
) -> None:
    stage = house.stage
    anna = stage.fanvue.world.add_member("anna", "Anna", [stage.creator])
    fan = house.fan("Nia")
    thread = await house.greeted(fan)
    await connect(house, stage.members["mara"], anna)

    anna.manages.clear()
    await house.reply(thread, text="let go")

    assert (await sent(house, fan, "let go")).sent_by is None
    assert outcomes(house, "reply") == [
        "as @anna's own account",
        "as the creator's account",
        "done",
    ]
    assert house.rows("SELECT 1 FROM reaches") == []


async def test_a_message_is_taken_back_through_the_creators_account_as_fanvue_offers_it_to_no_manager(
    house: LiveBridge,
) -> None:
    stage = house.stage
    anna = stage.fanvue.world.add_member("anna", "Anna", [stage.creator])
    fan = house.fan("Nia")
    thread = await house.greeted(fan)
    await connect(house, stage.members["mara"], anna)
    await house.reply(thread, text="too fast")
    message = await sent(house, fan, "too fast")

    (line,) = [one for one in house.messages(thread) if "too fast" in one.text]
    delete(stage.discord.world, line, stage.members["mara"].user.id)
    await house.shows(fan, "doesn't change Fanvue")
    await house.click(thread, "Unsend")
    await house.shows(fan, "was taken back")

    assert message.deleted_at is not None
    assert outcomes(house, "reply.unsend")[0] == (
        "as the creator's account: Fanvue doesn't offer this to anyone who manages a creator"
    )


async def test_one_event_for_two_identities_and_two_sweeps_is_one_message_and_one_payment(
    house: LiveBridge,
) -> None:
    stage, world = house.stage, house.stage.fanvue.world
    anna = world.add_member("anna", "Anna", [stage.creator])
    fan = house.fan("Nia")
    thread = await house.greeted(fan)
    await connect(house, stage.members["mara"], anna)

    hooks = await house.told(_writes_and_tips(house, fan))
    for raw in hooks:
        other = raw.replace(b'{"id":"', b'{"id":"other-', 1)  # the same event for the other identity
        for body in (raw, other, raw):
            assert await house.post(body) == 200
    await house.reply(thread, text="thank you")
    await sent(house, fan, "thank you")
    await house.restart()  # which sweeps first
    await house.restart()
    await fan.write("the last one")
    await house.shows(fan, "the last one")

    assert len(house.with_words(fan, "only once")) == 1
    assert len(house.with_words(fan, "thank you")) == 1
    assert len(house.rows("SELECT 1 FROM messages WHERE fan_uuid = ?", fan.uuid)) == 5
    await house.alerted("$7.77")
    assert len(house.alerts("$7.77")) == 1
    assert len(house.with_words(fan, "🎁 A tip")) == 1
    assert len(house.threads(fan)) == 1


async def _writes_and_tips(house: LiveBridge, fan: object) -> None:
    await fan.write("only once")  # type: ignore[attr-defined]
    await fan.tip(777)  # type: ignore[attr-defined]


async def test_the_audit_says_who_ended_a_removed_members_link_and_not_they_themselves(
    house: LiveBridge,
) -> None:
    stage = house.stage
    mara, owner = stage.members["mara"], stage.owner
    await connect(house, mara, stage.fanvue.world.add_member("anna", "Anna", [stage.creator]))

    question = await say(house, owner, "team remove", member=mara.user.id)
    await owner.click(question.message, "Remove them")
    ended = await house.stored(
        lambda: house.rows("SELECT action, actor FROM audit WHERE action IN ('link.ended', 'link.taken')")
    )

    assert ended == [{"action": "link.taken", "actor": owner.user.id}]
