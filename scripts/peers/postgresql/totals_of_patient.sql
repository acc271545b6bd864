-- pgbench: the totals of one patient and financial year, from the maintained table.
\set patient 9000000000 + random(0, :patients - 1)
select cost_pence, events from patient_total where patient = :patient and year = 2015;
