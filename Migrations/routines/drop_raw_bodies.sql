-- Why: drops callbacks as they were received, after their time: 30 days at least. With the rights of the owner: the
-- service may not change facts. raw_hash stays, so that the sealed history holds.
-- Reads: bank_notice, from an id on
-- Writes: bank_notice
-- Locks: the rows that it changes, until the transaction ends
create or replace function drop_raw_bodies(p_after bigint, p_before timestamptz, p_limit integer,
    out last_id bigint, out looked_at bigint, out dropped bigint)
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_ids bigint[];
begin
    if p_before > now() - interval '30 days' then
        raise exception 'callbacks as received are kept for 30 days at least'
            using errcode = 'check_violation', constraint = 'bank_notice_raw_kept_check';
    end if;
    select max(b.id), count(*), array_agg(b.id) filter (where b.raw is not null) into last_id, looked_at, v_ids
    from (
        select id, raw from bank_notice where id > p_after and received_at < p_before order by id limit p_limit) b;
    update bank_notice set raw = null where id = any (v_ids);
    get diagnostics dropped = row_count;
end $$;
