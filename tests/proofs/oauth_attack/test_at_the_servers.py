"""T9, the half that is played at the sign-in servers, and with the last question."""

import asyncio
import base64
import json

import pytest

from bot.features.people.accounts.confirmation_service import NOT_THERE
from bot.features.people.accounts.link_causes import LinkCause
from tests.confirmations import linked
from tests.features.people.accounts.accounts_scenario import FANVUE_CALLBACK, SCOPES, AccountStage
from tests.features.people.accounts.browser_stand_in import PUBLIC
from tests.proofs.oauth_attack.attack import DONE, Attack, changed, query_of

EVIL = "https://evil.example"


@pytest.mark.oauth_attack("T9.5")
async def test_t9_05_pkce_is_taken_out_or_weakened(studio: AccountStage, attack: Attack) -> None:
    """In the address of the consent page: no challenge, a plain one, the attacker's own."""
    browser = studio.browser()
    to_discord = (await browser.start(await studio.begin())).location
    back = await browser.sign_in_to_discord(to_discord, studio.user("olivia"))
    to_fanvue = (await browser.go_on((await browser.get(back)).location)).location
    for url in (to_discord, to_fanvue):
        query = query_of(url)
        assert (query["code_challenge_method"], len(query["code_challenge"])) == ("S256", 43)

    out: dict[str, str | None] = {"code_challenge": None, "code_challenge_method": None}
    own: dict[str, str | None] = {"code_challenge": "A" * 43}
    for lax, asked, cause in (
        ("required", out, LinkCause.REFUSED),
        ("required", {"code_challenge_method": "plain"}, LinkCause.REFUSED),
        ("required", own, LinkCause.CODE),
        (
            "checked",
            out,
            LinkCause.CODE,
        ),  # a server that lets consents begin without, and then takes no verifier
    ):
        studio.clock.pass_by(hours=1)
        studio.fanvue.switches.pkce = lax  # type: ignore[assignment]
        browser = studio.browser()
        await attack.stopped(browser, await browser.get(await attack.callback(browser, asked=asked)), cause)
    assert (attack.exchanges(), await studio.rows("pending_links")) == (0, [])

    # A server that ignores what it should check: the last question still names the account.
    studio.fanvue.switches.pkce = "ignored"
    evil = studio.fanvue.world.add_creator("evil-twin", "Evil")
    attacker, victim = studio.browser(), studio.browser()
    stolen = query_of(await attack.callback(attacker, "victor", evil, asked=out))["code"]
    callback = await attack.callback(victim)
    assert (await victim.get(changed(callback, code=stolen))).location == DONE
    assert "@evil" in (await studio.asked())[-1]["post"]["body"][0]
    await attack.says_no()


@pytest.mark.oauth_attack("T9.6")
async def test_t9_06_the_redirect_address_is_varied(studio: AccountStage, attack: Attack) -> None:
    """Where Fanvue is asked to send the code, and where the bridge listens for it: one address each."""
    browser = studio.browser()
    to_fanvue = await browser.reach_fanvue(await studio.begin(), studio.user("olivia"))
    assert query_of(to_fanvue)["redirect_uri"] == FANVUE_CALLBACK
    for varied in (
        EVIL,
        FANVUE_CALLBACK + "/",
        FANVUE_CALLBACK + "/../../steal",
        FANVUE_CALLBACK + "?next=" + EVIL,
        FANVUE_CALLBACK + "#x",
        FANVUE_CALLBACK.replace("https:", "http:"),
        FANVUE_CALLBACK.replace("bridge.example", "bridge.example.evil.example"),
        FANVUE_CALLBACK.replace("bridge.example", "bridge.example@evil.example"),
        FANVUE_CALLBACK.upper(),
        "javascript:alert(1)",
    ):
        url = changed(to_fanvue, redirect_uri=varied)
        async with studio.session.get(
            url, params={"as": studio.creator.uuid}, allow_redirects=False
        ) as answer:
            assert (answer.status, answer.headers.get("Location")) == (400, None)

    callback = await browser.consent_at_fanvue(to_fanvue, studio.creator.uuid)
    _, _, query = callback.partition("?")
    for path in ("/oauth/fanvue/callback/", "/oauth//fanvue/callback", "/OAUTH/fanvue/callback", "/oauth"):
        assert (await browser.get(f"{PUBLIC}{path}?{query}")).status == 404
    assert attack.exchanges() == 0
    assert (await browser.get(callback)).location == DONE
    await attack.says_no()


