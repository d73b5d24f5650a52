"""T9, the half that is played at a browser: forms, states, codes, cookies."""

import asyncio

import pytest

from bot.features.people.accounts.link_causes import LinkCause
from tests.confirmations import linked
from tests.features.people.accounts.accounts_scenario import AccountStage
from tests.features.people.accounts.browser_stand_in import PUBLIC, BrowserStandIn
from tests.proofs.oauth_attack.attack import DONE, PROBLEM, Attack, changed, hidden, query_of

COOKIE = "__Host-link"


async def discord_callback(studio: AccountStage, browser: BrowserStandIn, name: str = "olivia") -> str:
    """The address that Discord sends this browser to."""
    to_discord = (await browser.start(await studio.begin(name, f"command-of-{name}-000000"))).location
    return await browser.sign_in_to_discord(to_discord, studio.user(name))


@pytest.mark.oauth_attack("T9.1")
async def test_t9_01_a_start_is_sent_from_another_site(studio: AccountStage, attack: Attack) -> None:
    link, browser, attacker = await studio.begin(), studio.browser(), studio.browser()
    good = hidden((await browser.get(link)).text, "csrf")
    foreign = hidden((await attacker.get(link)).text, "csrf")
    kept, start = dict(browser.cookies), link + "/start"
    for form, headers in (
        ({}, {}),
        ({"csrf": "0" * 64}, {}),
        ({"csrf": "x" * 5000}, {}),
        ({"csrf": foreign}, {}),  # the attacker's own page of the same link
        ({"csrf": good}, {"Cookie": ""}),
        ({"csrf": good}, {"Sec_Fetch_Site": "cross-site"}),
        ({"csrf": good}, {"Sec_Fetch_Site": "same-site"}),  # a neighbour below the same domain
        ({"csrf": good}, {"Content_Type": "text/plain"}),  # what a form of another site can send
        ({"csrf": good}, {"Content_Type": "application/json"}),
    ):
        browser.cookies = dict(kept)
        assert (await browser.post(start, form, **headers)).location == PROBLEM

    assert await studio.rows("attempts") == []
    assert (await browser.get(link)).status == 200  # the link itself was not used up

    # The second press, between the two sign-ins: the same, and with somebody else's proof.
    await browser.get(await discord_callback(studio, browser))
    await attacker.get(await discord_callback(studio, attacker, "victor"))
    kept, consent = dict(browser.cookies), f"{PUBLIC}/link/consent"
    mine, theirs = (await browser.get(consent)).text, (await attacker.get(consent)).text
    for form, headers in (
        ({"csrf": "0" * 64, "attempt": hidden(mine, "attempt")}, {}),
        ({"csrf": hidden(theirs, "csrf"), "attempt": hidden(theirs, "attempt")}, {}),
        ({"csrf": hidden(mine, "csrf"), "attempt": hidden(theirs, "attempt")}, {}),
        (
            {"csrf": hidden(mine, "csrf"), "attempt": hidden(mine, "attempt")},
            {"Sec_Fetch_Site": "cross-site"},
        ),
    ):
        browser.cookies = dict(kept)
        seen = await browser.post(consent, {**form, "decision": "yes"}, **headers)
        assert seen.location == PROBLEM
    assert {row["step"] for row in await studio.rows("attempts")} == {"discord"}


@pytest.mark.oauth_attack("T9.2")
async def test_t9_02_the_states_of_two_sign_ins_are_swapped(studio: AccountStage, attack: Attack) -> None:
    """Between two people, at both servers; and between the two servers of one person."""
    victim, attacker = studio.browser(), studio.browser()
    mine = await discord_callback(studio, victim)
    theirs = await discord_callback(studio, attacker, "victor")
    await attack.stopped(victim, await victim.get(changed(mine, state=query_of(theirs)["state"])))

    victim, attacker = studio.browser(), studio.browser()
    mine = await attack.callback(victim)
    theirs = await attack.callback(attacker, "victor")
    await attack.stopped(victim, await victim.get(changed(mine, state=query_of(theirs)["state"])))
    await attack.stopped(attacker, await attacker.get(theirs))  # spent: it came back to another browser

    victim = studio.browser()
    mine = await discord_callback(studio, victim)
    crossed = mine.replace("/oauth/discord/", "/oauth/fanvue/")
    await attack.stopped(victim, await victim.get(crossed))

    assert attack.codes_shown() == 0
    assert studio.discord.world.ledger.of("oauth_token") != []  # Discord was asked, by whom it was for
    assert await studio.rows("pending_links") == []


@pytest.mark.oauth_attack("T9.3")
async def test_t9_03_a_code_of_one_attempt_is_put_into_another(studio: AccountStage, attack: Attack) -> None:
    evil = studio.fanvue.world.add_creator("evil-twin", "Evil")
    attacker, victim = studio.browser(), studio.browser()
    stolen = query_of(await attack.callback(attacker, "victor", evil))["code"]
    callback = await attack.callback(victim)

    await attack.stopped(victim, await victim.get(changed(callback, code=stolen)), LinkCause.CODE)

    # And at Discord: the attacker's sign-in, in the browser of the victim, on the victim's link.
    attacker, victim = studio.browser(), studio.browser()
    theirs = query_of(await discord_callback(studio, attacker, "victor"))["code"]
    mine = await discord_callback(studio, victim)
    await attack.stopped(victim, await victim.get(changed(mine, code=theirs)))
    assert (attack.exchanges(), await studio.rows("pending_links")) == (0, [])


