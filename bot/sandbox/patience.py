"""How long somebody on a stand-in waits for what must come; then it is missing."""

from typing import Final

SECONDS: Final = 60.0  # nobody waits so long where all goes well, and a busy machine is seconds late
