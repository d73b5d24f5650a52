"""Attacks on linking; each fails closed, and no page says which check did it."""

import asyncio
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from bot.accounts.confirming import NOT_THERE
from bot.accounts.errors import CheckFailed
from bot.accounts.linking import Linking
from storage import forums
from storage.records import DiscordId, Forum
from tests.accounts.browser import PUBLIC, Browser, Seen
from tests.accounts.studio import FANVUE_CALLBACK, Studio
from tests.accounts.things import START

pytestmark = pytest.mark.oauth_attack
PROBLEM = f"{PUBLIC}/link/problem"


async def callback_of(studio: Studio, browser: Browser) -> str:
    """The address that Fanvue sends this browser to after a Yes."""
    to_fanvue = await browser.reach_fanvue(await studio.begin(), studio.user("olivia"))
    return await browser.consent_at_fanvue(to_fanvue, studio.creator.uuid)


def _changed(url: str, **params: str) -> str:
    query = dict(parse_qsl(urlsplit(url).query)) | params
    return f"{url.partition('?')[0]}?{urlencode(query)}"


async def stopped(studio: Studio, seen: Seen) -> bool:
    return seen.location == PROBLEM and await studio.nothing_is_kept()


async def test_f1_a_victim_who_opens_the_attackers_link_connects_nothing(studio: Studio) -> None:
    link, victim = await studio.begin("victor"), studio.browser()
    to_discord = (await victim.start(link)).location
    back = await victim.get(await victim.sign_in_to_discord(to_discord, studio.user("olivia")))

    page = await victim.get(back.location)

    assert (page.status, "another Discord user" in page.text) == (403, True)
    assert (await victim.get(link)).status == 404
    (told,) = await studio.asked()
    assert told["post"]["title"] == "Your link was closed"
    (line,) = await studio.rows("audit")
    assert (line["action"], line["actor"]) == ("link.other_person", studio.user("olivia"))
    assert studio.fanvue.ledger.of("token.issued") == []


async def test_f2_somebody_elses_fanvue_account_is_shown_to_the_owner_and_a_no_ends_it(
    studio: Studio,
) -> None:
    attacker = studio.fanvue.world.add_creator("evil-twin", "Mara Vale")
    owner = studio.browser()
    to_fanvue = await owner.reach_fanvue(await studio.begin(), studio.user("olivia"))
    await owner.get(await owner.consent_at_fanvue(to_fanvue, attacker.uuid))

    (asked,) = await studio.asked()
    assert "@evil-twin" in asked["post"]["body"][0].replace("\\", "")
    assert attacker.uuid[-4:] in asked["post"]["body"][0]
    await studio.linking.answer(await studio.pending(), studio.user("olivia"), yes=False)
    assert await studio.nothing_is_kept()


async def test_f2_nobody_but_the_tickets_owner_can_say_yes(studio: Studio) -> None:
    await studio.browser().walk(await studio.begin(), studio.user("olivia"), studio.creator.uuid)
    pending = await studio.pending()

    assert await studio.linking.answer(pending, studio.user("victor"), yes=True) == NOT_THERE
    assert await studio.linking.answer("no-such-question", studio.user("victor"), yes=True) == NOT_THERE

    assert await studio.rows("links") == []
    assert (await studio.rows("audit"))[-1]["outcome"] == "denied"
    assert await studio.pending() == pending


async def test_f3_a_callback_that_is_replayed_does_nothing_the_second_time(studio: Studio) -> None:
    browser = studio.browser()
    callback = await callback_of(studio, browser)
    assert (await browser.get(callback)).location == f"{PUBLIC}/link/done"

    assert (await browser.get(callback)).location == PROBLEM
    assert len(await studio.rows("pending_links")) == 1
    assert len(studio.fanvue.ledger.of("token.issued")) == 1


async def test_f3_a_state_that_is_eleven_minutes_old_is_over(studio: Studio) -> None:
    browser = studio.browser()
    callback = await callback_of(studio, browser)
    studio.clock.pass_by(minutes=11)

    assert await stopped(studio, await browser.get(callback))
    assert studio.fanvue.ledger.of("token.issued") == []


@pytest.mark.parametrize("cookie", ["none", "another", "twice", "garbage"])
async def test_f3_only_the_browser_that_began_may_come_back(studio: Studio, cookie: str) -> None:
    browser = studio.browser()
    callback = await callback_of(studio, browser)
    (name, value), other = next(iter(browser.cookies.items())), "x" * 43
    sent = {
        "none": "",
        "another": f"{name}={other}",
        "twice": f"{name}={value}; {name}={other}",  # a planted cookie beside the real one
        "garbage": f"{name}=short",
    }[cookie]

    assert await stopped(studio, await browser.get(callback, Cookie=sent))
    assert studio.fanvue.ledger.of("token.issued") == []


async def test_f3_an_answer_of_another_issuer_is_not_exchanged(studio: Studio) -> None:
    browser = studio.browser()
    callback = await callback_of(studio, browser)

    assert await stopped(studio, await browser.get(_changed(callback, iss="https://auth.evil.example")))
    assert studio.fanvue.ledger.of("token.issued") == []


