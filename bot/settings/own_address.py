"""Under which host a listener of this machine is reached from this machine."""


def reached_at(host: str) -> str:
    """A listener on all addresses is reached on this machine's own."""
    return {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - asked
