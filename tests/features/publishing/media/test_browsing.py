"""/media browse: pages of a vault, for the person who connected the creator."""

from pathlib import Path

import pytest

from bot.discord.asking import NOT_HERE
from bot.features.publishing.media.service import MediaService
from bot.sandbox.discord.client_input import NotPossible
from bot.sandbox.fanvue.records import MessageId
from storage.records import DiscordId, LinkId, MediaId
from tests.features.publishing.media.media_scenario import MediaScenario, offered, opened, select

CLOSED = "This list is closed: lists stay open for 15 minutes, and end at a restart. Run /media browse again."
AGAIN = "We can't reach Fanvue right now. Nothing is lost; please try again in a minute."


async def test_a_page_has_a_short_line_for_each_item_and_no_id(gallery: MediaScenario) -> None:
    plain = gallery.add("beach *set* @everyone", recommended_price=999)
    clip = gallery.add(None, "video", caption="the long\nversion")
    gallery.add(status="processing")

    answer = await gallery.ask()

    assert answer.text == (
        "### Vault of @luna\n**1.** Fanvue is still processing it; it can't be sent yet\n"
        f"**2.** **Video** · the long version · <t:{int(clip.created_at.timestamp())}:d>\n"
        "**3.** **Picture** · beach \\*set\\* \\@everyone · "
        f"<t:{int(plain.created_at.timestamp())}:d> · suggested $9.99\n-# 3 items in all.\n-# "
        "To send one: Reply → Add media in a fan's thread, Media and price in /mass new, Media … "
        "in /post new. Only you see this list; it closes after 15 minutes."
    )
    assert offered(answer)[1:] == ["2. Video · the long version", "3. Picture · beach *set* @everyone"]


@pytest.mark.parametrize("prefix", ["/v1", ""], ids=["v1", "unversioned"])
async def test_a_long_vault_is_turned_page_by_page_to_its_end_and_back(tmp_path: Path, prefix: str) -> None:
    async with opened(tmp_path, prefix=prefix) as gallery:
        made = [gallery.add(f"set {number}") for number in range(101)]
        answer = await gallery.ask()
        pages = [answer.text]
        while "▶ shows more" in pages[-1]:
            pages.append((await gallery.turn(answer, "▶")).text)
        back = await gallery.turn(answer, "◀")

        shown = [item.uuid for page in pages for item in reversed(made) if f"· {item.name} ·" in page]
        assert shown == [item.uuid for item in reversed(made)]
        assert (len(pages), back.text) == (13, pages[-2])
        assert "Items 97 to 101; that's all." in pages[-1]
        assert gallery.requests("/media") == 3


async def test_the_first_page_does_not_go_back_nor_the_last_one_on(gallery: MediaScenario) -> None:
    for number in range(9):
        gallery.add(f"set {number}")
    first = await gallery.ask()
    with pytest.raises(NotPossible, match="◀ is disabled"):
        await gallery.town.olivia.click(first.message, "◀")
    last = await gallery.turn(first, "▶")
    with pytest.raises(NotPossible, match="▶ is disabled"):
        await gallery.town.olivia.click(last.message, "▶")

    assert "Item 9; that's all." in last.text


async def test_an_empty_vault_and_a_filter_that_fits_nothing_say_so(gallery: MediaScenario) -> None:
    empty = await gallery.ask()
    gallery.add("beach")
    none = await gallery.ask(kind="video", search="beach")

    assert empty.text == "### Vault of @luna\nThe vault is empty. Add files with /media upload."
    assert none.text == (
        "### Vault of @luna, videos, “beach”\nNothing in the vault matches. Run /media browse without "
        "options to see everything; `folder:` suggests the folders."
    )


async def test_kind_folder_and_words_narrow_the_list(gallery: MediaScenario) -> None:
    red, blue = gallery.add("Red dress"), gallery.add("blue dress", caption="RED shoes")
    clip, other = gallery.add("red dress, moving", "video"), gallery.add("sea")
    world = gallery.evening.server.world
    world.add_folder(gallery.evening.account, "Summer & sea", [blue, other])

    words = (await gallery.ask(search="red DRESS")).text
    kind = (await gallery.ask(kind="video")).text
    folder = (await gallery.ask(folder="Summer & sea")).text
    wrong = (await gallery.ask(folder="Winter")).text

    def found(text: str) -> list[bool]:
        return [f"· {item.name} ·" in text for item in (red, blue, clip, other)]

    assert found(words) == [True, True, True, False]
    assert found(kind) == [False, False, True, False]
    assert found(folder) == [False, True, False, True]
    assert r"folder “Summer \& sea”" in folder
    assert "Nothing in the vault matches." in wrong


