-- pgbench: the totals of one commissioner and financial year by setting, from the maintained table.
\set commissioner random(100, 99 + :commissioners)
select setting, sum(cost_pence), sum(events) from commissioner_total
where commissioner = 'C' || :commissioner::text and month between '2015-04-01' and '2016-03-31'
group by setting;