async def test_the_right_issuer_is_accepted(studio: Studio) -> None:
    studio.fanvue.switches.iss_on_callback = True

    page = await studio.browser().walk(await studio.begin(), studio.user("olivia"), studio.creator.uuid)

    assert page.url == f"{PUBLIC}/link/done"


async def test_an_answer_without_an_issuer_is_refused_once_the_server_promises_one(studio: Studio) -> None:
    strict = replace(studio.means, settings=replace(studio.means.settings, issuer_required=True))
    browser = studio.browser()
    callback = await callback_of(studio, browser)

    with pytest.raises(CheckFailed, match="issuer"):
        await Linking(strict).fanvue_returned(params_of(callback), next(iter(browser.cookies.values())))


@pytest.mark.parametrize("method", ["head", "prefetch"])
async def test_f3_a_crawler_uses_nothing_up(studio: Studio, method: str) -> None:
    link, browser, crawler = await studio.begin(), studio.browser(), studio.browser()
    for _ in range(3):
        await crawler.get(link)
        await crawler.head(link)

    async def crawl(callback: str) -> None:
        if method == "head":
            assert (await browser.head(callback)).status == 405
        else:
            assert (await browser.get(callback, Sec_Purpose="prefetch")).location == PROBLEM

    to_discord = (await browser.start(link)).location
    from_discord = await browser.sign_in_to_discord(to_discord, studio.user("olivia"))
    await crawl(from_discord)
    to_fanvue = (await browser.get(from_discord)).location
    from_fanvue = await browser.consent_at_fanvue(to_fanvue, studio.creator.uuid)
    await crawl(from_fanvue)

    assert (await browser.get(from_fanvue)).location == f"{PUBLIC}/link/done"


async def test_f4_a_second_owner_is_refused_and_the_first_ones_team_is_told(studio: Studio) -> None:
    await studio.linked()
    forum = Forum(
        DiscordId(71),
        DiscordId(studio.ids["guild"]),
        DiscordId(72),
        DiscordId(73),
        studio.creator_id,
        "{}",
    )
    await studio.database.write(lambda tx: forums.add(tx, forum, START))
    before = await studio.linking.links_of(studio.user("olivia"))

    await studio.browser().walk(
        await studio.begin("maya", "command-of-maya"), studio.user("maya"), studio.creator.uuid
    )
    sentence = await studio.linking.answer(await studio.pending(), studio.user("maya"), yes=True)

    assert "already connected" in sentence
    assert await studio.linking.links_of(studio.user("olivia")) == before
    assert await studio.linking.links_of(studio.user("maya")) == []
    assert len(studio.fanvue.ledger.of("token.revoked")) == 1
    (alert,) = [body for body in await studio.asked() if body.get("channel") == 73]
    assert "Nothing was changed" in alert["post"]["body"][0]
    assert (await studio.rows("audit"))[-1]["outcome"] == "taken"


async def test_a_form_from_another_site_or_without_its_token_starts_nothing(studio: Studio) -> None:
    link, browser = await studio.begin(), studio.browser()
    await browser.get(link)
    for form, headers in (
        ({}, {}),
        ({"csrf": "0" * 64}, {}),
        ({"csrf": "x" * 5000}, {}),
        ({"csrf": "0" * 64}, {"Sec_Fetch_Site": "cross-site"}),
        ({"csrf": "0" * 64}, {"Cookie": ""}),
    ):
        assert (await browser.post(link + "/start", form, **headers)).location == PROBLEM

    assert await studio.rows("attempts") == []


async def test_even_the_right_form_is_refused_when_the_browser_says_another_site_sent_it(
    studio: Studio,
) -> None:
    link, browser = await studio.begin(), studio.browser()
    page = await browser.get(link)
    form = {"csrf": page.text.split('name="csrf" value="')[1].split('"')[0]}

    assert (await browser.post(link + "/start", form, Sec_Fetch_Site="cross-site")).location == PROBLEM
    assert (await browser.post(link + "/start", form, Sec_Fetch_Site="same-origin")).location != PROBLEM


async def test_the_token_of_one_browsers_page_does_not_start_anothers_link(studio: Studio) -> None:
    link, attacker, victim = await studio.begin(), studio.browser(), studio.browser()
    page = await attacker.get(link)
    csrf = page.text.split('name="csrf" value="')[1].split('"')[0]
    await victim.get(link)

    assert (await victim.post(link + "/start", {"csrf": csrf})).location == PROBLEM


async def test_states_of_the_two_sign_ins_do_not_fit_each_others_callbacks(studio: Studio) -> None:
    browser = studio.browser()
    to_discord = (await browser.start(await studio.begin())).location
    discord_callback = await browser.sign_in_to_discord(to_discord, studio.user("olivia"))
    swapped = discord_callback.replace("/oauth/discord/callback", "/oauth/fanvue/callback")

    assert await stopped(studio, await browser.get(swapped))
    to_fanvue = (await browser.get(discord_callback)).location
    fanvue_callback = await browser.consent_at_fanvue(to_fanvue, studio.creator.uuid)
    back = fanvue_callback.replace("/oauth/fanvue/callback", "/oauth/discord/callback")
    assert await stopped(studio, await browser.get(back))


