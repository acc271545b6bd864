-- psql: what stands before batches that come as one array a column.
\set rows 'unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::smallint[], $6::date[], $7::bigint[], '
\set rows :rows '$8::text[], $9::text[])'
\ir book_batch.sql
