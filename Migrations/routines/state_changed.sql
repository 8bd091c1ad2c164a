-- Why: refuses a change of state that is not in the table of changes, whoever writes it. The trigger's argument names
-- the machine. The states of payment requests are checked a batch at a time, by payment_request_changed.
-- Reads: the old and new row, state_transition
-- Writes: nothing
-- Locks: none
create or replace function state_changed() returns trigger language plpgsql as $$
begin
    if not exists (
        select 1 from state_transition t
        where t.machine = tg_argv[0] and t.from_state = old.state and t.to_state = new.state)
    then
        raise exception 'the state of a % may not go from % to %', tg_argv[0], old.state, new.state
            using errcode = 'check_violation', constraint = tg_table_name || '_transition_check';
    end if;
    return new;
end $$;
create or replace trigger refund_state_changed before update of state on refund
    for each row when (old.state is distinct from new.state) execute function state_changed('refund');
create or replace trigger reconciliation_case_state_changed before update of state on reconciliation_case
    for each row when (old.state is distinct from new.state) execute function state_changed('case');
create or replace trigger case_proposal_state_changed before update of state on case_proposal
    for each row when (old.state is distinct from new.state) execute function state_changed('case_proposal');
create or replace trigger recovery_proposal_state_changed before update of state on recovery_proposal
    for each row when (old.state is distinct from new.state) execute function state_changed('recovery_proposal');
create or replace trigger event_delivery_state_changed before update of state on event_delivery
    for each row when (old.state is distinct from new.state) execute function state_changed('event_delivery');
create or replace trigger shift_state_changed before update of state on shift
    for each row when (old.state is distinct from new.state) execute function state_changed('shift');
create or replace trigger remittance_state_changed before update of state on remittance
    for each row when (old.state is distinct from new.state) execute function state_changed('remittance');
create or replace trigger provider_receipt_state_changed before update of state on provider_receipt
    for each row when (old.state is distinct from new.state) execute function state_changed('provider_receipt');
create or replace trigger platform_payment_state_changed before update of state on platform_payment
    for each row when (old.state is distinct from new.state) execute function state_changed('platform_payment');
create or replace trigger payer_message_state_changed before update of state on payer_message
    for each row when (old.state is distinct from new.state) execute function state_changed('payer_message');
