-- Why: checks at the end of the transaction that an order to the Treasury is the sum of its lines, and names an
-- agency's own payer.
-- Reads: the new row, remittance, remittance_line, treasury_payer
-- Writes: nothing
-- Locks: none
create or replace function remittance_adds_up() returns trigger language plpgsql as $$
declare
    v_id bigint;
begin
    if tg_table_name = 'remittance' then
        v_id := new.id;
    else
        v_id := new.remittance_id;
    end if;
    if not exists (
        select 1 from remittance r join treasury_payer p on p.id = r.payer_id and p.agency_code = r.agency_code
        where r.id = v_id and r.amount = (
            select sum(l.amount) from remittance_line l where l.remittance_id = r.id))
    then
        raise exception 'order % to the Treasury is not the sum of its lines', v_id
            using errcode = 'check_violation', constraint = 'remittance_lines_check';
    end if;
    return null;
end $$;
drop trigger if exists remittance_adds_up on remittance;
create constraint trigger remittance_adds_up after insert on remittance deferrable initially deferred
    for each row execute function remittance_adds_up();
drop trigger if exists remittance_line_adds_up on remittance_line;
create constraint trigger remittance_line_adds_up after insert on remittance_line deferrable initially deferred
    for each row execute function remittance_adds_up();
