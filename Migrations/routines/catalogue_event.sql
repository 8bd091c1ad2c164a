-- Why: writes the event of what procedures cost from a day on, for the endpoints that name it, as portals tell the
-- national portal (DanhSachLePhi, DuocThanhToanTrucTuyen).
-- Needs: event_body
-- Reads: fee, agency, connection, platform_link, event_endpoint
-- Writes: event, event_delivery; signals khop_events
-- Locks: none
create or replace function catalogue_event(p_version integer, p_codes text[], p_days date[]) returns void
language plpgsql as $$
declare
    v_now constant timestamptz := clock_timestamp();
    v_most constant integer := 500;
    v_flag text; v_data json;
begin
    if coalesce(cardinality(p_codes), 0) = 0 then return; end if;
    -- What is paid online is paid through the platform where every account sends its payers there.
    v_flag := case when exists (select 1 from agency a where a.ended_in is null and not exists (
            select 1 from platform_link l join connection c on c.id = l.connection_id
            where l.ended_at is null and c.disabled_at is null and c.account_number = a.account_number))
        then '2' else '1' end;
    with told as (
        select t.procedure_code, t.since, coalesce(p.prices, '[]'::json) as prices,
            coalesce(p.is_owed, false) as is_owed
        from (select * from unnest(p_codes, p_days) as u (procedure_code, since) order by procedure_code limit v_most) t
            cross join lateral (
            select json_agg(json_build_object('TenPhiLePhi', f.name_vi,
                    'MaPhiLePhi', case f.kind when 'fee' then '1' else '2' end, 'HinhThucThu', '2',
                    'Gia', f.amount::text, 'LoaiPhiLePhi', case f.kind when 'fee' then '1' else '2' end,
                    'fee_code', f.fee_code, 'locality_code', f.locality_code)
                    order by f.fee_code, f.locality_code) as prices,
                bool_or(f.amount > 0 or f.calculation <> 'flat') as is_owed
            from fee f
            where f.procedure_code = t.procedure_code and f.ended_in is null and f.valid_from <= t.since
                and (f.valid_to is null or f.valid_to >= t.since)) p
    )
    select json_build_object('version', p_version, 'has_more', cardinality(p_codes) > v_most,
            'procedures', coalesce(json_agg(json_build_object('procedure_code', procedure_code,
                'takes_effect_on', since, 'DuocThanhToanTrucTuyen', case when is_owed then v_flag else '0' end,
                'DanhSachLePhi', prices) order by procedure_code), '[]'::json))
    into v_data from told;
    with made as (
        insert into event (type, subject, agency_code, holder_id, body, created_at)
        values ('catalogue.changed', 'catalogue:' || p_version, null, null,
            event_body('catalogue.changed', v_now, v_data), v_now) returning id, type, subject
    )
    insert into event_delivery (event_id, endpoint_id, subject, next_attempt_at, give_up_at)
    select m.id, e.id, m.subject, v_now, v_now + interval '3 days'
    from made m join event_endpoint e on m.type = any (e.types) order by e.id;
    perform pg_notify('khop_events', '');
end $$;
