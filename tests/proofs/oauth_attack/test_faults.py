"""F1 to F5 of the fault catalogue: the wrong person, the wrong account, no state."""

import pytest

from bot.engine.commands import Commands, CommandWish
from bot.engine.guild_routing import ALONE
from bot.engine.retry import RetryWaits
from bot.engine.streams import fanvue_stream
from bot.features.people.accounts.confirmation_service import NOT_THERE
from bot.relay.context import Context
from bot.relay.replies import ReplyService, ReplyWish
from bot.text.reply_rules import ReplyRefused
from storage.database import Transaction
from storage.engine import stream_heads
from storage.inbox import fans, forums, threads
from storage.records import DiscordId, Fan, FanId, FanThread, Forum, Reference, ThreadKey
from tests.confirmations import linked
from tests.features.people.accounts.accounts_fixtures import START
from tests.features.people.accounts.accounts_scenario import AccountStage
from tests.proofs.oauth_attack.attack import DONE, Attack, changed, query_of

THREAD = DiscordId(7007)
FAN = FanId("11111111-0000-4000-8000-000000000001")


@pytest.mark.oauth_attack("F1")
async def test_f1_a_victim_opens_the_attackers_link_and_signs_in(
    studio: AccountStage, attack: Attack
) -> None:
    link, victim = await studio.begin("victor"), studio.browser()
    to_discord = (await victim.start(link)).location
    back = await victim.get(await victim.sign_in_to_discord(to_discord, studio.user("olivia")))

    page = await victim.get(back.location)

    assert (page.status, "another Discord user" in page.text) == (403, True)
    assert (await victim.get(link)).status == 404
    assert attack.codes_shown() == 0
    (told,) = await studio.asked()
    assert told["post"]["title"] == "Your link was closed"
    (line,) = await studio.rows("audit")
    assert (line["action"], line["actor"]) == ("link.other_person", studio.user("olivia"))


@pytest.mark.oauth_attack("F2")
async def test_f2_the_attacker_finishes_the_victims_link_with_another_fanvue_account(
    studio: AccountStage, attack: Attack
) -> None:
    evil = studio.fanvue.world.add_creator("evil-twin", "Mara Vale")
    browser = studio.browser()
    assert (await browser.get(await attack.callback(browser, account=evil))).location == DONE

    (asked,) = await studio.asked()
    shown = asked["post"]["body"][0].replace("\\", "")
    assert "@evil-twin" in shown
    assert evil.uuid[-4:] in shown
    pending = await studio.pending()
    assert await studio.linking.answer(linked(pending, studio.user("victor"))) == NOT_THERE
    assert await studio.linking.answer(linked("no-such-question", studio.user("victor"))) == NOT_THERE
    assert await studio.rows("links") == []
    await attack.says_no()
    assert len(studio.fanvue.ledger.of("token.revoked")) == 1


@pytest.mark.oauth_attack("F3a")
async def test_f3a_a_state_is_used_again(studio: AccountStage, attack: Attack) -> None:
    """First the same address once more, then its state with a code that was never used."""
    browser, other = studio.browser(), studio.browser()
    callback = await attack.callback(browser)
    kept = dict(browser.cookies)
    assert (await browser.get(callback)).location == DONE
    fresh = query_of(await attack.callback(other, "victor"))["code"]

    for again in (callback, changed(callback, code=fresh)):
        browser.cookies = dict(kept)
        await attack.stopped(browser, await browser.get(again))

    assert (attack.codes_shown(), len(await studio.rows("pending_links"))) == (1, 1)
    await attack.says_no()


@pytest.mark.oauth_attack("F3b")
async def test_f3b_a_state_is_eleven_minutes_old(studio: AccountStage, attack: Attack) -> None:
    browser = studio.browser()
    callback = await attack.callback(browser)
    studio.clock.pass_by(minutes=11)

    await attack.stopped(browser, await browser.get(callback))

    assert attack.codes_shown() == 0


@pytest.mark.oauth_attack("F3c")
async def test_f3c_another_browser_comes_back(studio: AccountStage, attack: Attack) -> None:
    """The victim's browser has a cookie of its own, of a link that it began itself."""
    browser, victim = studio.browser(), studio.browser()
    callback = await attack.callback(browser)
    await victim.get(await studio.begin("maya", "command-of-maya-000000"))

    await attack.stopped(victim, await victim.get(callback))
    await attack.stopped(browser, await browser.get(callback))  # and the state is spent for its own, too

    assert attack.codes_shown() == 0


@pytest.mark.oauth_attack("F3d")
async def test_f3d_a_browser_without_the_cookie_comes_back(studio: AccountStage, attack: Attack) -> None:
    for sent in ("", "__Host-link=short", "link=" + "x" * 43, "__Host-link="):
        browser = studio.browser()
        callback = await attack.callback(browser)
        await attack.stopped(browser, await browser.get(callback, Cookie=sent))

    assert attack.codes_shown() == 0


@pytest.mark.oauth_attack("F3e")
async def test_f3e_the_answer_names_another_issuer(studio: AccountStage, attack: Attack) -> None:
    studio.fanvue.switches.iss_on_callback = True
    near = studio.fanvue.auth_url
    for issuer in ("https://auth.evil.example", near + ".evil.example", near.upper(), near + "/x", ""):
        browser = studio.browser()
        callback = await attack.callback(browser)
        assert query_of(callback)["iss"] == near
        await attack.stopped(browser, await browser.get(changed(callback, iss=issuer)))
        studio.clock.pass_by(hours=1)

    assert attack.codes_shown() == 0


