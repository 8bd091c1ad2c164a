-- Why: payment requests, their history, and the daily totals for the province's reports.

-- A domain is checked when a value is given to it; a check of the table would be evaluated again with each settlement.
create domain payment_reference as text collate "C"
    constraint payment_reference_check check (value ~ '^RF[0-9]{2}[0-9A-HJKMNP-TV-Z]{12}$');
comment on domain payment_reference is 'Our reference (mã thanh toán): ISO 11649.';

create table payment_request (
    id uuid primary key,
    reference payment_reference not null constraint payment_request_reference_key unique,
    token text not null constraint payment_request_token_key unique,
    dossier_code text not null,
    agency_code text not null,
    procedure_code text not null,
    channel text not null
        check (channel in ('online', 'counter_qr', 'counter_card', 'counter_transfer', 'counter_cash')),
    payer_category text,
    payer_name text,
    payer_evidence_kind text check (payer_evidence_kind in ('citizen_id', 'birth_certificate',
        'poor_household_certificate', 'disability_certificate', 'merit_certificate', 'residence_certificate',
        'student_card', 'other')),
    payer_evidence_number text check (length(payer_evidence_number) between 1 and 64),
    assessed_on date not null,
    amount_due bigint not null check (amount_due between 0 and 9999999999999),
    discount_total bigint not null check (discount_total >= 0),
    amount_received bigint not null default 0 check (amount_received >= 0),
    amount_applied bigint not null default 0,
    amount_refunded bigint not null default 0,
    status text not null
        check (status in ('pending', 'paid', 'expired', 'cancelled', 'partially_refunded', 'refunded')),
    paid_at timestamptz,
    paid_on date,
    settled_by text
        check (settled_by in ('notice', 'statement', 'counter', 'case', 'exemption', 'nothing_due')),
    expires_at timestamptz not null,
    created_at timestamptz not null,
    created_by uuid,
    return_url text,
    bank_bin text not null,
    account_number text not null references bank_account,
    account_name text not null,
    revenue_account integer not null references ledger_account,
    catalogue_version integer not null references catalogue_version,
    items json,
    lines json not null,
    fee_refund_claimed bigint not null default 0,
    constraint payment_request_paid_check check ((paid_at is null) = (status in ('pending', 'expired', 'cancelled'))),
    constraint payment_request_paid_on_check check ((paid_at is null) = (paid_on is null)),
    constraint payment_request_settled_check check ((paid_at is null) = (settled_by is null)),
    -- A request without a price is not an exemption, and neither is a paid one.
    constraint payment_request_settled_free_check check
        ((settled_by in ('exemption', 'nothing_due')) = (amount_due = 0)),
    constraint payment_request_evidence_check check
        ((payer_evidence_kind is null) = (payer_evidence_number is null)),
    constraint payment_request_refund_check check (amount_refunded between 0 and amount_received),
    constraint payment_request_applied_check check (amount_applied between 0 and amount_received),
    -- What was posted and not refunded is never more than was due.
    constraint payment_request_due_check check (amount_applied - fee_refund_claimed <= amount_due),
    constraint payment_request_refund_claim_check check (fee_refund_claimed between 0 and amount_applied)
)
-- Room on each page for a second version of each row, so that a settlement writes it beside the first and touches no
-- index, even if all requests of a page are paid at once.
with (fillfactor = 50);
comment on table payment_request is 'What a citizen is asked to pay for a dossier, and what has been paid.';
comment on column payment_request.reference is
    'Our reference (mã thanh toán) in the QR code and the memo: ISO 11649.';
comment on column payment_request.token is
    'The secret part of the pay link: whoever has it sees the page, so it is as long as a key.';
comment on column payment_request.dossier_code is 'The portal''s own number of the dossier.';
comment on column payment_request.agency_code is 'The agency that collects, by its code in the catalogue.';
comment on column payment_request.channel is 'How it is to be paid or was paid; decides the online discount.';
comment on column payment_request.payer_category is
    'The basis of reductions; when the request is assessed again, it counts only with its evidence.';
