-- Why: cases are found by what the bank's line or notice says and counted by kind and account, however many are open.

-- What a case keeps of its line or notice; erased with the rest of its evidence when it has ended.
create index reconciliation_case_words_idx on reconciliation_case using gin ((
    folded(coalesce(evidence ->> 'transaction_id', '') || ' ' || coalesce(evidence ->> 'memo', '') || ' '
        || coalesce(evidence ->> 'counterparty_name', '') || ' ' || coalesce(evidence ->> 'counterparty_account', ''))
) gin_trgm_ops) where state = 'open';

-- All that an overview counts, so that it reads no case.
create index reconciliation_case_open_idx on reconciliation_case (kind, account_number)
    include (id, agency_code, amount, opened_at, due_on) where state = 'open';
