-- Fills an empty ledger for the questions: :events events of :patients patients and :commissioners commissioners.
-- Totals lie in the order in which they are asked for, as after CLUSTER.
-- What a transaction writes into tables that it has emptied itself needs no log.
begin;
truncate event, patient_total, commissioner_total;
insert into event
select 'acute-trust.billing', (1000000000000 + number)::text, 9000000000 + number::bigint * 7919 % :patients,
       'C' || 100 + draw % :commissioners, 1 + draw % 9, date '2015-04-01' + draw % 366, 500 + draw % 90000,
       'R' || 10 + draw % 90, 'attendance-' || draw % 50
from (select number, (random() * 2000000000)::integer as draw from generate_series(1, :events) as number) as drawn;
insert into patient_total
select patient, financial_year(service_date), sum(amount_pence), count(*) from event
group by 1, 2 order by 1, 2;
insert into commissioner_total
select commissioner, date_trunc('month', service_date)::date, setting, sum(amount_pence), count(*) from event
group by 1, 2, 3 order by 1, 2, 3;
commit;
vacuum (analyze);
checkpoint;
