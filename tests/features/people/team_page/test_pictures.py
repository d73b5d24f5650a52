"""Pictures of the vault: for whom, as what, and every way in which there is none."""

import asyncio
import re
from typing import Any

import pytest
from PIL import Image

from bot.sandbox.discord.routing import RestCall
from tests.fanvue.peer_stand_in import PeerStandIn
from tests.features.people.team_page.picture_scenario import PictureScenario, is_nothing, png, size_of
from tests.features.people.team_page.test_cells import CELLS, STRANGER, person_with

pytestmark = pytest.mark.asyncio(loop_scope="package")


@pytest.mark.parametrize("role", [*CELLS, STRANGER])
async def test_a_picture_is_shown_to_whom_the_table_shows_the_vault(
    vault: PictureScenario, role: str
) -> None:
    person, item = await person_with(vault, role, "shot"), vault.add(f"for {role}")
    async with vault.signed_in(person) as browser:
        if role == "none":
            await vault.grant(person, "none")
        if role == STRANGER:
            vault.wears(person, team=False)
        picture = await browser.picture(vault.of(item))

    seen = "vault" in CELLS.get(role, frozenset())
    assert picture.status == (200 if seen else 403)
    assert is_nothing(picture) is not seen
    assert bool(vault.fetched(item)) is seen


async def test_without_a_session_there_is_no_picture(vault: PictureScenario) -> None:
    item = vault.add("for nobody")
    async with vault.browser() as browser:
        bare = await browser.picture(vault.of(item))
        forged = await browser.picture(vault.of(item), Cookie="page=" + "A" * 43)

    assert [(one.status, is_nothing(one)) for one in (bare, forged)] == [(401, True)] * 2
    assert vault.fetched(item) == []


async def test_each_picture_asks_anew_who_may_see_it(vault: PictureScenario) -> None:
    person, item = await vault.newcomer("shot-ending", "chatter"), vault.add("seen once")
    async with vault.signed_in(person) as browser:
        before = await browser.picture(vault.of(item))
        await vault.grant(person, "none")
        ended = await browser.picture(vault.of(item))
        await vault.grant(person, "chatter")
        vault.time_passes(person)
        late = await browser.picture(vault.of(item))

    assert size_of(before) == (256, 320)
    assert [(one.status, is_nothing(one)) for one in (ended, late)] == [(403, True), (401, True)]


async def test_who_left_the_server_sees_no_picture(vault: PictureScenario) -> None:
    person, item = await vault.newcomer("shot-leaver", "chatter"), vault.add("left behind")
    stage = vault.house.stage
    async with vault.signed_in(person) as browser:
        stage.discord.world.remove_member(stage.guild, person.user)
        gone = await browser.picture(vault.of(item))

    assert (gone.status, is_nothing(gone)) == (403, True)


async def test_another_creators_media_are_not_there(vault: PictureScenario) -> None:
    world = vault.house.stage.fanvue.world
    other = world.add_creator("shot.other", "Other")
    theirs = world.add_media(other, name="not Luna's")
    async with vault.signed_in(vault.house.stage.owner) as browser:
        here = await browser.picture(vault.of(theirs))
        there = await browser.picture(f"/page/{other.uuid}/vault/{theirs.uuid}.jpg")
        page = await browser.get(f"{vault.at('calendar/post')}?item.{theirs.uuid}=Picture")

    assert [(one.status, is_nothing(one)) for one in (here, there)] == [(404, True), (403, True)]
    assert vault.fetched(theirs) == []
    assert vault.shots(page) == {}


@pytest.mark.parametrize("name", ["x", "..%2f", "0" * 36, "-" * 36, f"{'0' * 8}-0000-4000-8000-{'0' * 12}"])
async def test_what_is_no_item_has_no_picture(vault: PictureScenario, name: str) -> None:
    async with vault.signed_in(vault.house.stage.owner) as browser:
        answer = await browser.picture(vault.at(f"vault/{name}.jpg"))

    assert answer.status == 404


