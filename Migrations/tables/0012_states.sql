-- Why: the allowed changes of state, in one table for everything that has states.

create table state_transition (
    machine text not null,
    from_state text not null,
    event text not null,
    to_state text not null,
    constraint state_transition_pkey primary key (machine, from_state, event)
);
comment on table state_transition is
    'The allowed changes of state, by machine. The program has the same tables (khop states), and a test compares '
    'them; triggers refuse any other change, whoever writes it.';
insert into state_transition (machine, from_state, event, to_state) values
    ('payment_request', 'pending', 'pay', 'paid'),
    ('payment_request', 'pending', 'expire', 'expired'),
    ('payment_request', 'pending', 'cancel', 'cancelled'),
    ('payment_request', 'pending', 'cancel_and_refund', 'cancelled'),
    ('payment_request', 'expired', 'pay_within_grace', 'paid'),
    ('payment_request', 'expired', 'cancel_and_refund', 'cancelled'),
    ('payment_request', 'paid', 'refund_part', 'partially_refunded'),
    ('payment_request', 'paid', 'refund_all', 'refunded'),
    ('payment_request', 'partially_refunded', 'refund_rest', 'refunded'),
    ('payment_request', 'paid', 'undo', 'pending'),
    ('payment_request', 'paid', 'undo_within_grace', 'expired'),
    ('refund', 'requested', 'approve', 'approved'),
    ('refund', 'requested', 'reject', 'rejected'),
    ('refund', 'approved', 'reject', 'rejected'),
    ('refund', 'approved', 'execute', 'executed'),
    ('refund', 'executed', 'leave_bank', 'settled'),
    ('refund', 'settled', 'undo', 'executed'),
    ('case', 'open', 'resolve', 'resolved'),
    ('case', 'open', 'dismiss', 'resolved'),
    ('case', 'open', 'close', 'closed'),
    ('case', 'resolved', 'reopen', 'open'),
    ('case', 'resolved', 'refund_rejected', 'open'),
    ('case', 'closed', 'undo', 'open'),
    ('case_proposal', 'waiting', 'perform', 'performed'),
    ('case_proposal', 'waiting', 'withdraw', 'withdrawn'),
    ('recovery_proposal', 'waiting', 'confirm', 'confirmed'),
    ('recovery_proposal', 'waiting', 'reject', 'rejected'),
    ('recovery_proposal', 'waiting', 'supersede', 'superseded'),
    ('recovery_proposal', 'waiting', 'undo', 'undone'),
    ('event_delivery', 'pending', 'deliver', 'delivered'),
    ('event_delivery', 'pending', 'give_up', 'dead'),
    ('event_delivery', 'delivered', 'redeliver', 'pending'),
    ('event_delivery', 'dead', 'redeliver', 'pending');
