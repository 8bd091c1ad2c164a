-- Why: what an order to a provider asks for does not change, nor the number that it was given, whoever writes it.
-- Reads: the old and new row
-- Writes: nothing
-- Locks: none
create or replace function provider_receipt_changed() returns trigger language plpgsql as $$
begin
    if (new.id, new.key, new.provider_id, new.payment_request_id, new.kind, new.turn, new.amount, new.replaces,
            new.reason, new.made_at)
        is distinct from (old.id, old.key, old.provider_id, old.payment_request_id, old.kind, old.turn, old.amount,
            old.replaces, old.reason, old.made_at)
        or (old.state = 'issued' and (new.form, new.serial, new.number, new.issued_at)
            is distinct from (old.form, old.serial, old.number, old.issued_at))
        or (old.asked_at is not null and new.asked_at is distinct from old.asked_at)
    then
        raise exception 'what receipt % of a provider says is not changed', old.id
            using errcode = 'restrict_violation', constraint = 'provider_receipt_facts_check';
    end if;
    return new;
end $$;
create or replace trigger provider_receipt_changed before update on provider_receipt
    for each row execute function provider_receipt_changed();
