-- Which messages of a creator's fans a member is pinged about. No row: they never chose, and are not pinged.
CREATE TABLE pings (
    creator_uuid TEXT NOT NULL,
    member_id BIGINT NOT NULL,
    mode TEXT NOT NULL,      -- conversations, messages, mine or nothing
    quiet_from BIGINT,       -- minutes of the day in `zone`; both or neither
    quiet_to BIGINT,
    zone TEXT,               -- NULL: the creator's
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (creator_uuid, member_id)
);
