-- Why: tells on the day itself which procedures cost something else from then on, by rows that were put in force on an
-- earlier day: whoever began to listen since, or lost what was told then, learns of it when it counts. Once a day,
-- whichever server comes first; days on which none was up are told by the next. Returns whether this was the one.
-- Needs: catalogue_event
-- Reads: fee, catalogue_version, event_endpoint
-- Writes: job_state; event, event_delivery (catalogue_event)
-- Locks: the row of job_state
create or replace function catalogue_day(p_day date) returns boolean language plpgsql as $$
declare
    v_since date; v_version integer; v_codes text[]; v_days date[];
begin
    -- Of an installation that never told a day, today is the first.
    insert into job_state (name, value) values ('catalogue_day', (p_day - 1)::text) on conflict (name) do nothing;
    select value::date into v_since from job_state where name = 'catalogue_day' for update;
    if v_since >= p_day then return false; end if;
    update job_state set value = p_day::text, changed_at = now() where name = 'catalogue_day';
    if not exists (select 1 from event_endpoint e where 'catalogue.changed' = any (e.types)) then return true; end if;
    select max(id) into v_version from catalogue_version;
    with turned as (
        select f.procedure_code, d.day
        from fee f join catalogue_version v on v.id = f.added_in
            cross join lateral (values (f.valid_from), (f.valid_to + 1)) as d (day)
        -- What begins on the day on which it is put in force was told then.
        where f.ended_in is null and d.day > v_since and d.day <= p_day
            and d.day > (v.imported_at at time zone 'Asia/Ho_Chi_Minh')::date
    ),
    counted as (select procedure_code, max(day) as day from turned group by 1)
    select array_agg(procedure_code order by procedure_code), array_agg(day order by procedure_code)
    into v_codes, v_days from counted;
    perform catalogue_event(v_version, v_codes, v_days);
    return true;
end $$;