@pytest.mark.oauth_attack("T9.7")
async def test_t9_07_the_bridge_is_probed_for_open_redirects(studio: AccountStage, attack: Attack) -> None:
    link, browser = await studio.begin(), studio.browser()
    names = ("next", "redirect", "redirect_uri", "return_to", "url", "continue", "RelayState")
    probes = [f"{path}?{name}={to}" for name in names for path in _PATHS for to in (EVIL, "//evil.example")]
    probes += [
        "//evil.example",
        "/\\evil.example",
        "/%2f%2fevil.example",
        "/link/" + EVIL,
        "/link/done//evil.example",
    ]
    for probe in probes:
        for headers in ({}, {"Host": "evil.example"}, {"X_Forwarded_Host": "evil.example"}):
            seen = await browser.get(PUBLIC + probe, **headers)
            assert "evil.example" not in seen.headers.get("Location", "")
            assert "evil.example" not in seen.text
            assert seen.status in {303, 200, 400, 403, 404}

    page = await browser.get(link + "?next=" + EVIL, Host="evil.example", X_Forwarded_Proto="http")
    assert "evil.example" not in page.text
    started = await browser.start(link)
    assert started.location.startswith(studio.discord.authorize_url)
    assert query_of(started.location)["redirect_uri"] == PUBLIC + "/oauth/discord/callback"


_PATHS = (
    "/oauth/fanvue/callback",
    "/oauth/discord/callback",
    "/link/done",
    "/link/consent",
    "/link/problem",
    "/link/" + "b" * 43,
)


@pytest.mark.oauth_attack("T9.10")
async def test_t9_10_the_two_sign_in_servers_are_mixed_up(studio: AccountStage, attack: Attack) -> None:
    """One server's answer at the other's address, under the other's name, or under none at all."""
    fanvue, discord = studio.fanvue.auth_url, studio.means.settings.discord_issuer
    studio.fanvue.switches.iss_on_callback = True
    browser = studio.browser()
    callback = await attack.callback(browser)
    assert (await browser.get(callback)).location == DONE  # what is right goes through
    await attack.says_no()

    for change in ({"iss": discord}, {"iss": None}):  # None: promised by the server, and left out
        studio.clock.pass_by(hours=1)
        browser = studio.browser()
        callback = await attack.callback(browser)
        await attack.stopped(browser, await browser.get(changed(callback, **change)))

    for issuer in (fanvue, EVIL):
        browser = studio.browser()
        to_discord = (await browser.start(await studio.begin("maya", "command-of-maya-000000"))).location
        back = await browser.sign_in_to_discord(to_discord, studio.user("maya"))
        await attack.stopped(browser, await browser.get(changed(back, iss=issuer)))

    # A code of Discord's at the address of Fanvue's, with the state that is waited for there.
    studio.clock.pass_by(hours=1)
    browser, other = studio.browser(), studio.browser()
    callback = await attack.callback(browser)
    to_discord = (await other.start(await studio.begin("maya", "command-of-maya-000000"))).location
    foreign = query_of(await other.sign_in_to_discord(to_discord, studio.user("maya")))["code"]
    await attack.stopped(browser, await browser.get(changed(callback, code=foreign)), LinkCause.CODE)
    assert attack.exchanges() == 1


_TOO_MUCH = " ".join((*SCOPES, "write:agency"))
_FEWER = "openid offline_access offline read:self read:chat"
_ANSWERS: dict[str, tuple[dict[str, object], LinkCause]] = {
    "fewer scopes than the bridge needs": ({"scope": _FEWER}, LinkCause.SCOPES),
    "scopes that nobody asked for": ({"scope": _TOO_MUCH}, LinkCause.EXTRA),
    "no scopes": ({"scope": ""}, LinkCause.SCOPES),
    "another type": ({"token_type": "mac"}, LinkCause.NO_TYPE),
    "no type": ({"token_type": None}, LinkCause.NO_TYPE),
    "no refresh token": ({"refresh_token": None}, LinkCause.NO_REFRESH),
    "no life": ({"expires_in": None}, LinkCause.NO_LIFE),
    "a life without end": ({"expires_in": 10**12}, LinkCause.NO_LIFE),
    "no access token": ({"access_token": None}, LinkCause.UNREADABLE),
    "an access token that breaks a header": ({"access_token": "a\r\nX-Evil: 1"}, LinkCause.UNREADABLE),
}