async def test_a_code_from_another_attempt_is_not_accepted(studio: Studio) -> None:
    attacker_creator = studio.fanvue.world.add_creator("evil-twin", "Evil")
    attacker, victim = studio.browser(), studio.browser()
    to_fanvue = await attacker.reach_fanvue(await studio.begin("victor"), studio.user("victor"))
    stolen = await attacker.consent_at_fanvue(to_fanvue, attacker_creator.uuid)
    code = dict(parse_qsl(urlsplit(stolen).query))["code"]

    callback = _changed(await callback_of(studio, victim), code=code)

    assert await stopped(studio, await victim.get(callback))
    assert await studio.rows("pending_links") == []


@pytest.mark.parametrize("doubled", ["state", "code", "iss", "error"])
async def test_a_parameter_that_is_given_twice_is_not_read(studio: Studio, doubled: str) -> None:
    browser = studio.browser()
    callback = await callback_of(studio, browser) + f"&{doubled}=one&{doubled}=two"

    assert await stopped(studio, await browser.get(callback))
    assert studio.fanvue.ledger.of("token.issued") == []


@pytest.mark.parametrize("query", ["", "state=short&code=c", "code=c", "state=" + "a" * 43 + "&code=c"])
async def test_a_callback_that_belongs_to_no_attempt_is_a_neutral_page(studio: Studio, query: str) -> None:
    for path in ("/oauth/discord/callback", "/oauth/fanvue/callback"):
        assert (await studio.browser().get(f"{PUBLIC}{path}?{query}")).location == PROBLEM


async def test_an_endless_code_and_an_unknown_error_arestopped(studio: Studio) -> None:
    for change in ({"code": "c" * 3000}, {"error": "invalid_scope"}, {"error": "access_denied"}):
        browser = studio.browser()
        callback = _changed(await callback_of(studio, browser), **change)
        assert await stopped(studio, await browser.get(callback))


async def test_pkce_cannot_be_taken_out(studio: Studio) -> None:
    browser = studio.browser()
    to_discord = (await browser.start(await studio.begin())).location
    to_fanvue = (
        await browser.get(await browser.sign_in_to_discord(to_discord, studio.user("olivia")))
    ).location
    for url in (to_discord, to_fanvue):
        query = dict(parse_qsl(urlsplit(url).query))
        assert (query["code_challenge_method"], len(query["code_challenge"])) == ("S256", 43)
    assert dict(parse_qsl(urlsplit(to_fanvue).query))["redirect_uri"] == FANVUE_CALLBACK

    # The attacker's own challenge instead of ours: the code then does not fit our verifier.
    forged = _changed(to_fanvue, code_challenge="A" * 43)
    callback = await browser.consent_at_fanvue(forged, studio.creator.uuid)
    assert await stopped(studio, await browser.get(callback))


async def test_no_parameter_leads_a_browser_to_another_site(studio: Studio) -> None:
    link, browser = await studio.begin(), studio.browser()
    await browser.get(link + "?next=https://evil.example")
    for probe in (
        "/oauth/fanvue/callback?redirect=https://evil.example&state=" + "b" * 43,
        "/oauth/discord/callback?redirect_uri=//evil.example",
        "//evil.example",
        "/link/https://evil.example",
    ):
        seen = await browser.get(PUBLIC + probe)
        assert "evil.example" not in seen.headers.get("Location", "")


async def test_two_callbacks_at_once_exchange_once(studio: Studio) -> None:
    browser = studio.browser()
    callback = await callback_of(studio, browser)
    cookie = next(iter(browser.cookies.values()))

    outcomes = await asyncio.gather(*(outcome_of(studio.linking, callback, cookie) for _ in range(4)))

    assert outcomes.count("asked") == 1
    assert len(studio.fanvue.ledger.of("token.issued")) == 1


async def test_a_link_can_be_started_only_so_often(studio: Studio) -> None:
    link, browser = await studio.begin(), studio.browser()
    for _ in range(10):
        assert "/oauth2/authorize" in (await browser.start(link)).location

    assert (await browser.start(link)).location == PROBLEM


async def test_discord_must_answer_before_anything_goes_on(studio: Studio) -> None:
    browser = studio.browser()
    to_discord = (await browser.start(await studio.begin())).location
    callback = await browser.sign_in_to_discord(to_discord, studio.user("olivia"))

    assert await stopped(studio, await browser.get(_changed(callback, code="0" * 45)))
    assert [row["step"] for row in await studio.rows("attempts")] == ["discord"]


def params_of(url: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(url).query)


async def outcome_of(linking: Linking, callback: str, cookie: str) -> str:
    try:
        await linking.fanvue_returned(params_of(callback), cookie)
    except CheckFailed:
        return "stopped"
    return "asked"
