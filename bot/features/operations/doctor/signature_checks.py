"""Do webhooks come with a signature that the bridge knows? It counts them."""

from collections.abc import Mapping, Sequence

from prometheus_client.parser import text_string_to_metric_families

from bot.features.operations.doctor.findings import DoctorFinding, bad, ok
from bot.features.operations.doctor.reach_checks import base_of, fetched
from bot.settings.model import Settings

_SAMPLE = "bridge_webhooks_total"
_OK = 200
_BELIEVED = ("kept", "repeat")
_COMPARE = "Compare FANVUE_WEBHOOK_SECRETS with the signing secret in Fanvue → Developer Area → your app."


async def signatures(settings: Settings) -> Sequence[DoctorFinding]:
    """A running bridge's verdict on the webhooks since its start; nothing if none runs."""
    answer = await fetched(f"{base_of(settings.admin_listen)}/metrics")
    if isinstance(answer, str) or answer[0] != _OK:
        return []
    counted = _counted(answer[1].decode(errors="replace"))
    believed = sum(counted.get(outcome, 0) for outcome in _BELIEVED)
    wrong = counted.get("wrong", 0)
    if wrong and not believed:
        said = f"webhooks since the start: {wrong:.0f}, and no known secret had signed any of them"
        return [bad("signatures", said, _COMPARE)]
    if not believed:
        return [ok("signatures", "no webhook came since the start, so none was refused")]
    return [ok("signatures", f"webhooks since the start that a known secret had signed: {believed:.0f}")]


def _counted(text: str) -> Mapping[str, float]:
    return {
        sample.labels["outcome"]: sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == _SAMPLE
    }
