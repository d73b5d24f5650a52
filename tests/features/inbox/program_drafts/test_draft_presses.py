"""Presses that come too late, and drafts that are read before they leave."""

from collections.abc import Awaitable, Callable

import pytest

from bot.engine.outbox import ERASED, body_place
from bot.features.inbox.program_drafts.model import LIFE
from bot.features.operations.creator_context.service import NoSuchCreator
from bot.features.operations.program_requests.refusals import ProgramRefused
from bot.text.reply_rules import ReplyRefused
from storage.database import Transaction
from storage.engine import commands
from storage.people import api_keys, privacy_modes
from storage.people.privacy_modes import PrivacyMode
from storage.records import DraftId, EffectId
from tests.features.inbox.checks.checks_scenario import NINA, UNREAD, ref_of
from tests.features.inbox.program_drafts.draft_room import KEY, DraftRoom
from tests.relay.relay_scenario import CREATOR, NOAH


async def test_a_draft_is_too_old_after_a_day_and_goes(room: DraftRoom) -> None:
    draft = await room.drafts()
    room.clock.at += LIFE

    with pytest.raises(ReplyRefused, match="too old"):
        await room.opens_draft(draft)
    before = await room.state(draft)
    await room.lapsing.look()
    assert (before, await room.state(draft)) == ("expired", "expired")
    with pytest.raises(ReplyRefused, match="no longer available"):
        await room.opens_draft(draft)


async def test_a_window_that_stays_open_for_a_day_sends_nothing(room: DraftRoom) -> None:
    draft = await room.drafts()
    opened = await room.opens_draft(draft)
    room.clock.at += LIFE

    with pytest.raises(ReplyRefused, match="waited too long"):
        await room.sends_draft(opened)


async def is_revoked(room: DraftRoom) -> None:
    await room.database.write(lambda tx: api_keys.end(tx, KEY, now=room.clock.at))


async def expires(room: DraftRoom) -> None:
    await room.database.write(lambda tx: api_keys.extend(tx, KEY.id, room.clock.at))


@pytest.mark.parametrize("ends", [is_revoked, expires])
async def test_a_draft_of_a_key_that_ended_is_not_sent_and_goes(
    room: DraftRoom, ends: Callable[[DraftRoom], Awaitable[None]]
) -> None:
    draft = await room.drafts()
    await ends(room)

    with pytest.raises(ReplyRefused, match="no longer valid"):
        await room.opens_draft(draft)
    await room.lapsing.look()
    assert await room.state(draft) == "expired"


async def test_what_is_taken_back_while_somebody_reads_it_is_not_sent(room: DraftRoom) -> None:
    draft = await room.drafts()
    opened = await room.opens_draft(draft)
    await room.writing.withdraw(KEY, "lola", draft.id)

    with pytest.raises(ReplyRefused):
        await room.sends_draft(opened)
    assert await room.state(draft) == "withdrawn"


async def test_of_two_open_windows_one_sends(room: DraftRoom) -> None:
    draft = await room.drafts()
    mine, hers = await room.opens_draft(draft), await room.opens_draft(draft, by=NINA)
    said = await room.sends_draft(mine)

    assert "On its way to" in str(said)
    with pytest.raises(ReplyRefused, match="already took"):
        await room.sends_draft(hers, by=NINA)


async def test_its_line_says_who_drafted_it_however_often_it_was_changed(room: DraftRoom) -> None:
    draft = await room.drafts("I love cats")
    opened = await room.opens_draft(draft)
    await room.fan_writes("and dogs?")
    asked = await room.sends_draft(opened)
    await room.pass_time(UNREAD)
    edited = await room.answering.pressing.edit(await room.wish_of(), ref_of(asked, "Edit"))
    await room.types("I love dogs, too", edited.window)
    await room.turn()

    (line,) = [one for one in await room.whole_lines() if "I love dogs, too" in one]
    assert "Maya, draft by n8n → Emma" in line


