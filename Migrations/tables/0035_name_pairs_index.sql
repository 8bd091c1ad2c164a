-- Why: whole names are looked up by the pairs of their words, see 0034_name_pairs.sql.
-- Compatible: an index alone.
-- Apart: it is made beside the work that goes on.

create index concurrently if not exists payment_request_name_pairs_idx
    on payment_request using gin (name_pairs(payer_name));
