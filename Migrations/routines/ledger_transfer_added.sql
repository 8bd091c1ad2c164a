-- Why: checks that both accounts exist once per statement instead of twice per row: settlement writes hundreds of rows
-- at a time. Accounts are never deleted, so a reference that is valid once stays valid.
-- Reads: the new rows, ledger_account
-- Writes: nothing
-- Locks: none
create or replace function ledger_transfer_added() returns trigger language plpgsql as $$
begin
    if exists (
        select 1 from (select debit_account as id from inserted union select credit_account from inserted) named
        where not exists (select 1 from ledger_account a where a.id = named.id))
    then
        raise exception 'a transfer names an account that does not exist'
            using errcode = 'foreign_key_violation', constraint = 'ledger_transfer_accounts_fkey';
    end if;
    return null;
end $$;
create or replace trigger ledger_transfer_added after insert on ledger_transfer
    referencing new table as inserted for each statement execute function ledger_transfer_added();
