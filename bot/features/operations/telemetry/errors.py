"""What the operator is told where traces are wanted and cannot be sent."""


class TelemetryUnavailable(Exception):
    """Raised at the start; its text says what to install, or what is wrong."""
