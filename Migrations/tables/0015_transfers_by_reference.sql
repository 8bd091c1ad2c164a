-- Why: a callback looks its transfer up by what is rare. While a table looks empty to the planner, one index that
-- begins with the account is as good as another, and the one by account and day would be read whole later.

drop index bank_notice_transfer_key;
create unique index bank_notice_transfer_key on bank_notice (bank_reference, account_number, amount)
    where applied_amount + suspense_amount + cleared_amount > 0;
drop index bank_notice_told_idx;
create index bank_notice_told_idx on bank_notice (bank_reference, account_number, amount)
    where source = 'callback' and outcome = 'duplicate';
