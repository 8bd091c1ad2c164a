-- Why: messages to payers who asked for them, by e-mail, SMS and Zalo: an outbox, written in the transaction that makes
-- them true, and sent afterwards at most once.

create table payer_contact (
    id bigint generated always as identity primary key,
    payment_request_id uuid not null references payment_request,
    channel text not null check (channel in ('email', 'sms', 'zalo')),
    address text check (length(address) between 5 and 254),
    mark bytea check (length(mark) = 32),
    language text not null check (language in ('vi', 'en')),
    given_by text not null check (given_by in ('portal', 'payer')),
    given_at timestamptz not null,
    stopped_at timestamptz,
    constraint payer_contact_key unique (payment_request_id, channel, mark),
    -- What was erased is sent nothing.
    constraint payer_contact_erased_check check
        ((address is null) = (mark is null) and (address is not null or stopped_at is not null))
);
comment on table payer_contact is
    'Where the payer of a request wants to be told of it. No fact: it is erased, and ends with the purpose it was '
    'given for, so it is not sealed.';
comment on column payer_contact.address is
    'An e-mail address, or a telephone number as +84…. Personal: masked for staff, never in a log. Null: erased.';
comment on column payer_contact.mark is
    'The address under the service''s key (HMAC), by which an address that asked for silence is known.';
comment on column payer_contact.given_by is 'The portal, with the payer''s consent; or the payer, on the payment page.';
comment on column payer_contact.stopped_at is 'From then on nothing is sent: unsubscribed, or erased.';
create index payer_contact_mark_idx on payer_contact (mark, channel);
create index payer_contact_given_idx on payer_contact (given_at) where address is not null;

create table contact_stop (
    channel text not null check (channel in ('email', 'sms', 'zalo')),
    mark bytea not null check (length(mark) = 32),
    stopped_at timestamptz not null,
    constraint contact_stop_pkey primary key (channel, mark)
);
comment on table contact_stop is
    'Addresses that asked to be told nothing more, of any request. Only their marks: what is not known cannot be lost.';

create table payer_message (
    id bigint generated always as identity primary key,
    contact_id bigint not null references payer_contact,
    kind text not null check (kind in ('paid', 'part_paid', 'too_much', 'refunded', 'expires_tomorrow')),
    occasion bigint not null check (occasion >= 0),
    amount bigint not null check (amount between 0 and 9999999999999),
    remaining bigint not null check (remaining between 0 and 9999999999999),
    made_at timestamptz not null,
    state text not null default 'waiting'
        check (state in ('waiting', 'sending', 'sent', 'dead', 'unknown', 'dropped')),
    attempts integer not null default 0 check (attempts between 0 and 1000),
    next_attempt_at timestamptz not null,
    leased_until timestamptz,
    give_up_at timestamptz not null,
    ended_at timestamptz,
    last_error text check (length(last_error) between 1 and 300),
    -- One for each occasion, whoever writes it and however often.
    constraint payer_message_once_key unique (contact_id, kind, occasion),
    constraint payer_message_leased_check check ((state = 'sending') = (leased_until is not null)),
    constraint payer_message_ended_check check ((state in ('waiting', 'sending')) = (ended_at is null))
);
comment on table payer_message is
    'The outbox of messages to payers. No fact about money, so it is not sealed: what it tells of stands in the '
    'request and its history.';
comment on column payer_message.occasion is
    'What makes the message one: 0 for what is told once; else the sum that had come, or gone back, by then.';
comment on column payer_message.amount is 'What came in all, or what went back, in đồng.';
comment on column payer_message.remaining is 'What remains to be paid, or what is too much, in đồng.';
comment on column payer_message.state is
    'See state_transition. sending: handed to the sender, from before it leaves; what was sending when its server died '
    'is unknown and is never sent again.';
comment on column payer_message.last_error is 'Why it was not sent; names no address.';
create index payer_message_due_idx on payer_message (next_attempt_at, id) where state in ('waiting', 'sending');
create index payer_message_stuck_idx on payer_message (ended_at) where state in ('dead', 'unknown');

alter type request_record add attribute contacts text;

insert into state_transition (machine, from_state, event, to_state) values
    ('payer_message', 'waiting', 'claim', 'sending'),
    ('payer_message', 'waiting', 'drop', 'dropped'),
    ('payer_message', 'waiting', 'give_up', 'dead'),
    ('payer_message', 'sending', 'deliver', 'sent'),
    ('payer_message', 'sending', 'fail', 'waiting'),
    ('payer_message', 'sending', 'give_up', 'dead'),
    ('payer_message', 'sending', 'lose', 'unknown');