async def test_words_are_looked_for_in_steps_and_the_answer_says_how_far(gallery: MediaScenario) -> None:
    gallery.add("the red one")
    for number in range(520):
        gallery.add(f"set {number}")

    answer = await gallery.ask(search="red")
    first = answer.text
    second = await gallery.turn(answer, "▶")

    assert "No matches yet." in first
    assert "Searched 500 items so far; ▶ continues." in first
    assert "the red one" in second.text


async def test_a_search_that_breaks_off_shows_how_far_it_came(gallery: MediaScenario) -> None:
    for number in range(60):
        gallery.add(f"set {number}")
    gallery.add("the red one")
    faults = gallery.evening.server.faults
    faults.add("delay", "GET", "/media$", seconds=0.0)  # the first request is answered
    faults.add("error_before", "GET", "/media$", status=503)

    answer = await gallery.ask(search="red")

    assert AGAIN in answer.text
    assert "the red one" in answer.text
    assert "Item 1, found in 50 items so far; ▶ continues." in answer.text


async def test_in_a_fans_thread_what_this_fan_bought_is_marked(gallery: MediaScenario) -> None:
    sold, kept = gallery.add("sold"), gallery.add("kept")
    api = gallery.evening.acting().chats
    files = [MediaId(sold.uuid)]
    sent = await api.send(gallery.evening.fan_id, text="for you", media=files, price=500, key="k")
    await gallery.fan.buy(MessageId(sent))

    here = await gallery.ask(place=gallery.fan_thread.thread)
    elsewhere = await gallery.ask()

    lines = here.text.splitlines()
    (of_sold,), (of_kept,) = ([one for one in lines if f"· {item.name} ·" in one] for item in (sold, kept))
    assert "**bought by this fan**" in of_sold
    assert "bought" not in of_kept
    assert "bought" not in elsewhere.text


async def test_nobody_else_sees_the_vault(gallery: MediaScenario) -> None:
    gallery.add("beach")

    told = [
        (await gallery.ask(who, place)).text
        for who, place in (("maya", None), ("maya", gallery.fan_thread.thread), ("victor", None))
    ]

    assert told == [NOT_HERE] * 3
    assert gallery.requests("/media") == 0


async def test_with_several_accounts_one_is_chosen_or_follows_from_the_thread(gallery: MediaScenario) -> None:
    gallery.add("beach")
    await gallery.link_too("zoe")

    unsure = await gallery.ask()
    chosen = await gallery.ask(creator="@luna")
    here = await gallery.ask(place=gallery.fan_thread.thread)

    assert "You work with several creators – pick one in `creator" in unsure.text
    assert ["beach" in answer.text for answer in (chosen, here)] == [True, True]


async def test_folders_are_offered_while_one_is_typed(gallery: MediaScenario) -> None:
    world = gallery.evening.server.world
    for name in ("Summer", "summer nights", "Winter", "x" * 101):
        world.add_folder(gallery.evening.account, name)
    there = gallery.town

    offers = await there.olivia.autocomplete(there.guild, there.lobby, "media browse", "folder", "summer")
    others = await there.maya.autocomplete(there.guild, there.lobby, "media browse", "folder", "")

    assert sorted(choice["name"] for choice in offers) == ["Summer", "summer nights"]
    assert others == []


@pytest.mark.parametrize("in_pages", [True, False], ids=["in pages", "at once"])
async def test_every_folder_is_offered_however_fanvue_lists_them(
    gallery: MediaScenario, *, in_pages: bool
) -> None:
    gallery.evening.server.switches.folders_in_pages = in_pages
    world = gallery.evening.server.world
    world.add_folder(gallery.evening.account, "the oldest one")
    for number in range(60):
        world.add_folder(gallery.evening.account, f"set {number}")
    there = gallery.town

    offers = await there.olivia.autocomplete(there.guild, there.lobby, "media browse", "folder", "oldest")

    assert [choice["name"] for choice in offers] == ["the oldest one"]


