-- Fans who are put on a custom list of Fanvue: who, in which order, and what became of each.
CREATE TABLE list_jobs (
    id TEXT PRIMARY KEY,
    creator_uuid TEXT NOT NULL,
    made_by BIGINT,                   -- NULL: another feature
    made_at BIGINT NOT NULL,
    list_uuid TEXT,                   -- NULL: the list is still to be made
    state TEXT NOT NULL,              -- asked, running, stopped or done
    looked BIGINT NOT NULL,           -- 1: it is known who was on the list before
    sizing TEXT NOT NULL,             -- how many go into the next call, as JSON
    steps BIGINT NOT NULL,            -- how many effects there were
    effect_id TEXT,                   -- the newest of them
    command_id TEXT,                  -- whose private answer shows how far it is
    why TEXT,                         -- why it stopped
    ended_at BIGINT,
    body_ct BYTEA NOT NULL            -- the list's name, who is meant, and who did not match
);
CREATE INDEX list_jobs_creator ON list_jobs (creator_uuid, made_at);

-- Written when the question is asked and never again: nobody is looked for anew.
CREATE TABLE list_rows (
    job_id TEXT NOT NULL,
    creator_uuid TEXT NOT NULL,
    fan_uuid TEXT NOT NULL,
    place BIGINT NOT NULL,
    state TEXT NOT NULL,              -- waiting, adding, added, there, refused or unsure
    PRIMARY KEY (job_id, fan_uuid)
);
CREATE INDEX list_rows_next ON list_rows (job_id, state, place);
CREATE INDEX list_rows_fan ON list_rows (creator_uuid, fan_uuid);
