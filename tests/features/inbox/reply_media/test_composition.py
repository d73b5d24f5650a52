"""A reply that is put together: whose it is, how long it waits, what is asked."""

from dataclasses import replace

import pytest

from bot.access.permits import Actor, Permit
from bot.access.policy import Action
from bot.features.inbox.checks.pending_replies import PRICED_LIFE
from bot.features.inbox.reply_media.bundles import SavedSets, for_fan
from bot.features.inbox.reply_media.composition import ReplyComposition
from bot.features.inbox.templates.search_service import TemplateSearchService
from bot.features.publishing.picker.incoming_files import LOST
from bot.features.publishing.picker.model import IncomingFiles, PickedMessage, PickerStep
from bot.features.publishing.picker.rules import PickRefused
from bot.features.publishing.picker.texts import LATE, PASSED
from bot.relay.replies import ReplyWish
from bot.text.reply_rules import ReplyRefused
from storage.database import Transaction
from storage.engine import commands
from storage.people import creators
from storage.records import DiscordId, DraftId, MediaId
from tests.features.inbox.checks.checks_scenario import NINA, UNREAD, ChecksScenario, words
from tests.relay.relay_scenario import CREATOR, EMMA, MAYA

ITEM = MediaId("11111111-2222-4333-8444-555555555555")


def composition(house: ChecksScenario) -> ReplyComposition:
    finding = TemplateSearchService(house.ground())
    sets = SavedSets(house.ground(), finding=finding, values=for_fan)
    kept = house.answering.kept
    return ReplyComposition(house.ground(), kept=kept, sets=sets)


async def begun(house: ChecksScenario, text: str | None = "hello", when: str | None = None) -> PickerStep:
    """Maya has sent a window with the box for media ticked."""
    await house.fan_writes("hi")
    await house.pass_time(UNREAD)
    wish = await house.wish_of()
    command = await house.replies.stage(ReplyWish(wish, text, unfinished=True, when=when))
    await house.replies.accept(command)
    draft = await composition(house).begun(command)
    assert draft is not None
    return await step(house, draft)


async def step(house: ChecksScenario, draft: DraftId, by: DiscordId = MAYA) -> PickerStep:
    wish = await house.wish_of(by)
    (link,) = await house.database.read(creators.active_links)
    actor = Actor(by, wish.guild, frozenset(), manages=False)
    permit = Permit(actor, Action.MEDIA, CREATOR, link, None)
    return PickerStep(draft, by, wish.guild, wish.channel, permit, link, adult=True)


def priced(now: PickedMessage) -> PickedMessage:
    return replace(now, message=replace(now.message, media=(ITEM,), price=900))


async def sent(house: ChecksScenario, at: PickerStep) -> str:
    """Maya presses Send."""
    pressing = house.answering.pressing
    command = await pressing.stage(await house.wish_of(), at.ref, reads=True)
    assert command is not None
    answer = await pressing.send(command)
    assert answer is not None
    return words(answer)


async def test_it_leaves_once_with_what_was_chosen(house: ChecksScenario) -> None:
    at = await begun(house)
    await composition(house).change(at, priced)

    said = await sent(house, at)
    await house.turn()

    assert "On its way" in said
    there = house.fanvue.chat(CREATOR, EMMA.id)[-1]
    assert (there.text, there.price) == ("hello", 900)
    assert len(house.fanvue.keys) == 1
    with pytest.raises(ReplyRefused, match="already sent"):
        await composition(house).change(at, priced)


async def test_one_with_a_price_that_waited_too_long_is_looked_at_once_more(house: ChecksScenario) -> None:
    at = await begun(house)
    await composition(house).change(at, priced)
    early = await composition(house).late(at)
    house.clock.at += PRICED_LIFE

    late, again = await composition(house).late(at), await composition(house).late(at)

    assert (early, late, again) == (None, LATE, None)


async def test_one_whose_time_passed_while_it_was_put_together_is_looked_at_once_more(
    house: ChecksScenario,
) -> None:
    at = await begun(house, when="in 5 minutes")
    shown = await composition(house).change(at, lambda now: now)
    early = await composition(house).late(at)
    house.clock.at += 10 * 60_000

    late, again = await composition(house).late(at), await composition(house).late(at)
    said = await sent(house, at)
    await house.turn()

    assert shown.later is not None
    assert (early, late, again) == (None, PASSED, None)
    assert "On its way" in said
    assert [one.text for one in house.fanvue.chat(CREATOR, EMMA.id)][-1] == "hello"


async def test_nothing_unfinished_leaves_and_nobody_else_changes_it(house: ChecksScenario) -> None:
    at = await begun(house, None)

    said = await sent(house, at)

    assert "There is nothing to send yet." in said
    with pytest.raises(ReplyRefused, match="one of your pending replies"):
        await composition(house).change(await step(house, at.ref, NINA), priced)


async def test_a_text_with_an_unknown_field_or_too_low_a_price_is_refused_and_nothing_changes(
    house: ChecksScenario,
) -> None:
    at = await begun(house)

    for change in (
        lambda now: replace(now, message=replace(now.message, text="hi {nobody}")),
        lambda now: replace(now, message=replace(now.message, price=299)),
    ):
        with pytest.raises(PickRefused):
            await composition(house).change(at, change)

    now = await composition(house).change(at, lambda now: now)
    assert (now.message.text, now.message.price) == ("hello", None)


async def test_what_was_said_yes_to_is_asked_again_after_a_change(house: ChecksScenario) -> None:
    at = await begun(house)
    await house.fan_writes("wait")
    await house.turn()
    first = await sent(house, at)
    (open_one,) = [one for one in [await newest(house)] if one != at.ref]
    again = await step(house, open_one)
    await composition(house).change(again, priced)

    second = await sent(house, again)

    assert "wait" in first
    assert "wait" in second  # the yes was to another content
    assert house.fanvue.keys == []


async def newest(house: ChecksScenario) -> DraftId:
    """The reply that is open now."""
    rows = await house.database.read(
        lambda tx: tx.all("SELECT id FROM drafts WHERE action = 'reply.kept' AND state = 'open'")
    )
    (row,) = rows
    return DraftId(row["id"])


async def test_files_of_a_reply_that_an_earlier_version_kept_are_asked_about(house: ChecksScenario) -> None:
    at = await begun(house)

    async def earlier(tx: Transaction) -> None:
        kept = await house.answering.kept.get(tx, at.ref)
        command = await commands.get(tx, kept.command) if kept is not None else None
        assert command is not None
        body = {**house.commands.body(command), "files": "gone", "taken": []}
        await house.commands.rewrite(tx, command, body)

    await house.database.write(earlier)

    first = await composition(house).change(at, lambda now: now)
    again = await composition(house).change(at, lambda now: now)

    assert (first.note, first.message.text) == (LOST, "hello")
    assert (again.note, again.files) == ("", IncomingFiles())
