-- Why: erases the personal data of notices (kind 4) and statement lines (kind 5), also of those in undone_row. Their
-- salted hash is kept first, so that the sealed history still holds. With the rights of the owner: the service may not
-- change facts.
-- Needs: erasure_recorded, line_personal_hash, notice_personal_hash
-- Reads: audit_entry, seal_progress
-- Writes: erased_entry, bank_notice, statement_line, undone_row
-- Locks: the rows that it erases, until the transaction ends
create or replace function erase_texts(p_kind smallint, p_ids bigint[], p_audit bigint) returns bigint
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_source constant text := case p_kind when 4 then 'bank_notice' when 5 then 'statement_line' end;
    v_erased bigint;
begin
    perform erasure_recorded(p_audit);
    if exists (
        select 1 from unnest(p_ids) i (id)
        where i.id > coalesce((select sealed_through from seal_progress where kind = p_kind), 0))
    then
        raise exception 'what is not sealed yet cannot be erased'
            using errcode = 'check_violation', constraint = 'erased_entry_sealed_check';
    end if;
    if p_kind = 4 then
        insert into erased_entry (kind, row_id, personal_hash, audit_entry_id)
        select p_kind, t.id, notice_personal_hash(t), p_audit from (
            select b.* from bank_notice b where b.id = any (p_ids) and b.salt is not null
            union all
            select r.* from undone_row u cross join lateral jsonb_populate_record(null::bank_notice, u.content) r
            where u.source = v_source and u.row_id = any (p_ids) and u.content ->> 'salt' is not null) t;
        get diagnostics v_erased = row_count;
        update bank_notice set memo = null, raw = null, salt = null where id = any (p_ids) and salt is not null;
    elsif p_kind = 5 then
        insert into erased_entry (kind, row_id, personal_hash, audit_entry_id)
        select p_kind, t.id, line_personal_hash(t), p_audit from (
            select l.* from statement_line l where l.id = any (p_ids) and l.salt is not null
            union all
            select r.* from undone_row u cross join lateral jsonb_populate_record(null::statement_line, u.content) r
            where u.source = v_source and u.row_id = any (p_ids) and u.content ->> 'salt' is not null) t;
        get diagnostics v_erased = row_count;
        update statement_line set counterparty_name = null, counterparty_account = null, counterparty_bank = null,
            memo = null, salt = null
        where id = any (p_ids) and salt is not null;
    else
        raise exception 'no personal data are erased from entries of the kind %', p_kind
            using errcode = 'check_violation', constraint = 'erased_entry_kind_check';
    end if;
    update undone_row set content = content
        - '{memo,raw,counterparty_name,counterparty_account,counterparty_bank,salt}'::text[]
    where source = v_source and row_id = any (p_ids) and content ? 'salt';
    return v_erased;
end $$;
