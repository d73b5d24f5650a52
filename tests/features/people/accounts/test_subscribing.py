"""One webhook subscription for each link: made, replaced, taken back."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.fanvue.budget import RequestLane
from bot.fanvue.hooks import EVENTS
from bot.fanvue.signature import SignatureMatch, sign, verify
from bot.features.people.accounts.service import AccountLinkService
from bot.features.people.accounts.webhook_subscriptions import (
    WebhookSubscriptions,
    WebhookSubscriptionSettings,
)
from storage.people import creators
from tests.features.people.accounts.accounts_scenario import WEBHOOK_SECRET, AccountStage

SCOPE_OF = {name: scope for name, (_word, scope) in EVENTS.items()}
CHAT_EVENTS = sorted(name for name, scope in SCOPE_OF.items() if scope == "read:chat")


def subscribing(
    studio: AccountStage, *, automatic: bool = True, events: Mapping[str, str] = SCOPE_OF, path: str = ""
) -> WebhookSubscriptions:
    """As `bot.app.fanvue` makes it; another `path` is another PUBLIC_URL."""
    studio.fanvue.switches.private_webhook_urls = True
    url = f"http://127.0.0.1:{studio.web.port}/webhooks/fanvue{path}"
    return WebhookSubscriptions(
        database=studio.database,
        sealer=studio.means.sealer,
        clock=studio.clock,
        api=lambda link: studio.client.acting(link, lane=RequestLane.REFRESH).webhooks,
        settings=WebhookSubscriptionSettings(automatic, url, events, (WEBHOOK_SECRET,)),
    )


def hooks(studio: AccountStage) -> list[list[str]]:
    """What Fanvue knows: the events of each subscription."""
    return [sorted(hook.events) for hook in studio.fanvue.world.hooks.values()]


def valid(studio: AccountStage, made: WebhookSubscriptions, secret: str) -> bool:
    now = studio.clock.now()
    return isinstance(verify(sign(b"{}", secret, now // 1000), b"{}", made.secrets(), now), SignatureMatch)


async def test_one_is_made_with_every_event_that_the_scopes_allow_and_its_secret_verifies(
    studio: AccountStage,
) -> None:
    await studio.linked()
    made = subscribing(studio)
    await made.tidy()
    await made.tidy()

    assert hooks(studio) == [CHAT_EVENTS]
    (hook,) = studio.fanvue.world.hooks.values()
    assert valid(studio, made, hook.secret)
    assert valid(studio, made, WEBHOOK_SECRET)
    assert not valid(studio, made, "whsec_other")


async def test_the_secret_lies_sealed_in_the_database_and_is_known_after_a_start(
    studio: AccountStage,
) -> None:
    await studio.linked()
    await subscribing(studio).tidy()
    (hook,) = studio.fanvue.world.hooks.values()
    (row,) = await studio.rows("subscriptions")
    assert hook.secret.encode() not in row["secret_ct"]

    again = subscribing(studio)
    assert not valid(studio, again, hook.secret)
    await again.load()

    assert valid(studio, again, hook.secret)


async def test_other_scopes_or_another_address_make_another_one_and_the_old_secret_stays_a_day(
    studio: AccountStage,
) -> None:
    await studio.linked()
    await subscribing(studio, events={CHAT_EVENTS[0]: "read:chat"}).tidy()
    (old,) = studio.fanvue.world.hooks.values()

    made = subscribing(studio)
    await made.load()
    await made.tidy()
    assert hooks(studio) == [CHAT_EVENTS]
    assert valid(studio, made, old.secret)

    studio.clock.at += 2 * 86_400_000
    await made.tidy()
    assert not valid(studio, made, old.secret)


async def test_a_scope_that_is_granted_later_is_subscribed_then(studio: AccountStage) -> None:
    await studio.linked()
    made = subscribing(studio)
    await made.tidy()
    link = await studio.linking.active(studio.creator_id)
    await studio.database.write(lambda tx: creators.granted(tx, link.id, "read:self"))

    await made.tidy()

    assert hooks(studio) == []


async def test_one_that_was_made_and_never_heard_of_is_deleted_before_another_is_made(
    studio: AccountStage,
) -> None:
    await studio.linked()
    made = subscribing(studio)
    studio.fanvue.faults.add("lose_answer", "POST", "/webhooks/subscriptions")
    await made.tidy()
    assert len(hooks(studio)) == 1

    await made.tidy()

    assert len(hooks(studio)) == 1
    (hook,) = studio.fanvue.world.hooks.values()
    assert valid(studio, made, hook.secret)


async def test_one_that_somebody_deleted_is_made_again_at_the_next_start(studio: AccountStage) -> None:
    await studio.linked()
    await subscribing(studio).tidy()
    studio.fanvue.world.hooks.clear()

    await subscribing(studio).tidy()

    assert hooks(studio) == [CHAT_EVENTS]


async def test_unlinking_takes_it_back_while_there_is_still_a_token(studio: AccountStage) -> None:
    await studio.linked()
    made = subscribing(studio)
    await made.tidy()
    linking = AccountLinkService(replace(studio.means, leaving=made.leave))

    assert await studio.unlink(studio.creator_id, studio.user("victor"), linking) is None
    assert len(hooks(studio)) == 1  # a stranger ends nothing
    assert await studio.unlink(studio.creator_id, studio.user("olivia"), linking) is not None

    assert hooks(studio) == []


async def test_unlinking_works_though_fanvue_does_not_answer(studio: AccountStage) -> None:
    await studio.linked()
    made = subscribing(studio)
    await made.tidy()
    studio.fanvue.faults.add("error_before", "DELETE", "/webhooks/subscriptions")

    linking = AccountLinkService(replace(studio.means, leaving=made.leave))
    ended = await studio.unlink(studio.creator_id, studio.user("olivia"), linking)

    assert ended is not None
    assert [row["state"] for row in await studio.rows("subscriptions")] == ["retired"]


@pytest.mark.parametrize("before", [True, False])
async def test_manual_makes_none_and_takes_back_what_auto_has_made(
    studio: AccountStage, *, before: bool
) -> None:
    await studio.linked()
    if before:
        await subscribing(studio).tidy()

    await subscribing(studio, automatic=False).tidy()

    assert hooks(studio) == []
