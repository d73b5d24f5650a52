"""Mass messages, posts and the vault through a member's own account."""

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.fanvue.records import AccountRecord
from tests.features.people.agency.agency_fixtures import connect, outcomes, say
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels


async def _manager(house: LiveBridge, *, posts: bool = False) -> AccountRecord:
    """Mara manages Luna's team, and Luna on Fanvue; `posts`: the operator asks for that scope too."""
    stage = house.stage
    if posts:
        app = next(iter(stage.fanvue.world.apps.values()))
        app.scopes |= {"write:creator"}
        await house.restart(FANVUE_SCOPES=" ".join(sorted(app.scopes)))
    mara = stage.members["mara"]
    shown = await stage.owner.slash(
        stage.guild, stage.lobby, "team grant", to=mara.user.id, role="manager", money="exact"
    )
    await shown.done(PATIENCE)
    assert shown.message is not None
    await (await stage.owner.click(shown.message, "Yes, do it")).done(PATIENCE)
    anna = stage.fanvue.world.add_member("anna", "Anna", [stage.creator])
    await connect(house, mara, anna)
    return anna


async def _confirmed(house: LiveBridge, shown: InteractionAnswer) -> str:
    assert shown.message is not None, shown.text
    label = next(one for one in labels(shown.message) if not one.startswith("Cancel"))
    await house.stage.members["mara"].click(shown.message, label)
    ends = ("message sent", "Post published", ": not", "No changes made", "Not published", "not sent")
    await shown.until(lambda now: any(end in now.text for end in ends), PATIENCE)
    return shown.text


def _posted(house: LiveBridge, path: str) -> list[tuple[str, str]]:
    """Who wrote there, and on which path."""
    entries = house.stage.fanvue.ledger.of("request", method="POST")
    return [(e["user"], e["path"]) for e in entries if e["path"].endswith(path) and e["executed"]]


async def test_a_post_without_the_scope_for_it_goes_out_through_the_creators_account(
    house: LiveBridge,
) -> None:
    await _manager(house)
    mara = house.stage.members["mara"]

    post = await say(house, mara, "post new", text="for all to read", audience="subscribers")
    told = await _confirmed(house, post)

    assert "Post published" in told
    assert _posted(house, "/posts") == [(house.stage.creator.uuid, "/v1/posts")]
    assert outcomes(house, "post.press") == ["as the creator's account", "done"]


async def test_a_mass_message_and_a_post_go_out_through_the_members_own_account(house: LiveBridge) -> None:
    stage = house.stage
    anna = await _manager(house, posts=True)
    mara = stage.members["mara"]

    mass = await say(house, mara, "mass new", to="subscribers", text="for everybody")
    said = await _confirmed(house, mass)
    post = await say(house, mara, "post new", text="for all to read", audience="subscribers")
    told = await _confirmed(house, post)

    assert "Mass message sent" in said
    assert "Post published" in told
    managed = f"/creators/{stage.creator.uuid}"
    assert _posted(house, "/chats/mass-messages") == [(anna.uuid, f"{managed}/chats/mass-messages")]
    assert _posted(house, "/posts") == [(anna.uuid, f"{managed}/posts")]
    assert outcomes(house, "mass.press") == ["as @anna's own account", "done"]
    assert outcomes(house, "post.press") == ["as @anna's own account", "done"]


async def test_a_preview_is_offered_to_no_manager_so_the_creators_account_sends_it(house: LiveBridge) -> None:
    stage = house.stage
    await _manager(house)
    media = stage.media[:2]

    shown = await say(
        house,
        stage.members["mara"],
        "mass new",
        to="subscribers",
        text="with a preview",
        media=" ".join(media),
        price="5",
        preview=media[0],
    )
    said = await _confirmed(house, shown)

    assert "Mass message sent" in said
    assert [user for user, _ in _posted(house, "/chats/mass-messages")] == [stage.creator.uuid]
    assert outcomes(house, "mass.press")[0] == (
        "as the creator's account: Fanvue doesn't offer this to anyone who manages a creator"
    )


async def test_the_vault_is_looked_through_with_the_members_own_account(house: LiveBridge) -> None:
    stage = house.stage
    anna = await _manager(house)

    shown = await say(house, stage.members["mara"], "media browse")

    assert "Set 1" in shown.text or "Good night" in shown.text
    reads = stage.fanvue.ledger.of("request", method="GET", user=anna.uuid)
    assert f"/creators/{stage.creator.uuid}/media" in [entry["path"] for entry in reads]
