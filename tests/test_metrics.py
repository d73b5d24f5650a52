"""Metrics: what happened is in the text that Prometheus reads."""

from bot.metrics import Metrics


def test_everything_that_was_noted_is_in_the_text() -> None:
    metrics = Metrics()

    metrics.fact("creator.message.received", "webhook")
    metrics.effect("fan.message", "done")
    metrics.effect("fan.message", "done")
    metrics.delivered("fan.message", 0.3)
    metrics.relayed(1.5)
    metrics.streams_waiting(4)
    metrics.gateway(True)

    lines = metrics.text().decode().splitlines()
    assert 'bridge_facts_total{kind="creator.message.received",source="webhook"} 1.0' in lines
    assert 'bridge_effects_total{kind="fan.message",outcome="done"} 2.0' in lines
    assert 'bridge_delivery_seconds_sum{kind="fan.message"} 0.3' in lines
    assert 'bridge_relay_lag_seconds_bucket{le="1.0"} 0.0' in lines
    assert 'bridge_relay_lag_seconds_bucket{le="2.0"} 1.0' in lines
    assert "bridge_streams_waiting 4.0" in lines
    assert "bridge_gateway_up 1.0" in lines


def test_the_clocks_of_two_companies_never_make_a_negative_lag() -> None:
    metrics = Metrics()

    metrics.relayed(-0.4)

    assert "bridge_relay_lag_seconds_sum 0.0" in metrics.text().decode()


def test_a_dropped_gateway_shows() -> None:
    metrics = Metrics()
    metrics.gateway(True)

    metrics.gateway(False)

    assert "bridge_gateway_up 0.0" in metrics.text().decode().splitlines()


def test_two_bridges_in_one_process_count_apart() -> None:
    first, second = Metrics(), Metrics()

    first.fact("creator.follow.created", "webhook")

    assert "creator.follow.created" not in second.text().decode()
