-- The page beside Discord: a link that waits for its person, and what it becomes, a session of some hours.
-- Whatever opens something is kept as a digest alone. Nothing says here what the person may see: that is
-- asked at every page.
CREATE TABLE page_sessions (
    id TEXT PRIMARY KEY,
    member_id BIGINT NOT NULL,    -- who ran the command, and nobody else
    guild_id BIGINT NOT NULL,     -- on whose server
    state TEXT NOT NULL,          -- offered, started, open
    ticket_hash TEXT NOT NULL,    -- of the link
    browser_hash TEXT,            -- of the cookie of the browser that goes to Discord's sign-in
    state_hash TEXT,              -- of what comes back from there, once
    session_hash TEXT,            -- of the cookie that opens the pages
    expires_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX page_sessions_by_ticket ON page_sessions (ticket_hash);
CREATE INDEX page_sessions_by_state ON page_sessions (state_hash);
CREATE INDEX page_sessions_by_session ON page_sessions (session_hash);
CREATE INDEX page_sessions_of_member ON page_sessions (member_id);
