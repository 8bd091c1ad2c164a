-- Why: the record of a day lists the cases that were opened and ended on it, and reads no others.
-- Compatible: indexes alone.
-- Apart: an index is made beside the work that goes on.

-- One that was broken off stays behind and is not used: it is made anew.
drop index concurrently if exists reconciliation_case_opened_idx;
create index concurrently reconciliation_case_opened_idx
    on reconciliation_case (account_number, opened_at);
drop index concurrently if exists reconciliation_case_ended_idx;
create index concurrently reconciliation_case_ended_idx
    on reconciliation_case (account_number, ended_at) where ended_at is not null;
