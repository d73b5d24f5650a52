"""Somebody who manages a creator stands in for the owner until they connect."""

from bot.sandbox.discord.messages import delete
from tests.features.people.agency.agency_fixtures import agency, connect, outcomes, say, sent, stand_in
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge

NEEDS_OWN = "needs the creator's own link"


async def test_without_the_owner_a_creator_is_fed_by_sweeps_and_answered_by_who_stands_in(
    bare: LiveBridge,
) -> None:
    stage = bare.stage
    agent = agency(bare)
    stage.fanvue.faults.webhooks.off = True  # nobody promises live events without the creator's own link

    said = await stand_in(bare, agent)
    fan = bare.fan("Nia")
    thread = await bare.greeted(fan)
    await bare.reply(thread, text="for Luna", by="mara")
    message = await sent(bare, fan, "for Luna")

    assert "New messages from fans appear in the forum" in said
    assert message.sent_by == agent.uuid
    assert outcomes(bare, "reply") == ["as the account that stands in for the creator's owner", "done"]
    account = (await say(bare, stage.owner, "account show")).text
    assert "You stand in for the owner" in account
    assert "(you stand in for its owner" in account
    explained = (await say(bare, stage.owner, "team explain")).text
    assert "you stand in for the owner, until the owner connects it" in explained
    assert "You can do everything that Fanvue offers to someone who manages it." in explained
    assert "agency" not in explained  # one's own account is no creator: nothing can be done for it
    assert "Stands in for the owner: <@" in (await say(bare, stage.owner, "team show")).text
    assert (
        "Fanvue reports new messages only to the creator's own link, so we check for them about once a minute"
    ) in account
    assert bare.alerts("silent") == []


async def test_the_owner_takes_over_and_the_threads_go_on(bare: LiveBridge) -> None:
    stage = bare.stage
    agent = agency(bare)
    await stand_in(bare, agent)
    fan = bare.fan("Nia")
    await bare.greeted(fan)

    said = await connect(bare, stage.members["theo"], stage.creator)
    await fan.write("still here?")
    await bare.shows(fan, "still here?")

    assert "New messages from fans appear in the forum" in said
    assert len(bare.threads(fan)) == 1
    assert len(bare.with_words(fan, "hello")) == 1
    links = bare.rows(
        "SELECT kind, state FROM links WHERE creator_uuid = ? ORDER BY created_at, id", stage.creator.uuid
    )
    assert sorted((row["kind"], row["state"]) for row in links) == [("own", "active"), ("steward", "closed")]
    await bare.alerted("The owner has connected this account")
    refused = await say(bare, stage.owner, "account steward", creator=stage.creator.handle)
    assert "This creator is already connected, so nobody needs to stand in" in refused.text


async def test_who_is_let_go_on_fanvue_stands_in_no_more(bare: LiveBridge) -> None:
    agent = agency(bare)
    await stand_in(bare, agent)
    fan = bare.fan("Nia")
    thread = await bare.greeted(fan)

    agent.manages.clear()
    await bare.restart()  # it asks whom every account manages
    await bare.stored(lambda: bare.rows("SELECT 1 FROM links WHERE kind = 'steward' AND state = 'closed'"))
    answer = await bare.reply(thread, text="too late", by="mara")

    assert fan.inbox() == []
    assert "frozen" in answer.text or "have access to this here" in answer.text


async def test_whoever_only_answers_chats_cannotstand_in(bare: LiveBridge) -> None:
    agent = bare.stage.fanvue.world.add_member("anna", "Anna", [bare.stage.creator])

    said = await stand_in(bare, agent)

    assert "you answer chats for this creator" in said
    assert bare.rows("SELECT 1 FROM links WHERE kind = 'steward'") == []
    assert bare.rows("SELECT 1 FROM forums WHERE creator_uuid IS NOT NULL") == []


async def test_what_is_offered_to_the_creator_alone_says_what_it_needs(bare: LiveBridge) -> None:
    stage = bare.stage
    agent = agency(bare)
    await stand_in(bare, agent)

    told = await say(bare, stage.owner, "money earnings")

    assert NEEDS_OWN in told.text


async def test_a_reply_of_a_stewards_is_not_taken_back_and_says_why(bare: LiveBridge) -> None:
    stage = bare.stage
    agent = agency(bare)
    await stand_in(bare, agent)
    fan = bare.fan("Nia")
    thread = await bare.greeted(fan)
    await bare.reply(thread, text="too fast", by="mara")
    message = await sent(bare, fan, "too fast")
    (line,) = [one for one in bare.messages(thread) if "too fast" in one.text]
    delete(stage.discord.world, line, stage.members["mara"].user.id)
    await bare.shows(fan, "doesn't change Fanvue")

    answer = await bare.click(thread, "Unsend")

    assert NEEDS_OWN in answer.text
    assert message.deleted_at is None


async def test_an_owner_who_disconnected_is_not_stood_in_for(house: LiveBridge) -> None:
    stage = house.stage
    agent = agency(house)
    await connect(house, stage.members["theo"], agent)
    asked = await say(house, stage.owner, "account unlink")
    pressed = await stage.owner.click(asked.message, "Yes, disconnect")
    await pressed.until(lambda now: "is disconnected" in now.text, PATIENCE)
    await house.stored(lambda: not house.rows("SELECT 1 FROM links WHERE kind = 'own' AND state <> 'closed'"))

    refused = await say(house, stage.members["theo"], "account steward", creator=stage.creator.handle)

    assert "The owner connected this creator and then disconnected it, so nobody can stand in" in refused.text


async def test_the_member_s_own_new_sign_in_carries_on_what_went_through_the_old_one(
    bare: LiveBridge,
) -> None:
    stage = bare.stage
    agent = agency(bare)
    await stand_in(bare, agent)
    fan = bare.fan("Nia")
    thread = await bare.greeted(fan)

    await connect(bare, stage.owner, agent)  # again
    await bare.reply(thread, text="after the new sign-in", by="mara")

    assert (await sent(bare, fan, "after the new sign-in")).sent_by == agent.uuid
