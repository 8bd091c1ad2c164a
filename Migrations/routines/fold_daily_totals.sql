-- Why: compacts the shards of days before p_day, on which little changes any more; returns the number of rows removed.
-- Reads: daily_total, daily_procedure_total
-- Writes: the same
-- Locks: the rows of the days before p_day, until the transaction ends
create or replace function fold_daily_totals(p_day date) returns bigint language plpgsql as $$
declare
    v_gone bigint;
    v_more bigint;
begin
    with gone as (
        delete from daily_total where paid_on < p_day and shard <> 0 returning *
    ), kept as (
        insert into daily_total as total (paid_on, agency_code, channel, shard, paid_requests, amount_total,
            discount_total)
        select paid_on, agency_code, channel, 0, sum(paid_requests), sum(amount_total), sum(discount_total)
        from gone group by 1, 2, 3 order by 1, 2, 3
        on conflict (paid_on, agency_code, channel, shard) do update set
            paid_requests = total.paid_requests + excluded.paid_requests,
            amount_total = total.amount_total + excluded.amount_total,
            discount_total = total.discount_total + excluded.discount_total
    )
    select count(*) into v_gone from gone;
    with gone as (
        delete from daily_procedure_total where paid_on < p_day and shard <> 0 returning *
    ), kept as (
        insert into daily_procedure_total as total (paid_on, agency_code, procedure_code, channel, shard, paid_requests,
            amount_total, discount_total)
        select paid_on, agency_code, procedure_code, channel, 0, sum(paid_requests), sum(amount_total),
            sum(discount_total)
        from gone group by 1, 2, 3, 4 order by 1, 2, 3, 4
        on conflict (paid_on, agency_code, procedure_code, channel, shard) do update set
            paid_requests = total.paid_requests + excluded.paid_requests,
            amount_total = total.amount_total + excluded.amount_total,
            discount_total = total.discount_total + excluded.discount_total
    )
    select count(*) into v_more from gone;
    return v_gone + v_more;
end $$;
