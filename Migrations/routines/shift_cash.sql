-- Why: what a drawer should hold: what it began with and took in cash, less what it gave back.
-- Reads: shift, shift_taking, shift_giveback
-- Writes: nothing
-- Locks: none
create or replace function shift_cash(p_shift bigint) returns bigint language sql stable as $$
    select s.float_amount
        + coalesce((select sum(t.amount) from shift_taking t
            where t.shift_id = s.id and t.channel = 'counter_cash'), 0)::bigint
        - coalesce((select sum(g.amount) from shift_giveback g where g.shift_id = s.id), 0)::bigint
    from shift s where s.id = p_shift
$$;
