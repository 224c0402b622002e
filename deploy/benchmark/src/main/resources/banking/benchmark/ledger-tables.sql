-- What one would write without a bank: double entry in one function.
create table account (
    id      integer not null primary key,
    balance bigint  not null check (balance >= 0)
) with (fillfactor = 70);

create table transfer (
    id     bigint      generated always as identity primary key,
    source integer     not null references account,
    target integer     not null references account,
    amount bigint      not null check (amount > 0),
    at     timestamptz not null default now()
);

create table entry (
    transfer bigint  not null references transfer,
    account  integer not null,
    amount   bigint  not null,
    balance  bigint  not null,
    primary key (account, transfer)
);

create function transfer(source integer, target integer, money bigint) returns bigint
language plpgsql as $$
declare
    number bigint;
    left_over bigint;
    gained bigint;
begin
    perform 1 from account where id in (source, target) order by id for update;
    update account set balance = balance - money where id = source and balance >= money
    returning balance into left_over;
    if not found then
        raise exception 'not enough money';
    end if;
    update account set balance = balance + money where id = target returning balance into gained;
    insert into transfer (source, target, amount) values (source, target, money)
    returning id into number;
    insert into entry values (number, source, -money, left_over), (number, target, money, gained);
    return number;
end $$;

insert into account select id, 100000000000 from generate_series(1, 4000) id;
