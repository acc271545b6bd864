-- pgbench: the totals of the financial year by setting, from the events themselves.
select setting, sum(amount_pence), count(*) from event
where service_date between '2015-04-01' and '2016-03-31'
group by setting;