async def test_a_picture_is_drawn_anew_and_kept_by_nobody(vault: PictureScenario) -> None:
    exif = Image.Exif()
    exif[0x010E] = "at home"
    item = vault.add("large")
    vault.serve(item, png(3000, 1500, exif=exif), "image/png")
    async with vault.signed_in(vault.house.stage.owner) as browser:
        picture = await browser.picture(vault.of(item))

    assert size_of(picture) == (360, 180)
    assert b"at home" not in picture.content
    strict = {
        "Cache-Control": "private, no-store",
        "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
    assert {name: picture.headers[name] for name in strict} == strict
    assert "Set-Cookie" not in picture.headers


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        pytest.param(b"<html><script>alert(1)</script>", "text/html", id="a page"),
        pytest.param(b"<svg xmlns='x'/>", "image/svg+xml", id="a drawing"),
        pytest.param(b"<html>", "image/png", id="a page that says picture"),
        pytest.param(png(64, 64)[:60], "image/png", id="half a picture"),
        pytest.param(b"", "image/png", id="nothing"),
        pytest.param(png(6000, 6000), "image/png", id="36 megapixels"),
        pytest.param(b"\xff" * (8 * 1024 * 1024 + 1), "image/jpeg", id="more than 8 MiB"),
    ],
)
async def test_what_is_no_small_picture_is_not_shown(
    vault: PictureScenario, content: bytes, kind: str
) -> None:
    item = vault.add("odd one")
    vault.serve(item, content, kind)
    async with vault.signed_in(vault.house.stage.owner) as browser:
        picture = await browser.picture(vault.of(item))

    assert (picture.status, is_nothing(picture)) == (404, True)


async def test_a_redirect_is_not_followed(vault: PictureScenario) -> None:
    async with PeerStandIn() as far, vault.signed_in(vault.house.stage.owner) as browser:
        item = vault.add("elsewhere")
        vault.serve(item, b"", "image/png", moved_to=f"{far.url}/secret")
        picture = await browser.picture(vault.of(item))

        assert (picture.status, is_nothing(picture)) == (404, True)
        assert far.seen == []


@pytest.mark.parametrize(
    "fault",
    [{"status": 404}, {"status": 403}, {"status": 503}, {"kind": "lose_answer"}],
    ids=["gone", "over", "trouble", "cut"],
)
async def test_a_picture_that_does_not_come_costs_the_page_nothing(
    vault: PictureScenario, fault: dict[str, Any]
) -> None:
    item = vault.add("not now")
    vault.away(**fault)
    async with vault.signed_in(vault.house.stage.owner) as browser:
        page = await browser.get(f"{vault.at('vault')}?search=not+now")
        none = await browser.picture(vault.of(item))
        vault.house.stage.fanvue.faults.clear()
        later = await browser.picture(vault.of(item))

    assert "not now" in page.text
    assert '<span class="kind" aria-hidden="true">Picture</span>' in page.source
    assert (none.status, is_nothing(none)) == (404, True)
    assert size_of(later) == (256, 320)


async def test_an_address_that_is_over_is_asked_for_once_more(vault: PictureScenario) -> None:
    item = vault.add("over once")
    vault.house.stage.fanvue.faults.add("error_before", "GET", "/_media/", status=403)
    async with vault.signed_in(vault.house.stage.owner) as browser:
        picture = await browser.picture(vault.of(item))

    assert size_of(picture) == (256, 320)


async def test_nobody_waits_for_a_slow_picture_but_the_picture(vault: PictureScenario) -> None:
    item = vault.add("slow")
    held = vault.house.stage.fanvue.faults.hold("GET", "/_media/")
    async with vault.signed_in(vault.house.stage.owner) as browser:
        waiting = asyncio.create_task(browser.picture(vault.of(item)))
        await held.reached()
        page = await browser.get(vault.at("vault") + "?search=slow")
        held.release()
        picture = await waiting

    assert "slow" in page.text
    assert size_of(picture) == (256, 320)


async def test_the_vault_is_there_while_fanvue_says_no_more_of_its_items(vault: PictureScenario) -> None:
    vault.add("a quiet one", "video")
    async with vault.signed_in(vault.house.stage.owner) as browser:
        vault.house.stage.fanvue.faults.add("error_before", "GET", "/media/bulk", count=None, status=503)
        page = await browser.get(vault.at("vault") + "?search=quiet")

    assert page.status == 200
    assert "a quiet one" in page.text
    assert len(vault.shots(page)) == 1