@pytest.mark.oauth_attack("F3f")
async def test_f3f_a_second_code_comes_with_the_state(studio: AccountStage, attack: Attack) -> None:
    """Two codes in one address, in either order; then a second answer with another code."""
    evil = studio.fanvue.world.add_creator("evil-twin", "Evil")
    for order in (0, 1):
        browser, attacker = studio.browser(), studio.browser()
        stolen = query_of(await attack.callback(attacker, "victor", evil))["code"]
        callback = await attack.callback(browser)
        rest = changed(callback, code=None)
        codes = [query_of(callback)["code"], stolen]
        first, second = codes[order], codes[1 - order]
        await attack.stopped(browser, await browser.get(f"{rest}&code={first}&code={second}"))
        await attack.stopped(browser, await browser.get(changed(callback, code=stolen)))
        await attack.stopped(browser, await browser.get(callback))

    assert attack.codes_shown() == 0


@pytest.mark.oauth_attack("F4")
async def test_f4_the_account_is_connected_by_somebody_else_already(
    studio: AccountStage, attack: Attack
) -> None:
    first = await attack.rightful_link("olivia")
    await studio.database.write(lambda tx: forums.add(tx, _forum(studio), START))
    browser = studio.browser()
    assert (await browser.get(await attack.callback(browser, "maya"))).location == DONE

    sentence = await studio.linking.answer(linked(await studio.pending(), studio.user("maya")))

    assert "Another Discord user already connected this Fanvue account, so nothing changed" in sentence
    assert await studio.linking.links_of(studio.user("olivia")) == [first]
    assert await studio.linking.links_of(studio.user("maya")) == []
    assert (await studio.rows("audit"))[-1]["outcome"] == "taken"
    told = [
        body for body in await studio.asked() if "connect this Fanvue account" in str(body["post"]["title"])
    ]
    assert [body.get("channel") for body in told] == [73, None]  # the team's alerts, and its owner privately


@pytest.mark.oauth_attack("F5")
async def test_f5_a_reply_from_the_new_account_goes_into_a_thread_of_the_old_one(
    studio: AccountStage, attack: Attack
) -> None:
    old = await attack.rightful_link("olivia")
    await studio.database.write(lambda tx: _thread_of_the_old(tx, studio))
    twin = studio.fanvue.world.add_creator("second", "Second")
    browser = studio.browser()
    assert (await browser.get(await attack.callback(browser, account=twin))).location == DONE

    _, ended = await studio.linking.instead(linked(await studio.pending(), studio.user("olivia")))
    (new,) = await studio.linking.links_of(studio.user("olivia"))
    attack.rightful[(attack.chains() - set(attack.rightful)).pop()] = new
    with pytest.raises(ReplyRefused, match=r"frozen\. It belongs to .*@mara"):
        await _replies(studio).stage(ReplyWish(_wish(studio), "from the new one"))

    assert ended is not None
    assert (ended.handle, new.handle, new.generation) == ("mara", "second", 1)
    (closed,) = [row for row in await studio.rows("links") if row["id"] == old.id]
    assert (closed["state"], closed["generation"]) == ("closed", old.generation + 1)
    assert [row["link_id"] for row in await studio.rows("tokens")] == [new.id]
    for creator in (old.creator, new.creator):
        stream = fanvue_stream(creator, FAN)
        assert await studio.database.read(lambda tx, stream=stream: stream_heads.head(tx, stream)) is None  # type: ignore[misc]


def _forum(studio: AccountStage) -> Forum:
    guild = DiscordId(studio.ids["guild"])
    return Forum(DiscordId(71), guild, DiscordId(72), DiscordId(73), studio.creator_id, "{}")


async def _thread_of_the_old(tx: Transaction, studio: AccountStage) -> None:
    await forums.add(tx, _forum(studio), START)
    await fans.learn(tx, Fan(studio.creator_id, FAN, "sam", "Sam", None, START))
    thread = FanThread(
        key=ThreadKey("key-of-sam"),
        creator=studio.creator_id,
        fan=FAN,
        generation=1,
        guild=DiscordId(studio.ids["guild"]),
        forum=DiscordId(71),
        thread=None,
        card=None,
        reference=Reference("r" * 22),
        state="wanted",
    )
    await threads.want(tx, thread)
    await threads.opened(tx, thread.key, thread=THREAD, card=THREAD)


def _replies(studio: AccountStage) -> ReplyService:
    means = studio.means
    commands = Commands(
        database=means.database,
        sealer=means.sealer,
        effects=means.effects,
        clock=means.clock,
        ids=means.ids,
        serving=ALONE,
    )
    return ReplyService(
        Context(
            database=means.database,
            sealer=means.sealer,
            effects=means.effects,
            commands=commands,
            dispatch=means.dispatch,
            clock=means.clock,
            ids=means.ids,
            waits=RetryWaits(),
            serving=ALONE,
        )
    )


def _wish(studio: AccountStage) -> CommandWish:
    return CommandWish(
        interaction="1",
        actor=studio.user("olivia"),
        actor_name="olivia",
        guild=DiscordId(studio.ids["guild"]),
        channel=THREAD,
        token="t",
    )
