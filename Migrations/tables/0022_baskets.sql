-- Why: baskets: several requests of one account that are paid with one code.

create table basket (
    id uuid primary key,
    reference payment_reference not null constraint basket_reference_key unique,
    token text not null constraint basket_token_key unique,
    bank_bin text not null,
    account_number text not null references bank_account,
    account_name text not null,
    expires_at timestamptz not null,
    created_at timestamptz not null,
    created_by uuid not null,
    cancelled_at timestamptz,
    constraint basket_expires_check check (expires_at > created_at),
    constraint basket_cancelled_check check (cancelled_at >= created_at)
);
comment on table basket is
    'Several requests that are paid together (giỏ thanh toán). Money that names its reference pays them in order. '
    'Whether it is paid follows from its requests; nothing of it changes but that it is cancelled.';
comment on column basket.reference is
    'Its own reference (mã thanh toán), of the form of those of requests; no request has it.';
comment on column basket.token is 'The secret part of its pay link, as long as a key.';
comment on column basket.bank_bin is 'Where the QR code sends the money: the same for all of its requests.';
comment on column basket.expires_at is
    'Until when its code is shown, at most until the first of its requests expires. Money that comes later is judged '
    'by the requests.';
comment on column basket.created_by is 'References api_key or person, checked by basket_added.';
comment on column basket.cancelled_at is 'From then on money that names it pays nothing by itself.';

create table basket_item (
    basket_id uuid not null references basket,
    place smallint not null check (place between 1 and 50),
    payment_request_id uuid not null references payment_request,
    constraint basket_item_pkey primary key (basket_id, place),
    constraint basket_item_request_key unique (basket_id, payment_request_id)
);
comment on table basket_item is
    'The requests of a basket. Facts: never changed or deleted; basket_item_added checks that they fit together.';
comment on column basket_item.place is 'The order in which money pays them.';
create index basket_item_request_idx on basket_item (payment_request_id);

create table basket_notice (
    notice_id bigint primary key,
    basket_id uuid not null references basket
);
comment on table basket_notice is
    'A notice that names a basket: money that came for its requests, or for it when it could not be paid. Facts.';
comment on column basket_notice.notice_id is
    'References bank_notice, checked by basket_notice_added. Its own payment_request_id is null.';
create index basket_notice_basket_idx on basket_notice (basket_id, notice_id);

create table basket_part (
    notice_id bigint not null references basket_notice,
    place smallint not null check (place between 1 and 50),
    payment_request_id uuid not null references payment_request,
    amount bigint not null check (amount between 1 and 9999999999999),
    constraint basket_part_pkey primary key (notice_id, place)
);
comment on table basket_part is
    'What a notice paid of each request of its basket: together its applied_amount (basket_part_added). Facts.';
comment on column basket_part.place is 'That of the request in the basket.';
create index basket_part_request_idx on basket_part (payment_request_id, notice_id);

insert into versioned_table (name, key_columns) values
    ('basket', '{id}'), ('basket_item', '{basket_id,place}'), ('basket_notice', '{notice_id}'),
    ('basket_part', '{notice_id,place}');

comment on column event.subject is
    'What it is about, `request:<uuid>`, `basket:<uuid>`, `case:<id>` or `shift:<id>`; the events of a subject are '
    'delivered in order.';
comment on column bank_notice.payment_request_id is
    'References payment_request, checked by bank_notice_added. Null also if it names a basket: see basket_part.';
