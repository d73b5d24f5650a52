"""A lead decides once, with the rights and the lines of that moment."""

import pytest

from bot.access.permits import Actor
from bot.access.roles import TeamRole
from bot.model.language import speaking, tr
from bot.text.reply_rules import ReplyRefused
from tests.features.inbox.approvals.approvals_scenario import CARL, OLA, PIA, TIA, ApprovalsScenario
from tests.features.inbox.checks.checks_scenario import labels, ref_of, words
from tests.relay.relay_scenario import CREATOR, EMMA, GUILD, MAYA


async def lines(office: ApprovalsScenario) -> str:
    """All that the thread says."""
    await office.turn()
    return "\n".join(await office.whole_lines()).replace("\\", "")


async def actions(office: ApprovalsScenario) -> list[tuple[str, str, int | None]]:
    """What the audit has of this evening."""
    return [(one.action, one.outcome, one.actor) for one in await office.audit()]


async def test_a_lead_sees_all_that_it_takes_and_approves(office: ApprovalsScenario) -> None:
    shown = await office.drafts("hello from Tia")
    page = await office.list()
    said = words(page.post)

    done = await office.decides(page, "Approve")

    assert "Waiting for a lead · 1 of 1" in said
    assert f"<@{TIA}> → **Emma @quiet-otter" in said
    assert f"https://discord.com/channels/{GUILD}/{await office.thread()}" in said
    assert "Needs approval because: This member's replies are sent after a lead approves them." in said
    assert "> hello from Tia" in said
    assert labels(page.post) == ["Approve", "Edit", "Return"]
    assert "Approved. On its way to Emma" in words(done.post)
    assert office.texts() == ["hello from Tia"]
    assert "Tia → Emma" in await lines(office)
    assert f"<@{OLA}> approved <@{TIA}>'s reply." in await lines(office)
    assert "s reply is waiting for a lead" not in await lines(office)
    assert "approved your reply" in "\n".join(map(words, office.discord.answers.values()))
    assert await actions(office) == [
        ("reply.check", "held", TIA),
        ("reply.approve", "done", OLA),
        ("reply", "accepted", TIA),
    ]
    with pytest.raises(ReplyRefused, match="approved this"):
        await office.opens_held(shown)


async def test_its_writer_reads_the_end_in_the_language_in_which_it_was_written(
    office: ApprovalsScenario,
) -> None:
    with speaking("de"):
        await office.drafts("hello from Tia")
        wanted = tr("{by} approved your reply. The thread shows when it is sent.", by=f"<@{OLA}>")

    await office.decides(await office.list(), "Approve")
    await office.turn()
    read = "\n".join(map(words, office.discord.answers.values()))

    assert wanted in read
    assert "approved your reply" not in read


async def test_two_leads_decide_once_and_the_second_is_told_who(office: ApprovalsScenario) -> None:
    await office.drafts("hello from Tia")
    first, second = await office.list(OLA), await office.list(PIA)
    late = await office.stage(second, "Return", PIA, reason="too short")

    await office.decides(first, "Approve", OLA)
    said = await office.take(late, "Return", await office.let_in(PIA))

    assert f"<@{OLA}> approved this" in words(said.post)
    assert office.texts() == ["hello from Tia"]
    assert ("reply.return", "done", PIA) not in await actions(office)


async def test_one_lead_pressing_twice_sends_once(office: ApprovalsScenario) -> None:
    await office.drafts("hello from Tia")
    page = await office.list()
    first, second = await office.stage(page, "Approve"), await office.stage(page, "Approve")

    permit = await office.let_in(OLA)
    await office.take(first, "Approve", permit)
    await office.take(second, "Approve", permit)
    await office.take(first, "Approve", permit)

    assert office.texts() == ["hello from Tia"]


async def test_a_lead_does_not_decide_about_their_own(office: ApprovalsScenario) -> None:
    await office.limit(TeamRole.MANAGER, 5_000)
    shown = await office.drafts("for you", OLA, price=9_000)

    own = (await office.list(OLA)).post
    opened = (await office.opens_held(shown, OLA)).post

    assert "Nothing is waiting for you." in words(own)
    assert "1 reply of yours: another lead decides." in words(own)
    assert "Approve" not in labels(opened)
    # Even with the name of what somebody else was shown.
    page = await office.list(MAYA)
    with pytest.raises(ReplyRefused, match="This isn't a reply waiting for you"):
        await office.stage(page, "Approve", OLA)
    await office.decides(page, "Approve", MAYA)
    assert office.texts() == ["for you"]