async def test_a_list_closes_after_a_quarter_of_an_hour_and_with_the_link(gallery: MediaScenario) -> None:
    for number in range(9):
        gallery.add(f"set {number}")
    old, ended = await gallery.ask(), await gallery.ask()
    gallery.clock.at += 15 * 60_000
    late = await gallery.turn(old, "▶")
    gallery.clock.at -= 15 * 60_000
    await gallery.unlink()
    shown = await gallery.show(ended, offered(ended)[0])
    turned = await gallery.turn(ended, "▶")

    assert [answer.text for answer in (late, shown, turned)] == [CLOSED, NOT_HERE, NOT_HERE]


async def test_a_place_belongs_to_one_person(gallery: MediaScenario) -> None:
    gallery.add("beach")
    answer = await gallery.ask()
    assert answer.message is not None
    other = await gallery.town.bot.services.get(MediaService).browse(
        gallery.town.desk.links[0],
        DiscordId(gallery.town.maya.user.id),
        kind=None,
        folder=None,
        search="",
        fan=None,
        bundles=True,
    )
    assert other.choice is not None
    # What a client cannot do, a crafted request can: the other person's id in one's own message.
    select(answer)["custom_id"] = f"c1:media.show:{other.choice.ref}"

    stolen = await gallery.show(answer, offered(answer)[0])

    assert stolen.text == CLOSED


async def test_an_old_list_that_nobody_knows_any_more_says_so(gallery: MediaScenario) -> None:
    gallery.add("beach")
    answer = await gallery.ask()
    label = offered(answer)[0]
    select(answer)["custom_id"] = "c1:media.gone:AbCdEfGhIjKlMnOpQr-_12"

    stale = await gallery.show(answer, label)

    assert stale.text == "This list is no longer in use. Please use the newest message, or a command."


async def test_while_fanvue_is_down_what_was_read_stays(gallery: MediaScenario) -> None:
    for number in range(60):
        gallery.add(f"set {number}")
    faults = gallery.evening.server.faults
    faults.add("error_before", "GET", "/media$", status=503)
    down = await gallery.ask()
    answer = await gallery.ask()
    for _ in range(5):
        await gallery.turn(answer, "▶")
    faults.add("error_after", "GET", "/media$", status=502)
    stuck = await gallery.turn(answer, "▶")
    held = stuck.text
    healed = await gallery.turn(answer, "▶")

    assert down.text == AGAIN
    assert AGAIN in held
    assert "Items 41 to 48; ▶ shows more." in held
    assert "Items 49 to 56; ▶ shows more." in healed.text


async def test_a_fanvue_that_takes_too_long_is_told(gallery: MediaScenario) -> None:
    gallery.evening.fanvue.total = 0.2
    gallery.evening.server.faults.add("delay", "GET", "/media$", seconds=3600.0)

    answer = await gallery.ask()

    assert answer.text == AGAIN


async def test_a_missing_permission_is_named(gallery: MediaScenario) -> None:
    world = gallery.evening.server.world
    gallery.evening.holds(
        world.grant(gallery.evening.account, scopes=["read:self", "read:chat"]).access_token
    )

    answer = await gallery.ask()

    assert answer.text == "Fanvue needs the permission read:media. Use /link to connect again and allow it."


async def test_fanvues_own_limit_is_told_with_the_time_to_wait(gallery: MediaScenario) -> None:
    gallery.evening.server.faults.add("too_many", "GET", "/media$", retry_after=7)

    answer = await gallery.ask()

    assert answer.text == "Fanvue asks us to wait. Please try again in 7 s."


async def test_a_row_that_cannot_be_read_costs_that_row_and_is_told(gallery: MediaScenario) -> None:
    _good, none, odd = gallery.add("beach"), gallery.add("none"), gallery.add("odd")
    none.uuid = 7  # type: ignore[assignment]  # what Fanvue should never send
    odd.uuid = "`@everyone`"  # type: ignore[assignment]  # likewise

    answer = await gallery.ask()
    gallery.evening.server.contract_errors.clear()  # it was meant

    assert "beach" in answer.text
    assert "The list is missing 2 items that we couldn't read." in answer.text
    assert "everyone" not in answer.text


async def test_ids_lead_nowhere_without_a_list(gallery: MediaScenario) -> None:
    media = gallery.town.bot.services.get(MediaService)
    with pytest.raises(Exception, match="This list is closed"):
        await media.turn("AbCdEfGhIjKlMnOpQr-_12", DiscordId(1), {LinkId("link-1")})
