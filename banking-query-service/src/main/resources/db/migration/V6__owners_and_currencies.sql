-- A name is the same however it was typed: é is one character, or an e and an accent. Names come
-- composed since the command service composes them; of those from before, nobody knows.
CREATE INDEX account_view_owner_composed ON account_view (normalize(lower(owner)), id);
DROP INDEX account_view_owner;
ALTER INDEX account_view_owner_composed RENAME TO account_view_owner;

-- With how many decimals amounts are kept here: minor units do not say.
CREATE TABLE currency (
    code     text     PRIMARY KEY,
    decimals smallint NOT NULL
);
