-- psql: what stands before batches that are copied. Each connection stages in a table of its own that needs no log.
create temporary table staged (
    source text, id text, patient bigint, commissioner text, setting smallint, service_date date, amount_pence bigint,
    provider text, service text
) on commit delete rows;
\set rows staged
\ir book_batch.sql
