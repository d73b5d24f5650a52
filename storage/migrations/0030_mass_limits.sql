-- Above how many recipients of a creator's mass message their number is typed; no row: the bridge's own limit.
CREATE TABLE mass_limits (
    creator_uuid TEXT PRIMARY KEY,
    typed_above BIGINT,               -- NULL: nobody has to type anything
    changed_by BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
