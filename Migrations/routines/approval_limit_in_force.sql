-- Why: what a person may approve alone on a day, for the refunds of an agency: LimitRules.inForce, told once more for
-- the database's own check. Of several roles the strictest counts; of a person without one, that of all roles.
-- Needs: locality_chain
-- Reads: approval_limit, agency, locality, person_role
-- Writes: nothing
-- Locks: none
create or replace function approval_limit_in_force(
    p_person uuid, p_agency text, p_day date, out refund_amount bigint, out day_amount bigint
) language sql stable as $$
    with place (code, nearness) as (
        select c.code, c.nearness from agency a,
            locality_chain(a.locality_code) with ordinality as c (code, nearness)
        where a.code = p_agency and a.ended_in is null
        union all select null, 1000
    ),
    held (role) as (
        select distinct r.role from person_role r
        where r.person_id = p_person and r.role in ('finance', 'approver') and r.ended_at is null
            and (r.until is null or r.until > now())
            and (r.locality_code is null or r.locality_code in (select p.code from place p))
    ),
    counted (role) as (
        select role from held
        union all select r from unnest(array['finance', 'approver']) as r where not exists (select from held)
    ),
    setting as (
        select l.*, p.nearness from approval_limit l join counted using (role)
            join place p on p.code is not distinct from l.locality_code
    ),
    counting as (
        select refund_amount, day_amount from (
            select distinct on (s.role) s.refund_amount, s.day_amount from setting s where s.set_on < p_day
            order by s.role, s.nearness, s.id desc) as latest
        union all select s.refund_amount, s.day_amount from setting s where s.set_on = p_day
    )
    select min(refund_amount), min(day_amount) from counting
$$;
