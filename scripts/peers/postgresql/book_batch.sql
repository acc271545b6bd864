-- Prepares `book`: books every row of :rows once, in one transaction.
-- Rows are taken in the order of their keys, so that batches wait for each other but never in a circle. The
-- commissioners' come last, being in a statement that no other reads from: every batch wants the same ones, and holds
-- them until its commit is on disk.
prepare book as
with booked as (
    insert into event select * from :rows
    on conflict do nothing
    returning patient, commissioner, setting, service_date, amount_pence
), of_commissioner as (
    insert into commissioner_total as t
    select commissioner, date_trunc('month', service_date)::date, setting, sum(amount_pence), count(*) from booked
    group by 1, 2, 3 order by 1, 2, 3
    on conflict (commissioner, month, setting)
    do update set cost_pence = t.cost_pence + excluded.cost_pence, events = t.events + excluded.events
)
insert into patient_total as t
select patient, financial_year(service_date), sum(amount_pence), count(*) from booked
group by 1, 2 order by 1, 2
on conflict (patient, year)
do update set cost_pence = t.cost_pence + excluded.cost_pence, events = t.events + excluded.events;
