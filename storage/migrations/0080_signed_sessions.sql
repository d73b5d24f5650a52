-- Who is signed in to the page, and what an assistant may read, is signed like every other right. Nobody signed the
-- rows of before: whoever is signed in signs in again, and an owner is asked about the assistant again.
DELETE FROM page_sessions;
DELETE FROM assistant_consents;
ALTER TABLE page_sessions ADD COLUMN mac TEXT;
ALTER TABLE assistant_consents ADD COLUMN mac TEXT;
