\set id random(1, :accounts)
\set balance random(1, 100000000)
begin;
update account set version = version + 1, state = '{"state":"Open","owner":"Alice","balance":{"minorUnits":' || :balance || ',"currency":"EUR"},"overdraftLimit":{"minorUnits": 0,"currency":"EUR"}}' where id = :id returning version \gset
insert into event values (:id, :version, 'MoneyDeposited', '{"amount":{"minorUnits": 100,"currency":"EUR"},"balance":{"minorUnits":' || :balance || ',"currency":"EUR"},"reference": null}', gen_random_uuid(), now());
insert into outbox (account_id, version) values (:id, :version);
commit;
