-- Why: whole names are looked up by the pairs of their words, see 0034_name_pairs.sql.
-- Compatible: an index alone.
-- Apart: it is made beside the work that goes on.

-- One that was broken off stays behind and is not used: it is made anew.
drop index concurrently if exists payment_request_name_pairs_idx;
create index concurrently payment_request_name_pairs_idx
    on payment_request using gin (name_pairs(payer_name));
