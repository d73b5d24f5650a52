-- Answers kept to be used again. guild_id 0: a creator's own; creator_uuid '': shared by a server's creators.
CREATE TABLE templates (
    id TEXT PRIMARY KEY,
    guild_id BIGINT NOT NULL,
    creator_uuid TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,           -- by which names are compared
    body_ct BYTEA NOT NULL,
    changed_by BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    used_at BIGINT,
    UNIQUE (guild_id, creator_uuid, name_key)
);

-- Which reply, or which window for one, came from which template.
CREATE TABLE template_uses (
    ref TEXT PRIMARY KEY,             -- the reply's command, or the window's draft
    template_id TEXT NOT NULL,
    creator_uuid TEXT NOT NULL,
    used_at BIGINT NOT NULL
);
CREATE INDEX template_uses_of ON template_uses (template_id);
