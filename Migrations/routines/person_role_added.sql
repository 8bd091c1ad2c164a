-- Why: nobody holds both ends of a decision about one account's money, whoever writes the row: what
-- RoleSeparation.pairs lists. A role that has ended, or whose time has passed, counts no more.
-- Reads: the new row, person_role, locality
-- Writes: nothing
-- Locks: the person, so that two roles given at once see each other; not `for update`: see refund_limit_held.sql
create or replace function person_role_added() returns trigger language plpgsql as $$
begin
    perform 1 from person where id = new.person_id for no key update;
    if exists (
        select 1 from person_role r
        where r.person_id = new.person_id and r.id <> new.id and r.ended_at is null
            and (r.until is null or r.until > now())
            and (least(r.role, new.role), greatest(r.role, new.role)) in (
                ('approver', 'finance'), ('admin', 'finance'), ('admin', 'approver'))
            and (r.locality_code is null or new.locality_code is null
                or r.locality_code in (select locality_chain(new.locality_code))
                or new.locality_code in (select locality_chain(r.locality_code))))
    then
        raise exception 'person % would hold both ends of a decision', new.person_id
            using errcode = 'check_violation', constraint = 'person_role_separation_check';
    end if;
    return null;
end $$;
create or replace trigger person_role_added after insert on person_role
    for each row execute function person_role_added();