async def test_each_kind_has_a_tile_with_its_name_and_how_long_it_plays(vault: PictureScenario) -> None:
    video = vault.add("tile film", "video")
    vault.add("tile song", "audio")
    vault.add("tile paper", "document")
    vault.add("tile bare", "video", "thumbnail", "thumbnail_gallery", "blurred")
    async with vault.signed_in(vault.house.stage.owner) as browser:
        page = await browser.get(vault.at("vault") + "?search=tile")

    kinds = re.findall(r'<span class="kind" aria-hidden="true">([^<]+)</span>', page.source)
    assert sorted(kinds) == ["Audio · 0:03", "Document", "Video · 0:02", "Video · 0:02"]
    assert vault.shots(page) == {vault.of(video): "Preview of Video · tile film"}
    assert len(re.findall(r"tile film · .*? · 0:02</span>", page.source)) == 1
    assert 'aria-label="Uncover the picture of Video · tile film"' in page.source


async def test_a_cover_is_sent_with_no_form_and_no_address_of_fanvue_is_on_the_page(
    vault: PictureScenario,
) -> None:
    vault.add("covered")
    async with vault.signed_in(vault.house.stage.owner) as browser:
        page = await browser.get(vault.at("vault") + "?search=covered")

    assert len(re.findall(r'<input type="checkbox" class="(?:peek|bare)"', page.source)) == 2
    assert not re.search(r'class="(?:peek|bare)"[^>]* name=', page.source)
    assert not re.search(r"signature=|_media|127\.0\.0\.1", page.source)
    assert "Pictures are covered. Press one to see it." in page.text


async def test_what_was_chosen_is_seen_beside_the_form_too(vault: PictureScenario) -> None:
    item, gone = vault.add("for a post"), f"{'0' * 8}-0000-4000-8000-{'0' * 12}"
    async with vault.signed_in(vault.house.stage.owner) as browser:
        where = f"?item.{item.uuid}=Picture+1&item.{gone}=Old+set"
        again = {f"item.{item.uuid}": "Picture 1", "when": "?"}
        pages = [await browser.get(vault.at(key) + where) for key in ("calendar/post", "calendar/mass")]
        wrong = await browser.sends(vault.at("calendar/post"), browser.fields(pages[0]), **again)

    for page in (*pages, wrong):
        assert vault.shots(page) == {vault.of(item): "Preview of Picture · for a post"}
    assert pages[0].text.count('class="chosen"') == 2
    assert "Old set" in pages[0].text


async def test_no_picture_is_shown_where_the_forum_is_not_age_restricted(vault: PictureScenario) -> None:
    item = vault.add("not for all")
    async with vault.signed_in(vault.house.stage.owner) as browser:
        page = await vault.restricts(browser, adults=False)
        form = await browser.get(f"{vault.at('calendar/post')}?item.{item.uuid}=Picture")
        picture = await browser.picture(vault.of(item))
        again = await vault.restricts(browser, adults=True)

    assert "IMG_4711.jpg" in page.text
    assert "only while Discord says that the creator's forum is age-restricted" in page.text
    assert (vault.shots(page), vault.shots(form)) == ({}, {})
    assert (picture.status, is_nothing(picture)) == (404, True)
    assert vault.fetched(item) == []
    assert len(vault.shots(again)) == 1


async def test_ten_pictures_at_once_cost_fanvue_one_file_each_and_discord_a_question_or_two(
    vault: PictureScenario,
) -> None:
    items, asked = [vault.add(f"of ten {n}") for n in range(10)], list[str]()
    person = await vault.newcomer("shot-ten", "chatter")

    def heard(call: RestCall) -> None:
        if call.path.endswith(f"/members/{person.user.id}"):
            asked.append(call.path)

    async with vault.signed_in(person) as browser:
        await browser.get(vault.at("vault") + "?search=of+ten")
        vault.house.stage.discord.listeners.append(heard)
        found = await asyncio.gather(*(browser.picture(vault.of(item)) for item in items))
        vault.house.stage.discord.listeners.remove(heard)
        again = await browser.picture(vault.of(items[0]))

    assert {size_of(one) for one in (*found, again)} == {(256, 320)}
    assert [vault.fetched(item) for item in items] == [["thumbnail"]] * 10
    assert 1 <= len(asked) < 10