@pytest.mark.oauth_attack("T9.11")
async def test_t9_11_the_token_answer_has_another_scope_or_type(studio: AccountStage, attack: Attack) -> None:
    for number, (what, (answer, cause)) in enumerate(_ANSWERS.items(), start=1):
        studio.clock.pass_by(hours=1)
        studio.fanvue.switches.token_answer = answer
        browser = studio.browser()
        await attack.stopped(browser, await browser.get(await attack.callback(browser)), cause)

        assert (what, await studio.rows("pending_links"), attack.exchanges()) == (what, [], number)
        assert len(studio.fanvue.ledger.of("token.revoked")) == number, what
        assert (await studio.asked())[-1]["post"]["title"] == "Not connected"
    studio.fanvue.switches.token_answer = {}


@pytest.mark.oauth_attack("T9.12")
async def test_t9_12_an_id_token_with_alg_none_names_somebody_else(
    studio: AccountStage, attack: Attack
) -> None:
    """Whoever the account is, `GET /users/me` says; the id_token is never even read."""
    other = studio.fanvue.world.add_creator("famous", "Famous")
    for forged in (_unsigned({"sub": other.uuid, "iss": studio.fanvue.auth_url}), "not.a.token", "", None):
        studio.clock.pass_by(hours=1)
        studio.fanvue.switches.token_answer = {"id_token": forged}
        browser = studio.browser()
        assert (await browser.get(await attack.callback(browser))).location == DONE

        asked = (await studio.asked())[-1]["post"]["body"][0]
        assert ("@mara" in asked, "famous" in asked) == (True, False)
        (pending,) = [row for row in await studio.rows("pending_links") if row["state"] == "open"]
        assert pending["creator_uuid"] == studio.creator.uuid
        await attack.says_no()
    studio.fanvue.switches.token_answer = {}


@pytest.mark.oauth_attack("T9.14")
async def test_t9_14_a_yes_is_given_to_a_question_that_has_expired(
    studio: AccountStage, attack: Attack
) -> None:
    browser = studio.browser()
    assert (await browser.get(await attack.callback(browser))).location == DONE
    pending = await studio.pending()
    studio.clock.pass_by(minutes=10)

    said = await studio.linking.answer(linked(pending, studio.user("olivia")))
    again = await studio.linking.answer(linked(pending, studio.user("olivia")))

    assert "longer than 10 minutes" in said
    assert again == NOT_THERE
    assert await studio.rows("links") == []
    browser = studio.browser()  # and one that nobody answers at all
    assert (await browser.get(await attack.callback(browser))).location == DONE
    studio.clock.pass_by(minutes=10)
    await studio.linking.tidy()
    assert len(studio.fanvue.ledger.of("token.revoked")) == 2


@pytest.mark.oauth_attack("T9.15")
async def test_t9_15_a_second_owner_says_yes_at_the_same_moment(studio: AccountStage, attack: Attack) -> None:
    """Two Discord users signed in to one Fanvue account: whoever is first has it, the other has nothing."""
    questions = {}
    for name in ("olivia", "maya"):
        browser = studio.browser()
        assert (await browser.get(await attack.callback(browser, name))).location == DONE
        rows = await studio.rows("pending_links")
        (questions[name],) = [row["id"] for row in rows if row["discord_user"] == studio.user(name)]

    said = await asyncio.gather(
        *(studio.linking.answer(linked(questions[name], studio.user(name))) for name in ("olivia", "maya"))
    )

    assert sorted("already connected" in sentence for sentence in said) == [False, True]
    winner = "olivia" if "already connected" in said[1] else "maya"
    (link,) = await studio.linking.links_of(studio.user(winner))
    (lost,) = [entry["chain"] for entry in studio.fanvue.ledger.of("token.revoked")]
    attack.rightful = dict.fromkeys(attack.chains() - {str(lost)}, link)
    assert [row["link_id"] for row in await studio.rows("tokens")] == [link.id]
    assert await studio.linking.links_of(studio.user("maya" if winner == "olivia" else "olivia")) == []


def _unsigned(claims: dict[str, str]) -> str:
    parts = (json.dumps(part).encode() for part in ({"alg": "none", "typ": "JWT"}, claims))
    return ".".join([*(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts), ""])
