"""The installation: its epoch, the proof that the keys fit, small memories."""

from storage.database import Transaction
from storage.records import Millis


async def begin(tx: Transaction, *, epoch: str, canary: bytes, now: Millis) -> None:
    """Remember the first start; later ones change nothing."""
    await tx.execute(
        """INSERT INTO instance (one, epoch, canary, created_at) VALUES (1, :epoch, :canary, :now)
           ON CONFLICT (one) DO NOTHING""",
        epoch=epoch,
        canary=canary,
        now=now,
    )


async def canary(tx: Transaction) -> bytes | None:
    """The value only the right keys open; None before the first start."""
    row = await tx.one("SELECT canary FROM instance WHERE one = 1")
    return bytes(row["canary"]) if row else None


async def keep_canary(tx: Transaction, sealed: bytes) -> None:
    """From here on only these keys open it; the first start was remembered before."""
    await tx.execute("UPDATE instance SET canary = :sealed WHERE one = 1", sealed=sealed)


async def secret(tx: Transaction) -> bytes | None:
    """The secret of derived ids, sealed; None before it was kept."""
    row = await tx.one("SELECT secret_ct FROM instance WHERE one = 1")
    return bytes(row["secret_ct"]) if row and row["secret_ct"] is not None else None


async def keep_secret(tx: Transaction, sealed: bytes) -> None:
    """Keep what derived ids are made with; the first start was remembered before."""
    await tx.execute("UPDATE instance SET secret_ct = :sealed WHERE one = 1", sealed=sealed)


async def epoch(tx: Transaction) -> str | None:
    """The last run of the bridge that wrote here; None before the first start."""
    row = await tx.one("SELECT epoch FROM instance WHERE one = 1")
    return str(row["epoch"]) if row else None


async def move_on(tx: Transaction, epoch: str) -> None:
    """From here on another run writes."""
    await tx.execute("UPDATE instance SET epoch = :epoch WHERE one = 1", epoch=epoch)


async def recall(tx: Transaction, name: str) -> str | None:
    """A small thing that was remembered under `name`."""
    row = await tx.one("SELECT value FROM kept WHERE name = :name", name=name)
    return str(row["value"]) if row else None


async def remember(tx: Transaction, name: str, value: str) -> None:
    """Remember a small thing under `name`, instead of what was there."""
    await tx.execute(
        """INSERT INTO kept (name, value) VALUES (:name, :value)
           ON CONFLICT (name) DO UPDATE SET value = excluded.value""",
        name=name,
        value=value,
    )


async def forget(tx: Transaction, name: str) -> None:
    """It is not to be remembered any more."""
    await tx.execute("DELETE FROM kept WHERE name = :name", name=name)


async def names(tx: Transaction, beginning: str) -> list[str]:
    """Everything that is remembered under a name that begins so."""
    rows = await tx.all("SELECT name FROM kept ORDER BY name")
    return [str(row["name"]) for row in rows if str(row["name"]).startswith(beginning)]
