"""The errors of the storage.

StorageError
├── DatabaseTooNew      the file was written by a newer program: stop, do not touch it
├── DatabaseInUse       another process owns it (exit 75)
├── BackupFailed        a copy was not made or not put back; the database is as it was
├── DatabaseUnreachable nothing was stored; the caller may try again (a webhook answers 503)
├── FateUnknown         the last commit's fate cannot be found out: end, and begin as after a crash
├── MoveFailed          an installation was not moved; it goes on where it was
├── ShardsDiffer        processes of one bot divide its servers differently; start them with one number
├── SeveralBots         servers of this database are another bot's; start it as it is, or take them over
├── DatabaseMoved       it was copied to another database, which goes on in its place
├── WrongUrl            a URL names no database that the bridge can use
├── DriverMissing       the driver for this kind of database is not installed
├── ForeignAwait        a transaction awaited something that is not the database
└── MigrationChanged    a migration that already ran was edited afterwards
"""


class StorageError(Exception):
    """Never raised directly."""


class DatabaseTooNew(StorageError):
    """Raised when the schema is newer than this program; nothing was changed."""


class DatabaseInUse(StorageError):
    """Raised when another process already owns this database."""


class BackupFailed(StorageError):
    """Raised when a backup could not be made, or is none; nothing was put in its place."""


class DatabaseUnreachable(StorageError):
    """Raised when the database cannot be written; the transaction left nothing behind."""


class FateUnknown(StorageError):
    """Raised when the connection was lost during a commit and nobody can say how it ended."""


class MoveFailed(StorageError):
    """Raised when an installation could not be moved to another database."""


class DatabaseMoved(StorageError):
    """Raised when a database was moved: the bridge goes on with its copy, and never with both."""


class ShardsDiffer(StorageError):
    """Raised when processes of one bot divide its servers differently; nothing was taken."""


class SeveralBots(StorageError):
    """Raised when one process alone opens the database of another bot, or of several; nothing was changed."""


class WrongUrl(StorageError, ValueError):
    """Raised for a URL that names no database; the text never repeats it, because it may hold a password."""


class DriverMissing(StorageError):
    """Raised when the package for this kind of database is not installed."""


class ForeignAwait(StorageError):
    """Raised when a transaction awaits anything but its own statements (R19: no network inside)."""


class MigrationChanged(StorageError):
    """Raised when a migration on disk differs from the one that was applied."""
