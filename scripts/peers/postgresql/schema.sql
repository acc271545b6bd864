-- The ledger of scripts/bench as PostgreSQL would keep it: each event once, and the totals that it changes.
-- "C" compares text byte by byte, which is quicker and all that codes and identities need.

create table event (
    source text collate "C" not null,
    id text collate "C" not null,
    patient bigint,
    commissioner text collate "C" not null,
    -- 1 to 9, in the order of the contract.
    setting smallint not null,
    service_date date not null,
    -- A credit is negative.
    amount_pence bigint not null,
    provider text collate "C",
    service text collate "C",
    recorded_at timestamptz not null default now(),
    primary key (id, source)
);

-- No column that changes is in an index, and every page keeps room: so an update stays on its page and touches no
-- index.
create table patient_total (
    patient bigint not null,
    year smallint not null,
    cost_pence bigint not null,
    events bigint not null,
    primary key (patient, year)
) with (fillfactor = 70);

create table commissioner_total (
    commissioner text collate "C" not null,
    month date not null,
    setting smallint not null,
    cost_pence bigint not null,
    events bigint not null,
    primary key (commissioner, month, setting)
) with (fillfactor = 20);

-- The calendar year in which the financial year of a day begins.
create function financial_year(day date) returns smallint language sql immutable parallel safe
    return (extract(year from day) - (extract(month from day) < 4)::integer)::smallint;
