"""What not every Fanvue app has is asked for where it has it, at no cost."""

from urllib.parse import parse_qsl, urlsplit

from bot.features.people.accounts.ports import EXTRA_SCOPES
from bot.sandbox.fanvue import DEFAULT_SCOPES
from bot.settings.model import SCOPES
from tests.confirmations import linked
from tests.features.people.accounts.accounts_scenario import (
    FANVUE_CALLBACK,
    WEBHOOK_SECRET,
    AccountStage,
    open_studio,
)
from tests.features.people.accounts.browser_stand_in import PUBLIC
from tests.scenario_fixtures import in_folder

# One in which tracking links are asked for, too.
studio = in_folder(open_studio, extra=EXTRA_SCOPES)


def ticked(studio: AccountStage, *extra: str) -> None:
    """What the operator has ticked in the Developer Area."""
    scopes = (*DEFAULT_SCOPES, *extra)
    studio.fanvue.world.add_app(
        "app", "app-secret", [FANVUE_CALLBACK], scopes=scopes, webhook_secret=WEBHOOK_SECRET
    )


def asked_for(url: str) -> set[str]:
    """The scopes that an address of Fanvue's sign-in names."""
    return set(dict(parse_qsl(urlsplit(url).query))["scope"].split())


async def test_an_app_that_has_them_is_asked_and_the_link_has_them(studio: AccountStage) -> None:
    ticked(studio, *EXTRA_SCOPES)
    olivia = studio.user("olivia")

    page = await studio.browser().walk(await studio.begin(), olivia, studio.creator.uuid)
    await studio.linking.answer(linked(await studio.pending(), olivia))

    (link,) = await studio.linking.links_of(olivia)
    assert page.url == f"{PUBLIC}/link/done"
    assert set(EXTRA_SCOPES) <= set(link.scopes.split())


async def test_an_app_that_lacks_them_is_asked_once_more_without_them(studio: AccountStage) -> None:
    ticked(studio)
    olivia, browser = studio.user("olivia"), studio.browser()
    first = await browser.reach_fanvue(await studio.begin(), olivia)

    again = (await browser.get(await browser.consent_at_fanvue(first, studio.creator.uuid))).location
    back = await browser.get(await browser.consent_at_fanvue(again, studio.creator.uuid))
    await studio.linking.answer(linked(await studio.pending(), olivia))

    (link,) = await studio.linking.links_of(olivia)
    assert asked_for(first) - asked_for(again) == set(EXTRA_SCOPES)
    assert back.location == f"{PUBLIC}/link/done"
    assert not set(EXTRA_SCOPES) & set(link.scopes.split())


async def test_an_app_that_lacks_more_than_these_is_not_asked_for_ever(studio: AccountStage) -> None:
    world = studio.fanvue.world
    world.add_app("app", "app-secret", [FANVUE_CALLBACK], scopes=DEFAULT_SCOPES[:6])
    browser = studio.browser()
    url = await browser.reach_fanvue(await studio.begin(), studio.user("olivia"))

    again = (await browser.get(await browser.consent_at_fanvue(url, studio.creator.uuid))).location
    end = (await browser.get(await browser.consent_at_fanvue(again, studio.creator.uuid))).location

    assert end == f"{PUBLIC}/link/problem/app-lacks-permission"
    assert await studio.nothing_is_kept()


async def test_the_answer_of_another_browser_or_a_second_time_brings_no_new_sign_in(
    studio: AccountStage,
) -> None:
    ticked(studio)
    browser = studio.browser()
    url = await browser.reach_fanvue(await studio.begin(), studio.user("olivia"))
    back = await browser.consent_at_fanvue(url, studio.creator.uuid)

    strange = (await studio.browser().get(back)).location
    used = (await browser.get(back)).location

    assert (strange, used) == (f"{PUBLIC}/link/problem", f"{PUBLIC}/link/problem")


def test_they_are_extra_by_default_alone() -> None:
    assert not set(EXTRA_SCOPES) & set(SCOPES.split())
