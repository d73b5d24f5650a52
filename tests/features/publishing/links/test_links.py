"""/money links: made and deleted once, looked up in doubt; figures as one may see."""

from collections.abc import Sequence

import pytest

from bot.access.roles import MoneyView
from bot.engine.retry import RetryWaits
from bot.sandbox.fanvue import tracking
from bot.sandbox.fanvue.post_surroundings import TrackingLinkRecord
from storage.database import Transaction
from storage.inbox import fans, threads
from storage.records import DiscordId, Fan, FanId, FanThread, Reference, ThreadKey
from tests.features.publishing.posts.posts_scenario import MINUTE, PostStage, labels, message_of, states

CREATE, DELETE = "Create it", "Delete it"
PATIENCE = RetryWaits().proposed + MINUTE


def made(studio: PostStage) -> list[str]:
    """What the bridge has made, by name."""
    return [entry["text"] for entry in studio.evening.server.ledger.of("tracking") if entry["client_id"]]


def deleted(studio: PostStage) -> list[str]:
    return [entry["uuid"] for entry in studio.evening.server.ledger.of("tracking.deleted")]


def there(studio: PostStage, name: str = "spring bio", platform: str = "instagram") -> TrackingLinkRecord:
    """Made by hand on Fanvue's own site."""
    world, creator = studio.evening.server.world, studio.evening.account.uuid
    return tracking.make(world, creator, name, platform)


async def maya_sees(studio: PostStage, level: MoneyView) -> None:
    """Maya manages, and sees figures as exactly as this."""
    sql = "UPDATE grants SET money = :level WHERE id = 'maya'"
    await studio.database.write(lambda tx: tx.execute(sql, level=level.value))


async def test_one_is_seen_first_and_made_once(studio: PostStage) -> None:
    answer = await studio.command("money links create", name="spring *bio*", platform="instagram")
    shown, before = answer.text, made(studio)

    await studio.press(answer, CREATE)

    assert (r"**Name:** spring \*bio\*" in shown, before) == (True, [])
    assert "**For:** Instagram\n**Address:** Fanvue creates it" in shown
    assert (
        "**Address:** Fanvue creates it once you confirm; see it in /money links list." in answer.text
    )  # also once it was made
    assert made(studio) == ["spring *bio*"]
    assert answer.text.startswith("### Tracking link created")
    [note] = studio.noted()
    assert note.text == f"Tracking link created, confirmed by <@{studio.town.olivia.user.id}>."


@pytest.mark.parametrize("how", ["lose_answer", "error_after", "broken_json"])
async def test_one_whose_answer_was_lost_is_found_and_not_made_again(studio: PostStage, how: str) -> None:
    there(studio)
    there(studio, "autumn", "instagram")
    studio.clock.at += 60 * MINUTE
    answer = await studio.command("money links create", name="autumn", platform="reddit")
    studio.faults.add(how, "POST", "/tracking-links$")

    await studio.press(answer, CREATE)
    await studio.driver.pass_time(PATIENCE)

    assert made(studio) == ["autumn"]
    assert answer.text.startswith("### Tracking link created")
    assert await studio.waits() == []


async def test_one_that_did_not_arrive_is_asked_about_and_never_made_again(studio: PostStage) -> None:
    answer = await studio.command("money links create", name="autumn", platform="reddit")
    studio.faults.add("error_before", "POST", "/tracking-links$", status=502)

    await studio.press(answer, CREATE)
    await studio.driver.pass_time(PATIENCE)
    await studio.driver.pass_time(24 * 60 * MINUTE)

    assert made(studio) == []
    assert len(studio.evening.server.ledger.of("fault")) == 1
    [asks] = await studio.waits()
    assert "A tracking link, confirmed" in asks


@pytest.mark.parametrize("unread", ["uuid", "name", "createdAt", "externalSocialPlatform"])
async def test_while_what_fanvue_lists_cannot_be_read_it_is_in_doubt_and_never_absent(
    studio: PostStage, unread: str
) -> None:
    server = studio.evening.server
    answer = await studio.command("money links create", name="autumn", platform="reddit")
    studio.faults.add("lose_answer", "POST", "/tracking-links$")
    server.switches.renamed = {("/tracking-links", unread): None}

    await studio.press(answer, CREATE)
    await studio.driver.pass_time(PATIENCE)
    await studio.driver.pass_time(10 * MINUTE)
    doubted = await states(studio.database)
    server.switches.renamed = {}
    await studio.driver.pass_time(10 * MINUTE)

    assert doubted == ["unknown"]
    assert await states(studio.database) == ["done"]
    assert made(studio) == ["autumn"]


async def test_one_whose_row_cannot_be_read_is_not_taken_for_deleted(studio: PostStage) -> None:
    link = there(studio)
    answer = await studio.command("money links delete", link=link.uuid)
    studio.driver.hold()
    await studio.press(answer, DELETE)
    studio.evening.server.switches.renamed = {("/tracking-links", "uuid"): None}

    studio.driver.let_go()
    await studio.driver.turn()

    assert deleted(studio) == [link.uuid]


async def test_of_two_who_confirm_the_same_name_at_once_one_makes_it(studio: PostStage) -> None:
    hers = await studio.command("money links create", name="autumn", platform="reddit")
    mayas = await studio.command("money links create", "maya", name="autumn", platform="reddit")

    studio.driver.hold()  # both look before either is carried out
    await studio.town.olivia.click(message_of(hers), CREATE)
    await studio.town.maya.click(message_of(mayas), CREATE)
    for answer in (hers, mayas):
        await answer.until(lambda now: "on its way" in now.text)
    studio.driver.let_go()
    await studio.driver.turn()

    assert made(studio) == ["autumn"]
    assert sorted(text.splitlines()[0] for text in (hers.text, mayas.text)) == [
        "### Tracking link created",
        "### Tracking link: not created",
    ]


