-- By which short words a team finds its fans again; what they say can be intimate, so they are sealed.
CREATE TABLE fan_tags (
    id TEXT PRIMARY KEY,
    creator_uuid TEXT NOT NULL,
    fan_uuid TEXT NOT NULL,
    added_by BIGINT NOT NULL,
    added_at BIGINT NOT NULL,
    body_ct BYTEA NOT NULL
);
CREATE INDEX fan_tags_fan ON fan_tags (creator_uuid, fan_uuid, added_at, id);
CREATE INDEX fan_tags_newest ON fan_tags (creator_uuid, added_at, id);
