-- Why: gives receipts the next numbers of their series and writes them. The series are locked last and until the
-- commit, so a number is lost only together with what it was for: there are neither gaps nor twins.
-- Reads: receipt_series
-- Writes: receipt_series, receipt
-- Locks: the rows of the series, in the order of their ids
create or replace function take_receipts(p_agencies text[], p_kinds text[], p_requests uuid[], p_amounts bigint[],
    p_replaces bigint[], p_reason text, p_at timestamptz) returns void language plpgsql
set plan_cache_mode = force_generic_plan
set jit = off
as $$
declare
    v_year constant smallint := extract(year from p_at at time zone 'Asia/Ho_Chi_Minh');
begin
    insert into receipt_series (agency_code, kind, year, serial)
    select distinct w.agency, w.kind, v_year, right(v_year::text, 2) || 'TAA'
    from unnest(p_agencies, p_kinds) w (agency, kind)
    where not exists (
        select 1 from receipt_series s where s.agency_code = w.agency and s.kind = w.kind and s.year = v_year)
    order by 1, 2
    on conflict do nothing;
    perform 1 from receipt_series s
    where s.year = v_year and (s.agency_code, s.kind) in (select a, k from unnest(p_agencies, p_kinds) w (a, k))
    order by s.id for update;
    with wanted as materialized (
        select w.*, row_number() over (partition by w.agency, w.kind order by w.place) as turn
        from unnest(p_agencies, p_kinds, p_requests, p_amounts, p_replaces)
            with ordinality w (agency, kind, request, amount, replaces, place)
    ),
    taken as (
        -- Numbers and times rise together, whatever the clocks of several servers say.
        update receipt_series s
        set last_number = s.last_number + c.count, last_issued_at = greatest(s.last_issued_at, p_at)
        from (select agency, kind, count(*)::integer as count from wanted group by 1, 2) c
        where s.agency_code = c.agency and s.kind = c.kind and s.year = v_year
        returning s.id, s.agency_code, s.kind, s.last_number - c.count as before, s.last_issued_at
    )
    insert into receipt (series_id, number, payment_request_id, amount, issued_at, code, replaces, reason)
    select t.id, t.before + w.turn, w.request, w.amount, t.last_issued_at,
        -- The first 48 bits of a random UUID are random.
        ('x' || left(translate(gen_random_uuid()::text, '-', ''), 12))::bit(48)::bigint,
        w.replaces, case when w.replaces is not null then p_reason end
    from wanted w join taken t on t.agency_code = w.agency and t.kind = w.kind
    order by t.id, w.turn;
end $$;
