-- Why: tells of a version of the catalogue in the transaction that puts it in force: which procedures cost something
-- else, from which day.
-- Needs: catalogue_event
-- Reads: fee, event_endpoint
-- Writes: event, event_delivery (catalogue_event)
-- Locks: none
create or replace function catalogue_told(p_version integer) returns void language plpgsql as $$
declare
    v_today constant date := (clock_timestamp() at time zone 'Asia/Ho_Chi_Minh')::date;
    v_codes text[]; v_days date[];
begin
    if not exists (select 1 from event_endpoint e where 'catalogue.changed' = any (e.types)) then return; end if;
    -- A row that only got its last day says what it said today: then the day after is the one that counts.
    with price as (
        select f.*, (f.name_vi, f.kind, f.unit, f.amount, f.calculation, f.tiers, f.percent, f.minimum, f.maximum)::text
                as said
        from fee f where f.valid_from <= v_today and (f.valid_to is null or f.valid_to >= v_today)
    ),
    moved as (
        select coalesce(b.procedure_code, a.procedure_code) as procedure_code
        from (select * from price where added_in < p_version and (ended_in is null or ended_in >= p_version)) b
            full join (select * from price where ended_in is null) a using (fee_code, locality_code)
        where (b.said, b.procedure_code) is distinct from (a.said, a.procedure_code)
    ),
    touched as (
        select f.procedure_code,
            case when exists (select 1 from moved m where m.procedure_code = f.procedure_code) then v_today
                else coalesce(least(min(f.valid_from) filter (where f.added_in = p_version and f.valid_from > v_today),
                    min(f.valid_to + 1) filter (where f.added_in = p_version and f.valid_to >= v_today)), v_today)
            end as since
        from fee f where f.added_in = p_version or f.ended_in = p_version group by 1
    )
    select array_agg(procedure_code order by procedure_code), array_agg(since order by procedure_code)
    into v_codes, v_days from touched;
    perform catalogue_event(p_version, v_codes, v_days);
end $$;
