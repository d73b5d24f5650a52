"""No text of a stranger's makes an agent send, change or read elsewhere."""

from pathlib import Path

from tests.agents.agent_play import AgentSizes, played


async def test_an_agent_among_strangers_reads_what_its_role_may_and_nothing_else(tmp_path: Path) -> None:
    report = await played(tmp_path, AgentSizes(texts=40, drafts=5, events=200, kills=3))

    assert report.policy_cells == 5 * 3 * (7 + 2) + 5 * 2 * 3
    assert report.reads == 5 * 3 + 2 + 5 * 4
    assert (report.drafts, report.events, report.kills) == (3 * 5, 200, 3)
    assert (report.engine_presses, report.engine_drafts) == (5 * 3 * 3, 5)
    assert report.good, report
