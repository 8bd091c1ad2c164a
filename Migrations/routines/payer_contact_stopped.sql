-- Why: where somebody asked for silence, or is erased, what waits for him is dropped with it; and an address that asked
-- for silence before is silent from the first.
-- Reads: the new row, contact_stop
-- Writes: payer_message
-- Locks: the messages that it drops, until the transaction ends
create or replace function payer_contact_stopped() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if exists (select 1 from contact_stop s where s.channel = new.channel and s.mark = new.mark) then
            new.stopped_at := coalesce(new.stopped_at, new.given_at);
        end if;
        return new;
    end if;
    update payer_message set state = 'dropped', ended_at = new.stopped_at
    where contact_id = new.id and state = 'waiting';
    return new;
end $$;
create or replace trigger payer_contact_added before insert on payer_contact
    for each row execute function payer_contact_stopped();
create or replace trigger payer_contact_stopped before update of stopped_at on payer_contact
    for each row when (old.stopped_at is null and new.stopped_at is not null)
    execute function payer_contact_stopped();
