-- The hash of the last event that is in a row. It is not known of rows that were written before the
-- events brought it along: these believe the next event, and then it is known.
ALTER TABLE account_view ADD COLUMN hash bytea;
ALTER TABLE customer_view ADD COLUMN hash bytea;
ALTER TABLE company_view ADD COLUMN hash bytea;
ALTER TABLE task_view ADD COLUMN hash bytea;
ALTER TABLE employee_view ADD COLUMN hash bytea;
