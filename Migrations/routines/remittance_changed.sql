-- Why: what an order to the Treasury pays, and who decided about it, does not change, whoever writes it.
-- Reads: the old and new row
-- Writes: nothing
-- Locks: none
create or replace function remittance_changed() returns trigger language plpgsql as $$
begin
    if (new.id, new.mark, new.agency_code, new.account_number, new.treasury_account, new.payer_id, new.budget_year,
            new.due_until, new.amount, new.memo, new.made_by, new.made_by_name, new.made_at)
        is distinct from (old.id, old.mark, old.agency_code, old.account_number, old.treasury_account, old.payer_id,
            old.budget_year, old.due_until, old.amount, old.memo, old.made_by, old.made_by_name, old.made_at)
        or (old.approved_by is not null and new.approved_by is distinct from old.approved_by)
        or (old.sent_by is not null and new.sent_by is distinct from old.sent_by)
    then
        raise exception 'what order % to the Treasury pays and who decided about it is not changed', old.id
            using errcode = 'restrict_violation', constraint = 'remittance_facts_check';
    end if;
    return new;
end $$;
create or replace trigger remittance_changed before update on remittance
    for each row execute function remittance_changed();
