"""What the figures say of rows whose time was over."""

from tests.features.people.privacy.privacy_scenario import PrivacyScenario


async def test_figures_count_the_rows_that_went_by_their_table(manor: PrivacyScenario) -> None:
    await manor.happen(manor.wrote("hello"))
    await manor.turn()
    await manor.days(399)
    before = pruned(manor)

    await manor.days(1.5)

    went = pruned(manor)
    assert before == {}
    assert went["messages"] == 1
    assert went["inbox"] >= 1
    assert went["outbox"] >= 1


def pruned(manor: PrivacyScenario) -> dict[str, float]:
    """As Prometheus reads it."""
    lines = manor.metrics.text().decode().splitlines()
    told = [line.partition('bridge_rows_pruned_total{table="')[2] for line in lines]
    return {line.partition('"')[0]: float(line.rpartition(" ")[2]) for line in told if line}
