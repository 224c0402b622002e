create role bank_command login password 'local';
create role bank_query login password 'local';