async def test_one_that_is_refused_says_why_and_is_not_tried_again(studio: PostStage) -> None:
    answer = await studio.command("money links create", name="autumn", platform="reddit")
    studio.faults.add("error_before", "POST", "/tracking-links$", status=400)

    await studio.press(answer, CREATE)
    await studio.driver.pass_time(24 * 60 * MINUTE)

    assert "not created" in answer.text
    assert "Fanvue did not accept this: Internal error." in answer.text
    assert made(studio) == []


@pytest.mark.parametrize("command", ["list", "create", "delete", "show", "fans"])
async def test_without_the_scope_it_says_to_link_again_and_asks_fanvue_nothing(
    studio: PostStage, command: str
) -> None:
    await studio.relink("read:self read:post write:post")
    options = {"create": {"name": "autumn"}, "list": {}}.get(command, {"link": "spring bio"})

    answer = await studio.command(f"money links {command}", **options)

    assert "Allow them with /link." in answer.text
    assert [one for one in studio.evening.server.ledger.of("request") if "tracking" in one["path"]] == []


async def test_a_scope_that_fanvue_took_back_ends_the_deed_with_a_sentence(studio: PostStage) -> None:
    answer = await studio.command("money links create", name="autumn")
    studio.evening.holds(studio.evening.server.world.grant(studio.evening.account).access_token)

    await studio.press(answer, CREATE)
    await studio.driver.pass_time(24 * 60 * MINUTE)

    assert "Fanvue does not allow this yet: run /link again and allow tracking links" in answer.text
    assert made(studio) == []


async def test_one_is_deleted_once_and_who_comes_later_is_told(studio: PostStage) -> None:
    link = there(studio)
    hers = await studio.command("money links delete", link=link.uuid)
    mayas = await studio.command("money links delete", "maya", link="Spring Bio")

    await studio.press(hers, DELETE)
    await studio.press(mayas, DELETE, "maya")

    assert deleted(studio) == [link.uuid]
    assert hers.text.startswith("### Tracking link deleted")
    assert "already deleted" in mayas.text


@pytest.mark.parametrize("how", ["lose_answer", "error_after", "error_before"])
async def test_a_deletion_in_doubt_is_looked_at_and_done_once(studio: PostStage, how: str) -> None:
    link, other = there(studio), there(studio, "other")
    answer = await studio.command("money links delete", link=link.uuid)
    studio.faults.add(how, "DELETE", "/tracking-links/")

    await studio.press(answer, DELETE)
    await studio.driver.pass_time(PATIENCE)

    assert deleted(studio) == [link.uuid]
    assert answer.text.startswith("### Tracking link deleted")
    assert other.uuid in studio.evening.server.world.tracking


async def test_figures_show_as_exactly_as_their_reader_may_see_them(studio: PostStage) -> None:
    link, fan = there(studio), studio.evening.fan
    tracking.come_by(studio.evening.server.world, link, studio.evening.fan.uuid)
    await fan.tip(1234)

    exact = (await studio.command("money links show", link=link.uuid)).text
    told: list[Sequence[bool]] = []
    for level in (MoneyView.BANDED, MoneyView.HIDDEN):
        await maya_sees(studio, level)
        text = (await studio.command("money links show", "maya", link=link.uuid)).text
        told.append(["$12.34" in text, "Clicks" in text, "ranges" in text, "You can't see figures" in text])

    assert "**Clicks:** 1" in exact
    assert "**Revenue, gross:** $12.34" in exact
    assert told == [[False, True, True, False], [False, False, False, True]]


async def test_fans_of_a_link_are_paged_and_lead_to_their_threads(studio: PostStage) -> None:
    link, world = there(studio), studio.evening.server.world
    for number in range(13):
        tracking.come_by(
            world, link, world.add_fan(f"fan{number}", f"Fan {number}", studio.evening.account).uuid
        )
        studio.clock.at += MINUTE
    fan, creator = FanId(next(iter(reversed(link.users)))), studio.evening.creator
    guild = DiscordId(studio.town.guild.id)

    async def opened(tx: Transaction) -> None:
        await fans.learn(tx, Fan(creator, fan, None, None, None, 0))
        thread = FanThread(
            ThreadKey("k"),
            creator,
            fan,
            1,
            guild,
            DiscordId(1),
            DiscordId(77),
            None,
            Reference("r"),
            "open",
        )
        await threads.want(tx, thread)

    await studio.database.write(opened)

    first = (await studio.command("money links fans", link="spring bio")).text
    second = (await studio.command("money links fans", link="spring bio", page=2)).text

    assert f"Fan 12 (@fan12) · https://discord.com/channels/{guild}/77" in first
    assert "Next: `page:2`" in first
    assert ("Fan 0 " in first, "Fan 0 " in second, "goes on" in second) == (False, True, False)


async def test_more_links_than_fit_a_page_of_fanvues_are_all_listed(studio: PostStage) -> None:
    for number in range(53):
        there(studio, f"link {number}")
        studio.clock.at += MINUTE

    last = (await studio.command("money links list", page=7)).text

    assert "**link 0**" in last
    assert "Page 7 of 7." in last


async def test_what_cannot_be_is_told_before_there_is_a_button(studio: PostStage) -> None:
    there(studio)

    twice = await studio.command("money links create", name="Spring bio", platform="instagram")
    same = await studio.command("money links create", name="spring bio", platform="instagram")
    gone = await studio.command("money links delete", link="winter")

    assert "already exists, so none was created" in same.text
    assert "We can't find that tracking link." in gone.text
    assert [labels(message_of(one)) != [] for one in (twice, same, gone)] == [True, False, False]
