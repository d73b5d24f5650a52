"""What a running bridge has counted: webhooks, and whether a known secret signed."""

from collections.abc import Mapping, Sequence

from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

from bot.features.operations.doctor.findings import DoctorFinding, bad, ok
from bot.features.operations.doctor.reach_checks import base_of, fetched
from bot.settings.model import Settings

_WEBHOOKS = "bridge_webhooks_total"
_OK = 200
_BELIEVED = ("kept", "repeat")
_COMPARE = "Compare FANVUE_WEBHOOK_SECRETS with the signing secret in Fanvue → Developer Area → your app."


async def counters(settings: Settings) -> Sequence[DoctorFinding]:
    """What it says since its start; nothing if none runs."""
    families = await _asked(settings)
    if families is None:
        return []
    return [_signatures(_by(families, _WEBHOOKS, "outcome"))]


async def counted_webhooks(settings: Settings) -> Mapping[str, float] | None:
    """The webhooks since the start by how they ended; None where no bridge answers."""
    families = await _asked(settings)
    return None if families is None else _by(families, _WEBHOOKS, "outcome")


def _signatures(counted: Mapping[str, float]) -> DoctorFinding:
    believed = sum(counted.get(outcome, 0) for outcome in _BELIEVED)
    wrong = counted.get("wrong", 0)
    if wrong and not believed:
        said = f"webhooks since the start: {wrong:.0f}, and no known secret had signed any of them"
        return bad("signatures", said, _COMPARE)
    if not believed:
        return ok("signatures", "no webhook came since the start, so none was refused")
    return ok("signatures", f"webhooks since the start that a known secret had signed: {believed:.0f}")


async def _asked(settings: Settings) -> Sequence[Metric] | None:
    answer = await fetched(f"{base_of(settings.admin_listen)}/metrics")
    if isinstance(answer, str) or answer[0] != _OK:
        return None
    return list(text_string_to_metric_families(answer[1].decode(errors="replace")))


def _by(families: Sequence[Metric], name: str, label: str) -> Mapping[str, float]:
    """The sums of one counter by one of its labels."""
    found: dict[str, float] = {}
    for sample in (one for family in families for one in family.samples if one.name == name):
        found[sample.labels[label]] = found.get(sample.labels[label], 0) + sample.value
    return found
