-- What a role may charge for a reply, in cents, about one creator on one server; NULL: no limit.
CREATE TABLE price_limits (
    id TEXT PRIMARY KEY,
    creator_uuid TEXT NOT NULL,
    guild_id BIGINT NOT NULL,
    role TEXT NOT NULL,
    floor BIGINT,
    ceiling BIGINT,
    usual_from BIGINT,                -- shown where a price is typed; forbids nothing
    usual_to BIGINT,
    changed_by BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    UNIQUE (creator_uuid, guild_id, role)
);
