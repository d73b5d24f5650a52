"""A held reply stays; its writer and the thread are told, nothing leaves."""

import pytest

from bot.access.roles import TeamRole
from storage.inbox import held_replies
from storage.records import DiscordId, DraftId
from tests.features.inbox.approvals.approvals_scenario import CARL, OLA, PIA, TIA, ApprovalsScenario
from tests.features.inbox.checks.checks_scenario import labels, ref_of, words
from tests.relay.relay_scenario import CREATOR, whole

DAY = 86_400_000


async def line(office: ApprovalsScenario) -> str:
    """What the thread says last."""
    await office.turn()
    return (await office.whole_lines())[-1].replace("\\", "")


async def test_a_trainees_reply_waits_and_the_thread_says_so_without_its_text(
    office: ApprovalsScenario,
) -> None:
    shown = await office.drafts("hello from Tia")
    said = await line(office)

    assert shown.title == "Waiting for a lead"
    assert "> hello from Tia" in words(shown)
    assert labels(shown) == ["Edit", "Take back"]
    assert f"<@{TIA}>'s reply is waiting for a lead." in said
    assert "hello from Tia" not in "\n".join(await office.whole_lines())
    assert office.texts() == []
    assert office.counted == [CREATOR]


async def test_a_price_above_the_ceiling_waits_and_one_below_it_leaves(office: ApprovalsScenario) -> None:
    await office.limit(TeamRole.CHATTER, 5_000)
    await office.limit(TeamRole.MANAGER, 50_000)

    shown = await office.drafts("for you", CARL, price=5_001)

    assert "$50.01 is above the author's ceiling, $50.00." in words(shown)
    assert labels(shown) == ["Edit", "Take back"]
    assert office.texts() == []


@pytest.mark.parametrize("by", [TIA, CARL])
async def test_where_nobody_leads_it_is_refused_and_kept(office: ApprovalsScenario, by: DiscordId) -> None:
    await office.limit(TeamRole.CHATTER, 5_000)
    await office.database.write(lambda tx: tx.execute("UPDATE links SET discord_user = :who", who=by))
    for lead in (OLA, PIA):
        await office.ungrant(lead)

    shown = await office.drafts("for you", by, price=5_001)

    assert shown.title == "Not sent yet"
    assert labels(shown) == ["Edit", "Discard"]
    assert (await office.database.read(lambda tx: held_replies.number(tx, CREATOR, now=0))) == 0


async def test_its_writer_takes_it_back_and_has_the_text(office: ApprovalsScenario) -> None:
    shown = await office.drafts("hello from Tia")

    back = await office.takes_back(shown)

    assert "You took it back" in words(back.post)
    assert "> hello from Tia" in words(back.post)
    assert labels(back.post) == ["Edit", "Discard"]
    assert f"<@{TIA}> took back a reply that was waiting for a lead." in await line(office)
    assert "Nothing is waiting for you." in words((await office.list()).post)


async def test_edit_by_its_writer_ends_it_and_what_is_sent_then_waits_anew(office: ApprovalsScenario) -> None:
    shown = await office.drafts("hello from Tia")
    pressing = office.answering.pressing
    editing = await pressing.edit(await office.wish_by(TIA), DraftId(ref_of(shown, "Edit")))

    again = await office.drafts("hello again", window=editing.window)
    await office.turn()

    assert editing.message.text == "hello from Tia"
    assert again.title == "Waiting for a lead"
    lines = [text.replace("\\", "") for text in await office.whole_lines()]
    assert f"<@{TIA}> changed a reply that was waiting for a lead." in lines[-2]
    assert "s reply is waiting for a lead" in lines[-1]
    assert "1 of" in words((await office.list()).post)
    assert "> hello again" in words((await office.list()).post)


async def test_what_nobody_decides_about_ends_after_three_days_and_its_writer_has_the_text(
    office: ApprovalsScenario,
) -> None:
    shown = await office.drafts("hello from Tia")
    await office.pass_time(3 * DAY - 1)
    await office.approving.lane.look()
    waits = (await office.list()).post
    await office.pass_time(1)
    await office.approving.lane.look()
    await office.approving.lane.look()

    assert "> hello from Tia" in words(waits)
    assert "Nothing is waiting for you." in words((await office.list()).post)
    assert f"No lead decided on <@{TIA}>'s reply in time." in await line(office)
    opened = await office.opens_held(shown)
    assert "waited too long" in words(opened.post)
    assert "> hello from Tia" in words(opened.post)
    assert labels(opened.post) == ["Edit", "Discard"]
    assert [entry.action for entry in await office.audit()].count("reply.expire") == 1


async def test_a_restart_between_holding_and_showing_says_that_it_waits(office: ApprovalsScenario) -> None:
    shown = await office.drafts("hello from Tia")

    await office.restart()

    (said,) = office.discord.answers.values()
    assert "Your reply is kept and is waiting for a lead" in whole(said)
    assert [button.ref for button in said.buttons] == [ref_of(shown, "Edit")] * 2
    assert "> hello from Tia" in words((await office.list()).post)


async def test_what_the_guard_holds_waits_and_says_why_once(office: ApprovalsScenario) -> None:
    shown = await office.drafts("write me on insta @maya.private", CARL)
    page = await office.list()

    await office.decides(page, "Approve")

    assert "This reads like moving the chat outside Fanvue" in words(shown)
    assert words(page.post).count("This reads like moving the chat outside Fanvue") == 1
    assert office.texts() == ["write me on insta @maya.private"]
