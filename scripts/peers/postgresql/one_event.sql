-- pgbench: one event a transaction. The ids of a connection ascend, as those of a sending system do.
\set number :number + 1
\set id (:round * 1000 + :client_id) * 1000000000 + :number
\set patient 9000000000 + random(0, :patients - 1)
\set commissioner random(100, 99 + :commissioners)
\set setting random(1, 9)
\set day random(0, 365)
\set pence random(500, 90000)
\set provider random(10, 99)
with booked as (
    insert into event
    values ('acute-trust.billing', :id::text, :patient, 'C' || :commissioner::text, :setting::smallint,
            date '2015-04-01' + :day::integer, :pence, 'R' || :provider::text, 'attendance-7')
    on conflict do nothing
    returning patient, commissioner, setting, service_date, amount_pence
), of_commissioner as (
    insert into commissioner_total as t
    select commissioner, date_trunc('month', service_date)::date, setting, amount_pence, 1 from booked
    on conflict (commissioner, month, setting)
    do update set cost_pence = t.cost_pence + excluded.cost_pence, events = t.events + excluded.events
)
insert into patient_total as t
select patient, financial_year(service_date), amount_pence, 1 from booked
on conflict (patient, year)
do update set cost_pence = t.cost_pence + excluded.cost_pence, events = t.events + excluded.events;
