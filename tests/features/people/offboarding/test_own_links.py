"""A removed member's own Fanvue account ends where nobody else needs it."""

from bot.relay import channel_bans
from storage.database import Transaction
from storage.engine import audit_log
from storage.inbox import forums
from storage.people import consents, creators, grants, managed_creators
from storage.records import Creator, CreatorId, DiscordId, Forum, Link, LinkId, LinkState
from tests.features.people.offboarding.offboarding_scenario import OffboardingScenario
from tests.features.people.pausing.pausing_scenario import NINA
from tests.relay.relay_scenario import CREATOR, FORUM, GUILD, MAYA

CATEGORY = DiscordId(1)
AGENT = CreatorId("a6e17000-0000-4000-8000-000000000001")
SECOND = CreatorId("5ec07d00-0000-4000-8000-000000000002")


async def own_account(bureau: OffboardingScenario, *serves: CreatorId) -> None:
    """Nina has linked her own account, which works for these creators on Fanvue."""
    link = Link(LinkId("link-nina"), AGENT, NINA, GUILD, 1, LinkState.ACTIVE, "", "nina.agent")

    async def work(tx: Transaction) -> None:
        await creators.learn(tx, Creator(AGENT, "nina.agent", "Nina"), now=0)
        await creators.add_link(tx, link, now=0)
        found = [managed_creators.ManagedCreator(link.id, one, "lola", "Lola") for one in serves]
        await managed_creators.put(tx, link.id, found, now=0)

    await bureau.database.write(work)


async def second_creator(bureau: OffboardingScenario) -> None:
    """Maya has another creator on the server, and Nina works for both."""

    async def work(tx: Transaction) -> None:
        await creators.learn(tx, Creator(SECOND, "mila", "Mila"), now=0)
        link = Link(LinkId("link-mila"), SECOND, MAYA, GUILD, 1, LinkState.ACTIVE, "", "mila")
        await creators.add_link(tx, link, now=0)
        await consents.give(tx, SECOND, GUILD, "owner", by=MAYA, now=0)
        await consents.give(tx, SECOND, GUILD, "server", by=MAYA, now=0)
        kept = grants.GrantRecord("g-mila", SECOND, GUILD, "member", NINA, "chatter", "", "", None, MAYA, 0)
        await grants.put(tx, kept)
        await forums.add(tx, Forum(DiscordId(700), GUILD, CATEGORY, DiscordId(701), SECOND, "{}"), 0)

    await bureau.database.write(work)


async def test_an_account_that_works_for_this_creator_alone_is_disconnected(
    bureau: OffboardingScenario,
) -> None:
    await own_account(bureau, CREATOR)

    said = await bureau.remove()
    await bureau.turn()

    assert bureau.ended == [(AGENT, NINA, MAYA)]
    assert "their own Fanvue account @nina.agent is disconnected" in said


async def test_the_audit_names_no_account_since_it_outlives_them(bureau: OffboardingScenario) -> None:
    await own_account(bureau, CREATOR)

    await bureau.remove()

    entries = await bureau.database.read(lambda tx: audit_log.recent(tx, CREATOR, 30))
    (line,) = (one for one in entries if one.action == "team.remove")
    assert "their own Fanvue account is disconnected" in line.outcome
    assert "nina" not in line.outcome


async def test_an_account_that_still_works_for_another_creator_stays(bureau: OffboardingScenario) -> None:
    await second_creator(bureau)
    await own_account(bureau, CREATOR, SECOND)

    said = await bureau.remove()
    await bureau.turn()

    assert bureau.ended == []
    assert "@nina.agent stays connected" in said


async def test_removed_from_both_at_once_it_ends_once(bureau: OffboardingScenario) -> None:
    await second_creator(bureau)
    await own_account(bureau, CREATOR, SECOND)

    await bureau.remove(NINA, mine=(CREATOR, SECOND))
    await bureau.turn()

    assert bureau.ended == [(AGENT, NINA, MAYA)]


async def test_a_members_own_creator_account_stays_theirs(bureau: OffboardingScenario) -> None:
    await own_account(bureau, CREATOR)
    theirs = Forum(DiscordId(800), GUILD, DiscordId(2), DiscordId(801), AGENT, "{}")
    await bureau.database.write(lambda tx: forums.add(tx, theirs, 0))

    await bureau.remove()
    await bureau.turn()

    assert bureau.ended == []


async def test_an_account_that_does_not_work_for_this_creator_is_not_touched(
    bureau: OffboardingScenario,
) -> None:
    await second_creator(bureau)
    await own_account(bureau, SECOND)

    said = await bureau.remove()
    await bureau.turn()

    assert bureau.ended == []
    assert "nina.agent" not in said


async def test_a_category_is_closed_only_when_nothing_in_it_is_left_to_them(
    bureau: OffboardingScenario,
) -> None:
    await second_creator(bureau)

    await bureau.remove(NINA, mine=(CREATOR,))
    await bureau.turn()
    one = {channel for channel, _member in bureau.doors.shut}
    await bureau.remove(NINA, mine=(SECOND,))
    await bureau.turn()
    both = {channel for channel, _member in bureau.doors.shut}

    assert FORUM in one
    assert CATEGORY not in one
    assert CATEGORY in both


async def test_whoever_is_let_in_again_sees_the_channels_again(bureau: OffboardingScenario) -> None:
    await bureau.remove()
    await bureau.turn()
    shut = channel_bans.ChannelBan(CREATOR, GUILD, NINA, MAYA, "a grant")

    opened = await bureau.database.write(lambda tx: channel_bans.open_again(tx, bureau.effects, shut))
    again = await bureau.database.write(lambda tx: channel_bans.open_again(tx, bureau.effects, shut))
    await bureau.turn()

    assert (opened, again) == (True, False)
    assert bureau.doors.shut == set()


async def test_setup_closes_new_channels_to_whoever_is_kept_out(bureau: OffboardingScenario) -> None:
    await bureau.remove()
    await bureau.turn()
    new = Forum(DiscordId(900), GUILD, CATEGORY, DiscordId(901), CREATOR, "{}")
    await bureau.database.write(lambda tx: forums.add(tx, new, 1))

    await bureau.offboarding.removing.close_anew(CREATOR, GUILD)
    await bureau.turn()

    assert {(DiscordId(900), NINA), (DiscordId(901), NINA)} <= bureau.doors.shut