async def test_a_lead_cannot_approve_a_price_above_their_own_ceiling(office: ApprovalsScenario) -> None:
    await office.limit(TeamRole.CHATTER, 5_000)
    await office.limit(TeamRole.MANAGER, 8_000)
    await office.drafts("for you", CARL, price=9_000)

    page = await office.list(OLA)
    cheaper = await office.writes_instead(page, "for you, less", price=8_000)

    assert "$90.00 is above your own ceiling for this creator, $80.00" in words(page.post)
    assert labels(page.post) == ["Edit", "Return"]
    assert "Approved." in words(cheaper.post)
    (sent,) = [one for one in office.fanvue.chat(CREATOR, EMMA.id) if one.from_creator]
    assert (sent.text, sent.price) == ("for you, less", 8_000)


async def test_what_a_lead_writes_instead_leaves_in_the_writers_name(office: ApprovalsScenario) -> None:
    await office.drafts("helo")

    done = await office.writes_instead(await office.list(), "hello")

    assert "Approved. On its way" in words(done.post)
    assert office.texts() == ["hello"]
    assert "Tia, edited by Ola → Emma" in await lines(office)
    assert f"<@{OLA}> edited and approved <@{TIA}>'s reply." in await lines(office)
    assert ("reply.approve_edited", "done", OLA) in await actions(office)


async def test_what_a_lead_wrote_that_fanvue_does_not_take_is_kept_with_the_reason(
    office: ApprovalsScenario,
) -> None:
    await office.drafts("helo")

    shown = await office.writes_instead(await office.list(), None)
    again = await office.writes_instead(shown, "hello")

    assert "There is nothing to send yet" in words(shown.post)
    assert labels(shown.post) == ["Edit", "Return"]
    assert "Approved." in words(again.post)
    assert office.texts() == ["hello"]


async def test_what_the_fan_wrote_since_is_shown_before_and_what_is_newer_is_asked(
    office: ApprovalsScenario,
) -> None:
    await office.drafts("hello from Tia")
    await office.pass_time(60_000)
    await office.fan_writes("are you there?")
    page = await office.list()
    await office.fan_writes("never mind")

    asked = await office.decides(page, "Approve")
    before = office.texts()
    await office.decides(asked, "Approve")

    assert "There's a new message since this was started" in words(page.post)
    assert "> are you there?" in words(page.post)
    assert "> never mind" not in words(page.post)
    assert "There is more to check before this is sent. Not sent yet." in words(asked.post)
    assert "> never mind" in words(asked.post)
    assert before == []
    assert office.texts() == ["hello from Tia"]


async def test_a_lead_who_is_none_any_more_decides_nothing(office: ApprovalsScenario) -> None:
    await office.drafts("hello from Tia")
    page, permit = await office.list(), await office.let_in(OLA)
    command = await office.stage(page, "Approve")

    await office.ungrant(OLA)
    said = await office.take(command, "Approve", permit)

    assert "This isn't a reply waiting for you" in words(said.post)
    assert "hello from Tia" not in words(said.post)
    assert office.texts() == []
    assert "> hello from Tia" in words((await office.list(PIA)).post)


async def test_while_it_is_paused_nothing_leaves_and_it_still_waits(office: ApprovalsScenario) -> None:
    await office.drafts("hello from Tia")
    page = await office.list()
    await office.pause()

    said = await office.decides(page, "Approve")

    assert "Paused by its owner" in words(said.post)
    assert "> hello from Tia" in words(said.post)
    assert labels(said.post) == ["Approve", "Edit", "Return"]
    assert office.texts() == []
    await office.resume()
    await office.decides(said, "Approve")
    assert office.texts() == ["hello from Tia"]


async def test_a_thread_that_is_gone_keeps_it_and_it_can_be_returned(office: ApprovalsScenario) -> None:
    await office.drafts("hello from Tia")
    page = await office.list()
    await office.lose_thread()

    said = await office.decides(page, "Approve")
    returned = await office.decides(said, "Return", reason="The thread is gone.")

    assert "Its old thread is gone." in words(said.post)
    assert labels(said.post) == ["Edit", "Return"]
    assert office.texts() == []
    assert "Returned." in words(returned.post)


async def test_a_returned_reply_has_the_reason_for_its_writer_alone_and_is_sent_again(
    office: ApprovalsScenario,
) -> None:
    shown = await office.drafts("helo")
    await office.decides(await office.list(), "Return", reason="A greeting has two l.")

    said = await lines(office)
    opened = (await office.opens_held(shown)).post
    editing = await office.answering.pressing.edit(await office.wish_by(TIA), ref_of(opened, "Edit"))
    again = await office.drafts("hello", window=editing.window)
    await office.decides(await office.list(), "Approve")

    assert f"<@{OLA}> returned <@{TIA}>'s reply. Not sent." in said
    assert "two l" not in said
    private = "\n".join(map(words, office.discord.answers.values()))
    assert f"<@{OLA}> returned your reply. Not sent, and your text is kept." in private
    assert "two l" not in private
    assert "> A greeting has two l." in words(opened)
    assert "> helo" in words(opened)
    assert labels(opened) == ["Edit", "Discard"]
    assert editing.message.text == "helo"
    assert again.title == "Waiting for a lead"
    assert office.texts() == ["hello"]
    with pytest.raises(ReplyRefused, match="has a newer version"):
        await office.opens_held(shown)


