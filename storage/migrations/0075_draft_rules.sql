-- Owners who let drafts of their programs leave without a press: at most so many a day, in these hours of the
-- creator's days, each after a wait. It counts as long as the same person has the creator's account connected.
-- No row: a person sends every draft.
CREATE TABLE draft_rules (
    creator_uuid TEXT NOT NULL,
    kind TEXT NOT NULL,           -- of the drafts: reply, mass_message, post, template
    most BIGINT NOT NULL,         -- a day
    begins BIGINT NOT NULL,       -- minute of the day; the same as ends: all day
    ends BIGINT NOT NULL,         -- is not in it
    wait BIGINT NOT NULL,         -- minutes, in which people can still stop one
    set_by BIGINT NOT NULL,
    set_at BIGINT NOT NULL,
    mac TEXT,
    PRIMARY KEY (creator_uuid, kind)
);
-- What waits for a press is looked for every few seconds, among all that ever did.
CREATE INDEX drafts_waiting ON drafts (action, created_at) WHERE state = 'open';
