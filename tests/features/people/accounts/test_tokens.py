"""A link's access token over its whole life, against a server that rotates."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

import pytest

from bot.engine.in_flight import ALONE as NOBODY_ELSE
from bot.fanvue.oauth import Ending, Outcome
from bot.fanvue.oauth import OAuthTokens as Granted
from bot.features.people.accounts.authority import AuthorizationServerPort
from bot.features.people.accounts.renewal import TokenRenewal
from bot.features.people.accounts.tokens import AccountTokens
from bot.model.errors import TryLater
from storage.database import Database, Transaction
from storage.inbox import forums
from storage.people import creators, tokens
from storage.records import DiscordId, Forum, Link, LinkId, LinkState
from tests.features.people.accounts.accounts_fixtures import START, FillingDatabase
from tests.features.people.accounts.accounts_scenario import AccountStage


async def _link(studio: AccountStage) -> Link:
    await studio.linked()
    (link,) = await studio.linking.links_of(studio.user("olivia"))
    return link


def _again(
    studio: AccountStage,
    *,
    database: Database | None = None,
    authority: AuthorizationServerPort | None = None,
) -> AccountTokens:
    """Another process on the same database: nothing in memory."""
    means = studio.means
    renewing = TokenRenewal(
        database=database or studio.database,
        sealer=means.sealer,
        clock=studio.clock,
        ids=means.ids,
        authority=authority or means.authority,
        revoking=means.revoking,
        effects=studio.effects,
        crew=NOBODY_ELSE,
    )
    return AccountTokens(database=database or studio.database, clock=studio.clock, renewing=renewing)


async def _state(studio: AccountStage, link: LinkId) -> LinkState:
    found = await studio.database.read(lambda tx: creators.link(tx, link))
    assert found is not None
    return found.state


def _refreshes(studio: AccountStage) -> list[str]:
    kinds = ("token.refreshed", "token.graced", "token.reuse")
    return [entry.kind for entry in studio.fanvue.ledger if entry.kind in kinds]


async def test_a_token_is_used_until_three_quarters_of_its_life_are_over(studio: AccountStage) -> None:
    link = await _link(studio)
    first = await studio.tokens.current(link.id)
    studio.clock.pass_by(minutes=44, seconds=59)
    assert await studio.tokens.current(link.id) == first

    studio.clock.pass_by(seconds=1)

    assert await studio.tokens.current(link.id) != first
    assert _refreshes(studio) == ["token.refreshed"]


async def test_e1_fifty_callers_cause_one_refresh(studio: AccountStage) -> None:
    link = await _link(studio)
    studio.clock.pass_by(hours=1)

    got = await asyncio.gather(*(studio.tokens.current(link.id) for _ in range(50)))

    assert len(set(got)) == 1
    assert _refreshes(studio) == ["token.refreshed"]


async def test_fifty_callers_whose_token_was_refused_cause_one_refresh(studio: AccountStage) -> None:
    link = await _link(studio)
    rejected = await studio.tokens.current(link.id)

    got = await asyncio.gather(*(studio.tokens.refreshed(link.id, rejected) for _ in range(50)))

    assert len(set(got)) == 1
    assert rejected not in got
    assert await studio.tokens.refreshed(link.id, rejected) == got[0]
    assert _refreshes(studio) == ["token.refreshed"]


@pytest.mark.parametrize("dies", [True, False])
async def test_e2_a_lost_answer_is_repeated_once_within_the_grace(studio: AccountStage, dies: bool) -> None:  # noqa: FBT001 - a case
    studio.fanvue.switches.old_access_token_dies = dies
    link = await _link(studio)
    studio.clock.pass_by(hours=1)
    studio.fanvue.faults.add("lose_answer", path="/oauth2/token", count=1)

    token = await studio.tokens.current(link.id)

    assert (await studio.client.whoami(token)).uuid == link.creator
    assert _refreshes(studio) == ["token.refreshed", "token.graced"]
    (row,) = await studio.rows("tokens")
    assert (row["attempt_id"], row["repeated"], row["generation"]) == (None, 0, 2)


async def test_e2_two_lost_answers_need_a_new_sign_in_and_nothing_is_tried_a_third_time(
    studio: AccountStage,
) -> None:
    link = await _link(studio)
    await _forum(studio, link)
    studio.clock.pass_by(hours=1)
    studio.fanvue.faults.add("lose_answer", path="/oauth2/token", count=2)

    for _ in range(3):
        with pytest.raises(TryLater) as stopped:
            await studio.tokens.current(link.id)
        assert stopped.value.paused

    assert _refreshes(studio) == ["token.refreshed", "token.graced"]
    assert await _state(studio, link.id) is LinkState.RELINK_REQUIRED
    (alert,) = [body for body in await studio.asked() if "told" in body]
    assert alert["post"]["title"] == "@mara must sign in to Fanvue again"


async def test_e3_a_sign_in_that_fanvue_ended_is_reported_once_and_ended_by_a_new_one(
    studio: AccountStage,
) -> None:
    link = await _link(studio)
    await _forum(studio, link)
    studio.fanvue.world.tokens.disconnect(studio.creator.uuid)
    rejected = await studio.tokens.current(link.id)

    for _ in range(2):
        with pytest.raises(TryLater, match="/link"):
            await studio.tokens.refreshed(link.id, rejected)

    assert await _state(studio, link.id) is LinkState.RELINK_REQUIRED
    assert len([body for body in await studio.asked() if "told" in body]) == 1
    assert "link.relink_required" in [row["action"] for row in await studio.rows("audit")]
    await studio.linked()
    again = await studio.linking.active(link.creator)
    assert (await studio.client.whoami(await studio.tokens.current(again.id))).uuid == link.creator


async def test_e5_fewer_scopes_are_recorded_and_named(studio: AccountStage) -> None:
    link = await _link(studio)
    await _forum(studio, link)

    async def fewer(granted: Outcome) -> Outcome:
        assert isinstance(granted, Granted)
        return replace(granted, scope="offline_access read:self read:chat write:chat")

    studio.clock.pass_by(hours=1)
    await _again(studio, authority=TokenServer(studio.means.authority, fewer)).current(link.id)

    found = await studio.database.read(lambda tx: creators.link(tx, link.id))
    assert found is not None
    assert found.scopes == "offline_access read:self read:chat write:chat"
    (alert,) = [body for body in await studio.asked() if "told" in body]
    assert "read:fan" in alert["post"]["body"][0]


async def test_a_refresh_answer_without_scopes_changes_none(studio: AccountStage) -> None:
    studio.fanvue.switches.refresh_answers_scope = False
    link = await _link(studio)
    studio.clock.pass_by(hours=1)

    await studio.tokens.current(link.id)

    assert (await studio.linking.active(link.creator)).scopes == link.scopes


async def test_while_fanvue_is_down_a_token_that_still_opens_is_used(studio: AccountStage) -> None:
    link = await _link(studio)
    first = await studio.tokens.current(link.id)
    studio.clock.pass_by(minutes=50)
    await studio.fanvue.refuse()

    assert await studio.tokens.current(link.id) == first
    studio.clock.pass_by(minutes=10)
    with pytest.raises(TryLater) as stopped:
        await studio.tokens.current(link.id)
    assert not stopped.value.paused

    await studio.fanvue.accept()
    studio.clock.pass_by(minutes=1)
    assert await studio.tokens.current(link.id) != first
    assert await _state(studio, link.id) is LinkState.ACTIVE


async def test_a_server_that_asks_to_wait_is_not_asked_again_before(studio: AccountStage) -> None:
    link = await _link(studio)
    studio.clock.pass_by(hours=1)
    studio.fanvue.faults.add("too_many", path="/oauth2/token", count=1, retry_after=30)

    for _ in range(3):
        with pytest.raises(TryLater) as stopped:
            await studio.tokens.current(link.id)
        assert stopped.value.after == pytest.approx(30)
    assert len(studio.fanvue.ledger.of("fault")) == 1
    studio.clock.pass_by(seconds=30)

    assert await studio.tokens.current(link.id)
    (row,) = await studio.rows("tokens")
    assert row["attempt_id"] is None


async def test_wrong_credentials_of_the_app_cost_no_creator_their_sign_in(studio: AccountStage) -> None:
    link = await _link(studio)
    studio.clock.pass_by(hours=1)
    app = studio.fanvue.world.apps["app"]
    studio.fanvue.world.apps["app"] = replace(app, client_secret="another")

    with pytest.raises(TryLater, match="operator") as stopped:
        await studio.tokens.current(link.id)

    assert not stopped.value.paused
    studio.fanvue.world.apps["app"] = app
    studio.clock.pass_by(minutes=1)
    assert await studio.tokens.current(link.id)


async def test_a_caller_that_gives_up_leaves_the_refresh_running_and_close_waits_for_it(
    studio: AccountStage,
) -> None:
    link = await _link(studio)
    studio.clock.pass_by(hours=1)
    answered, go_on = asyncio.Event(), asyncio.Event()

    async def hold(granted: Outcome) -> Outcome:
        answered.set()
        await go_on.wait()
        return granted

    process = _again(studio, authority=TokenServer(studio.means.authority, hold))
    caller = asyncio.create_task(process.current(link.id))
    await answered.wait()
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    closing = asyncio.create_task(process.close())
    go_on.set()
    await closing

    assert _refreshes(studio) == ["token.refreshed"]
    (row,) = await studio.rows("tokens")
    assert (row["generation"], row["attempt_id"]) == (2, None)
    studio.clock.pass_by(hours=1)
    with pytest.raises(TryLater, match="stopping"):
        await process.current(link.id)


async def test_a_mark_that_a_crash_left_is_repeated_once_at_the_next_start(studio: AccountStage) -> None:
    link = await _link(studio)
    await _crash_in_a_refresh(studio, link.id)

    await _again(studio).recover()

    assert _refreshes(studio) == ["token.refreshed", "token.graced"]
    assert await _state(studio, link.id) is LinkState.ACTIVE
    (row,) = await studio.rows("tokens")
    assert (row["generation"], row["attempt_id"]) == (2, None)


async def test_a_crash_in_the_repeat_too_is_not_followed_by_another(studio: AccountStage) -> None:
    link = await _link(studio)
    attempt = await _crash_in_a_refresh(studio, link.id)
    await studio.database.write(lambda tx: tokens.mark_repeat(tx, link.id, attempt=attempt))

    await _again(studio).recover()

    assert _refreshes(studio) == ["token.refreshed"]
    assert await _state(studio, link.id) is LinkState.RELINK_REQUIRED


async def test_a_repeat_that_could_not_be_sent_is_still_made_later(studio: AccountStage) -> None:
    link = await _link(studio)
    await _crash_in_a_refresh(studio, link.id)
    process = _again(studio)
    await studio.fanvue.refuse()
    await process.recover()
    assert await _state(studio, link.id) is LinkState.ACTIVE
    await studio.fanvue.accept()

    studio.clock.pass_by(seconds=1)

    assert await process.current(link.id)
    assert _refreshes(studio) == ["token.refreshed", "token.graced"]


async def test_a_pair_that_cannot_be_stored_yet_is_kept_in_hand_and_not_asked_for_again(
    studio: AccountStage,
) -> None:
    link = await _link(studio)
    full = FillingDatabase(studio.database, after=1)  # the mark is stored, the new pair is not
    process = _again(studio, database=full)
    studio.clock.pass_by(hours=1)

    with pytest.raises(TryLater, match="The bridge can't store anything right now"):
        await process.current(link.id)
    full.make_room()
    assert await process.current(link.id)

    assert _refreshes(studio) == ["token.refreshed"]


async def test_a_refresh_that_ends_after_the_unlink_is_given_back(studio: AccountStage) -> None:
    link = await _link(studio)
    studio.clock.pass_by(hours=1)

    async def unlink(granted: Outcome) -> Outcome:
        await studio.unlink(link.creator, studio.user("olivia"))
        return granted

    with pytest.raises(TryLater) as stopped:
        await _again(studio, authority=TokenServer(studio.means.authority, unlink)).current(link.id)

    assert stopped.value.paused
    assert _refreshes(studio) == ["token.refreshed"]
    assert await studio.rows("tokens") == []
    assert await studio.nothing_is_kept()
    # The pair of the link, and the one that arrived afterwards: each is revoked by itself.
    assert [row["state"] for row in await studio.rows("revocations")] == ["done", "done"]


async def test_f10_a_pair_that_was_copied_to_another_link_does_not_open_and_only_that_link_waits(
    studio: AccountStage, caplog: pytest.LogCaptureFixture
) -> None:
    link = await _link(studio)
    other = studio.fanvue.world.add_creator("nox", "Nox")
    await studio.linked(account=other)
    stolen = (await studio.linking.links_of(studio.user("olivia")))[1]
    await _forum(studio, stolen)

    async def swap(tx: Transaction) -> None:
        row = await tokens.get(tx, link.id)
        assert row is not None
        await tx.execute(
            "UPDATE tokens SET access_ct = :a, refresh_ct = :r WHERE link_id = :id",
            a=row.access,
            r=row.refresh,
            id=stolen.id,
        )

    await studio.database.write(swap)
    with pytest.raises(TryLater) as stopped:
        await studio.tokens.current(stolen.id)
    with pytest.raises(TryLater):  # told once, however often somebody asks
        await studio.tokens.refreshed(stolen.id, "whatever Fanvue refused")
    titles = [one["post"]["title"] for one in await studio.asked() if "post" in one]
    assert stopped.value.paused
    assert await _state(studio, stolen.id) is LinkState.RELINK_REQUIRED
    assert titles.count("@nox must sign in to Fanvue again") == 1
    assert await _state(studio, link.id) is LinkState.ACTIVE
    assert await studio.tokens.current(link.id)  # only the damaged link waits
    assert _refreshes(studio) == []  # the other account's refresh token went nowhere
    assert "integrity" in caplog.text
    assert await studio.unlink(stolen.creator, studio.user("olivia")) is not None


class TokenServer:
    """Fanvue's authorization server, where something happens before a refresh answer arrives."""

    def __init__(self, real: AuthorizationServerPort, then: Callable[[Outcome], Awaitable[Outcome]]) -> None:
        self._real = real
        self._then = then

    def authorize_url(self, *, state: str, challenge: str, scopes: Sequence[str], login: bool = False) -> str:
        return self._real.authorize_url(state=state, challenge=challenge, scopes=scopes, login=login)

    async def exchange(self, code: str, verifier: str) -> Outcome:
        return await self._real.exchange(code, verifier)

    async def refresh(self, token: str) -> Outcome:
        return await self._then(await self._real.refresh(token))

    async def revoke(self, token: str) -> Ending:
        return await self._real.revoke(token)


async def _crash_in_a_refresh(studio: AccountStage, link: LinkId) -> str:
    """A process whose answer never reached the disk, and which is gone; the id of the mark it left."""
    studio.clock.pass_by(hours=1)
    dying = _again(studio, database=FillingDatabase(studio.database, after=1))
    with pytest.raises(TryLater):
        await dying.current(link)
    (row,) = await studio.rows("tokens")
    return str(row["attempt_id"])


async def _forum(studio: AccountStage, link: Link) -> None:
    guild = DiscordId(studio.ids["guild"])
    forum = Forum(DiscordId(71), guild, DiscordId(72), DiscordId(73), link.creator, "{}")
    await studio.database.write(lambda tx: forums.add(tx, forum, START))