async def test_others_do_not_open_it(office: ApprovalsScenario) -> None:
    shown = await office.drafts("hello from Tia")

    with pytest.raises(ReplyRefused, match="Only the author and this creator's leads can open this"):
        await office.opens_held(shown, CARL)


async def test_the_oldest_comes_first_and_pages_turn(office: ApprovalsScenario) -> None:
    await office.drafts("the first")
    await office.pass_time(1_000)
    await office.drafts("the second")

    first = await office.list()
    second = await office.list(ref=ref_of(first.post, "More"))

    assert "> the first" in words(first.post)
    assert labels(first.post) == ["Approve", "Edit", "Return", "More"]
    assert "2 of 2" in words(second.post)
    assert "> the second" in words(second.post)
    assert labels(second.post) == ["Approve", "Edit", "Return", "Back"]


async def test_a_long_text_comes_whole(office: ApprovalsScenario) -> None:
    text = "word " * 900

    await office.drafts(text)
    page = await office.list()

    assert page.whole == text.strip()
    assert " …\n" in words(page.post)
    assert text.strip() not in words(page.post)


async def test_a_restart_between_holding_and_approving_loses_nothing(office: ApprovalsScenario) -> None:
    await office.drafts("hello from Tia")
    page = await office.list()

    await office.restart()
    await office.decides(page, "Approve")
    await office.restart()

    assert office.texts() == ["hello from Tia"]


async def test_a_press_that_was_not_taken_decides_nothing(office: ApprovalsScenario) -> None:
    await office.drafts("hello from Tia")
    page = await office.list()
    command = await office.stage(page, "Approve")

    await office.restart()  # what was staged is cancelled
    said = await office.take(command, "Approve", await office.let_in(OLA))

    assert "Discord timed out, so this was not done" in words(said.post)
    assert office.texts() == []
    await office.decides(page, "Approve")
    assert office.texts() == ["hello from Tia"]


async def test_an_approved_reply_leaves_behind_what_was_queued_before_it(office: ApprovalsScenario) -> None:
    await office.drafts("the trainee's")
    page = await office.list()

    assert isinstance(await office.types("the chatter's", by=CARL), str)
    asked = await office.decides(page, "Approve")
    await office.decides(asked, "Approve")

    assert "the chatter's" in words(asked.post)
    assert office.texts() == ["the chatter's", "the trainee's"]


async def test_more_news_than_one_page_holds_is_shown_in_parts_before_it_leaves(
    office: ApprovalsScenario,
) -> None:
    await office.drafts("hello from Tia")
    await office.pass_time(60_000)
    for number in range(8):
        await office.fan_writes(f"news {number} " + "x" * 300)
    page = await office.list()

    parts = [page]
    while "Approved." not in words(parts[-1].post):
        assert office.texts() == []
        parts.append(await office.decides(parts[-1], "Approve"))

    shown = [words(part.post) for part in parts]
    assert len(shown) > 2
    assert all(sum(f"news {number} " in one for one in shown) == 1 for number in range(8))
    assert "Approve shows the others." in shown[0]
    assert office.texts() == ["hello from Tia"]


async def test_who_looks_at_lines_that_are_kept_off_discord_is_in_the_audit(
    office: ApprovalsScenario,
) -> None:
    await office.drafts("hello from Tia")
    await office.keep_texts_off()
    await office.pass_time(60_000)
    await office.fan_writes("for your eyes")

    page = await office.list()

    assert "> for your eyes" in words(page.post)
    assert ("hidden.show", "done", OLA) in await actions(office)


async def test_a_fan_is_not_handed_over_to_a_trainee(office: ApprovalsScenario) -> None:
    claiming = office.claiming()

    said = await claiming.hand_over(MAYA, await office.thread(), Actor(TIA, GUILD))

    assert isinstance(said, str)
    assert (await office.talk()).claimed_by is None


async def test_not_even_a_look_of_their_own_lets_a_writer_approve(office: ApprovalsScenario) -> None:
    await office.limit(TeamRole.MANAGER, 5_000)
    await office.drafts("for you", OLA, price=9_000)
    page = await office.list(MAYA)
    ref = ref_of(page.post, "Approve")
    await office.database.write(
        lambda tx: tx.execute("UPDATE drafts SET owner = :who WHERE id = :id", who=OLA, id=ref)
    )

    with pytest.raises(ReplyRefused, match="You wrote this yourself"):
        await office.stage(page, "Approve", OLA)
    assert office.texts() == []