@pytest.mark.oauth_attack("T9.4")
async def test_t9_04_many_callbacks_come_at_the_same_moment(studio: AccountStage, attack: Attack) -> None:
    browser = studio.browser()
    callback = await attack.callback(browser)
    cookie = f"{COOKIE}={browser.cookies[COOKIE]}"

    seen = await asyncio.gather(*(studio.browser().get(callback, Cookie=cookie) for _ in range(8)))

    assert sorted(one.location for one in seen) == [DONE] + [PROBLEM] * 7
    assert (attack.exchanges(), len(studio.fanvue.ledger.of("token.denied"))) == (1, 0)
    assert len(await studio.rows("pending_links")) == 1
    await attack.says_no()


@pytest.mark.oauth_attack("T9.8")
async def test_t9_08_a_cookie_is_tossed_into_the_victims_browser(
    studio: AccountStage, attack: Attack
) -> None:
    """The attacker's whole sign-in, finished in a browser that was given the attacker's cookie.

    A site below the same domain can set a cookie of another name, or, in a browser that does not hold
    `__Host-` to its rules, a second one of the same name; it cannot take the first one away.
    """
    for tossed in ("link={theirs}", "__Secure-link={theirs}", COOKIE + "={own}; " + COOKIE + "={theirs}"):
        attacker, victim = studio.browser(), studio.browser()
        callback = await attack.callback(attacker, "victor")
        await victim.get(await studio.begin("maya", "command-of-maya-000000"))
        given = {"theirs": attacker.cookies[COOKIE], "own": victim.cookies[COOKIE]}
        await attack.stopped(victim, await victim.get(callback, Cookie=tossed.format(**given)))
        swapped = COOKIE + "={theirs}; " + COOKIE + "={own}"
        link = await studio.begin("olivia", "command-of-olivia-00000")
        page = await victim.get(link, Cookie=swapped.format(**given))
        assert victim.cookies[COOKIE] not in given.values(), page.status  # neither is taken over

    (line,) = [line for line in page.set_cookies if line.startswith(COOKIE)]
    attributes = {part.strip().lower() for part in line.split(";")[1:]}
    assert {"secure", "httponly", "samesite=lax", "path=/"} <= attributes
    assert not any(part.startswith("domain") for part in attributes)
    assert attack.codes_shown() == 0


@pytest.mark.oauth_attack("T9.9")
async def test_t9_09_links_and_callbacks_are_prefetched(studio: AccountStage, attack: Attack) -> None:
    """By chat apps that look at every address, and by browsers that guess the next one: nothing is used."""
    link, browser, crawler = await studio.begin(), studio.browser(), studio.browser()
    before = [await studio.rows(table) for table in ("tickets", "attempts", "audit", "outbox")]
    for _ in range(3):
        assert (await crawler.get(link)).status == 200
        assert (await crawler.head(link)).status == 200
    assert [await studio.rows(table) for table in ("tickets", "attempts", "audit", "outbox")] == before

    async def crawl(callback: str) -> None:
        kept = dict(browser.cookies)
        assert (await browser.head(callback)).status == 405
        for header in ("Sec_Purpose", "Purpose"):
            await attack.stopped(crawler, await browser.get(callback, **{header: "prefetch"}))
        browser.cookies = kept

    from_discord = await browser.sign_in_to_discord(
        (await browser.start(link)).location, studio.user("olivia")
    )
    await crawl(from_discord)
    to_fanvue = (await browser.go_on((await browser.get(from_discord)).location)).location
    from_fanvue = await browser.consent_at_fanvue(to_fanvue, studio.creator.uuid)
    await crawl(from_fanvue)
    assert (attack.codes_shown(), await studio.rows("pending_links")) == (0, [])

    assert (await browser.get(from_fanvue)).location == DONE  # the person's own visit still counts
    await attack.says_no()


@pytest.mark.oauth_attack("T9.13")
async def test_t9_13_a_callback_is_replayed_after_the_link_was_made(
    studio: AccountStage, attack: Attack
) -> None:
    """A code that Fanvue sees twice would end the link that it made: it must never get there."""
    link = await attack.rightful_link("olivia")
    browser = studio.browser()
    callback = await attack.callback(browser, "maya", studio.fanvue.world.add_creator("nox", "Nox"))
    kept = dict(browser.cookies)
    assert (await browser.get(callback)).location == DONE
    await studio.linking.answer(linked(await studio.pending(), studio.user("maya")))
    (new,) = await studio.linking.links_of(studio.user("maya"))
    attack.rightful[(attack.chains() - set(attack.rightful)).pop()] = new

    for number in range(3):
        browser.cookies = dict(kept)
        await attack.stopped(browser, await browser.get(callback if number < 2 else callback + "&x=1"))

    assert (attack.exchanges(), studio.fanvue.ledger.of("token.denied")) == (2, [])
    assert studio.fanvue.ledger.of("token.revoked") == []
    assert await studio.linking.links_of(studio.user("olivia")) == [link]
