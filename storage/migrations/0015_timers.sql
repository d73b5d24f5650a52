-- When a creator's team is pinged about a fan who waits. No row: never. Quiet hours are minutes of the local day.
CREATE TABLE timers (
    creator_uuid TEXT PRIMARY KEY,
    first_minutes BIGINT NOT NULL,    -- how long a fan waits until the first one is pinged
    second_minutes BIGINT,            -- how long after each ping until the next one is; NULL: nobody else
    quiet_from BIGINT,
    quiet_to BIGINT,
    changed_by BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
