"""Whether the machine kept its promise: what is late is never later than settled."""

from tests.proofs.soak.soak_scenario import SoakScenario


def latest(town: SoakScenario) -> float:
    """Seconds from the cut of a connection until its request was carried out, at the longest."""
    late = [float(e["seconds"]) for e in town.fanvue.ledger.of("executed_late")]
    late += [float(str(e.data["seconds"])) for e in town.discord.ledger.of("executed_late")]
    return max(late, default=0.0)


def broken_promise(town: SoakScenario, settle: float) -> list[str]:
    """What to say of a run that proves nothing; `settle`: seconds until the bridge looks for the last time.

    A request that is carried out after the last look would be sent again by a person who was told the
    truth. On both networks that does not happen (R6); here, a machine under load can make it happen.
    """
    longest = latest(town)
    if longest < settle:
        return []
    return [
        (
            f"void: a stand-in carried out a request {longest:.1f} s after its connection was cut, and the "
            f"bridge looks for it until {settle:.1f} s. The machine is too busy: use a smaller factor."
        )
    ]
