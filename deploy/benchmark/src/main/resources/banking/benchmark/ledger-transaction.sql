\set source random(1, :accounts)
\set other random(1, :accounts - 1)
select transfer(:source, case when :other >= :source then :other + 1 else :other end, 1);
