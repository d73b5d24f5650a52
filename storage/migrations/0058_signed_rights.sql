-- What signs a row that says who may do what: 64 hexadecimal digits, a colon, the id of the key.
-- NULL: it was written before there were signatures, or by somebody else.
ALTER TABLE links ADD COLUMN mac TEXT;
ALTER TABLE grants ADD COLUMN mac TEXT;
ALTER TABLE consents ADD COLUMN mac TEXT;
ALTER TABLE forums ADD COLUMN mac TEXT;
ALTER TABLE setups ADD COLUMN mac TEXT;
