-- Why: receipts continue their series, whoever writes them: no gap, no twin, and what one replaces is of
-- the same request and kind. That an agency's receipts are of its own requests is looked at by `khop ledger verify`.
-- Reads: the new rows, receipt, receipt_series
-- Writes: nothing
-- Locks: none
create or replace function receipt_added() returns trigger language plpgsql
set plan_cache_mode = force_generic_plan
set jit = off
as $$
begin
    if exists (
        select 1 from (
            select series_id, min(number) as first, max(number) as last, count(*) as count from inserted group by 1) i
        left join receipt_series s on s.id = i.series_id
        where s.id is null or s.last_number <> i.last or i.last - i.first + 1 <> i.count
            -- No `not exists`, which the planner would turn into a scan of the whole table.
            or (i.first > 1 and (
                select r.id from receipt r where r.series_id = i.series_id and r.number = i.first - 1) is null))
    then
        raise exception 'receipts must take the next numbers of their series'
            using errcode = 'check_violation', constraint = 'receipt_series_continued_check';
    end if;
    if exists (
        select 1 from inserted i left join receipt o on o.id = i.replaces
            left join receipt_series n on n.id = i.series_id left join receipt_series s on s.id = o.series_id
        where i.replaces is not null and (o.payment_request_id is distinct from i.payment_request_id
            or s.kind is distinct from n.kind))
    then
        raise exception 'a receipt replaces one of the same request and kind'
            using errcode = 'foreign_key_violation', constraint = 'receipt_replaces_fkey';
    end if;
    return null;
end $$;
create or replace trigger receipt_added after insert on receipt
    referencing new table as inserted for each statement execute function receipt_added();