comment on column payment_request.payer_evidence_kind is
    'The paper that proves the category; without it the category reduces nothing.';
comment on column payment_request.payer_evidence_number is
    'The number of the paper. Personal: only for staff, never in a log or on the payment page.';
comment on column payment_request.assessed_on is 'The day whose prices and rules apply.';
comment on column payment_request.amount_due is 'In đồng, after reductions and discounts.';
comment on column payment_request.discount_total is 'The sum of the benefits of rules of kind `discount`.';
comment on column payment_request.amount_received is 'What has been received for it, including any excess.';
comment on column payment_request.amount_applied is
    'The part of amount_received that was posted to revenue; the rest is excess.';
comment on column payment_request.amount_refunded is 'What has been refunded, or is about to be.';
comment on column payment_request.status is 'See state_transition.';
comment on column payment_request.paid_at is
    'When the money that completed the amount moved, by the provider''s clock.';
comment on column payment_request.paid_on is 'The business day of paid_at, on which it counts in reports.';
comment on column payment_request.created_by is
    'References api_key or person, checked by payment_request_created.';
comment on column payment_request.settled_by is
    'What completed it: a bank''s notice, a line of a statement, a counter, or the decision of a case; exemption if '
    'reductions left nothing of its price, nothing_due if it had no price. Kept when it is refunded.';
comment on column payment_request.bank_bin is
    'Where the QR code sends the money; kept, because an agency''s account may change.';
comment on column payment_request.revenue_account is 'The account of the books that its fee is booked to.';
comment on column payment_request.catalogue_version is 'The catalogue that it was assessed by.';
comment on column payment_request.items is 'The items as requested, to assess them again.';
comment on column payment_request.lines is 'The assessment as it was returned; text, so that it never changes.';
comment on column payment_request.fee_refund_claimed is
    'The part of the fee that refunds, except rejected ones, have claimed. A check of the row keeps it at most what '
    'was received for the fee, however many refunds are requested at once.';
create index payment_request_dossier_idx on payment_request (dossier_code text_pattern_ops);
-- What names are searched by: without accents, in small letters. The letters are spelled out, because what lower()
-- knows of them depends on the locale of the database; an index is built on it, so it must never change, and is no
-- routine.
create function folded(p_text text) returns text language sql immutable strict parallel safe as $$
    select lower(translate(normalize(p_text, NFC),
        'àáảãạăằắẳẵặâầấẩẫậäåāąçćčđďðèéẻẽẹêềếể'
            || 'ễệëēęěğìíỉĩịîïīłñńňòóỏõọôồốổỗộơờớởỡợö'
            || 'øōőřśšşťţùúủũụưừứửữựûüūůűỳýỷỹỵÿźżžÀÁẢÃ'
            || 'ẠĂẰẮẲẴẶÂẦẤẨẪẬÄÅĀĄÇĆČĐĎÐÈÉẺẼẸÊỀẾỂỄỆË'
            || 'ĒĘĚĞÌÍỈĨỊÎÏĪŁÑŃŇÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÖØŌŐŘ'
            || 'ŚŠŞŤŢÙÚỦŨỤƯỪỨỬỮỰÛÜŪŮŰỲÝỶỸỴŸŹŻŽ',
        'aaaaaaaaaaaaaaaaaaaaacccdddeeeeeeeeeeeeeeegiiiiiiiilnnnooooooooooooooooooooorsssttuuuuuuuu'
            || 'uuuuuuuuyyyyyyzzzaaaaaaaaaaaaaaaaaaaaacccdddeeeeeeeeeeeeeeegiiiiiiiilnnnoooooooooooooooooo'
            || 'ooorsssttuuuuuuuuuuuuuuuuyyyyyyzzz'))
