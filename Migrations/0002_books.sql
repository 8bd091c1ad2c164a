-- Why: double entry by construction. A movement is one row with two accounts, so debits equal credits whatever happens.
-- Locks: none that matter, all tables are new.

create table bank_account (
    account_number text primary key,
    bank_bin text not null,
    name text not null
);

create table ledger_account (
    id integer generated always as identity primary key,
    -- bank: money at the bank, owner = account number. revenue: collected for an agency, owner = agency.
    -- suspense: arrived and belongs nowhere yet, owner = account number. desk: taken at a counter, owner = agency.
    -- opening: what an account held before its first statement. commission: what payout agreements cost.
    -- refund: decided and not yet seen leaving the bank. write_off: decided losses and gains.
    kind text not null
        check (kind in ('bank', 'revenue', 'suspense', 'desk', 'opening', 'commission', 'refund', 'write_off')),
    owner text not null,
    constraint ledger_account_kind_owner_key unique (kind, owner)
);

create table ledger_transfer (
    id bigint generated always as identity primary key,
    debit_account integer not null,
    credit_account integer not null,
    amount bigint not null,
    kind text not null,
    payment_request_id uuid,
    notice_id bigint,
    statement_line_id bigint,
    case_id bigint,
    -- The business day the money moved on, and the instant we wrote it down.
    booked_on date not null,
    recorded_at timestamptz not null default now(),
    constraint ledger_transfer_amount_check check (amount > 0),
    constraint ledger_transfer_accounts_check check (debit_account <> credit_account)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% rows are facts: they are never changed or deleted; correct them by adding one', tg_table_name
        using errcode = 'restrict_violation';
end $$;

-- That both accounts exist is checked once a statement instead of twice a row: settlement writes hundreds of rows at a time,
-- and accounts are never deleted (below), so that what held when a row was added holds for ever.
create function ledger_transfer_added() returns trigger language plpgsql as $$
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
create trigger ledger_transfer_added after insert on ledger_transfer
    referencing new table as inserted for each statement execute function ledger_transfer_added();

create trigger ledger_transfer_append_only before update or delete or truncate on ledger_transfer
    for each statement execute function refuse_change();
create trigger ledger_account_permanent before delete or truncate on ledger_account
    for each statement execute function refuse_change();

-- The ledger account of an owner, made when it is first needed.
create function ledger_account_of(p_kind text, p_owner text) returns integer language plpgsql as $$
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
