-- The last comparison of a creator's ledger with Fanvue's sums and with what live events told.
CREATE TABLE earnings_checks (
    creator_uuid TEXT PRIMARY KEY,
    checked_at BIGINT NOT NULL,
    day TEXT NOT NULL,                -- the creator's day on which it was made, YYYY-MM-DD
    agrees BIGINT NOT NULL,
    body TEXT NOT NULL                -- what was compared and what differs, as JSON: sources, whole cents, times
);
