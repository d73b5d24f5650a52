"""/mass limits quiet: between which times a mass message asks once more."""

from bot.access.permits import Permit
from bot.features.publishing.safety import quiet_hours_rules
from bot.features.publishing.safety.limit_texts import lowered
from bot.model.language import msgid, tr
from bot.relay.context import Context
from bot.text.time_zones import DEFAULT_ZONE
from bot.text.typed_times import NO_ZONE
from storage.database import Transaction
from storage.money import digests
from storage.publishing import quiet_hours
from storage.publishing.quiet_hours import QuietHours

_SET = msgid("Change them with `/mass limits quiet:`; turn them off with `quiet:off`.")


class QuietHoursSetting:
    """Whether somebody may was asked before."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def set(self, permit: Permit, typed: str | None) -> str:
        """Let them hold from now on; None changes nothing and says what holds."""
        creator, by = permit.creator, permit.actor.user
        assert creator is not None, "the action is about a creator"
        try:
            wanted = None if typed is None else quiet_hours_rules.read(typed)
        except ValueError as wrong:
            return str(wrong)

        async def work(tx: Transaction) -> str:
            zone = await digests.zone(tx, creator)
            if typed is None:
                return _shown(await quiet_hours.get(tx, creator), zone)
            await quiet_hours.put(tx, creator, wanted, by=by, now=self._ctx.clock.now())
            target = quiet_hours_rules.target(wanted)
            await self._ctx.trail.write(
                tx, "mass_limits.quiet", "done", target=target, actor=by, creator=creator
            )
            return tr("From now on: {told}", told=lowered(_shown(wanted, zone)))

        return await self._ctx.database.write(work)


def _shown(hours: QuietHours | None, zone: str | None) -> str:
    if hours is None:
        return tr("No quiet hours for mass messages. Set them with `/mass limits quiet:23:00-08:00`.")
    told = tr(
        "Quiet hours for mass messages: {hours} ({zone}). If one falls in them, the preview "
        "warns and offers their end.",
        hours=quiet_hours_rules.spoken(hours),
        zone=zone or DEFAULT_ZONE,
    )
    told = f"{told} {tr(_SET)}"
    return told if zone is not None else f"{told} {tr(NO_ZONE)}"
