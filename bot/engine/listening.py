"""Why this machine does not let a program listen at an address (pure)."""

import errno

# What this machine says about an address → what is to be done about it.
_WHY_NOT = {
    errno.EADDRINUSE: ("is in use: another program listens there.", "Stop it, or choose another port"),
    errno.EADDRNOTAVAIL: (
        "is not an address of this machine.",
        "Choose 127.0.0.1, or 0.0.0.0 for all addresses",
    ),
    errno.EACCES: (
        "is not open to this user, as most ports below 1024 are.",
        "Choose a higher one",
    ),
}


def why_not_listen(error: OSError) -> tuple[str, str]:
    """What is wrong with the address, and the cure, which may be empty."""
    unknown = (f"cannot be listened at ({error.strerror or error})", "")
    return _WHY_NOT.get(error.errno or _unnumbered(error), unknown)


def _unnumbered(error: OSError) -> int:
    """Python 3.13's asyncio passes over what is no address here, and then has no number for it."""
    return errno.EADDRNOTAVAIL if str(error).startswith("could not bind on any address") else 0
