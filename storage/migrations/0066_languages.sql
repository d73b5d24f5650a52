-- In which language a creator's channels are written, and in which a member is answered.
CREATE TABLE languages (
    creator_uuid TEXT NOT NULL,
    member_id BIGINT NOT NULL,    -- 0: what everybody reads in the creator's channels
    language TEXT NOT NULL,       -- en, de or es
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (creator_uuid, member_id)
);
CREATE INDEX languages_of_member ON languages (member_id, changed_at);