async def test_what_the_version_before_kept_names_its_program_after_an_edit(room: DraftRoom) -> None:
    opened = await room.opens_draft(await room.drafts("I love cats"))
    await room.fan_writes("and dogs?")
    asked = await room.sends_draft(opened)

    async def as_before(tx: Transaction) -> None:
        kept = await room.answering.kept.get(tx, DraftId(ref_of(asked, "Edit")))
        assert kept is not None
        command = await commands.get(tx, kept.command)
        assert command is not None
        body = room.commands.body(command)
        del body["draft"]  # it knew the name alone
        assert await room.commands.rewrite(tx, command, body)

    await room.database.write(as_before)
    await room.pass_time(UNREAD)
    edited = await room.answering.pressing.edit(await room.wish_of(), ref_of(asked, "Edit"))
    await room.types("I love dogs, too", edited.window)
    await room.turn()

    (line,) = [one for one in await room.whole_lines() if "I love dogs, too" in one]
    assert "Maya, draft by n8n → Emma" in line


async def test_a_reply_that_a_person_typed_names_no_program(room: DraftRoom) -> None:
    await room.drafts("I love cats")
    await room.pass_time(UNREAD)
    await room.types("my own words", await room.opens())
    await room.turn()

    (line,) = [one for one in await room.whole_lines() if "my own words" in one]
    assert "draft by" not in line


async def test_a_name_whose_text_is_no_longer_kept_is_not_used_again(room: DraftRoom) -> None:
    draft = await room.drafts(once="every evening")
    await room.writing.withdraw(KEY, "lola", draft.id)
    await room.turn()
    erased = room.ground().sealer.seal(body_place(EffectId(draft.id), CREATOR), ERASED)
    await room.database.write(
        lambda tx: tx.execute("UPDATE outbox SET body_ct = :body WHERE id = :id", body=erased, id=draft.id)
    )

    with pytest.raises(ProgramRefused, match="another draft") as refused:
        await room.drafts(once="every evening")
    assert refused.value.status == 422


async def test_it_is_told_of_under_its_own_creator_alone(room: DraftRoom) -> None:
    draft = await room.drafts()

    with pytest.raises(NoSuchCreator):
        await room.writing.told(KEY, "somebody-else", draft.id)
    with pytest.raises(NoSuchCreator):
        await room.writing.withdraw(KEY, "somebody-else", draft.id)


async def test_the_same_press_twice_opens_the_same_window(room: DraftRoom) -> None:
    draft = await room.drafts()

    assert (await room.opens_draft(draft)).window == (await room.opens_draft(draft)).window


@pytest.mark.parametrize(
    ("mode", "covered"), [(PrivacyMode.FULL, False), (PrivacyMode.COVERED, True), (PrivacyMode.PRIVATE, True)]
)
async def test_what_does_not_stand_there_openly_is_read_in_a_window_first(
    room: DraftRoom, mode: PrivacyMode, *, covered: bool
) -> None:
    room.clock.at += 1
    await room.database.write(lambda tx: privacy_modes.choose(tx, CREATOR, mode, since=room.clock.at))
    room.clock.at += 1
    draft = await room.drafts("a private word")

    assert (await room.opens_draft(draft)).covered is covered
    shown = [line for line in await room.whole_lines() if "Draft by n8n" in line]
    assert ("a private word" in shown[0]) is (mode is not PrivacyMode.PRIVATE)


async def test_it_stays_where_it_is_over_a_restart(room: DraftRoom) -> None:
    draft = await room.drafts()
    opened = await room.opens_draft(draft)
    await room.restart()
    said = await room.sends_draft(opened)

    assert "On its way to" in str(said)
    assert await room.state(draft) == "taken"


async def test_a_program_writes_each_fan_one_draft_and_a_team_not_too_many(room: DraftRoom) -> None:
    await room.greeted(NOAH)
    draft = await room.drafts()
    again = await room.drafts("another one for the same fan")

    assert (await room.state(draft), await room.state(again)) == ("replaced", "waiting")
    with pytest.raises(ProgramRefused, match="1 drafts wait") as refused:
        await room.drafts("one too many", fan=NOAH)
    assert refused.value.status == 429
