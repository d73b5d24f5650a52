"""What waits for a person: listed for whoever may settle it, and settled once."""

from bot.discord.asking import NOT_HERE
from bot.model.ports import Button, Post
from bot.sandbox.discord.model import FORUM, StandInChannel, StandInMessage, StandInOverwrite
from bot.sandbox.discord.permissions import SEND_IN_THREADS, VIEW_CHANNEL
from storage.records import CreatorId, DiscordId, EffectId, Forum
from tests.discord.desk import MILA
from tests.discord.discord_test_server import APPLICATION, DiscordTestServer

REF = EffectId("AbCdEfGhIjKlMnOpQr-_12")
OTHER = EffectId("ZbCdEfGhIjKlMnOpQr-_12")
ZOE = CreatorId("6f2d8a10-0000-4000-8000-00000000000f")


def forum_of(town: DiscordTestServer, creator: CreatorId) -> StandInChannel:
    """A forum that only the team may enter, and that the bridge knows."""
    may_answer = VIEW_CHANNEL | SEND_IN_THREADS
    rules = (
        StandInOverwrite(town.guild.id, 0, 0, VIEW_CHANNEL),
        StandInOverwrite(town.team.id, 0, may_answer, 0),
        StandInOverwrite(APPLICATION, 1, may_answer, 0),
    )
    forum = town.server.world.add_channel(
        town.guild, f"{creator[-2:]}-fans", FORUM, nsfw=True, overwrites={rule.id: rule for rule in rules}
    )
    known = Forum(DiscordId(forum.id), DiscordId(town.guild.id), DiscordId(1), DiscordId(2), creator, "{}")
    town.desk.forums[known.id] = known
    return forum


async def list_for(town: DiscordTestServer, who: str) -> StandInMessage:
    person = getattr(town, who)
    answer = await person.slash(town.guild, town.lobby, "inbox problems")
    await answer.done()
    assert answer.ephemeral
    assert answer.message is not None
    return answer.message  # type: ignore[no-any-return]  # the person's type is lost above


async def test_the_list_is_private_and_holds_what_the_member_may_settle(town: DiscordTestServer) -> None:
    forum_of(town, MILA)
    town.desk.waiting[REF] = MILA

    shown = await list_for(town, "maya")

    assert "1 wait, page 1." in shown.text
    assert town.desk.pages == [((MILA,), 0)]


async def test_an_outsider_is_told_nothing_of_what_waits(town: DiscordTestServer) -> None:
    forum_of(town, MILA)
    town.desk.waiting[REF] = MILA

    shown = await list_for(town, "victor")

    assert shown.text == NOT_HERE
    assert town.desk.pages == []


async def test_the_owner_sees_what_waits_for_a_creator_without_a_forum(town: DiscordTestServer) -> None:
    owner = DiscordId(town.victor.user.id)
    link = town.desk.link_up(owner, "mila", DiscordId(town.guild.id))

    await list_for(town, "victor")
    nobody = await list_for(town, "olivia")

    assert town.desk.pages == [((link.creator,), 0)]
    assert nobody.text == NOT_HERE


async def test_a_page_is_turned_in_place_and_its_list_is_asked_for_anew(town: DiscordTestServer) -> None:
    forum_of(town, MILA)
    shown = await list_for(town, "maya")
    later = forum_of(town, ZOE)

    await town.maya.click(shown, "More")
    await town.server.world.until(lambda: "page 2." in shown.text)

    assert later.id in town.desk.forums
    assert town.desk.pages == [((MILA,), 0), ((MILA, ZOE), 1)]


async def test_a_word_counts_once_and_the_second_is_told_who_was_faster(town: DiscordTestServer) -> None:
    forum_of(town, MILA)
    town.desk.waiting[REF] = MILA
    shown = await list_for(town, "maya")

    first = await town.maya.click(shown, "Send again")
    await first.says("Done: again.")
    second = await town.maya.click(shown, "Discard")
    await second.says("This is settled")

    assert town.desk.words == {REF: ("again", DiscordId(town.maya.user.id))}
    assert str(town.maya.user.id) in second.text


async def test_what_is_paused_is_tried_now_by_a_click(town: DiscordTestServer) -> None:
    forum_of(town, MILA)
    town.desk.waiting[REF] = MILA

    answer = await town.maya.click(await list_for(town, "maya"), "Try now")
    await answer.says("Done: now.")

    assert town.desk.words == {REF: ("now", DiscordId(town.maya.user.id))}


async def test_rights_are_checked_at_the_click_and_a_refusal_says_no_more_than_absence(
    town: DiscordTestServer,
) -> None:
    forum_of(town, MILA)
    town.desk.waiting[REF] = MILA
    shown = await list_for(town, "maya")
    town.desk.roles.clear()

    refused = await town.maya.click(shown, "Send again")
    await refused.done()
    board = await post_board(town, OTHER)
    absent = await town.maya.click(board, "Send again")
    await absent.done()

    assert refused.text == absent.text == NOT_HERE
    assert town.desk.words == {}


async def test_a_creator_of_another_server_is_not_there(town: DiscordTestServer) -> None:
    forum_of(town, MILA)
    town.desk.waiting[OTHER] = ZOE

    answer = await town.maya.click(await post_board(town, OTHER), "Send again")
    await answer.says(NOT_HERE)

    assert town.desk.words == {}


async def test_the_board_leads_to_the_whole_list(town: DiscordTestServer) -> None:
    forum_of(town, MILA)
    town.desk.waiting[REF] = MILA

    answer = await town.maya.click(await post_board(town, OTHER), "Show all")
    await answer.says("1 wait, page 1.")

    assert answer.ephemeral


async def post_board(town: DiscordTestServer, ref: EffectId) -> StandInMessage:
    """A board as it stands in a channel that everybody here may read."""
    buttons = (Button("wait.again", ref, "Send again"), Button("wait.list", ref, "Show all"))
    post = Post(title="This waits", body=("1. A reply.",), buttons=buttons)
    made = await town.bot.discord.post(DiscordId(town.lobby.id), post, nonce=ref)
    return town.server.world.message(town.lobby.id, made)
