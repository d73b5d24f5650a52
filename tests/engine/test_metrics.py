"""Metrics: what happened is in the text that Prometheus reads."""

from bot.engine.metrics import BridgeMetrics


def test_everything_that_was_noted_is_in_the_text() -> None:
    metrics = BridgeMetrics()

    metrics.webhook("kept")
    metrics.effect("fan.message", "done")
    metrics.effect("fan.message", "done")
    metrics.relayed(1.5)
    metrics.pruned("inbox", 200)
    metrics.pruned("inbox", 17)
    metrics.streams_waiting(4)
    metrics.gateway(True)

    lines = metrics.text().decode().splitlines()
    assert 'bridge_webhooks_total{outcome="kept"} 1.0' in lines
    assert 'bridge_effects_total{kind="fan.message",outcome="done"} 2.0' in lines
    assert 'bridge_relay_lag_seconds_bucket{le="1.0"} 0.0' in lines
    assert 'bridge_relay_lag_seconds_bucket{le="2.0"} 1.0' in lines
    assert 'bridge_rows_pruned_total{table="inbox"} 217.0' in lines
    assert "bridge_streams_waiting 4.0" in lines
    assert "bridge_gateway_up 1.0" in lines


def test_a_clock_that_was_set_back_never_makes_a_negative_lag() -> None:
    metrics = BridgeMetrics()

    metrics.relayed(-0.4)

    assert "bridge_relay_lag_seconds_sum 0.0" in metrics.text().decode()


def test_a_dropped_gateway_shows() -> None:
    metrics = BridgeMetrics()
    metrics.gateway(True)

    metrics.gateway(False)

    assert "bridge_gateway_up 0.0" in metrics.text().decode().splitlines()


def test_two_bridges_in_one_process_count_apart() -> None:
    first, second = BridgeMetrics(), BridgeMetrics()

    first.webhook("repeat")

    assert 'outcome="repeat"' not in second.text().decode()
