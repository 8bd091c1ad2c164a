-- Why: what was asked of the platform does not change, nor what paid it, whoever writes it.
-- Reads: the old and new row
-- Writes: nothing
-- Locks: none
create or replace function platform_payment_changed() returns trigger language plpgsql as $$
begin
    if (new.id, new.link_id, new.payment_request_id, new.code, new.origin, new.amount, new.made_at)
        is distinct from (old.id, old.link_id, old.payment_request_id, old.code, old.origin, old.amount, old.made_at)
        or (old.state = 'paid' and (new.transaction_id, new.ended_at)
            is distinct from (old.transaction_id, old.ended_at))
    then
        raise exception 'what attempt % at the platform says is not changed', old.id
            using errcode = 'restrict_violation', constraint = 'platform_payment_facts_check';
    end if;
    return new;
end $$;
create or replace trigger platform_payment_changed before update on platform_payment
    for each row execute function platform_payment_changed();
