-- Files on their way into a creator's vault.
CREATE TABLE uploads (
    id TEXT PRIMARY KEY,              -- follows from the file: the same one again is the same row
    creator_uuid TEXT NOT NULL,
    member_id BIGINT,                 -- who wanted it; NULL: whoever runs the bridge, from the command line
    command_id TEXT,                  -- whose private answer shows how far it is; NULL: there is none
    size BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,           -- not tried before
    tries BIGINT NOT NULL,            -- in vain, since it last came further
    rounds BIGINT NOT NULL,           -- how often it was begun anew at Fanvue
    state TEXT NOT NULL,              -- waiting, starting, sending, finishing, processing; done, failed, cancelled
    contents TEXT,                    -- by which the same bytes are known; NULL: not read yet
    media_uuid TEXT,                  -- what it is, or is to become, in the vault
    upload_id TEXT,                   -- what Fanvue calls the upload
    part_size BIGINT,
    etags TEXT NOT NULL,              -- of the parts that are there, from the first one on; JSON
    known BIGINT NOT NULL,            -- 1: it was in the vault before
    why TEXT,                         -- a sentence: what it waits for, or why it failed
    body_ct BYTEA NOT NULL            -- where the file lies, and what it is called
);
CREATE INDEX uploads_open ON uploads (due_at) WHERE state NOT IN ('done', 'failed', 'cancelled');
CREATE INDEX uploads_command ON uploads (command_id) WHERE command_id IS NOT NULL;
CREATE INDEX uploads_creator ON uploads (creator_uuid, changed_at);

-- What was put into a vault from here, so that nothing goes up twice.
CREATE TABLE vault_files (
    creator_uuid TEXT NOT NULL,
    contents TEXT NOT NULL,
    size BIGINT NOT NULL,
    media_uuid TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (creator_uuid, contents, size)
);
