-- With how many decimals amounts are kept here: minor units do not say.
create table currency (
    code     text     primary key,
    decimals smallint not null
);
