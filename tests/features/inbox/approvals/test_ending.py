"""What becomes of a held reply whose writer, text or thread is gone."""

import pytest

from bot.features.inbox.approvals.list_service import ApprovalPage
from bot.features.people.privacy.text_eraser import SealedTextEraser
from bot.text.reply_rules import ReplyRefused
from storage.engine import commands, drafts
from tests.features.inbox.approvals.approvals_scenario import OLA, TIA, ApprovalsScenario
from tests.features.inbox.approvals.test_deciding import lines
from tests.features.inbox.checks.checks_scenario import labels, ref_of, words
from tests.relay.relay_scenario import CREATOR, MAYA


async def test_a_leads_words_are_kept_in_the_fans_thread_wherever_they_said_them(
    office: ApprovalsScenario,
) -> None:
    await office.drafts("helo")
    page = await office.list()

    command = await office.stage(page, "Return", reason="Two l.")

    kept = await office.database.read(lambda tx: commands.get(tx, command))
    assert kept is not None
    assert kept.channel == await office.thread()


async def test_what_waits_ends_with_its_writers_membership(office: ApprovalsScenario) -> None:
    shown = await office.drafts("hello from Tia")
    page = await office.list()
    now = office.clock.now()
    await office.database.write(lambda tx: drafts.close_of(tx, TIA, CREATOR, by=MAYA, now=now))

    await office.approving.lane.look()
    with pytest.raises(ReplyRefused, match="the author was removed from the team"):
        await office.stage(page, "Approve")

    assert f"<@{TIA}> left the team while a reply was waiting. Not sent." in await lines(office)
    assert "Nothing is waiting for you." in words((await office.list()).post)
    with pytest.raises(ReplyRefused, match="you were removed from the team"):
        await office.opens_held(shown)
    assert office.texts() == []


async def test_a_text_whose_time_is_over_can_only_be_returned(office: ApprovalsScenario) -> None:
    await office.drafts("hello from Tia")
    erasing = SealedTextEraser(office.ground(), batch=100)
    await erasing.texts(CREATOR, before=office.clock.now() + 1)

    page = await office.list()
    await office.decides(page, "Return", reason="Its text is gone.")

    assert "The text is no longer kept, so it can't be sent" in words(page.post)
    assert labels(page.post) == ["Return"]
    assert office.texts() == []


async def test_a_writer_whose_thread_is_gone_has_the_text_in_the_one_that_took_its_place(
    office: ApprovalsScenario,
) -> None:
    shown = await office.drafts("helo")
    page = await office.list()
    await office.lose_thread()
    await office.decides(page, "Return", reason="Two l.")

    said = await lines(office)
    opened = (await office.opens_held(shown)).post
    editing = await office.answering.pressing.edit(await office.wish_by(TIA), ref_of(opened, "Edit"))
    await office.drafts("hello", window=editing.window)
    news = await office.decides(await office.list(), "Approve")

    assert f"<@{OLA}> returned <@{TIA}>'s reply. Not sent." in said
    assert "> helo" in words(opened)
    assert "Approved." in words(news.post)
    assert office.texts() == ["hello"]


async def test_a_restart_before_a_leads_words_count_keeps_them(office: ApprovalsScenario) -> None:
    await office.drafts("helo")
    page = await office.list()
    await office.stage(page, "Edit", text="hello", price=None, media=[], preview=None)

    await office.restart()
    await office.restart()

    (told,) = [
        one
        for one in office.discord.answers.values()
        if "The bridge restarted before your click registered" in words(one)
    ]
    permit = await office.let_in(OLA)
    message = await office.approving.deciding.window(permit, ref_of(told, "Edit"))
    assert message.text == "hello"
    assert "hello" not in words(told)
    assert office.texts() == []
    await office.writes_instead(ApprovalPage(told), "hello")
    assert office.texts() == ["hello"]
