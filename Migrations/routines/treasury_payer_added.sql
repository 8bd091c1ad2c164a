-- Why: the first day whose collections an agency remits here stays what it was: nothing drops out of what is due.
-- Reads: the new row, treasury_payer
-- Writes: nothing
-- Locks: none
create or replace function treasury_payer_added() returns trigger language plpgsql as $$
begin
    if exists (select 1 from treasury_payer p where p.agency_code = new.agency_code and p.since <> new.since) then
        raise exception 'agency % remits from another day on', new.agency_code
            using errcode = 'restrict_violation', constraint = 'treasury_payer_since_check';
    end if;
    return new;
end $$;
create or replace trigger treasury_payer_added before insert on treasury_payer
    for each row execute function treasury_payer_added();
