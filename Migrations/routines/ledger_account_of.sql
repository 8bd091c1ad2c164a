-- Why: returns the ledger account of an owner, creating it when it is first needed.
-- Reads: ledger_account
-- Writes: ledger_account
-- Locks: none; two callers that need a new account at once wait for each other at its unique key
create or replace function ledger_account_of(p_kind text, p_owner text) returns integer language plpgsql as $$
declare
    v_id integer;
begin
    select id into v_id from ledger_account where kind = p_kind and owner = p_owner;
    if v_id is null then
        insert into ledger_account (kind, owner) values (p_kind, p_owner)
            on conflict on constraint ledger_account_kind_owner_key do nothing;
        select id into v_id from ledger_account where kind = p_kind and owner = p_owner;
    end if;
    return v_id;
end $$;