$$;
comment on function folded is 'Text without accents in small letters, for search.';
-- What the search of the console looks through; a name may be typed without accents.
create index payment_request_payer_idx on payment_request using gin (folded(payer_name) gin_trgm_ops);
create index payment_request_amount_idx on payment_request (amount_due, created_at);
-- Finds expired requests; the column never changes, so settling does not update the index.
create index payment_request_expires_idx on payment_request (expires_at);
-- Rows are written in the order of this column, so a block range index finds a period and costs almost nothing.
create index payment_request_created_idx on payment_request using brin (created_at) with (pages_per_range = 32);

-- New requests: a group in one value.
create type request_record as (
    id uuid,
    reference text,
    token text,
    dossier_code text,
    agency_code text,
    procedure_code text,
    channel text,
    payer_category text,
    payer_name text,
    payer_evidence_kind text,
    payer_evidence_number text,
    assessed_on date,
    amount_due bigint,
    discount_total bigint,
    status text,
    paid_at timestamptz,
    paid_on date,
    settled_by text,
    expires_at timestamptz,
    created_at timestamptz,
    created_by uuid,
    return_url text,
    bank_bin text,
    account_number text,
    account_name text,
    catalogue_version integer,
    items text,
    lines text,
    idempotency_key text,
    request_hash bytea,
    body text
);

-- New changes of requests: a batch in one value.
create type request_change as (
    id uuid,
    received bigint,
    applied bigint,
    paid_at timestamptz,
    paid_on date,
    settled_by text
);

create table payment_request_event (
    id bigint generated always as identity primary key,
    payment_request_id uuid not null,
    event text not null,
    from_status text,
    to_status text not null,
    amount_received bigint not null,
    happened_at timestamptz not null default now(),
    paid_on date,
    agency_code text
);
comment on table payment_request_event is 'The history of payment requests. Facts: never changed or deleted.';
comment on column payment_request_event.payment_request_id is 'References payment_request, written by its triggers.';
comment on column payment_request_event.event is 'create, or an event of state_transition.';
comment on column payment_request_event.amount_received is 'As it stood then.';
comment on column payment_request_event.paid_on is 'Set if the event is the payment: the day it counts for.';
comment on column payment_request_event.agency_code is 'Set if the event is the payment: the agency it counts for.';
create index payment_request_event_request_idx on payment_request_event (payment_request_id);
-- Finds the payments of a day. On the request itself it would be one more index that every settlement has to write.
create index payment_request_event_paid_idx on payment_request_event (agency_code, paid_on, payment_request_id)
    where paid_on is not null;

create table daily_total (
    paid_on date not null,
    agency_code text not null,
    channel text not null,
    shard smallint not null,
    paid_requests bigint not null,
    amount_total bigint not null,
    discount_total bigint not null,
    primary key (paid_on, agency_code, channel, shard)
) with (fillfactor = 50);
comment on table daily_total is
    'What was paid on a day for an agency by a channel. Maintained by payment_request_changed in the transaction that '
    'pays, so it is never stale.';
comment on column daily_total.shard is
    'Concurrent settlements write rows of their own, so that none waits; fold_daily_totals compacts past days into '
    'shard 0.';
comment on column daily_total.amount_total is 'The sum of the amounts due.';
comment on column daily_total.discount_total is 'The sum of the online discounts.';

create table daily_procedure_total (
    paid_on date not null,
    agency_code text not null,
    procedure_code text not null,
    channel text not null,
    shard smallint not null,
    paid_requests bigint not null,
    amount_total bigint not null,
    discount_total bigint not null,
    primary key (paid_on, agency_code, procedure_code, channel, shard)
) with (fillfactor = 50);
comment on table daily_procedure_total is
    'daily_total by procedure, in a table of its own, so that the report by locality need not read and sum it.';
comment on column daily_procedure_total.shard is 'As in daily_total.';
comment on column daily_procedure_total.amount_total is 'The sum of the amounts due.';
comment on column daily_procedure_total.discount_total is 'The sum of the online discounts.';
