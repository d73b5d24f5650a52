"""Why a program's request was not done.

ProgramRefused    it was not taken; str() says why and what to do, `status` is HTTP's
"""


class ProgramRefused(Exception):
    """Raised with a sentence for the program's maker."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status
