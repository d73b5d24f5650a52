-- How many mass messages a fan gets within how many days at most, and for how long after its last message a
-- conversation counts as live; no row: no cap, and as long as is usual.
CREATE TABLE mass_caps (
    creator_uuid TEXT PRIMARY KEY,
    most BIGINT,                      -- NULL: no cap
    days BIGINT NOT NULL,
    live_hours BIGINT NOT NULL,
    changed_by BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);

-- Mass messages that leave fans out: by which list. Whom, is the ledger of the job.
CREATE TABLE left_out (
    effect_id TEXT PRIMARY KEY,       -- the mass message
    creator_uuid TEXT NOT NULL,
    state TEXT NOT NULL,              -- wanted, building, ready or failed
    job_id TEXT,                      -- NULL: not begun, or nobody is left out
    list_uuid TEXT,                   -- NULL: not made, not known, or nobody is left out
    planned BIGINT NOT NULL,          -- 1: Fanvue sends it later, maybe with the list as it is by then
    live BIGINT NOT NULL,             -- how many fans in conversation
    over BIGINT NOT NULL,             -- how many besides who had as many as the cap
    why TEXT,                         -- why it failed
    made_at BIGINT NOT NULL,
    frozen_at BIGINT,                 -- as of when they were looked up
    removed_at BIGINT                 -- when it was asked for that the list is deleted
);
CREATE INDEX left_out_job ON left_out (job_id);
CREATE INDEX left_out_creator ON left_out (creator_uuid, made_at);
