COMMENT ON DOMAIN payment_reference IS 'Our reference (mã thanh toán): ISO 11649.';

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

CREATE TYPE case_record AS (
	kind text,
	account_number text,
	agency_code text,
	payment_request_id uuid,
	notice_id bigint,
	statement_line_id bigint,
	statement_id bigint,
	content_hash bytea,
	connection_id integer,
	amount bigint,
	evidence text,
	reason text
);

CREATE TYPE notice_record AS (
	id bigint,
	source text,
	connection_id integer,
	issuer_id integer,
	provider_transaction_id text,
	content_hash bytea,
	outcome text,
	duplicate_of bigint,
	amount bigint,
	account_number text,
	bank_reference text,
	payment_request_id uuid,
	applied_amount bigint,
	suspense_amount bigint,
	cleared_amount bigint,
	occurred_at timestamp with time zone,
	reported_at timestamp with time zone,
	memo text,
	raw bytea,
	reason text
);

CREATE DOMAIN payment_reference AS text COLLATE pg_catalog."C"
	CONSTRAINT payment_reference_check CHECK ((VALUE ~ '^RF[0-9]{2}[0-9A-HJKMNP-TV-Z]{12}$'::text));

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

CREATE TYPE posting_record AS (
	debit_account integer,
	credit_account integer,
	amount bigint,
	kind text,
	payment_request_id uuid,
	notice_id bigint,
	statement_line_id bigint,
	case_id bigint,
	refund_id uuid,
	booked_on date
);

CREATE TYPE request_change AS (
	id uuid,
	received bigint,
	applied bigint,
	paid_at timestamp with time zone,
	paid_on date,
	settled_by text
);

CREATE TYPE request_record AS (
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
	paid_at timestamp with time zone,
	paid_on date,
	settled_by text,
	expires_at timestamp with time zone,
	created_at timestamp with time zone,
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
	body text,
	charge_due bigint,
	contacts text
);

CREATE TABLE account_terms (
    account_number text NOT NULL,
    cut_off_days integer DEFAULT 1 NOT NULL,
    recovery text DEFAULT 'confirmed'::text NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by text NOT NULL,
    CONSTRAINT account_terms_cut_off_days_check CHECK (((cut_off_days >= 0) AND (cut_off_days <= 30))),
    CONSTRAINT account_terms_recovery_check CHECK ((recovery = ANY (ARRAY['automatic'::text, 'confirmed'::text])))
);
COMMENT ON TABLE account_terms IS 'How the statements of an account are read.';
COMMENT ON COLUMN account_terms.cut_off_days IS 'How many bank days after its day a payment is expected on a statement.';
COMMENT ON COLUMN account_terms.recovery IS 'Whether a line without a notice settles a request at once, or only after a person other than the importer has confirmed it. Statements from a feed are always trusted.';
ALTER TABLE ONLY account_terms ADD CONSTRAINT account_terms_pkey PRIMARY KEY (account_number);
ALTER TABLE ONLY account_terms ADD CONSTRAINT account_terms_account_number_fkey FOREIGN KEY (account_number) REFERENCES bank_account(account_number);
CREATE TRIGGER account_terms_versioned AFTER INSERT ON account_terms REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{account_number}', '{}');
CREATE TRIGGER account_terms_versioned_again AFTER UPDATE ON account_terms REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{account_number}', '{}');

CREATE TABLE agency (
    code text NOT NULL,
    name_vi text NOT NULL,
    name_en text NOT NULL,
    locality_code text NOT NULL,
    bank_bin text NOT NULL,
    account_number text NOT NULL,
    account_name text NOT NULL,
    added_in integer NOT NULL,
    ended_in integer,
    CONSTRAINT agency_account_number_check CHECK ((account_number ~ '^[0-9A-Za-z]{1,19}$'::text)),
    CONSTRAINT agency_bank_bin_check CHECK ((bank_bin ~ '^[0-9]{6}$'::text))
);
COMMENT ON TABLE agency IS 'An agency that collects fees, and the account they are paid to.';
COMMENT ON COLUMN agency.account_number IS 'Where QR codes of new requests send the money.';
COMMENT ON COLUMN agency.added_in IS 'The import that brought the row.';
COMMENT ON COLUMN agency.bank_bin IS 'The six digits by which VietQR knows the bank.';
COMMENT ON COLUMN agency.ended_in IS 'The import that ended it; null while it is in force.';
ALTER TABLE ONLY agency ADD CONSTRAINT agency_added_in_fkey FOREIGN KEY (added_in) REFERENCES catalogue_version(id);
ALTER TABLE ONLY agency ADD CONSTRAINT agency_ended_in_fkey FOREIGN KEY (ended_in) REFERENCES catalogue_version(id);
CREATE UNIQUE INDEX agency_code_key ON agency USING btree (code) WHERE (ended_in IS NULL);
CREATE TRIGGER agency_versioned AFTER INSERT ON agency REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{code,added_in}', '{}');
CREATE TRIGGER agency_versioned_again AFTER UPDATE ON agency REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{code,added_in}', '{}');

CREATE TABLE api_key (
    id uuid NOT NULL,
    role text NOT NULL,
    name text NOT NULL,
    locality_code text,
    holder_id uuid NOT NULL,
    return_hosts text[] DEFAULT '{}'::text[] NOT NULL,
    secret_hash bytea NOT NULL,
    previous_secret_hash bytea,
    previous_until timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    last_used_at timestamp with time zone,
    last_used_from text,
    CONSTRAINT api_key_expires_check CHECK ((expires_at > created_at)),
    CONSTRAINT api_key_previous_check CHECK (((previous_secret_hash IS NULL) = (previous_until IS NULL))),
    CONSTRAINT api_key_previous_secret_hash_check CHECK ((length(previous_secret_hash) = 32)),
    CONSTRAINT api_key_role_check CHECK ((role = ANY (ARRAY['portal'::text, 'cashier'::text, 'finance'::text, 'approver'::text, 'auditor'::text, 'admin'::text, 'feed'::text]))),
    CONSTRAINT api_key_secret_hash_check CHECK ((length(secret_hash) = 32)),
    CONSTRAINT api_key_used_check CHECK (((last_used_at IS NULL) = (last_used_from IS NULL)))
);
COMMENT ON TABLE api_key IS 'Who may call the API: a program with a secret that only it knows.';
COMMENT ON COLUMN api_key.expires_at IS 'The key works until then.';
COMMENT ON COLUMN api_key.holder_id IS 'The first key of the same holder, often itself: a portal that changes its key keeps its requests and endpoints.';
COMMENT ON COLUMN api_key.last_used_at IS 'To a minute.';
COMMENT ON COLUMN api_key.last_used_from IS 'The network address of the last use.';
COMMENT ON COLUMN api_key.locality_code IS 'The holder sees and acts for this locality and its descendants; null for all.';
COMMENT ON COLUMN api_key.previous_secret_hash IS 'The secret before the last rotation, which works until previous_until: the holder changes over in that time.';
COMMENT ON COLUMN api_key.return_hosts IS 'The hosts that the payment page may lead back to, for requests made with the key.';
COMMENT ON COLUMN api_key.revoked_at IS 'Set when the key was revoked; it no longer works, and its row is kept for the audit trail.';
COMMENT ON COLUMN api_key.secret_hash IS 'SHA-256 of the secret, which is 256 random bits: no salt or stretching is needed.';
ALTER TABLE ONLY api_key ADD CONSTRAINT api_key_pkey PRIMARY KEY (id);
ALTER TABLE ONLY api_key ADD CONSTRAINT api_key_holder_id_fkey FOREIGN KEY (holder_id) REFERENCES api_key(id);
CREATE TRIGGER api_key_permanent BEFORE DELETE OR TRUNCATE ON api_key FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER api_key_versioned AFTER INSERT ON api_key REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{last_used_at,last_used_from}');
CREATE TRIGGER api_key_versioned_again AFTER UPDATE OF id, role, name, locality_code, holder_id, return_hosts, secret_hash, previous_secret_hash, previous_until, created_at, expires_at, revoked_at ON api_key FOR EACH ROW EXECUTE FUNCTION row_changed('{id}', '{last_used_at,last_used_from}');

CREATE TABLE approval_limit (
    id bigint NOT NULL,
    role text NOT NULL,
    locality_code text,
    refund_amount bigint,
    day_amount bigint,
    is_raised boolean NOT NULL,
    set_at timestamp with time zone NOT NULL,
    set_on date NOT NULL,
    set_by text NOT NULL,
    set_by_name text NOT NULL,
    CONSTRAINT approval_limit_day_amount_check CHECK (((day_amount >= 0) AND (day_amount <= '9999999999999'::bigint))),
    CONSTRAINT approval_limit_refund_amount_check CHECK (((refund_amount >= 0) AND (refund_amount <= '9999999999999'::bigint))),
    CONSTRAINT approval_limit_role_check CHECK ((role = ANY (ARRAY['finance'::text, 'approver'::text])))
);
COMMENT ON TABLE approval_limit IS 'What one person of a role may approve without a third. The latest of the nearest locality counts; one that is set during a day can lower that day''s limit, and raise the next day''s. Facts: never changed or deleted.';
COMMENT ON COLUMN approval_limit.day_amount IS 'Of all refunds of a day that a person approved alone; null without a limit.';
COMMENT ON COLUMN approval_limit.is_raised IS 'Whether it allows more than there would be without it.';
COMMENT ON COLUMN approval_limit.locality_code IS 'Null for every locality.';
COMMENT ON COLUMN approval_limit.refund_amount IS 'Of one refund; null without a limit.';
COMMENT ON COLUMN approval_limit.set_on IS 'The business day of set_at.';
ALTER TABLE approval_limit ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY approval_limit ADD CONSTRAINT approval_limit_pkey PRIMARY KEY (id);
CREATE INDEX approval_limit_raised_idx ON approval_limit USING btree (set_at) WHERE is_raised;
CREATE INDEX approval_limit_role_idx ON approval_limit USING btree (role, id);
CREATE TRIGGER approval_limit_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON approval_limit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER approval_limit_versioned AFTER INSERT ON approval_limit REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');
CREATE TRIGGER approval_limit_versioned_again AFTER UPDATE ON approval_limit REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');

CREATE TABLE audit_entry (
    id bigint NOT NULL,
    happened_at timestamp with time zone DEFAULT now() NOT NULL,
    actor_id text NOT NULL,
    actor_name text NOT NULL,
    address text,
    request_id text,
    action text NOT NULL,
    subject text NOT NULL,
    detail jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT audit_entry_action_check CHECK ((action ~ '^[a-z0-9_.]{1,60}$'::text)),
    CONSTRAINT audit_entry_actor_id_check CHECK (((length(actor_id) >= 1) AND (length(actor_id) <= 300))),
    CONSTRAINT audit_entry_actor_name_check CHECK ((length(actor_name) <= 300)),
    CONSTRAINT audit_entry_address_check CHECK (((length(address) >= 1) AND (length(address) <= 100))),
    CONSTRAINT audit_entry_request_id_check CHECK (((length(request_id) >= 1) AND (length(request_id) <= 64))),
    CONSTRAINT audit_entry_subject_check CHECK (((length(subject) >= 1) AND (length(subject) <= 300)))
);
COMMENT ON TABLE audit_entry IS 'Who did what to what: one row for each action, written in its transaction.';
COMMENT ON COLUMN audit_entry.action IS 'Such as refund.approve or case.resolve.';
COMMENT ON COLUMN audit_entry.actor_id IS '`person:` or `key:` and its id, `cli:` and a name, or `system`.';
COMMENT ON COLUMN audit_entry.address IS 'The network address of the call, or `cli:` and the system''s account; null if khop acts by itself.';
COMMENT ON COLUMN audit_entry.detail IS 'The arguments of the action, as JSON.';
COMMENT ON COLUMN audit_entry.request_id IS 'Its X-Request-Id; null for a command.';
COMMENT ON COLUMN audit_entry.subject IS 'The kind and id of its object, such as `case:17`.';
ALTER TABLE audit_entry ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY audit_entry ADD CONSTRAINT audit_entry_pkey PRIMARY KEY (id);
CREATE INDEX audit_entry_actor_idx ON audit_entry USING btree (actor_id, happened_at, id);
CREATE INDEX audit_entry_happened_at_idx ON audit_entry USING btree (happened_at, id);
CREATE INDEX audit_entry_login_idx ON audit_entry USING btree (happened_at) WHERE (action = ANY (ARRAY['login'::text, 'login.break_glass'::text]));
CREATE INDEX audit_entry_request_idx ON audit_entry USING btree (request_id) WHERE (request_id IS NOT NULL);
CREATE INDEX audit_entry_subject_idx ON audit_entry USING btree (subject, happened_at, id);
CREATE TRIGGER audit_entry_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE bank_account (
    account_number text NOT NULL,
    bank_bin text NOT NULL,
    name text NOT NULL
);
COMMENT ON TABLE bank_account IS 'A bank account that receives money.';
COMMENT ON COLUMN bank_account.bank_bin IS 'The six digits by which VietQR knows the bank.';
ALTER TABLE ONLY bank_account ADD CONSTRAINT bank_account_pkey PRIMARY KEY (account_number);
CREATE TRIGGER bank_account_versioned AFTER INSERT ON bank_account REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{account_number}', '{}');
CREATE TRIGGER bank_account_versioned_again AFTER UPDATE ON bank_account REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{account_number}', '{}');

CREATE TABLE bank_holiday (
    day date NOT NULL,
    name text NOT NULL
);
COMMENT ON TABLE bank_holiday IS 'Days on which banks do not book.';
ALTER TABLE ONLY bank_holiday ADD CONSTRAINT bank_holiday_pkey PRIMARY KEY (day);

CREATE TABLE bank_notice (
    id bigint NOT NULL,
    source text NOT NULL,
    connection_id integer,
    issuer_id integer,
    provider_transaction_id text NOT NULL COLLATE pg_catalog."C",
    content_hash bytea NOT NULL,
    outcome text NOT NULL,
    duplicate_of bigint,
    amount bigint NOT NULL,
    account_number text NOT NULL,
    bank_reference text NOT NULL COLLATE pg_catalog."C",
    payment_request_id uuid,
    applied_amount bigint DEFAULT 0 NOT NULL,
    suspense_amount bigint DEFAULT 0 NOT NULL,
    cleared_amount bigint DEFAULT 0 NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    reported_at timestamp with time zone,
    booked_on date NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL,
    memo text,
    raw bytea,
    raw_hash bytea,
    reason jsonb,
    salt uuid DEFAULT gen_random_uuid(),
    CONSTRAINT bank_notice_amount_check CHECK ((amount >= 0)),
    CONSTRAINT bank_notice_applied_amount_check CHECK ((applied_amount >= 0)),
    CONSTRAINT bank_notice_cleared_amount_check CHECK ((cleared_amount >= 0)),
    CONSTRAINT bank_notice_connection_check CHECK (((source = 'callback'::text) = (connection_id IS NOT NULL))),
    CONSTRAINT bank_notice_issuer_check CHECK (((source = 'callback'::text) = (issuer_id IS NOT NULL))),
    CONSTRAINT bank_notice_outcome_check CHECK ((outcome = ANY (ARRAY['settled'::text, 'partial'::text, 'overpaid'::text, 'late'::text, 'unknown_reference'::text, 'other_account'::text, 'duplicate'::text, 'not_credit'::text]))),
    CONSTRAINT bank_notice_parts_check CHECK (((((applied_amount + suspense_amount) + cleared_amount) = 0) OR (((applied_amount + suspense_amount) + cleared_amount) = amount))),
    CONSTRAINT bank_notice_raw_check CHECK (((raw IS NULL) OR (raw_hash IS NOT NULL))),
    CONSTRAINT bank_notice_source_check CHECK ((source = ANY (ARRAY['callback'::text, 'statement'::text, 'counter'::text, 'case'::text]))),
    CONSTRAINT bank_notice_suspense_amount_check CHECK ((suspense_amount >= 0))
);
COMMENT ON TABLE bank_notice IS 'A report that money moved: a verified callback, a statement line that no callback had reported, a payment at a counter, or money that persons moved within the books. Facts: never changed; those of lines are set aside in undone_row if their statement is undone.';
COMMENT ON COLUMN bank_notice.applied_amount IS 'The part that paid the request.';
COMMENT ON COLUMN bank_notice.bank_reference IS 'The bank''s own id of the transfer, which identifies two reports of it.';
COMMENT ON COLUMN bank_notice.booked_on IS 'The business day of occurred_at.';
COMMENT ON COLUMN bank_notice.cleared_amount IS 'The part that confirmed what a cashier entered: it moved from the clearing account to the bank account.';
COMMENT ON COLUMN bank_notice.connection_id IS 'References connection, checked by bank_notice_added; set only for callbacks.';
COMMENT ON COLUMN bank_notice.content_hash IS 'SHA-256 of what the provider said, independent of its encoding: the same id of the same issuer with another hash, or for another account, is a conflict.';
COMMENT ON COLUMN bank_notice.duplicate_of IS 'References bank_notice: for a duplicate from another source, the notice that first reported the transfer.';
COMMENT ON COLUMN bank_notice.issuer_id IS 'References issuer, checked by bank_notice_added; set only for callbacks. The connection''s when it was received.';
COMMENT ON COLUMN bank_notice.memo IS 'Personal: the payer''s own words. Null without any, and once it is erased.';
COMMENT ON COLUMN bank_notice.occurred_at IS 'When the money moved.';
COMMENT ON COLUMN bank_notice.outcome IS 'Its outcome; see docs/money-rules.md.';
COMMENT ON COLUMN bank_notice.payment_request_id IS 'References payment_request, checked by bank_notice_added. Null also if it names a basket: see basket_part.';
COMMENT ON COLUMN bank_notice.provider_transaction_id IS 'The sender''s own id of the transaction, unique within an issuer.';
COMMENT ON COLUMN bank_notice.raw IS 'Headers, without their secrets, and body as received, sealed under a raw_key; dropped after their time.';
COMMENT ON COLUMN bank_notice.raw_hash IS 'SHA-256 of raw, which stands in the sealed history and stays.';
COMMENT ON COLUMN bank_notice.reason IS 'Why it has its outcome, {"code": …, "values": {…}}; null for a plain payment in full.';
COMMENT ON COLUMN bank_notice.reported_at IS 'The provider''s time, if it was not credible and was replaced by the time of receipt.';
COMMENT ON COLUMN bank_notice.salt IS 'Hashed together with the personal data in the sealed history; forgotten with them, so that nobody can guess.';
COMMENT ON COLUMN bank_notice.source IS 'callback: reported by a bank or gateway. statement: a line that no callback had reported. counter: taken at a counter. case: moved within the books by persons who decided a case.';
COMMENT ON COLUMN bank_notice.suspense_amount IS 'The part that went to suspense; an amount in no part is not counted.';
ALTER TABLE bank_notice ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY bank_notice ADD CONSTRAINT bank_notice_pkey PRIMARY KEY (id);
CREATE INDEX bank_notice_account_day_idx ON bank_notice USING btree (account_number, booked_on);
CREATE INDEX bank_notice_duplicate_idx ON bank_notice USING btree (duplicate_of) WHERE (duplicate_of IS NOT NULL);
CREATE INDEX bank_notice_request_idx ON bank_notice USING btree (payment_request_id);
CREATE INDEX bank_notice_told_idx ON bank_notice USING btree (bank_reference, account_number, amount) WHERE ((source = 'callback'::text) AND (outcome = 'duplicate'::text));
CREATE UNIQUE INDEX bank_notice_transaction_key ON bank_notice USING btree (issuer_id, provider_transaction_id) WHERE (source = 'callback'::text);
CREATE UNIQUE INDEX bank_notice_transfer_key ON bank_notice USING btree (bank_reference, account_number, amount) WHERE (((applied_amount + suspense_amount) + cleared_amount) > 0);
CREATE TRIGGER bank_notice_added AFTER INSERT ON bank_notice REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION bank_notice_added();
CREATE TRIGGER bank_notice_append_only BEFORE TRUNCATE ON bank_notice FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER bank_notice_erased BEFORE UPDATE ON bank_notice FOR EACH ROW EXECUTE FUNCTION texts_erased('4', '{memo,raw,salt}');
CREATE TRIGGER bank_notice_set_aside AFTER DELETE ON bank_notice REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION row_set_aside('id');

CREATE TABLE bank_weekend (
    isodow integer NOT NULL,
    CONSTRAINT bank_weekend_isodow_check CHECK (((isodow >= 1) AND (isodow <= 7)))
);
COMMENT ON TABLE bank_weekend IS 'Days of the week on which banks do not book.';
COMMENT ON COLUMN bank_weekend.isodow IS '1 is Monday, 7 is Sunday.';
ALTER TABLE ONLY bank_weekend ADD CONSTRAINT bank_weekend_pkey PRIMARY KEY (isodow);

CREATE TABLE basket (
    id uuid NOT NULL,
    reference payment_reference NOT NULL,
    token text NOT NULL,
    bank_bin text NOT NULL,
    account_number text NOT NULL,
    account_name text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid NOT NULL,
    cancelled_at timestamp with time zone,
    CONSTRAINT basket_cancelled_check CHECK ((cancelled_at >= created_at)),
    CONSTRAINT basket_expires_check CHECK ((expires_at > created_at))
);
COMMENT ON TABLE basket IS 'Several requests that are paid together (giỏ thanh toán). Money that names its reference pays them in order. Whether it is paid follows from its requests; nothing of it changes but that it is cancelled.';
COMMENT ON COLUMN basket.bank_bin IS 'Where the QR code sends the money: the same for all of its requests.';
COMMENT ON COLUMN basket.cancelled_at IS 'From then on money that names it pays nothing by itself.';
COMMENT ON COLUMN basket.created_by IS 'References api_key or person, checked by basket_added.';
COMMENT ON COLUMN basket.expires_at IS 'Until when its code is shown, at most until the first of its requests expires. Money that comes later is judged by the requests.';
COMMENT ON COLUMN basket.reference IS 'Its own reference (mã thanh toán), of the form of those of requests; no request has it.';
COMMENT ON COLUMN basket.token IS 'The secret part of its pay link, as long as a key.';
ALTER TABLE ONLY basket ADD CONSTRAINT basket_pkey PRIMARY KEY (id);
ALTER TABLE ONLY basket ADD CONSTRAINT basket_reference_key UNIQUE (reference);
ALTER TABLE ONLY basket ADD CONSTRAINT basket_token_key UNIQUE (token);
ALTER TABLE ONLY basket ADD CONSTRAINT basket_account_number_fkey FOREIGN KEY (account_number) REFERENCES bank_account(account_number);
CREATE TRIGGER basket_added AFTER INSERT ON basket REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION basket_added();
CREATE TRIGGER basket_permanent BEFORE DELETE OR UPDATE OF id, reference, token, bank_bin, account_number, account_name, expires_at, created_at, created_by OR TRUNCATE ON basket FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER basket_versioned AFTER INSERT ON basket REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');
CREATE TRIGGER basket_versioned_again AFTER UPDATE ON basket REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');

CREATE TABLE basket_item (
    basket_id uuid NOT NULL,
    place smallint NOT NULL,
    payment_request_id uuid NOT NULL,
    CONSTRAINT basket_item_place_check CHECK (((place >= 1) AND (place <= 50)))
);
COMMENT ON TABLE basket_item IS 'The requests of a basket. Facts: never changed or deleted; basket_item_added checks that they fit together.';
COMMENT ON COLUMN basket_item.place IS 'The order in which money pays them.';
ALTER TABLE ONLY basket_item ADD CONSTRAINT basket_item_pkey PRIMARY KEY (basket_id, place);
ALTER TABLE ONLY basket_item ADD CONSTRAINT basket_item_request_key UNIQUE (basket_id, payment_request_id);
ALTER TABLE ONLY basket_item ADD CONSTRAINT basket_item_basket_id_fkey FOREIGN KEY (basket_id) REFERENCES basket(id);
ALTER TABLE ONLY basket_item ADD CONSTRAINT basket_item_payment_request_id_fkey FOREIGN KEY (payment_request_id) REFERENCES payment_request(id);
CREATE INDEX basket_item_request_idx ON basket_item USING btree (payment_request_id);
CREATE TRIGGER basket_item_added AFTER INSERT ON basket_item REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION basket_item_added();
CREATE TRIGGER basket_item_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON basket_item FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER basket_item_versioned AFTER INSERT ON basket_item REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{basket_id,place}', '{}');
CREATE TRIGGER basket_item_versioned_again AFTER UPDATE ON basket_item REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{basket_id,place}', '{}');

CREATE TABLE basket_notice (
    notice_id bigint NOT NULL,
    basket_id uuid NOT NULL
);
COMMENT ON TABLE basket_notice IS 'A notice that names a basket: money that came for its requests, or for it when it could not be paid. Facts.';
COMMENT ON COLUMN basket_notice.notice_id IS 'References bank_notice, checked by basket_notice_added. Its own payment_request_id is null.';
ALTER TABLE ONLY basket_notice ADD CONSTRAINT basket_notice_pkey PRIMARY KEY (notice_id);
ALTER TABLE ONLY basket_notice ADD CONSTRAINT basket_notice_basket_id_fkey FOREIGN KEY (basket_id) REFERENCES basket(id);
CREATE INDEX basket_notice_basket_idx ON basket_notice USING btree (basket_id, notice_id);
CREATE TRIGGER basket_notice_added AFTER INSERT ON basket_notice REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION basket_notice_added();
CREATE TRIGGER basket_notice_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON basket_notice FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER basket_notice_versioned AFTER INSERT ON basket_notice REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{notice_id}', '{}');
CREATE TRIGGER basket_notice_versioned_again AFTER UPDATE ON basket_notice REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{notice_id}', '{}');

CREATE TABLE basket_part (
    notice_id bigint NOT NULL,
    place smallint NOT NULL,
    payment_request_id uuid NOT NULL,
    amount bigint NOT NULL,
    CONSTRAINT basket_part_amount_check CHECK (((amount >= 1) AND (amount <= '9999999999999'::bigint))),
    CONSTRAINT basket_part_place_check CHECK (((place >= 1) AND (place <= 50)))
);
COMMENT ON TABLE basket_part IS 'What a notice paid of each request of its basket: together its applied_amount (basket_part_added). Facts.';
COMMENT ON COLUMN basket_part.place IS 'That of the request in the basket.';
ALTER TABLE ONLY basket_part ADD CONSTRAINT basket_part_pkey PRIMARY KEY (notice_id, place);
ALTER TABLE ONLY basket_part ADD CONSTRAINT basket_part_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES basket_notice(notice_id);
ALTER TABLE ONLY basket_part ADD CONSTRAINT basket_part_payment_request_id_fkey FOREIGN KEY (payment_request_id) REFERENCES payment_request(id);
CREATE INDEX basket_part_request_idx ON basket_part USING btree (payment_request_id, notice_id);
CREATE TRIGGER basket_part_added AFTER INSERT ON basket_part REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION basket_part_added();
CREATE TRIGGER basket_part_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON basket_part FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER basket_part_versioned AFTER INSERT ON basket_part REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{notice_id,place}', '{}');
CREATE TRIGGER basket_part_versioned_again AFTER UPDATE ON basket_part REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{notice_id,place}', '{}');

CREATE TABLE case_event (
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    event text NOT NULL,
    actor_id text NOT NULL,
    actor_name text NOT NULL,
    detail jsonb DEFAULT '{}'::jsonb NOT NULL,
    happened_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT case_event_event_check CHECK ((event = ANY (ARRAY['opened'::text, 'noted'::text, 'attached'::text, 'assigned'::text, 'due_changed'::text, 'proposed'::text, 'withdrawn'::text, 'performed'::text, 'asked_bank'::text, 'resolved'::text, 'closed'::text, 'reopened'::text])))
);
COMMENT ON TABLE case_event IS 'The history of a case: its notes, attachments (by reference), assignments, proposals and changes of state. Facts: never changed or deleted.';
COMMENT ON COLUMN case_event.case_id IS 'References reconciliation_case. Written with it, thousands at a time, or by a transaction that has locked it.';
COMMENT ON COLUMN case_event.detail IS 'The event''s detail, as JSON.';
ALTER TABLE case_event ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY case_event ADD CONSTRAINT case_event_pkey PRIMARY KEY (id);
CREATE INDEX case_event_case_idx ON case_event USING btree (case_id, id);
CREATE TRIGGER case_event_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON case_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE case_kind (
    kind text NOT NULL,
    due_days integer NOT NULL,
    held_by text,
    CONSTRAINT case_kind_due_days_check CHECK (((due_days >= 0) AND (due_days <= 365))),
    CONSTRAINT case_kind_held_by_check CHECK ((held_by = ANY (ARRAY['notice'::text, 'line'::text])))
);
COMMENT ON TABLE case_kind IS 'The kinds of cases: how long each may stay open, and whether it holds money.';
COMMENT ON COLUMN case_kind.due_days IS 'How many days after it was opened.';
COMMENT ON COLUMN case_kind.held_by IS 'What put the money of such a case into suspense; null for kinds that hold none.';
ALTER TABLE ONLY case_kind ADD CONSTRAINT case_kind_pkey PRIMARY KEY (kind);

CREATE TABLE case_money (
    case_id bigint NOT NULL,
    held bigint DEFAULT 0 NOT NULL,
    used bigint DEFAULT 0 NOT NULL,
    CONSTRAINT case_money_used_check CHECK ((((held >= 0) AND ((used >= 0) AND (used <= held))) OR ((held < 0) AND ((used >= held) AND (used <= 0)))))
);
COMMENT ON TABLE case_money IS 'What a case has in suspense, and how much of it has been claimed. The row is created when it is first needed.';
COMMENT ON COLUMN case_money.held IS 'Positive for money that arrived, negative for money that left; derived from the facts by case_money_derive.';
COMMENT ON COLUMN case_money.used IS 'The sum of suspense_use. A check of the row keeps it within what is held, however many claims are made at once.';
ALTER TABLE ONLY case_money ADD CONSTRAINT case_money_pkey PRIMARY KEY (case_id);
ALTER TABLE ONLY case_money ADD CONSTRAINT case_money_case_id_fkey FOREIGN KEY (case_id) REFERENCES reconciliation_case(id);
CREATE TRIGGER case_money_derive BEFORE INSERT OR UPDATE ON case_money FOR EACH ROW EXECUTE FUNCTION case_money_derive();

CREATE TABLE case_proposal (
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    action text NOT NULL,
    arguments jsonb NOT NULL,
    note text NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    proposed_by text NOT NULL,
    proposed_by_person uuid GENERATED ALWAYS AS (
CASE
    WHEN (proposed_by ~~ 'person:%'::text) THEN (substr(proposed_by, 8))::uuid
    ELSE NULL::uuid
END) STORED NOT NULL,
    proposed_by_name text NOT NULL,
    proposed_at timestamp with time zone DEFAULT now() NOT NULL,
    decided_by text,
    decided_by_person uuid GENERATED ALWAYS AS (
CASE
    WHEN (decided_by ~~ 'person:%'::text) THEN (substr(decided_by, 8))::uuid
    ELSE NULL::uuid
END) STORED,
    decided_by_name text,
    decided_at timestamp with time zone,
    salt uuid DEFAULT gen_random_uuid(),
    CONSTRAINT case_proposal_action_check CHECK ((action = ANY (ARRAY['accept'::text, 'link'::text, 'split'::text, 'refund'::text, 'write_off'::text]))),
    CONSTRAINT case_proposal_decided_check CHECK (((state = 'waiting'::text) = (decided_at IS NULL))),
    CONSTRAINT case_proposal_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'performed'::text, 'withdrawn'::text]))),
    CONSTRAINT case_proposal_two_persons_check CHECK (((state <> 'performed'::text) OR ((decided_by_person IS NOT NULL) AND (decided_by_person <> proposed_by_person))))
);
COMMENT ON TABLE case_proposal IS 'A move of money that waits for the second person.';
COMMENT ON COLUMN case_proposal.arguments IS 'The arguments of the action, completed with the amounts it moves.';
COMMENT ON COLUMN case_proposal.decided_by IS 'Who performed or withdrew it; if it was performed, never the proposer.';
ALTER TABLE case_proposal ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY case_proposal ADD CONSTRAINT case_proposal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY case_proposal ADD CONSTRAINT case_proposal_case_id_fkey FOREIGN KEY (case_id) REFERENCES reconciliation_case(id);
ALTER TABLE ONLY case_proposal ADD CONSTRAINT case_proposal_decided_by_person_fkey FOREIGN KEY (decided_by_person) REFERENCES person(id);
ALTER TABLE ONLY case_proposal ADD CONSTRAINT case_proposal_proposed_by_person_fkey FOREIGN KEY (proposed_by_person) REFERENCES person(id);
CREATE UNIQUE INDEX case_proposal_waiting_key ON case_proposal USING btree (case_id) WHERE (state = 'waiting'::text);
CREATE TRIGGER case_proposal_state_changed BEFORE UPDATE OF state ON case_proposal FOR EACH ROW WHEN ((old.state IS DISTINCT FROM new.state)) EXECUTE FUNCTION state_changed('case_proposal');
CREATE TRIGGER case_proposal_versioned AFTER INSERT ON case_proposal REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');
CREATE TRIGGER case_proposal_versioned_again AFTER UPDATE ON case_proposal REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');

CREATE TABLE cash_deposit (
    id bigint NOT NULL,
    agency_code text NOT NULL,
    account_number text NOT NULL,
    amount bigint NOT NULL,
    slip_number text NOT NULL,
    deposited_on date NOT NULL,
    notice_id bigint NOT NULL,
    made_by uuid NOT NULL,
    made_by_name text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    CONSTRAINT cash_deposit_amount_check CHECK (((amount >= 1) AND (amount <= '9999999999999'::bigint))),
    CONSTRAINT cash_deposit_slip_number_check CHECK (((length(slip_number) >= 1) AND (length(slip_number) <= 50)))
);
COMMENT ON TABLE cash_deposit IS 'Cash of closed shifts that was carried to the bank. It is in the clearing account of its agency until a line of the statement shows it (clearing_item). Facts: never changed or deleted.';
COMMENT ON COLUMN cash_deposit.notice_id IS 'References bank_notice: the entry in clearing.';
COMMENT ON COLUMN cash_deposit.slip_number IS 'The number on the bank''s slip, by which the line is found.';
ALTER TABLE cash_deposit ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY cash_deposit ADD CONSTRAINT cash_deposit_notice_key UNIQUE (notice_id);
ALTER TABLE ONLY cash_deposit ADD CONSTRAINT cash_deposit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY cash_deposit ADD CONSTRAINT cash_deposit_slip_key UNIQUE (account_number, slip_number);
ALTER TABLE ONLY cash_deposit ADD CONSTRAINT cash_deposit_account_number_fkey FOREIGN KEY (account_number) REFERENCES bank_account(account_number);
ALTER TABLE ONLY cash_deposit ADD CONSTRAINT cash_deposit_made_by_fkey FOREIGN KEY (made_by) REFERENCES person(id);
CREATE INDEX cash_deposit_agency_idx ON cash_deposit USING btree (agency_code, id);
CREATE TRIGGER cash_deposit_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON cash_deposit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER cash_deposit_versioned AFTER INSERT ON cash_deposit REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');
CREATE TRIGGER cash_deposit_versioned_again AFTER UPDATE ON cash_deposit REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');
CREATE CONSTRAINT TRIGGER deposit_adds_up AFTER INSERT ON cash_deposit DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION deposit_adds_up();

CREATE TABLE catalogue_decision (
    proposal_id bigint NOT NULL,
    proposer uuid NOT NULL,
    decided_by text NOT NULL,
    decided_by_person uuid GENERATED ALWAYS AS (
CASE
    WHEN (decided_by ~~ 'person:%'::text) THEN (substr(decided_by, 8))::uuid
    ELSE NULL::uuid
END) STORED NOT NULL,
    decided_by_name text NOT NULL,
    decided_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer,
    note text,
    CONSTRAINT catalogue_decision_two_persons_check CHECK (((version IS NULL) OR (decided_by_person <> proposer)))
);
COMMENT ON TABLE catalogue_decision IS 'What became of a proposal: put in force by another person, or turned down. Facts: never changed or deleted.';
COMMENT ON COLUMN catalogue_decision.note IS 'The decider''s own words.';
COMMENT ON COLUMN catalogue_decision.proposer IS 'Who brought the files, who is somebody else.';
COMMENT ON COLUMN catalogue_decision.version IS 'The version that it put in force; null if it was turned down.';
ALTER TABLE ONLY catalogue_decision ADD CONSTRAINT catalogue_decision_pkey PRIMARY KEY (proposal_id);
ALTER TABLE ONLY catalogue_decision ADD CONSTRAINT catalogue_decision_version_key UNIQUE (version);
ALTER TABLE ONLY catalogue_decision ADD CONSTRAINT catalogue_decision_decided_by_person_fkey FOREIGN KEY (decided_by_person) REFERENCES person(id);
ALTER TABLE ONLY catalogue_decision ADD CONSTRAINT catalogue_decision_proposal_fkey FOREIGN KEY (proposal_id, proposer) REFERENCES catalogue_proposal(id, proposed_by_person);
ALTER TABLE ONLY catalogue_decision ADD CONSTRAINT catalogue_decision_version_fkey FOREIGN KEY (version) REFERENCES catalogue_version(id);
CREATE TRIGGER catalogue_decision_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON catalogue_decision FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER catalogue_decision_versioned AFTER INSERT ON catalogue_decision REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{proposal_id}', '{}');
CREATE TRIGGER catalogue_decision_versioned_again AFTER UPDATE ON catalogue_decision REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{proposal_id}', '{}');

CREATE TABLE catalogue_proposal (
    id bigint NOT NULL,
    files jsonb NOT NULL,
    based_on integer NOT NULL,
    summary jsonb NOT NULL,
    note text,
    proposed_by text NOT NULL,
    proposed_by_person uuid GENERATED ALWAYS AS (
CASE
    WHEN (proposed_by ~~ 'person:%'::text) THEN (substr(proposed_by, 8))::uuid
    ELSE NULL::uuid
END) STORED NOT NULL,
    proposed_by_name text NOT NULL,
    proposed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT catalogue_proposal_based_on_check CHECK ((based_on >= 0))
);
COMMENT ON TABLE catalogue_proposal IS 'Files of the catalogue that somebody wants to put in force. Facts: never changed or deleted.';
COMMENT ON COLUMN catalogue_proposal.based_on IS 'The version in force when they were checked; put in force they are only while it still is.';
COMMENT ON COLUMN catalogue_proposal.files IS 'The text of each file as it was brought: {"fees": "fee_code,…"}.';
COMMENT ON COLUMN catalogue_proposal.note IS 'The proposer''s own words.';
COMMENT ON COLUMN catalogue_proposal.summary IS 'What they would change, as catalogue_version.summary.';
ALTER TABLE catalogue_proposal ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY catalogue_proposal ADD CONSTRAINT catalogue_proposal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY catalogue_proposal ADD CONSTRAINT catalogue_proposal_proposer_key UNIQUE (id, proposed_by_person);
ALTER TABLE ONLY catalogue_proposal ADD CONSTRAINT catalogue_proposal_proposed_by_person_fkey FOREIGN KEY (proposed_by_person) REFERENCES person(id);
CREATE TRIGGER catalogue_proposal_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON catalogue_proposal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER catalogue_proposal_versioned AFTER INSERT ON catalogue_proposal REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');
CREATE TRIGGER catalogue_proposal_versioned_again AFTER UPDATE ON catalogue_proposal REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');

CREATE TABLE catalogue_version (
    id integer NOT NULL,
    imported_at timestamp with time zone DEFAULT now() NOT NULL,
    imported_by text NOT NULL,
    summary jsonb NOT NULL
);
COMMENT ON TABLE catalogue_version IS 'One import of the catalogue that changed something.';
COMMENT ON COLUMN catalogue_version.summary IS 'What it changed, by file: {"fees": {"added": 40, "ended": 0, "changed": 0, "unchanged": 0}, …}.';
ALTER TABLE catalogue_version ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY catalogue_version ADD CONSTRAINT catalogue_version_pkey PRIMARY KEY (id);
CREATE TRIGGER catalogue_version_versioned AFTER INSERT ON catalogue_version REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');
CREATE TRIGGER catalogue_version_versioned_again AFTER UPDATE ON catalogue_version REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');

CREATE TABLE clearing_item (
    notice_id bigint NOT NULL,
    ledger_account integer NOT NULL,
    account_number text NOT NULL,
    payment_request_id uuid,
    amount bigint NOT NULL,
    receipt_number text,
    booked_on date NOT NULL,
    cleared_by_notice bigint,
    cleared_by_line bigint,
    cleared_reference text COLLATE pg_catalog."C",
    cleared_at timestamp with time zone,
    CONSTRAINT clearing_item_amount_check CHECK ((amount > 0)),
    CONSTRAINT clearing_item_cleared_check CHECK ((num_nonnulls(cleared_by_notice, cleared_by_line) = ((cleared_at IS NOT NULL))::integer))
);
COMMENT ON TABLE clearing_item IS 'A payment that a cashier entered as made without cash. Its money is in the agency''s clearing account until a notice or a line confirms it. It is cleared once, unless the line''s statement is undone, and never deleted.';
COMMENT ON COLUMN clearing_item.account_number IS 'The bank account on which it is expected.';
COMMENT ON COLUMN clearing_item.booked_on IS 'The day on which it was entered.';
COMMENT ON COLUMN clearing_item.cleared_by_line IS 'References statement_line: the line that confirmed it before any callback.';
COMMENT ON COLUMN clearing_item.cleared_by_notice IS 'The callback that confirmed it.';
COMMENT ON COLUMN clearing_item.cleared_reference IS 'The bank''s id of that line, which identifies a later callback.';
COMMENT ON COLUMN clearing_item.ledger_account IS 'The clearing account that holds it.';
COMMENT ON COLUMN clearing_item.notice_id IS 'The counter''s entry.';
COMMENT ON COLUMN clearing_item.payment_request_id IS 'References payment_request. Null: cash that was carried to the bank, see cash_deposit.';
COMMENT ON COLUMN clearing_item.receipt_number IS 'What the cashier copied from the slip: often the bank''s own id; of a deposit, the number on the bank''s slip.';
ALTER TABLE ONLY clearing_item ADD CONSTRAINT clearing_item_pkey PRIMARY KEY (notice_id);
ALTER TABLE ONLY clearing_item ADD CONSTRAINT clearing_item_account_number_fkey FOREIGN KEY (account_number) REFERENCES bank_account(account_number);
ALTER TABLE ONLY clearing_item ADD CONSTRAINT clearing_item_cleared_by_notice_fkey FOREIGN KEY (cleared_by_notice) REFERENCES bank_notice(id);
ALTER TABLE ONLY clearing_item ADD CONSTRAINT clearing_item_ledger_account_fkey FOREIGN KEY (ledger_account) REFERENCES ledger_account(id);
ALTER TABLE ONLY clearing_item ADD CONSTRAINT clearing_item_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES bank_notice(id);
CREATE INDEX clearing_item_cleared_by_notice_idx ON clearing_item USING btree (cleared_by_notice) WHERE (cleared_by_notice IS NOT NULL);
CREATE INDEX clearing_item_open_idx ON clearing_item USING btree (account_number) WHERE (cleared_at IS NULL);
CREATE INDEX clearing_item_receipt_idx ON clearing_item USING btree (account_number, receipt_number) WHERE ((cleared_at IS NULL) AND (receipt_number IS NOT NULL));
CREATE INDEX clearing_item_reference_idx ON clearing_item USING btree (account_number, cleared_reference) WHERE (cleared_reference IS NOT NULL);
CREATE INDEX clearing_item_request_idx ON clearing_item USING btree (payment_request_id);
CREATE TRIGGER clearing_item_changed BEFORE DELETE OR UPDATE ON clearing_item FOR EACH ROW EXECUTE FUNCTION clearing_item_changed();
CREATE TRIGGER clearing_item_versioned AFTER INSERT ON clearing_item REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{notice_id}', '{}');
CREATE TRIGGER clearing_item_versioned_again AFTER UPDATE ON clearing_item REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{notice_id}', '{}');

CREATE TABLE connection (
    id integer NOT NULL,
    name text NOT NULL,
    profile text NOT NULL,
    account_number text NOT NULL,
    bank_ledger_account integer NOT NULL,
    suspense_ledger_account integer NOT NULL,
    commission_percent numeric(6,3),
    signature_header text,
    merchant text,
    merchant_is_learned boolean DEFAULT false NOT NULL,
    issuer_id integer NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    disabled_at timestamp with time zone,
    CONSTRAINT connection_commission_percent_check CHECK (((commission_percent >= (0)::numeric) AND (commission_percent <= (100)::numeric))),
    CONSTRAINT connection_merchant_check CHECK (((length(merchant) >= 1) AND (length(merchant) <= 100))),
    CONSTRAINT connection_merchant_is_learned_check CHECK (((merchant IS NOT NULL) OR (NOT merchant_is_learned))),
    CONSTRAINT connection_name_check CHECK ((name ~ '^[a-z0-9][a-z0-9_-]{0,62}$'::text))
);
COMMENT ON TABLE connection IS 'A bank or gateway that reports payments to an account by signed callbacks.';
COMMENT ON COLUMN connection.account_number IS 'The account that receives the money.';
COMMENT ON COLUMN connection.bank_ledger_account IS 'The account of the books for money at that bank account.';
COMMENT ON COLUMN connection.commission_percent IS 'The largest gateway fee, as a percentage of a day''s transfers that are paid out in one line; null if each transfer is a line of its own.';
COMMENT ON COLUMN connection.disabled_at IS 'Set while its callbacks are refused.';
COMMENT ON COLUMN connection.issuer_id IS 'Who gives out its transaction ids. It changes with the merchant; what was reported before keeps its issuer.';
COMMENT ON COLUMN connection.merchant IS 'The merchant whose messages it accepts: partnerCode of MoMo, vnp_TmnCode of VNPAY, app_id of ZaloPay; null until it is known. Messages of other merchants are refused.';
COMMENT ON COLUMN connection.merchant_is_learned IS 'Whether the merchant was learned from the first authenticated message and not configured.';
COMMENT ON COLUMN connection.name IS 'Part of the callback''s address.';
COMMENT ON COLUMN connection.profile IS 'How its messages are built and signed: standard, vnpay, momo, …';
COMMENT ON COLUMN connection.signature_header IS 'The header that carries the signature, if the profile leaves it open.';
COMMENT ON COLUMN connection.suspense_ledger_account IS 'The suspense account of that bank account.';
ALTER TABLE connection ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY connection ADD CONSTRAINT connection_name_key UNIQUE (name);
ALTER TABLE ONLY connection ADD CONSTRAINT connection_pkey PRIMARY KEY (id);
ALTER TABLE ONLY connection ADD CONSTRAINT connection_account_number_fkey FOREIGN KEY (account_number) REFERENCES bank_account(account_number);
ALTER TABLE ONLY connection ADD CONSTRAINT connection_bank_ledger_account_fkey FOREIGN KEY (bank_ledger_account) REFERENCES ledger_account(id);
ALTER TABLE ONLY connection ADD CONSTRAINT connection_issuer_id_fkey FOREIGN KEY (issuer_id) REFERENCES issuer(id);
ALTER TABLE ONLY connection ADD CONSTRAINT connection_merchant_issuer_fkey FOREIGN KEY (issuer_id, profile, merchant) REFERENCES issuer(id, profile, merchant);
ALTER TABLE ONLY connection ADD CONSTRAINT connection_suspense_ledger_account_fkey FOREIGN KEY (suspense_ledger_account) REFERENCES ledger_account(id);
CREATE UNIQUE INDEX connection_own_issuer_key ON connection USING btree (issuer_id) WHERE (merchant IS NULL);
CREATE TRIGGER connection_permanent BEFORE DELETE OR TRUNCATE ON connection FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER connection_versioned AFTER INSERT ON connection REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');
CREATE TRIGGER connection_versioned_again AFTER UPDATE ON connection REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');

CREATE TABLE connection_hour (
    connection_id integer NOT NULL,
    hour bigint NOT NULL,
    callbacks bigint DEFAULT 0 NOT NULL,
    refused bigint DEFAULT 0 NOT NULL,
    CONSTRAINT connection_hour_callbacks_check CHECK ((callbacks >= 0)),
    CONSTRAINT connection_hour_check CHECK (((refused >= 0) AND (refused <= callbacks))),
    CONSTRAINT connection_hour_hour_check CHECK ((hour >= 0))
);
COMMENT ON TABLE connection_hour IS 'How many callbacks came in an hour, for the usual rhythm of a connection. Written every few seconds by each server, not with each callback; kept for some weeks.';
COMMENT ON COLUMN connection_hour.callbacks IS 'Those that were refused included.';
COMMENT ON COLUMN connection_hour.hour IS 'Hours since 1970, in UTC.';
COMMENT ON COLUMN connection_hour.refused IS 'Callbacks that were refused.';
ALTER TABLE ONLY connection_hour ADD CONSTRAINT connection_hour_pkey PRIMARY KEY (connection_id, hour);
ALTER TABLE ONLY connection_hour ADD CONSTRAINT connection_hour_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connection(id);

CREATE TABLE connection_secret (
    id integer NOT NULL,
    connection_id integer NOT NULL,
    sealed bytea NOT NULL,
    key_id text NOT NULL,
    mark bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    retired_at timestamp with time zone,
    ends_at timestamp with time zone,
    CONSTRAINT connection_secret_mark_check CHECK ((length(mark) = 32))
);
COMMENT ON TABLE connection_secret IS 'The secrets that a connection''s signatures are checked with: the newest, and older ones until they retire.';
COMMENT ON COLUMN connection_secret.ends_at IS 'When the certificate in it ends; null for a secret that is none, and for one from before this column.';
COMMENT ON COLUMN connection_secret.key_id IS 'Which secret key sealed it.';
COMMENT ON COLUMN connection_secret.mark IS 'HMAC-SHA256 of the secret under the secret key: equal for equal secrets, so that none is given to two connections.';
COMMENT ON COLUMN connection_secret.retired_at IS 'When it stopped being accepted.';
COMMENT ON COLUMN connection_secret.sealed IS 'AES-GCM: nonce, ciphertext and tag, under the key named; never the secret itself.';
ALTER TABLE connection_secret ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY connection_secret ADD CONSTRAINT connection_secret_pkey PRIMARY KEY (id);
ALTER TABLE ONLY connection_secret ADD CONSTRAINT connection_secret_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connection(id);
CREATE INDEX connection_secret_mark_idx ON connection_secret USING btree (mark) WHERE (retired_at IS NULL);
CREATE TRIGGER connection_secret_versioned AFTER INSERT ON connection_secret REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');
CREATE TRIGGER connection_secret_versioned_again AFTER UPDATE ON connection_secret REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');

CREATE TABLE connection_use (
    connection_id integer NOT NULL,
    last_used_at timestamp with time zone,
    last_failure_at timestamp with time zone,
    last_failure text,
    refused bigint DEFAULT 0 NOT NULL
);
COMMENT ON TABLE connection_use IS 'When a connection was last used and last failed. Written every few seconds by each server, not with each callback.';
COMMENT ON COLUMN connection_use.last_failure IS 'The reason of the latest refusal.';
COMMENT ON COLUMN connection_use.refused IS 'The number of refused callbacks.';
ALTER TABLE ONLY connection_use ADD CONSTRAINT connection_use_pkey PRIMARY KEY (connection_id);
ALTER TABLE ONLY connection_use ADD CONSTRAINT connection_use_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connection(id);

CREATE TABLE contact_stop (
    channel text NOT NULL,
    mark bytea NOT NULL,
    stopped_at timestamp with time zone NOT NULL,
    CONSTRAINT contact_stop_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text, 'zalo'::text]))),
    CONSTRAINT contact_stop_mark_check CHECK ((length(mark) = 32))
);
COMMENT ON TABLE contact_stop IS 'Addresses that asked to be told nothing more, of any request. Only their marks: what is not known cannot be lost.';
ALTER TABLE ONLY contact_stop ADD CONSTRAINT contact_stop_pkey PRIMARY KEY (channel, mark);

CREATE TABLE daily_procedure_total (
    paid_on date NOT NULL,
    agency_code text NOT NULL,
    procedure_code text NOT NULL,
    channel text NOT NULL,
    shard smallint NOT NULL,
    paid_requests bigint NOT NULL,
    amount_total bigint NOT NULL,
    discount_total bigint NOT NULL
)
WITH (fillfactor='50');
COMMENT ON TABLE daily_procedure_total IS 'daily_total by procedure, in a table of its own, so that the report by locality need not read and sum it.';
COMMENT ON COLUMN daily_procedure_total.amount_total IS 'The sum of the amounts due.';
COMMENT ON COLUMN daily_procedure_total.discount_total IS 'The sum of the online discounts.';
COMMENT ON COLUMN daily_procedure_total.shard IS 'As in daily_total.';
ALTER TABLE ONLY daily_procedure_total ADD CONSTRAINT daily_procedure_total_pkey PRIMARY KEY (paid_on, agency_code, procedure_code, channel, shard);

CREATE TABLE daily_total (
    paid_on date NOT NULL,
    agency_code text NOT NULL,
    channel text NOT NULL,
    shard smallint NOT NULL,
    paid_requests bigint NOT NULL,
    amount_total bigint NOT NULL,
    discount_total bigint NOT NULL
)
WITH (fillfactor='50');
COMMENT ON TABLE daily_total IS 'What was paid on a day for an agency by a channel. Maintained by payment_request_changed in the transaction that pays, so it is never stale.';
COMMENT ON COLUMN daily_total.amount_total IS 'The sum of the amounts due.';
COMMENT ON COLUMN daily_total.discount_total IS 'The sum of the online discounts.';
COMMENT ON COLUMN daily_total.shard IS 'Concurrent settlements write rows of their own, so that none waits; fold_daily_totals compacts past days into shard 0.';
ALTER TABLE ONLY daily_total ADD CONSTRAINT daily_total_pkey PRIMARY KEY (paid_on, agency_code, channel, shard);

CREATE TABLE day_sum_progress (
    source text NOT NULL,
    summed_through bigint DEFAULT 0 NOT NULL,
    CONSTRAINT day_sum_progress_source_check CHECK ((source = ANY (ARRAY['ledger_transfer'::text, 'statement_line'::text, 'line_outcome'::text, 'line_notice'::text, 'payment_request_event'::text]))),
    CONSTRAINT day_sum_progress_summed_through_check CHECK ((summed_through >= 0))
);
COMMENT ON TABLE day_sum_progress IS 'How far the rows of each table of facts are summed: always up to an id that is sealed, since up to there each row is committed or never will be. Whoever reads a sum adds the rows behind it.';
ALTER TABLE ONLY day_sum_progress ADD CONSTRAINT day_sum_progress_pkey PRIMARY KEY (source);

CREATE TABLE discount (
    discount_code text NOT NULL,
    channels text[] NOT NULL,
    kind text DEFAULT ''::text NOT NULL,
    procedure_code text DEFAULT ''::text NOT NULL,
    fee_code text DEFAULT ''::text NOT NULL,
    locality_code text DEFAULT ''::text NOT NULL,
    method text NOT NULL,
    value bigint NOT NULL,
    cumulative boolean NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    legal_basis text NOT NULL,
    added_in integer NOT NULL,
    ended_in integer,
    CONSTRAINT discount_days_check CHECK (((valid_to IS NULL) OR (valid_to >= valid_from))),
    CONSTRAINT discount_method_check CHECK ((method = ANY (ARRAY['percent'::text, 'amount_off'::text, 'fixed_amount'::text]))),
    CONSTRAINT discount_percent_check CHECK (((method <> 'percent'::text) OR ((value >= 1) AND (value <= 100)))),
    CONSTRAINT discount_value_check CHECK ((value >= 0))
);
COMMENT ON TABLE discount IS 'A discount by channel, such as the online discount. An empty column matches anything.';
COMMENT ON COLUMN discount.added_in IS 'The import that brought the row.';
COMMENT ON COLUMN discount.channels IS 'The channels it applies to: online, counter_qr, …';
COMMENT ON COLUMN discount.cumulative IS 'Applied in addition to the best of the others.';
COMMENT ON COLUMN discount.ended_in IS 'The import that ended it; null while it is in force.';
COMMENT ON COLUMN discount.method IS 'percent of the list amount, amount_off for each unit, or fixed_amount instead of the price.';
COMMENT ON COLUMN discount.value IS 'A percentage or an amount in đồng, by method.';
ALTER TABLE ONLY discount ADD CONSTRAINT discount_added_in_fkey FOREIGN KEY (added_in) REFERENCES catalogue_version(id);
ALTER TABLE ONLY discount ADD CONSTRAINT discount_ended_in_fkey FOREIGN KEY (ended_in) REFERENCES catalogue_version(id);
CREATE TRIGGER discount_versioned AFTER INSERT ON discount REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{discount_code,kind,procedure_code,fee_code,locality_code,valid_from,added_in}', '{}');
CREATE TRIGGER discount_versioned_again AFTER UPDATE ON discount REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{discount_code,kind,procedure_code,fee_code,locality_code,valid_from,added_in}', '{}');

CREATE TABLE dossier (
    agency_code text NOT NULL,
    procedure_code text NOT NULL,
    dossier_code text NOT NULL,
    started_on date NOT NULL,
    online_on date,
    CONSTRAINT dossier_days_check CHECK ((online_on >= started_on))
);
COMMENT ON TABLE dossier IS 'Dossiers of which something was owed, as their requests were when their last event was summed. Derived from payment_request.';
COMMENT ON COLUMN dossier.online_on IS 'When the first of its requests was made that is paid online; null while none is.';
COMMENT ON COLUMN dossier.started_on IS 'When its first request was made.';
ALTER TABLE ONLY dossier ADD CONSTRAINT dossier_pkey PRIMARY KEY (dossier_code, agency_code, procedure_code);

CREATE TABLE dossier_day (
    started_on date NOT NULL,
    agency_code text NOT NULL,
    procedure_code text NOT NULL,
    online_on date NOT NULL,
    dossiers bigint NOT NULL
);
COMMENT ON TABLE dossier_day IS 'How many rows of dossier have these values. Derived from dossier.';
COMMENT ON COLUMN dossier_day.online_on IS 'As in dossier; infinity stands for null.';
ALTER TABLE ONLY dossier_day ADD CONSTRAINT dossier_day_pkey PRIMARY KEY (started_on, agency_code, procedure_code, online_on);

CREATE TABLE erased_entry (
    kind smallint NOT NULL,
    row_id bigint NOT NULL,
    personal_hash text NOT NULL,
    audit_entry_id bigint NOT NULL
);
COMMENT ON TABLE erased_entry IS 'What stands in the entry of a row whose personal data were erased: their salted hash, so that the proof still holds. Facts: never changed or deleted.';
COMMENT ON COLUMN erased_entry.audit_entry_id IS 'Who erased it, and why.';
COMMENT ON COLUMN erased_entry.personal_hash IS 'As the routines …_personal_hash make it, in hexadecimal digits.';
ALTER TABLE ONLY erased_entry ADD CONSTRAINT erased_entry_pkey PRIMARY KEY (kind, row_id);
ALTER TABLE ONLY erased_entry ADD CONSTRAINT erased_entry_audit_entry_id_fkey FOREIGN KEY (audit_entry_id) REFERENCES audit_entry(id);
CREATE TRIGGER erased_entry_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON erased_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE event (
    id bigint NOT NULL,
    type text NOT NULL,
    subject text NOT NULL,
    agency_code text,
    holder_id uuid,
    body json NOT NULL,
    created_at timestamp with time zone NOT NULL
);
COMMENT ON TABLE event IS 'The outbox: events, written in the transaction that makes them true. The events of one subject have ascending ids in the order in which they happened, because whoever changes a request holds its row until the commit.';
COMMENT ON COLUMN event.agency_code IS 'The agency it belongs to, for keys bound to a locality.';
COMMENT ON COLUMN event.body IS 'The body exactly as it is sent, because it is signed.';
COMMENT ON COLUMN event.holder_id IS 'The portal whose request it is about: api_key.holder_id.';
COMMENT ON COLUMN event.subject IS 'What it is about, `request:<uuid>`, `basket:<uuid>`, `case:<id>` or `shift:<id>`; the events of a subject are delivered in order.';
ALTER TABLE event ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY event ADD CONSTRAINT event_pkey PRIMARY KEY (id);
CREATE INDEX event_subject_idx ON event USING btree (subject, id);

CREATE TABLE event_delivery (
    event_id bigint NOT NULL,
    endpoint_id integer NOT NULL,
    subject text NOT NULL,
    state text DEFAULT 'pending'::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    next_attempt_at timestamp with time zone NOT NULL,
    leased_until timestamp with time zone,
    give_up_at timestamp with time zone NOT NULL,
    last_error jsonb,
    delivered_at timestamp with time zone,
    CONSTRAINT event_delivery_delivered_check CHECK (((state = 'delivered'::text) = (delivered_at IS NOT NULL))),
    CONSTRAINT event_delivery_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'delivered'::text, 'dead'::text])))
)
WITH (fillfactor='80');
COMMENT ON TABLE event_delivery IS 'One row for each event and endpoint. No foreign keys: they would make every settlement lock the endpoint''s row.';
COMMENT ON COLUMN event_delivery.attempts IS 'Attempts since it was written or last requeued.';
COMMENT ON COLUMN event_delivery.endpoint_id IS 'References event_endpoint.';
COMMENT ON COLUMN event_delivery.event_id IS 'References event.';
COMMENT ON COLUMN event_delivery.give_up_at IS 'An attempt that fails after this is the last one.';
COMMENT ON COLUMN event_delivery.last_error IS 'Why the last attempt failed: code and values (Reason.json). Never what the endpoint said.';
COMMENT ON COLUMN event_delivery.leased_until IS 'Set while a server is sending it; if that server dies, another takes over after this.';
COMMENT ON COLUMN event_delivery.state IS 'pending, delivered, or dead: given up.';
COMMENT ON COLUMN event_delivery.subject IS 'The event''s subject, repeated to keep the order.';
ALTER TABLE ONLY event_delivery ADD CONSTRAINT event_delivery_pkey PRIMARY KEY (event_id, endpoint_id);
CREATE INDEX event_delivery_dead_idx ON event_delivery USING btree (event_id) WHERE (state = 'dead'::text);
CREATE INDEX event_delivery_due_idx ON event_delivery USING btree (endpoint_id, next_attempt_at, event_id) WHERE (state = 'pending'::text);
CREATE INDEX event_delivery_order_idx ON event_delivery USING btree (endpoint_id, subject, event_id) WHERE (state = 'pending'::text);
CREATE TRIGGER event_delivery_state_changed BEFORE UPDATE OF state ON event_delivery FOR EACH ROW WHEN ((old.state IS DISTINCT FROM new.state)) EXECUTE FUNCTION state_changed('event_delivery');

CREATE TABLE event_endpoint (
    id integer NOT NULL,
    name text NOT NULL,
    url text NOT NULL,
    types text[],
    holder_id uuid,
    sealed bytea NOT NULL,
    key_id text NOT NULL,
    previous_sealed bytea,
    previous_until timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    disabled_at timestamp with time zone,
    disabled_reason jsonb,
    consecutive_failures integer DEFAULT 0 NOT NULL,
    failing_since timestamp with time zone,
    last_success_at timestamp with time zone,
    CONSTRAINT event_endpoint_disabled_check CHECK (((disabled_at IS NULL) = (disabled_reason IS NULL))),
    CONSTRAINT event_endpoint_failing_check CHECK (((consecutive_failures = 0) = (failing_since IS NULL))),
    CONSTRAINT event_endpoint_name_check CHECK ((name ~ '^[a-z0-9][a-z0-9_-]{0,62}$'::text)),
    CONSTRAINT event_endpoint_previous_check CHECK (((previous_sealed IS NULL) = (previous_until IS NULL)))
);
COMMENT ON TABLE event_endpoint IS 'An address that events are sent to.';
COMMENT ON COLUMN event_endpoint.consecutive_failures IS 'Failed attempts since the last delivery.';
COMMENT ON COLUMN event_endpoint.disabled_at IS 'A disabled endpoint is sent nothing; its events are kept until they would be given up.';
COMMENT ON COLUMN event_endpoint.disabled_reason IS 'Code and values (Reason.json).';
COMMENT ON COLUMN event_endpoint.failing_since IS 'The time of the first of them.';
COMMENT ON COLUMN event_endpoint.holder_id IS 'The portal that it belongs to (api_key.holder_id), which is told of its own requests alone; null for the province''s own, which is told of all.';
COMMENT ON COLUMN event_endpoint.key_id IS 'Which secret key sealed it.';
COMMENT ON COLUMN event_endpoint.previous_sealed IS 'The secret before the last rotation, which also signs until previous_until.';
COMMENT ON COLUMN event_endpoint.sealed IS 'The secret that signs its events. AES-GCM: nonce, ciphertext and tag, under the key named; never the secret itself.';
COMMENT ON COLUMN event_endpoint.types IS 'The types sent to it; null for all, including those of later versions, but those that are sent only where they are named.';
ALTER TABLE event_endpoint ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY event_endpoint ADD CONSTRAINT event_endpoint_name_key UNIQUE (name);
ALTER TABLE ONLY event_endpoint ADD CONSTRAINT event_endpoint_pkey PRIMARY KEY (id);
ALTER TABLE ONLY event_endpoint ADD CONSTRAINT event_endpoint_holder_id_fkey FOREIGN KEY (holder_id) REFERENCES api_key(id);
CREATE TRIGGER event_endpoint_versioned AFTER INSERT ON event_endpoint REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{consecutive_failures,failing_since,last_success_at}');
CREATE TRIGGER event_endpoint_versioned_again AFTER UPDATE OF id, name, url, types, holder_id, sealed, key_id, previous_sealed, previous_until, created_at, disabled_at, disabled_reason ON event_endpoint FOR EACH ROW EXECUTE FUNCTION row_changed('{id}', '{consecutive_failures,failing_since,last_success_at}');

CREATE TABLE fee (
    fee_code text NOT NULL,
    procedure_code text NOT NULL,
    kind text NOT NULL,
    name_vi text NOT NULL,
    name_en text NOT NULL,
    unit text NOT NULL,
    amount bigint NOT NULL,
    locality_code text DEFAULT ''::text NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    legal_basis text NOT NULL,
    budget_code text NOT NULL,
    calculation text NOT NULL,
    tiers text DEFAULT ''::text NOT NULL,
    percent text DEFAULT ''::text NOT NULL,
    minimum bigint,
    maximum bigint,
    retained_percent text DEFAULT ''::text NOT NULL,
    refund_policy text DEFAULT ''::text NOT NULL,
    added_in integer NOT NULL,
    ended_in integer,
    chapter text,
    remittance text,
    treasury_account text,
    CONSTRAINT fee_amount_check CHECK (((amount >= 0) AND (amount <= '9999999999999'::bigint))),
    CONSTRAINT fee_bounds_check CHECK (((minimum IS NULL) OR (maximum IS NULL) OR (minimum <= maximum))),
    CONSTRAINT fee_calculation_check CHECK ((calculation = ANY (ARRAY['flat'::text, 'tiered'::text, 'percent'::text]))),
    CONSTRAINT fee_chapter_check CHECK ((chapter ~ '^[0-9]{3}$'::text)),
    CONSTRAINT fee_days_check CHECK (((valid_to IS NULL) OR (valid_to >= valid_from))),
    CONSTRAINT fee_kind_check CHECK ((kind = ANY (ARRAY['fee'::text, 'charge'::text]))),
    CONSTRAINT fee_maximum_check CHECK ((maximum >= 0)),
    CONSTRAINT fee_minimum_check CHECK ((minimum >= 0)),
    CONSTRAINT fee_remittance_check CHECK ((remittance = ANY (ARRAY['weekly_thursday'::text, 'weekly_monday'::text, 'monthly'::text, 'working_hours'::text]))),
    CONSTRAINT fee_treasury_account_check CHECK ((treasury_account = ANY (ARRAY['7111'::text, '3511'::text])))
);
COMMENT ON TABLE fee IS 'The price of a fee or charge, for a locality and a range of days.';
COMMENT ON COLUMN fee.added_in IS 'The import that brought the row.';
COMMENT ON COLUMN fee.amount IS 'For one unit, in đồng.';
COMMENT ON COLUMN fee.budget_code IS 'The code of the State budget for it.';
COMMENT ON COLUMN fee.calculation IS 'flat: amount × quantity. tiered: the sum over units. percent: of the base amount.';
COMMENT ON COLUMN fee.chapter IS 'The chapter of the State budget, three digits; null for that of the agency.';
COMMENT ON COLUMN fee.ended_in IS 'The import that ended it; null while it is in force.';
COMMENT ON COLUMN fee.kind IS 'fee: phí. charge: lệ phí.';
COMMENT ON COLUMN fee.legal_basis IS 'The decision or decree that sets it.';
COMMENT ON COLUMN fee.locality_code IS 'Empty for a national price.';
COMMENT ON COLUMN fee.maximum IS 'The list amount of a line is lowered to it.';
COMMENT ON COLUMN fee.minimum IS 'The list amount of a line is raised to it.';
COMMENT ON COLUMN fee.percent IS 'A decimal, as written in the file.';
COMMENT ON COLUMN fee.refund_policy IS 'always, never or not_eligible; empty if the file does not say.';
COMMENT ON COLUMN fee.remittance IS 'By when it is remitted, as its circular says; null: online money within 8 working hours, other by the 5th of the next month.';
COMMENT ON COLUMN fee.retained_percent IS 'The agency''s share of a fee, as written in the file; a charge goes to the budget whole.';
COMMENT ON COLUMN fee.tiers IS 'Unit prices by number of the unit in the line: `1-2:2000;3-:1000`.';
COMMENT ON COLUMN fee.treasury_account IS '7111: revenue of the budget, less what the agency retains. 3511: fees that wait for the budget, whole. Null: 7111.';
COMMENT ON COLUMN fee.unit IS 'The name of one unit: hồ sơ, giấy, trang.';
ALTER TABLE ONLY fee ADD CONSTRAINT fee_code_locality_days_excl EXCLUDE USING gist (fee_code WITH =, locality_code WITH =, daterange(valid_from, valid_to, '[]'::text) WITH &&) WHERE ((ended_in IS NULL));
ALTER TABLE ONLY fee ADD CONSTRAINT fee_added_in_fkey FOREIGN KEY (added_in) REFERENCES catalogue_version(id);
ALTER TABLE ONLY fee ADD CONSTRAINT fee_ended_in_fkey FOREIGN KEY (ended_in) REFERENCES catalogue_version(id);
CREATE TRIGGER fee_versioned AFTER INSERT ON fee REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{fee_code,locality_code,valid_from,added_in}', '{}');
CREATE TRIGGER fee_versioned_again AFTER UPDATE ON fee REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{fee_code,locality_code,valid_from,added_in}', '{}');

CREATE TABLE idempotency_key (
    owner_id uuid NOT NULL,
    key text NOT NULL,
    request_hash bytea NOT NULL,
    status integer NOT NULL,
    body text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT idempotency_key_key_check CHECK (((length(key) >= 1) AND (length(key) <= 255)))
);
COMMENT ON TABLE idempotency_key IS 'The first answer to a key, returned again when the call is repeated.';
COMMENT ON COLUMN idempotency_key.body IS 'The body returned.';
COMMENT ON COLUMN idempotency_key.key IS 'What the caller sent as Idempotency-Key.';
COMMENT ON COLUMN idempotency_key.owner_id IS 'The api_key or person that called.';
COMMENT ON COLUMN idempotency_key.request_hash IS 'SHA-256 of the call; another call under the same key is refused.';
COMMENT ON COLUMN idempotency_key.status IS 'The HTTP status returned.';
ALTER TABLE ONLY idempotency_key ADD CONSTRAINT idempotency_key_pkey PRIMARY KEY (owner_id, key);
CREATE INDEX idempotency_key_created_idx ON idempotency_key USING brin (created_at);

CREATE TABLE installation_mode (
    only_row boolean DEFAULT true NOT NULL,
    mode text NOT NULL,
    set_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT installation_mode_mode_check CHECK ((mode = ANY (ARRAY['live'::text, 'test'::text]))),
    CONSTRAINT installation_mode_only_row_check CHECK (only_row)
);
COMMENT ON TABLE installation_mode IS 'Whether this database is of a live or of a test installation: one row, written by `khop migrate`, never changed.';
ALTER TABLE ONLY installation_mode ADD CONSTRAINT installation_mode_pkey PRIMARY KEY (only_row);
CREATE TRIGGER installation_mode_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON installation_mode FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE invitation (
    id bigint NOT NULL,
    person_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    totp_sealed bytea NOT NULL,
    totp_key_id text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    withdrawn_at timestamp with time zone,
    CONSTRAINT invitation_token_hash_check CHECK ((length(token_hash) = 32))
);
COMMENT ON TABLE invitation IS 'Links by which persons choose a password and set up an authenticator; each good once.';
COMMENT ON COLUMN invitation.token_hash IS 'SHA-256 of the token in the link: 258 random bits.';
COMMENT ON COLUMN invitation.totp_sealed IS 'The secret that the page shows, sealed; the person''s once accepted.';
COMMENT ON COLUMN invitation.withdrawn_at IS 'Set when a later invitation replaced it, or the person was disabled.';
ALTER TABLE invitation ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY invitation ADD CONSTRAINT invitation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY invitation ADD CONSTRAINT invitation_token_key UNIQUE (token_hash);
ALTER TABLE ONLY invitation ADD CONSTRAINT invitation_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id);
CREATE INDEX invitation_person_idx ON invitation USING btree (person_id);
CREATE TRIGGER invitation_versioned AFTER INSERT ON invitation REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');
CREATE TRIGGER invitation_versioned_again AFTER UPDATE ON invitation REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');

CREATE TABLE issuer (
    id integer NOT NULL,
    profile text NOT NULL,
    merchant text,
    CONSTRAINT issuer_merchant_check CHECK (((length(merchant) >= 1) AND (length(merchant) <= 100)))
);
COMMENT ON TABLE issuer IS 'Who gives out the ids of transactions: a gateway for one of its merchants, or whoever reports by one connection. Equal ids of one issuer are one transaction, whichever connection reports it; the ids of two issuers have nothing to do with each other.';
COMMENT ON COLUMN issuer.merchant IS 'The merchant, shared by all connections of this profile and merchant; null for the issuer of a single connection, whose merchant is not known or whose messages name none.';
COMMENT ON COLUMN issuer.profile IS 'The profile of its connections.';
ALTER TABLE issuer ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY issuer ADD CONSTRAINT issuer_named_key UNIQUE (id, profile, merchant);
ALTER TABLE ONLY issuer ADD CONSTRAINT issuer_pkey PRIMARY KEY (id);
CREATE UNIQUE INDEX issuer_merchant_key ON issuer USING btree (profile, merchant) WHERE (merchant IS NOT NULL);
CREATE TRIGGER issuer_versioned AFTER INSERT ON issuer REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');
CREATE TRIGGER issuer_versioned_again AFTER UPDATE ON issuer REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');

CREATE TABLE job_state (
    name text NOT NULL,
    value text NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE job_state IS 'how far jobs that are done once a day, or go on where they stopped, have come';
COMMENT ON COLUMN job_state.value IS 'Depends on the job: usually the last day it ran for.';
ALTER TABLE ONLY job_state ADD CONSTRAINT job_state_pkey PRIMARY KEY (name);

CREATE TABLE ledger_account (
    id integer NOT NULL,
    kind text NOT NULL,
    owner text NOT NULL,
    CONSTRAINT ledger_account_kind_check CHECK ((kind = ANY (ARRAY['bank'::text, 'revenue'::text, 'suspense'::text, 'desk'::text, 'clearing'::text, 'opening'::text, 'commission'::text, 'refund'::text, 'write_off'::text, 'cash_difference'::text, 'remittance'::text, 'budget'::text])))
);
COMMENT ON TABLE ledger_account IS 'An account of the books.';
COMMENT ON COLUMN ledger_account.kind IS 'bank: money at the bank, owner = account number. revenue: collected for an agency, owner = agency. suspense: arrived and not yet assigned, owner = account number. desk: taken in cash at a counter, owner = agency. clearing: entered at a counter as paid without cash, or carried to the bank in cash, and not yet confirmed by the bank, owner = agency. opening: what an account held before its first statement. commission: gateway fees. refund: executed refunds that no debit line has confirmed yet. write_off: approved losses and gains. cash_difference: what drawers held less or more than they should have, owner = agency. remittance: orders to the Treasury that were handed to the bank and that no debit line has confirmed yet, owner = account number. budget: passed on to the State budget, owner = agency.';
COMMENT ON COLUMN ledger_account.owner IS 'An agency or the number of a bank account, by kind.';
ALTER TABLE ledger_account ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY ledger_account ADD CONSTRAINT ledger_account_kind_owner_key UNIQUE (kind, owner);
ALTER TABLE ONLY ledger_account ADD CONSTRAINT ledger_account_pkey PRIMARY KEY (id);
CREATE TRIGGER ledger_account_permanent BEFORE DELETE OR TRUNCATE ON ledger_account FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_account_versioned AFTER INSERT ON ledger_account REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');
CREATE TRIGGER ledger_account_versioned_again AFTER UPDATE ON ledger_account REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');

CREATE TABLE ledger_day (
    ledger_account integer NOT NULL,
    booked_on date NOT NULL,
    amount bigint NOT NULL
);
COMMENT ON TABLE ledger_day IS 'What the summed postings of a day brought an account of the books. Derived from ledger_transfer.';
COMMENT ON COLUMN ledger_day.amount IS 'Debits less credits, in đồng.';
ALTER TABLE ONLY ledger_day ADD CONSTRAINT ledger_day_pkey PRIMARY KEY (ledger_account, booked_on);
ALTER TABLE ONLY ledger_day ADD CONSTRAINT ledger_day_ledger_account_fkey FOREIGN KEY (ledger_account) REFERENCES ledger_account(id);

CREATE TABLE ledger_transfer (
    id bigint NOT NULL,
    debit_account integer NOT NULL,
    credit_account integer NOT NULL,
    amount bigint NOT NULL,
    kind text NOT NULL,
    payment_request_id uuid,
    notice_id bigint,
    statement_line_id bigint,
    case_id bigint,
    booked_on date NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    refund_id uuid,
    reverses bigint,
    CONSTRAINT ledger_transfer_accounts_check CHECK ((debit_account <> credit_account)),
    CONSTRAINT ledger_transfer_amount_check CHECK ((amount > 0))
);
COMMENT ON TABLE ledger_transfer IS 'One posting: an amount from one account of the books to another. Facts: never changed or deleted.';
COMMENT ON COLUMN ledger_transfer.amount IS 'In đồng.';
COMMENT ON COLUMN ledger_transfer.booked_on IS 'The business day on which the money moved.';
COMMENT ON COLUMN ledger_transfer.case_id IS 'References reconciliation_case.';
COMMENT ON COLUMN ledger_transfer.credit_account IS 'References ledger_account, checked by ledger_transfer_added.';
COMMENT ON COLUMN ledger_transfer.debit_account IS 'References ledger_account, checked by ledger_transfer_added.';
COMMENT ON COLUMN ledger_transfer.kind IS 'Why: payment, suspense, clearing, desk, opening, commission, refund, refund_paid, write_off, confirmed_by_hand, deposit, cash_difference, remittance, remittance_paid, remittance_returned, statement_ and an outcome; undo_ and the kind of the posting that it reverses.';
COMMENT ON COLUMN ledger_transfer.notice_id IS 'References bank_notice.';
COMMENT ON COLUMN ledger_transfer.payment_request_id IS 'References payment_request.';
COMMENT ON COLUMN ledger_transfer.recorded_at IS 'When the row was written.';
COMMENT ON COLUMN ledger_transfer.refund_id IS 'References refund.';
COMMENT ON COLUMN ledger_transfer.reverses IS 'References ledger_transfer: the posting of an undone statement that this one takes back, the accounts swapped.';
COMMENT ON COLUMN ledger_transfer.statement_line_id IS 'References statement_line.';
ALTER TABLE ledger_transfer ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY ledger_transfer ADD CONSTRAINT ledger_transfer_pkey PRIMARY KEY (id);
CREATE INDEX ledger_transfer_line_idx ON ledger_transfer USING btree (statement_line_id) WHERE (statement_line_id IS NOT NULL);
CREATE INDEX ledger_transfer_notice_idx ON ledger_transfer USING btree (notice_id) WHERE (notice_id IS NOT NULL);
CREATE INDEX ledger_transfer_opening_idx ON ledger_transfer USING btree (debit_account) WHERE (kind = 'opening'::text);
CREATE UNIQUE INDEX ledger_transfer_reverses_key ON ledger_transfer USING btree (reverses) WHERE (reverses IS NOT NULL);
CREATE TRIGGER ledger_transfer_added AFTER INSERT ON ledger_transfer REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION ledger_transfer_added();
CREATE TRIGGER ledger_transfer_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON ledger_transfer FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE line_notice (
    id bigint NOT NULL,
    line_id bigint NOT NULL,
    notice_id bigint NOT NULL
);
COMMENT ON TABLE line_notice IS 'The other notices that a line confirms: those of a payout, of a transfer that paid several requests, of a confirmed recovery, or of a callback that arrived after its line had been put in suspense. Facts: never changed; set aside in undone_row if the statement is undone.';
COMMENT ON COLUMN line_notice.line_id IS 'References statement_line, checked by line_named.';
COMMENT ON COLUMN line_notice.notice_id IS 'References bank_notice, checked by line_named.';
ALTER TABLE line_notice ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY line_notice ADD CONSTRAINT line_notice_notice_key UNIQUE (notice_id);
ALTER TABLE ONLY line_notice ADD CONSTRAINT line_notice_pkey PRIMARY KEY (line_id, notice_id);
CREATE INDEX line_notice_id_idx ON line_notice USING brin (id) WITH (pages_per_range='32', autosummarize='on');
CREATE TRIGGER line_notice_append_only BEFORE UPDATE OR TRUNCATE ON line_notice FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER line_notice_named AFTER INSERT ON line_notice REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION line_named();
CREATE TRIGGER line_notice_set_aside AFTER DELETE ON line_notice REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION row_set_aside('notice_id');

CREATE TABLE line_outcome (
    id bigint NOT NULL,
    line_id bigint NOT NULL,
    run_id bigint NOT NULL,
    outcome text NOT NULL,
    pass text NOT NULL,
    notice_id bigint,
    payment_request_id uuid,
    suspense_amount bigint DEFAULT 0 NOT NULL,
    transaction_id text COLLATE pg_catalog."C",
    reason jsonb,
    CONSTRAINT line_outcome_outcome_check CHECK ((outcome = ANY (ARRAY['matched'::text, 'grouped'::text, 'recovered'::text, 'amount_mismatch'::text, 'duplicate_line'::text, 'unmatched'::text])))
);
COMMENT ON TABLE line_outcome IS 'The outcome of a line: one row for each line, written once. Facts: never changed; set aside in undone_row if the statement is undone.';
COMMENT ON COLUMN line_outcome.line_id IS 'References statement_line, checked by line_named.';
COMMENT ON COLUMN line_outcome.notice_id IS 'References bank_notice, checked by line_named: the notice that the line confirms.';
COMMENT ON COLUMN line_outcome.pass IS 'The pass that decided: see docs/money-rules.md.';
COMMENT ON COLUMN line_outcome.payment_request_id IS 'References payment_request.';
COMMENT ON COLUMN line_outcome.reason IS 'Why, {"code": …, "values": {…}}; null for the pass transaction_id, whose notice is the reason.';
COMMENT ON COLUMN line_outcome.run_id IS 'References reconciliation_run.';
COMMENT ON COLUMN line_outcome.suspense_amount IS 'The part of the line that this outcome moved to suspense, or from it if negative. On a recovered line it means that the line had to wait for confirmation: see recovery_proposal.';
COMMENT ON COLUMN line_outcome.transaction_id IS 'The bank''s id of a line that was not matched by that id. A line that was is found by its notice.';
ALTER TABLE line_outcome ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY line_outcome ADD CONSTRAINT line_outcome_pkey PRIMARY KEY (line_id);
CREATE INDEX line_outcome_id_idx ON line_outcome USING brin (id) WITH (pages_per_range='32', autosummarize='on');
CREATE UNIQUE INDEX line_outcome_notice_key ON line_outcome USING btree (notice_id) WHERE (outcome = ANY (ARRAY['matched'::text, 'recovered'::text, 'amount_mismatch'::text]));
CREATE INDEX line_outcome_repetition_idx ON line_outcome USING btree (line_id) WHERE (pass = 'repetition'::text);
CREATE INDEX line_outcome_run_idx ON line_outcome USING btree (run_id) WHERE (pass <> 'transaction_id'::text);
CREATE INDEX line_outcome_transaction_idx ON line_outcome USING btree (transaction_id) WHERE (transaction_id IS NOT NULL);
CREATE TRIGGER line_outcome_append_only BEFORE UPDATE OR TRUNCATE ON line_outcome FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER line_outcome_named AFTER INSERT ON line_outcome REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION line_named();
CREATE TRIGGER line_outcome_set_aside AFTER DELETE ON line_outcome REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION row_set_aside('line_id');

CREATE TABLE locality (
    code text NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    level text NOT NULL,
    parent_code text,
    name_vi text NOT NULL,
    name_en text NOT NULL,
    successor_codes text[] DEFAULT '{}'::text[] NOT NULL,
    added_in integer NOT NULL,
    ended_in integer,
    CONSTRAINT locality_days_check CHECK (((valid_to IS NULL) OR (valid_to >= valid_from))),
    CONSTRAINT locality_level_check CHECK ((level = ANY (ARRAY['province'::text, 'district'::text, 'commune'::text])))
);
COMMENT ON TABLE locality IS 'A unit of administration in a range of days. Codes were reused on 2025-07-01, so the key is (code, valid_from).';
COMMENT ON COLUMN locality.added_in IS 'The import that brought the row.';
COMMENT ON COLUMN locality.ended_in IS 'The import that ended it; null while it is in force.';
COMMENT ON COLUMN locality.parent_code IS 'The unit above, of the row in force on the same day; null for a province.';
COMMENT ON COLUMN locality.successor_codes IS 'The units in force on the day after valid_to; several if it was divided.';
COMMENT ON COLUMN locality.valid_from IS 'The first day.';
COMMENT ON COLUMN locality.valid_to IS 'The last day; null if there is no end.';
ALTER TABLE ONLY locality ADD CONSTRAINT locality_code_days_excl EXCLUDE USING gist (code WITH =, daterange(valid_from, valid_to, '[]'::text) WITH &&) WHERE ((ended_in IS NULL));
ALTER TABLE ONLY locality ADD CONSTRAINT locality_added_in_fkey FOREIGN KEY (added_in) REFERENCES catalogue_version(id);
ALTER TABLE ONLY locality ADD CONSTRAINT locality_ended_in_fkey FOREIGN KEY (ended_in) REFERENCES catalogue_version(id);
CREATE TRIGGER locality_versioned AFTER INSERT ON locality REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{code,valid_from,added_in}', '{}');
CREATE TRIGGER locality_versioned_again AFTER UPDATE ON locality REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{code,valid_from,added_in}', '{}');

CREATE TABLE login_attempt (
    subject text NOT NULL,
    failures bigint NOT NULL,
    last_at timestamp with time zone NOT NULL,
    CONSTRAINT login_attempt_failures_check CHECK ((failures >= 0)),
    CONSTRAINT login_attempt_subject_check CHECK ((length(subject) <= 400))
);
COMMENT ON TABLE login_attempt IS 'Failed logins, by account and by address; they only delay the next.';
COMMENT ON COLUMN login_attempt.failures IS 'Counted before a password is looked at, and set to 0 by a login.';
COMMENT ON COLUMN login_attempt.subject IS '`account:` and an e-mail address, with ` from ` and an address that it has logged in from before; or `address:` and one.';
ALTER TABLE ONLY login_attempt ADD CONSTRAINT login_attempt_pkey PRIMARY KEY (subject);

CREATE TABLE login_link (
    id bigint NOT NULL,
    person_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    withdrawn_at timestamp with time zone,
    CONSTRAINT login_link_token_hash_check CHECK ((length(token_hash) = 32))
);
COMMENT ON TABLE login_link IS 'Links that log a person in without a password or a code, each good once; only of installations for development.';
COMMENT ON COLUMN login_link.token_hash IS 'SHA-256 of the token in the link: 258 random bits.';
COMMENT ON COLUMN login_link.withdrawn_at IS 'Set when a later link replaced it, or the person was disabled.';
ALTER TABLE login_link ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY login_link ADD CONSTRAINT login_link_pkey PRIMARY KEY (id);
ALTER TABLE ONLY login_link ADD CONSTRAINT login_link_token_key UNIQUE (token_hash);
ALTER TABLE ONLY login_link ADD CONSTRAINT login_link_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id);
CREATE INDEX login_link_person_idx ON login_link USING btree (person_id);
CREATE TRIGGER login_link_versioned AFTER INSERT ON login_link REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');
CREATE TRIGGER login_link_versioned_again AFTER UPDATE ON login_link REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');

CREATE TABLE payer_contact (
    id bigint NOT NULL,
    payment_request_id uuid NOT NULL,
    channel text NOT NULL,
    address text,
    mark bytea,
    language text NOT NULL,
    given_by text NOT NULL,
    given_at timestamp with time zone NOT NULL,
    stopped_at timestamp with time zone,
    CONSTRAINT payer_contact_address_check CHECK (((length(address) >= 5) AND (length(address) <= 254))),
    CONSTRAINT payer_contact_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text, 'zalo'::text]))),
    CONSTRAINT payer_contact_erased_check CHECK ((((address IS NULL) = (mark IS NULL)) AND ((address IS NOT NULL) OR (stopped_at IS NOT NULL)))),
    CONSTRAINT payer_contact_given_by_check CHECK ((given_by = ANY (ARRAY['portal'::text, 'payer'::text]))),
    CONSTRAINT payer_contact_language_check CHECK ((language = ANY (ARRAY['vi'::text, 'en'::text]))),
    CONSTRAINT payer_contact_mark_check CHECK ((length(mark) = 32))
);
COMMENT ON TABLE payer_contact IS 'Where the payer of a request wants to be told of it. No fact: it is erased, and ends with the purpose it was given for, so it is not sealed.';
COMMENT ON COLUMN payer_contact.address IS 'An e-mail address, or a telephone number as +84…. Personal: masked for staff, never in a log. Null: erased.';
COMMENT ON COLUMN payer_contact.given_by IS 'The portal, with the payer''s consent; or the payer, on the payment page.';
COMMENT ON COLUMN payer_contact.mark IS 'The address under the service''s key (HMAC), by which an address that asked for silence is known.';
COMMENT ON COLUMN payer_contact.stopped_at IS 'From then on nothing is sent: unsubscribed, or erased.';
ALTER TABLE payer_contact ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY payer_contact ADD CONSTRAINT payer_contact_key UNIQUE (payment_request_id, channel, mark);
ALTER TABLE ONLY payer_contact ADD CONSTRAINT payer_contact_pkey PRIMARY KEY (id);
ALTER TABLE ONLY payer_contact ADD CONSTRAINT payer_contact_payment_request_id_fkey FOREIGN KEY (payment_request_id) REFERENCES payment_request(id);
CREATE INDEX payer_contact_given_idx ON payer_contact USING btree (given_at) WHERE (address IS NOT NULL);
CREATE INDEX payer_contact_mark_idx ON payer_contact USING btree (mark, channel);
CREATE TRIGGER payer_contact_added BEFORE INSERT ON payer_contact FOR EACH ROW EXECUTE FUNCTION payer_contact_stopped();
CREATE TRIGGER payer_contact_permanent BEFORE DELETE OR UPDATE OF payment_request_id, channel, given_by, given_at OR TRUNCATE ON payer_contact FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payer_contact_stopped BEFORE UPDATE OF stopped_at ON payer_contact FOR EACH ROW WHEN (((old.stopped_at IS NULL) AND (new.stopped_at IS NOT NULL))) EXECUTE FUNCTION payer_contact_stopped();

CREATE TABLE payer_message (
    id bigint NOT NULL,
    contact_id bigint NOT NULL,
    kind text NOT NULL,
    occasion bigint NOT NULL,
    amount bigint NOT NULL,
    remaining bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    next_attempt_at timestamp with time zone NOT NULL,
    leased_until timestamp with time zone,
    give_up_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    last_error text,
    CONSTRAINT payer_message_amount_check CHECK (((amount >= 0) AND (amount <= '9999999999999'::bigint))),
    CONSTRAINT payer_message_attempts_check CHECK (((attempts >= 0) AND (attempts <= 1000))),
    CONSTRAINT payer_message_ended_check CHECK (((state = ANY (ARRAY['waiting'::text, 'sending'::text])) = (ended_at IS NULL))),
    CONSTRAINT payer_message_kind_check CHECK ((kind = ANY (ARRAY['paid'::text, 'part_paid'::text, 'too_much'::text, 'refunded'::text, 'expires_tomorrow'::text]))),
    CONSTRAINT payer_message_last_error_check CHECK (((length(last_error) >= 1) AND (length(last_error) <= 300))),
    CONSTRAINT payer_message_leased_check CHECK (((state = 'sending'::text) = (leased_until IS NOT NULL))),
    CONSTRAINT payer_message_occasion_check CHECK ((occasion >= 0)),
    CONSTRAINT payer_message_remaining_check CHECK (((remaining >= 0) AND (remaining <= '9999999999999'::bigint))),
    CONSTRAINT payer_message_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sending'::text, 'sent'::text, 'dead'::text, 'unknown'::text, 'dropped'::text])))
);
COMMENT ON TABLE payer_message IS 'The outbox of messages to payers. No fact about money, so it is not sealed: what it tells of stands in the request and its history.';
COMMENT ON COLUMN payer_message.amount IS 'What came in all, or what went back, in đồng.';
COMMENT ON COLUMN payer_message.last_error IS 'Why it was not sent; names no address.';
COMMENT ON COLUMN payer_message.occasion IS 'What makes the message one: 0 for what is told once; else the sum that had come, or gone back, by then.';
COMMENT ON COLUMN payer_message.remaining IS 'What remains to be paid, or what is too much, in đồng.';
COMMENT ON COLUMN payer_message.state IS 'See state_transition. sending: handed to the sender, from before it leaves; what was sending when its server died is unknown and is never sent again.';
ALTER TABLE payer_message ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY payer_message ADD CONSTRAINT payer_message_once_key UNIQUE (contact_id, kind, occasion);
ALTER TABLE ONLY payer_message ADD CONSTRAINT payer_message_pkey PRIMARY KEY (id);
ALTER TABLE ONLY payer_message ADD CONSTRAINT payer_message_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES payer_contact(id);
CREATE INDEX payer_message_due_idx ON payer_message USING btree (next_attempt_at, id) WHERE (state = ANY (ARRAY['waiting'::text, 'sending'::text]));
CREATE INDEX payer_message_stuck_idx ON payer_message USING btree (ended_at) WHERE (state = ANY (ARRAY['dead'::text, 'unknown'::text]));
CREATE TRIGGER payer_message_permanent BEFORE DELETE OR UPDATE OF contact_id, kind, occasion, amount, remaining, made_at OR TRUNCATE ON payer_message FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payer_message_state_changed BEFORE UPDATE OF state ON payer_message FOR EACH ROW WHEN ((old.state IS DISTINCT FROM new.state)) EXECUTE FUNCTION state_changed('payer_message');

CREATE TABLE payment_request (
    id uuid NOT NULL,
    reference payment_reference NOT NULL,
    token text NOT NULL,
    dossier_code text NOT NULL,
    agency_code text NOT NULL,
    procedure_code text NOT NULL,
    channel text NOT NULL,
    payer_category text,
    payer_name text,
    payer_evidence_kind text,
    payer_evidence_number text,
    assessed_on date NOT NULL,
    amount_due bigint NOT NULL,
    discount_total bigint NOT NULL,
    amount_received bigint DEFAULT 0 NOT NULL,
    amount_applied bigint DEFAULT 0 NOT NULL,
    amount_refunded bigint DEFAULT 0 NOT NULL,
    status text NOT NULL,
    paid_at timestamp with time zone,
    paid_on date,
    settled_by text,
    expires_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid,
    return_url text,
    bank_bin text NOT NULL,
    account_number text NOT NULL,
    account_name text NOT NULL,
    revenue_account integer NOT NULL,
    catalogue_version integer NOT NULL,
    items json,
    lines json NOT NULL,
    fee_refund_claimed bigint DEFAULT 0 NOT NULL,
    salt uuid DEFAULT gen_random_uuid(),
    charge_due bigint,
    CONSTRAINT payment_request_amount_due_check CHECK (((amount_due >= 0) AND (amount_due <= '9999999999999'::bigint))),
    CONSTRAINT payment_request_amount_received_check CHECK ((amount_received >= 0)),
    CONSTRAINT payment_request_applied_check CHECK (((amount_applied >= 0) AND (amount_applied <= amount_received))),
    CONSTRAINT payment_request_channel_check CHECK ((channel = ANY (ARRAY['online'::text, 'counter_qr'::text, 'counter_card'::text, 'counter_transfer'::text, 'counter_cash'::text]))),
    CONSTRAINT payment_request_charge_check CHECK (((charge_due >= 0) AND (charge_due <= amount_due))),
    CONSTRAINT payment_request_discount_total_check CHECK ((discount_total >= 0)),
    CONSTRAINT payment_request_due_check CHECK (((amount_applied - fee_refund_claimed) <= amount_due)),
    CONSTRAINT payment_request_evidence_check CHECK (((payer_evidence_kind IS NULL) = (payer_evidence_number IS NULL))),
    CONSTRAINT payment_request_paid_check CHECK (((paid_at IS NULL) = (status = ANY (ARRAY['pending'::text, 'expired'::text, 'cancelled'::text])))),
    CONSTRAINT payment_request_paid_on_check CHECK (((paid_at IS NULL) = (paid_on IS NULL))),
    CONSTRAINT payment_request_payer_evidence_kind_check CHECK ((payer_evidence_kind = ANY (ARRAY['citizen_id'::text, 'birth_certificate'::text, 'poor_household_certificate'::text, 'disability_certificate'::text, 'merit_certificate'::text, 'residence_certificate'::text, 'student_card'::text, 'other'::text]))),
    CONSTRAINT payment_request_payer_evidence_number_check CHECK (((length(payer_evidence_number) >= 1) AND (length(payer_evidence_number) <= 64))),
    CONSTRAINT payment_request_refund_check CHECK (((amount_refunded >= 0) AND (amount_refunded <= amount_received))),
    CONSTRAINT payment_request_refund_claim_check CHECK (((fee_refund_claimed >= 0) AND (fee_refund_claimed <= amount_applied))),
    CONSTRAINT payment_request_settled_by_check CHECK ((settled_by = ANY (ARRAY['notice'::text, 'statement'::text, 'counter'::text, 'case'::text, 'exemption'::text, 'nothing_due'::text]))),
    CONSTRAINT payment_request_settled_check CHECK (((paid_at IS NULL) = (settled_by IS NULL))),
    CONSTRAINT payment_request_settled_free_check CHECK (((settled_by = ANY (ARRAY['exemption'::text, 'nothing_due'::text])) = (amount_due = 0))),
    CONSTRAINT payment_request_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'paid'::text, 'expired'::text, 'cancelled'::text, 'partially_refunded'::text, 'refunded'::text])))
)
WITH (fillfactor='50');
COMMENT ON TABLE payment_request IS 'What a citizen is asked to pay for a dossier, and what has been paid.';
COMMENT ON COLUMN payment_request.agency_code IS 'The agency that collects, by its code in the catalogue.';
COMMENT ON COLUMN payment_request.amount_applied IS 'The part of amount_received that was posted to revenue; the rest is excess.';
COMMENT ON COLUMN payment_request.amount_due IS 'In đồng, after reductions and discounts.';
COMMENT ON COLUMN payment_request.amount_received IS 'What has been received for it, including any excess.';
COMMENT ON COLUMN payment_request.amount_refunded IS 'What has been refunded, or is about to be.';
COMMENT ON COLUMN payment_request.assessed_on IS 'The day whose prices and rules apply.';
COMMENT ON COLUMN payment_request.bank_bin IS 'Where the QR code sends the money; kept, because an agency''s account may change.';
COMMENT ON COLUMN payment_request.catalogue_version IS 'The catalogue that it was assessed by.';
COMMENT ON COLUMN payment_request.channel IS 'How it is to be paid or was paid; decides the online discount.';
COMMENT ON COLUMN payment_request.charge_due IS 'The part of amount_due that is charges (lệ phí); the rest is fees (phí). Null: as `lines` say. Derived from them.';
COMMENT ON COLUMN payment_request.created_by IS 'References api_key or person, checked by payment_request_created.';
COMMENT ON COLUMN payment_request.discount_total IS 'The sum of the benefits of rules of kind `discount`.';
COMMENT ON COLUMN payment_request.dossier_code IS 'The portal''s own number of the dossier.';
COMMENT ON COLUMN payment_request.fee_refund_claimed IS 'The part of the fee that refunds, except rejected ones, have claimed. A check of the row keeps it at most what was received for the fee, however many refunds are requested at once.';
COMMENT ON COLUMN payment_request.items IS 'The items as requested, to assess them again.';
COMMENT ON COLUMN payment_request.lines IS 'The assessment as it was returned; text, so that it never changes.';
COMMENT ON COLUMN payment_request.paid_at IS 'When the money that completed the amount moved, by the provider''s clock.';
COMMENT ON COLUMN payment_request.paid_on IS 'The business day of paid_at, on which it counts in reports.';
COMMENT ON COLUMN payment_request.payer_category IS 'The basis of reductions; when the request is assessed again, it counts only with its evidence.';
COMMENT ON COLUMN payment_request.payer_evidence_kind IS 'The paper that proves the category; without it the category reduces nothing.';
COMMENT ON COLUMN payment_request.payer_evidence_number IS 'The number of the paper. Personal: only for staff, never in a log or on the payment page.';
COMMENT ON COLUMN payment_request.reference IS 'Our reference (mã thanh toán) in the QR code and the memo: ISO 11649.';
COMMENT ON COLUMN payment_request.revenue_account IS 'The account of the books that its fee is booked to.';
COMMENT ON COLUMN payment_request.salt IS 'Hashed together with the row in row_version; forgotten with the personal data, so that nobody can guess them from the hashes that stay.';
COMMENT ON COLUMN payment_request.settled_by IS 'What completed it: a bank''s notice, a line of a statement, a counter, or the decision of a case; exemption if reductions left nothing of its price, nothing_due if it had no price. Kept when it is refunded.';
COMMENT ON COLUMN payment_request.status IS 'See state_transition.';
COMMENT ON COLUMN payment_request.token IS 'The secret part of the pay link: whoever has it sees the page, so it is as long as a key.';
ALTER TABLE ONLY payment_request ADD CONSTRAINT payment_request_pkey PRIMARY KEY (id);
ALTER TABLE ONLY payment_request ADD CONSTRAINT payment_request_reference_key UNIQUE (reference);
ALTER TABLE ONLY payment_request ADD CONSTRAINT payment_request_token_key UNIQUE (token);
ALTER TABLE ONLY payment_request ADD CONSTRAINT payment_request_account_number_fkey FOREIGN KEY (account_number) REFERENCES bank_account(account_number);
ALTER TABLE ONLY payment_request ADD CONSTRAINT payment_request_catalogue_version_fkey FOREIGN KEY (catalogue_version) REFERENCES catalogue_version(id);
ALTER TABLE ONLY payment_request ADD CONSTRAINT payment_request_revenue_account_fkey FOREIGN KEY (revenue_account) REFERENCES ledger_account(id);
CREATE INDEX payment_request_amount_idx ON payment_request USING btree (amount_due, created_at);
CREATE INDEX payment_request_created_idx ON payment_request USING brin (created_at) WITH (pages_per_range='32');
CREATE INDEX payment_request_dossier_idx ON payment_request USING btree (dossier_code text_pattern_ops);
CREATE INDEX payment_request_expires_idx ON payment_request USING btree (expires_at);
CREATE INDEX payment_request_name_pairs_idx ON payment_request USING gin (name_pairs(payer_name));
CREATE INDEX payment_request_payer_idx ON payment_request USING gin (folded(payer_name) gin_trgm_ops);
CREATE TRIGGER payment_request_changed AFTER UPDATE ON payment_request REFERENCING OLD TABLE AS removed NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION payment_request_changed();
CREATE TRIGGER payment_request_created AFTER INSERT ON payment_request REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION payment_request_created();
CREATE TRIGGER payment_request_permanent BEFORE DELETE OR TRUNCATE ON payment_request FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payment_request_told_change AFTER UPDATE ON payment_request REFERENCING OLD TABLE AS removed NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION payment_request_change_told();
CREATE TRIGGER payment_request_told_change_to_basket AFTER UPDATE ON payment_request REFERENCING OLD TABLE AS removed NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION basket_told();
CREATE TRIGGER payment_request_told_creation AFTER INSERT ON payment_request REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION payment_request_creation_told();
CREATE TRIGGER payment_request_told_messages AFTER UPDATE ON payment_request REFERENCING OLD TABLE AS removed NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION payment_request_messages();
CREATE TRIGGER payment_request_versioned AFTER INSERT ON payment_request REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{amount_received,amount_applied,amount_refunded,fee_refund_claimed,status,paid_at,paid_on,settled_by,charge_due}');
CREATE TRIGGER payment_request_versioned_again AFTER UPDATE OF id, reference, token, dossier_code, agency_code, procedure_code, channel, payer_category, payer_name, payer_evidence_kind, payer_evidence_number, assessed_on, amount_due, discount_total, expires_at, created_at, created_by, return_url, bank_bin, account_number, account_name, revenue_account, catalogue_version, items, lines, salt ON payment_request FOR EACH ROW EXECUTE FUNCTION row_changed('{id}', '{amount_received,amount_applied,amount_refunded,fee_refund_claimed,status,paid_at,paid_on,settled_by,charge_due}');

CREATE TABLE payment_request_event (
    id bigint NOT NULL,
    payment_request_id uuid NOT NULL,
    event text NOT NULL,
    from_status text,
    to_status text NOT NULL,
    amount_received bigint NOT NULL,
    happened_at timestamp with time zone DEFAULT now() NOT NULL,
    paid_on date,
    agency_code text
);
COMMENT ON TABLE payment_request_event IS 'The history of payment requests. Facts: never changed or deleted.';
COMMENT ON COLUMN payment_request_event.agency_code IS 'Set if the event is the payment: the agency it counts for.';
COMMENT ON COLUMN payment_request_event.amount_received IS 'As it stood then.';
COMMENT ON COLUMN payment_request_event.event IS 'create, or an event of state_transition.';
COMMENT ON COLUMN payment_request_event.paid_on IS 'Set if the event is the payment: the day it counts for.';
COMMENT ON COLUMN payment_request_event.payment_request_id IS 'References payment_request, written by its triggers.';
ALTER TABLE payment_request_event ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY payment_request_event ADD CONSTRAINT payment_request_event_pkey PRIMARY KEY (id);
CREATE INDEX payment_request_event_paid_idx ON payment_request_event USING btree (agency_code, paid_on, payment_request_id) WHERE (paid_on IS NOT NULL);
CREATE INDEX payment_request_event_request_idx ON payment_request_event USING btree (payment_request_id);
CREATE TRIGGER payment_request_event_append_only BEFORE DELETE OR UPDATE OF id, payment_request_id, event, from_status, to_status, amount_received, happened_at OR TRUNCATE ON payment_request_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE person (
    id uuid NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by text NOT NULL,
    disabled_at timestamp with time zone,
    password_hash text,
    password_set_at timestamp with time zone,
    totp_sealed bytea,
    totp_key_id text,
    totp_last_step bigint DEFAULT 0 NOT NULL,
    CONSTRAINT person_email_check CHECK (((email = lower(email)) AND (email ~ '^[^@ ]+@[^@ ]+$'::text) AND (length(email) <= 254))),
    CONSTRAINT person_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT person_password_check CHECK ((num_nulls(password_hash, password_set_at) = ANY (ARRAY[0, 2]))),
    CONSTRAINT person_password_hash_check CHECK ((password_hash ~~ '$argon2id$%'::text)),
    CONSTRAINT person_totp_check CHECK ((num_nulls(totp_sealed, totp_key_id) = ANY (ARRAY[0, 2])))
);
COMMENT ON TABLE person IS 'Who decides: told apart by e-mail address, never by a name that somebody typed. Never deleted, for the audit.';
COMMENT ON COLUMN person.disabled_at IS 'Set when the person left: no login and no session works any more.';
COMMENT ON COLUMN person.password_hash IS 'Argon2id with its salt and cost; null until an invitation was accepted.';
COMMENT ON COLUMN person.totp_key_id IS 'Which key sealed it.';
COMMENT ON COLUMN person.totp_last_step IS 'The step of the last code that was taken: no code serves twice.';
COMMENT ON COLUMN person.totp_sealed IS 'The secret of the authenticator, sealed under the service''s key.';
ALTER TABLE ONLY person ADD CONSTRAINT person_email_key UNIQUE (email);
ALTER TABLE ONLY person ADD CONSTRAINT person_pkey PRIMARY KEY (id);
CREATE TRIGGER person_permanent BEFORE DELETE OR TRUNCATE ON person FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER person_versioned AFTER INSERT ON person REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{totp_last_step}');
CREATE TRIGGER person_versioned_again AFTER UPDATE OF id, name, email, created_at, created_by, disabled_at, password_hash, password_set_at, totp_sealed, totp_key_id ON person FOR EACH ROW EXECUTE FUNCTION row_changed('{id}', '{totp_last_step}');

CREATE TABLE person_identity (
    id bigint NOT NULL,
    person_id uuid NOT NULL,
    issuer text NOT NULL,
    subject text NOT NULL,
    linked_at timestamp with time zone DEFAULT now() NOT NULL,
    ended_at timestamp with time zone,
    ended_by text,
    CONSTRAINT person_identity_ended_check CHECK ((num_nulls(ended_at, ended_by) = ANY (ARRAY[0, 2]))),
    CONSTRAINT person_identity_issuer_check CHECK (((length(issuer) >= 1) AND (length(issuer) <= 500))),
    CONSTRAINT person_identity_subject_check CHECK (((length(subject) >= 1) AND (length(subject) <= 255)))
);
COMMENT ON TABLE person_identity IS 'Accounts of an OpenID Connect provider that persons log in with: linked at the first login, by verified e-mail.';
COMMENT ON COLUMN person_identity.subject IS 'The account at the provider, which never becomes another person''s.';
ALTER TABLE person_identity ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY person_identity ADD CONSTRAINT person_identity_pkey PRIMARY KEY (id);
ALTER TABLE ONLY person_identity ADD CONSTRAINT person_identity_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id);
CREATE UNIQUE INDEX person_identity_person_key ON person_identity USING btree (person_id, issuer) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX person_identity_subject_key ON person_identity USING btree (issuer, subject) WHERE (ended_at IS NULL);
CREATE TRIGGER person_identity_permanent BEFORE DELETE OR UPDATE OF person_id, issuer, subject, linked_at OR TRUNCATE ON person_identity FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER person_identity_versioned AFTER INSERT ON person_identity REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');
CREATE TRIGGER person_identity_versioned_again AFTER UPDATE ON person_identity REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');

CREATE TABLE person_role (
    id bigint NOT NULL,
    person_id uuid NOT NULL,
    role text NOT NULL,
    locality_code text,
    until timestamp with time zone,
    granted_at timestamp with time zone DEFAULT now() NOT NULL,
    granted_by text NOT NULL,
    ended_at timestamp with time zone,
    ended_by text,
    delegated_by uuid,
    CONSTRAINT person_role_delegated_check CHECK (((delegated_by IS NULL) OR ((delegated_by <> person_id) AND (until IS NOT NULL)))),
    CONSTRAINT person_role_ended_check CHECK ((num_nulls(ended_at, ended_by) = ANY (ARRAY[0, 2]))),
    CONSTRAINT person_role_role_check CHECK ((role = ANY (ARRAY['finance'::text, 'approver'::text, 'cashier'::text, 'auditor'::text, 'leader'::text, 'admin'::text])))
);
COMMENT ON TABLE person_role IS 'The roles of persons, each everywhere or in a locality and what lies below it.';
COMMENT ON COLUMN person_role.delegated_by IS 'Whom the holder stands in for: the holder decides nothing about what that person asked for or decided.';
COMMENT ON COLUMN person_role.locality_code IS 'Null for every locality.';
COMMENT ON COLUMN person_role.until IS 'The end of a delegation; null if it lasts until it is ended.';
ALTER TABLE person_role ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY person_role ADD CONSTRAINT person_role_pkey PRIMARY KEY (id);
ALTER TABLE ONLY person_role ADD CONSTRAINT person_role_delegated_by_fkey FOREIGN KEY (delegated_by) REFERENCES person(id);
ALTER TABLE ONLY person_role ADD CONSTRAINT person_role_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id);
CREATE UNIQUE INDEX person_role_held_key ON person_role USING btree (person_id, role, COALESCE(locality_code, ''::text)) WHERE (ended_at IS NULL);
CREATE TRIGGER person_role_added AFTER INSERT ON person_role FOR EACH ROW EXECUTE FUNCTION person_role_added();
CREATE TRIGGER person_role_permanent BEFORE DELETE OR UPDATE OF person_id, role, locality_code, until, granted_at, granted_by, delegated_by OR TRUNCATE ON person_role FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER person_role_versioned AFTER INSERT ON person_role REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');
CREATE TRIGGER person_role_versioned_again AFTER UPDATE ON person_role REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');

CREATE TABLE person_session (
    id bigint NOT NULL,
    person_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    kind text NOT NULL,
    method text NOT NULL,
    address text NOT NULL,
    user_agent text,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone NOT NULL,
    factor_at timestamp with time zone,
    ended_at timestamp with time zone,
    ended_why text,
    CONSTRAINT person_session_ended_check CHECK ((num_nulls(ended_at, ended_why) = ANY (ARRAY[0, 2]))),
    CONSTRAINT person_session_ended_why_check CHECK ((ended_why = ANY (ARRAY['logout'::text, 'idle'::text, 'over'::text, 'by_owner'::text, 'password_changed'::text, 'role_changed'::text, 'disabled'::text, 'replaced'::text]))),
    CONSTRAINT person_session_kind_check CHECK ((kind = ANY (ARRAY['browser'::text, 'bearer'::text]))),
    CONSTRAINT person_session_method_check CHECK ((method = ANY (ARRAY['password'::text, 'oidc'::text, 'link'::text]))),
    CONSTRAINT person_session_token_hash_check CHECK ((length(token_hash) = 32))
);
COMMENT ON TABLE person_session IS 'Logins of persons: of a browser (cookie) or of a program that a person runs (bearer).';
COMMENT ON COLUMN person_session.factor_at IS 'When the second factor was last given; null between password and code, when the session may do nothing else.';
COMMENT ON COLUMN person_session.last_used_at IS 'To half a minute.';
COMMENT ON COLUMN person_session.token_hash IS 'SHA-256 of the token: 258 random bits.';
ALTER TABLE person_session ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY person_session ADD CONSTRAINT person_session_pkey PRIMARY KEY (id);
ALTER TABLE ONLY person_session ADD CONSTRAINT person_session_token_key UNIQUE (token_hash);
ALTER TABLE ONLY person_session ADD CONSTRAINT person_session_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id);
CREATE INDEX person_session_person_idx ON person_session USING btree (person_id) WHERE (ended_at IS NULL);

CREATE TABLE platform_file (
    id bigint NOT NULL,
    connection_id integer NOT NULL,
    day date NOT NULL,
    turn smallint NOT NULL,
    name text NOT NULL,
    hash bytea NOT NULL,
    rows integer NOT NULL,
    total bigint NOT NULL,
    imported_at timestamp with time zone NOT NULL,
    imported_by text NOT NULL,
    imported_by_name text NOT NULL,
    CONSTRAINT platform_file_hash_check CHECK ((length(hash) = 32)),
    CONSTRAINT platform_file_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT platform_file_rows_check CHECK (((rows >= 0) AND (rows <= 100000))),
    CONSTRAINT platform_file_total_check CHECK (((total >= 0) AND (total <= '9999999999999999'::bigint))),
    CONSTRAINT platform_file_turn_check CHECK (((turn >= 1) AND (turn <= 1000)))
);
COMMENT ON TABLE platform_file IS 'A day''s file of the national payment platform (đối soát), stored once. Facts. Of several of a day the last one counts.';
COMMENT ON COLUMN platform_file.day IS 'The day that it is of.';
COMMENT ON COLUMN platform_file.hash IS 'SHA-256 of the file: the same file again is the same import.';
COMMENT ON COLUMN platform_file.total IS 'The sum of its rows, in đồng.';
COMMENT ON COLUMN platform_file.turn IS '1 for the first of a day; one that corrects it is the next.';
ALTER TABLE platform_file ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY platform_file ADD CONSTRAINT platform_file_hash_key UNIQUE (connection_id, hash);
ALTER TABLE ONLY platform_file ADD CONSTRAINT platform_file_pkey PRIMARY KEY (id);
ALTER TABLE ONLY platform_file ADD CONSTRAINT platform_file_turn_key UNIQUE (connection_id, day, turn);
ALTER TABLE ONLY platform_file ADD CONSTRAINT platform_file_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connection(id);
CREATE TRIGGER platform_file_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON platform_file FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER platform_file_versioned AFTER INSERT ON platform_file REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');
CREATE TRIGGER platform_file_versioned_again AFTER UPDATE ON platform_file REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');

CREATE TABLE platform_link (
    id integer NOT NULL,
    connection_id integer NOT NULL,
    init_url text NOT NULL,
    query_url text NOT NULL,
    bill_url text,
    sealed bytea,
    key_id text,
    lookup_hash bytea,
    set_at timestamp with time zone NOT NULL,
    set_by text NOT NULL,
    set_by_name text NOT NULL,
    ended_at timestamp with time zone,
    ended_by text,
    ended_by_name text,
    CONSTRAINT platform_link_bill_url_check CHECK (((length(bill_url) >= 1) AND (length(bill_url) <= 300))),
    CONSTRAINT platform_link_ended_check CHECK ((num_nulls(ended_at, ended_by, ended_by_name) = ANY (ARRAY[0, 3]))),
    CONSTRAINT platform_link_init_url_check CHECK (((length(init_url) >= 1) AND (length(init_url) <= 300))),
    CONSTRAINT platform_link_lookup_hash_check CHECK ((length(lookup_hash) = 32)),
    CONSTRAINT platform_link_query_url_check CHECK (((length(query_url) >= 1) AND (length(query_url) <= 300))),
    CONSTRAINT platform_link_sealed_check CHECK (((sealed IS NULL) = (key_id IS NULL)))
);
COMMENT ON TABLE platform_link IS 'Where the payers of a connection of the national payment platform are sent, from set_at until ended_at. What it says never changes: a change is another row.';
COMMENT ON COLUMN platform_link.bill_url IS 'Where its receipt is fetched (GET_BILL); null if there is none.';
COMMENT ON COLUMN platform_link.init_url IS 'Where a payment is begun (INIT).';
COMMENT ON COLUMN platform_link.lookup_hash IS 'SHA-256 of the token that the platform''s look-up at the agency has to bring; null while there is no look-up.';
COMMENT ON COLUMN platform_link.query_url IS 'Where the platform is asked what became of one (QUERY).';
COMMENT ON COLUMN platform_link.sealed IS 'The access token of the integration layer in front of it, sealed with the key key_id; null if none is wanted.';
ALTER TABLE platform_link ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY platform_link ADD CONSTRAINT platform_link_pkey PRIMARY KEY (id);
ALTER TABLE ONLY platform_link ADD CONSTRAINT platform_link_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connection(id);
CREATE UNIQUE INDEX platform_link_connection_key ON platform_link USING btree (connection_id) WHERE (ended_at IS NULL);
CREATE TRIGGER platform_link_permanent BEFORE DELETE OR UPDATE OF connection_id, init_url, query_url, bill_url, lookup_hash, set_at, set_by OR TRUNCATE ON platform_link FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER platform_link_versioned AFTER INSERT ON platform_link REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');
CREATE TRIGGER platform_link_versioned_again AFTER UPDATE ON platform_link REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');

CREATE TABLE platform_payment (
    id bigint NOT NULL,
    link_id integer NOT NULL,
    payment_request_id uuid NOT NULL,
    code text NOT NULL COLLATE pg_catalog."C",
    origin text NOT NULL,
    amount bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    transaction_id text COLLATE pg_catalog."C",
    ended_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    next_query_at timestamp with time zone,
    leased_until timestamp with time zone,
    last_error text,
    CONSTRAINT platform_payment_amount_check CHECK (((amount >= 1) AND (amount <= '9999999999999'::bigint))),
    CONSTRAINT platform_payment_code_check CHECK ((code ~ '^RF[0-9]{2}[0-9A-HJKMNP-TV-Z]{16}$'::text)),
    CONSTRAINT platform_payment_ended_check CHECK (((state = 'waiting'::text) = (ended_at IS NULL))),
    CONSTRAINT platform_payment_last_error_check CHECK (((length(last_error) >= 1) AND (length(last_error) <= 500))),
    CONSTRAINT platform_payment_origin_check CHECK ((origin = ANY (ARRAY['page'::text, 'lookup'::text]))),
    CONSTRAINT platform_payment_paid_check CHECK (((state = 'paid'::text) = (transaction_id IS NOT NULL))),
    CONSTRAINT platform_payment_query_check CHECK (((next_query_at IS NULL) OR ((state <> 'paid'::text) AND (origin = 'page'::text)))),
    CONSTRAINT platform_payment_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'paid'::text, 'failed'::text, 'silent'::text]))),
    CONSTRAINT platform_payment_transaction_id_check CHECK (((length(transaction_id) >= 1) AND (length(transaction_id) <= 100)))
);
COMMENT ON TABLE platform_payment IS 'An attempt to pay a request through the national payment platform. waiting: nobody knows yet what became of it. What was paid is in bank_notice; this is what was asked for.';
COMMENT ON COLUMN platform_payment.code IS 'MaThamChieu: the request''s reference and four characters of the attempt, so that a payment names its request by itself.';
COMMENT ON COLUMN platform_payment.last_error IS 'What went wrong last, for the operator.';
COMMENT ON COLUMN platform_payment.made_at IS 'The time that INIT states, which QUERY repeats.';
COMMENT ON COLUMN platform_payment.next_query_at IS 'When the platform is asked next; null if it is not asked.';
COMMENT ON COLUMN platform_payment.origin IS 'page: the payer was sent to the platform. lookup: the platform looked up what is due.';
COMMENT ON COLUMN platform_payment.payment_request_id IS 'References payment_request, checked by platform_payment_added.';
COMMENT ON COLUMN platform_payment.transaction_id IS 'MaGiaoDich of what paid it.';
ALTER TABLE platform_payment ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY platform_payment ADD CONSTRAINT platform_payment_code_key UNIQUE (code);
ALTER TABLE ONLY platform_payment ADD CONSTRAINT platform_payment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY platform_payment ADD CONSTRAINT platform_payment_link_id_fkey FOREIGN KEY (link_id) REFERENCES platform_link(id);
CREATE INDEX platform_payment_due_idx ON platform_payment USING btree (next_query_at) WHERE (next_query_at IS NOT NULL);
CREATE INDEX platform_payment_request_idx ON platform_payment USING btree (payment_request_id);
CREATE INDEX platform_payment_transaction_idx ON platform_payment USING btree (transaction_id) WHERE (transaction_id IS NOT NULL);
CREATE TRIGGER platform_payment_added AFTER INSERT ON platform_payment FOR EACH ROW EXECUTE FUNCTION platform_payment_added();
CREATE TRIGGER platform_payment_changed BEFORE UPDATE ON platform_payment FOR EACH ROW EXECUTE FUNCTION platform_payment_changed();
CREATE TRIGGER platform_payment_permanent BEFORE DELETE OR TRUNCATE ON platform_payment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER platform_payment_state_changed BEFORE UPDATE OF state ON platform_payment FOR EACH ROW WHEN ((old.state IS DISTINCT FROM new.state)) EXECUTE FUNCTION state_changed('platform_payment');
CREATE TRIGGER platform_payment_versioned AFTER INSERT ON platform_payment REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{attempts,next_query_at,leased_until,last_error}');
CREATE TRIGGER platform_payment_versioned_again AFTER UPDATE OF id, link_id, payment_request_id, code, origin, amount, made_at, state, transaction_id, ended_at ON platform_payment FOR EACH ROW EXECUTE FUNCTION row_changed('{id}', '{attempts,next_query_at,leased_until,last_error}');

CREATE TABLE platform_row (
    file_id bigint NOT NULL,
    number integer NOT NULL,
    code text COLLATE pg_catalog."C",
    transaction_id text COLLATE pg_catalog."C",
    amount bigint,
    happened_at timestamp with time zone,
    bank text,
    status text,
    fault text,
    CONSTRAINT platform_row_amount_check CHECK (((amount >= 0) AND (amount <= '9999999999999'::bigint))),
    CONSTRAINT platform_row_fault_check CHECK (((length(fault) >= 1) AND (length(fault) <= 200))),
    CONSTRAINT platform_row_number_check CHECK (((number >= 1) AND (number <= 100000))),
    CONSTRAINT platform_row_status_check CHECK ((status = ANY (ARRAY['1'::text, '3'::text, '4'::text]))),
    CONSTRAINT platform_row_whole_check CHECK (((fault IS NULL) = (num_nulls(code, transaction_id, amount, status) = 0)))
);
COMMENT ON TABLE platform_row IS 'A row of a day''s file of the platform, as it was read. Facts.';
COMMENT ON COLUMN platform_row.code IS 'MaThamChieu.';
COMMENT ON COLUMN platform_row.fault IS 'The field that could not be read; the row then counts for nothing.';
COMMENT ON COLUMN platform_row.happened_at IS 'ThoiGianGD, where it could be read.';
COMMENT ON COLUMN platform_row.status IS 'TrangThaiGD: 1 paid, 3 unknown or under way, 4 failed.';
COMMENT ON COLUMN platform_row.transaction_id IS 'MaGiaoDich.';
ALTER TABLE ONLY platform_row ADD CONSTRAINT platform_row_pkey PRIMARY KEY (file_id, number);
ALTER TABLE ONLY platform_row ADD CONSTRAINT platform_row_file_id_fkey FOREIGN KEY (file_id) REFERENCES platform_file(id);
CREATE INDEX platform_row_transaction_idx ON platform_row USING btree (transaction_id);
CREATE TRIGGER platform_row_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON platform_row FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER platform_row_versioned AFTER INSERT ON platform_row REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{file_id,number}', '{}');
CREATE TRIGGER platform_row_versioned_again AFTER UPDATE ON platform_row REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{file_id,number}', '{}');

CREATE TABLE procedure (
    code text NOT NULL,
    name_vi text NOT NULL,
    name_en text NOT NULL,
    field_vi text NOT NULL,
    added_in integer NOT NULL,
    ended_in integer,
    CONSTRAINT procedure_code_check CHECK ((code ~ '^[0-9]\.[0-9]{6}$'::text))
);
COMMENT ON TABLE procedure IS 'An administrative procedure, by its national code.';
COMMENT ON COLUMN procedure.added_in IS 'The import that brought the row.';
COMMENT ON COLUMN procedure.ended_in IS 'The import that ended it; null while it is in force.';
COMMENT ON COLUMN procedure.field_vi IS 'The field of administration, as the national list names it.';
ALTER TABLE ONLY procedure ADD CONSTRAINT procedure_added_in_fkey FOREIGN KEY (added_in) REFERENCES catalogue_version(id);
ALTER TABLE ONLY procedure ADD CONSTRAINT procedure_ended_in_fkey FOREIGN KEY (ended_in) REFERENCES catalogue_version(id);
CREATE UNIQUE INDEX procedure_code_key ON procedure USING btree (code) WHERE (ended_in IS NULL);
CREATE TRIGGER procedure_versioned AFTER INSERT ON procedure REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{code,added_in}', '{}');
CREATE TRIGGER procedure_versioned_again AFTER UPDATE ON procedure REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{code,added_in}', '{}');

CREATE TABLE provider_login (
    token_hash bytea NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    next_path text NOT NULL,
    session_id bigint,
    used_at timestamp with time zone,
    CONSTRAINT provider_login_next_path_check CHECK (((length(next_path) >= 1) AND (length(next_path) <= 500))),
    CONSTRAINT provider_login_token_hash_check CHECK ((length(token_hash) = 32))
);
COMMENT ON TABLE provider_login IS 'Logins that browsers have begun at the OpenID Connect provider: each good once, for ten minutes.';
COMMENT ON COLUMN provider_login.session_id IS 'The session that the person gives a second factor anew for; null for a new login.';
COMMENT ON COLUMN provider_login.token_hash IS 'SHA-256 of what the browser keeps in a cookie, of which state, nonce and code verifier are made.';
ALTER TABLE ONLY provider_login ADD CONSTRAINT provider_login_pkey PRIMARY KEY (token_hash);
ALTER TABLE ONLY provider_login ADD CONSTRAINT provider_login_session_id_fkey FOREIGN KEY (session_id) REFERENCES person_session(id);
CREATE INDEX provider_login_begun_idx ON provider_login USING btree (begun_at);

CREATE TABLE provider_receipt (
    id bigint NOT NULL,
    key uuid DEFAULT gen_random_uuid() NOT NULL,
    provider_id integer NOT NULL,
    payment_request_id uuid NOT NULL,
    kind text NOT NULL,
    turn smallint NOT NULL,
    amount bigint NOT NULL,
    replaces bigint,
    reason text,
    made_at timestamp with time zone NOT NULL,
    state text DEFAULT 'awaiting'::text NOT NULL,
    form text,
    serial text,
    number text,
    issued_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    asked_at timestamp with time zone,
    next_attempt_at timestamp with time zone NOT NULL,
    leased_until timestamp with time zone,
    last_error text,
    CONSTRAINT provider_receipt_amount_check CHECK (((amount >= 0) AND (amount <= '9999999999999'::bigint))),
    CONSTRAINT provider_receipt_form_check CHECK (((length(form) >= 1) AND (length(form) <= 20))),
    CONSTRAINT provider_receipt_issued_check CHECK ((((state = 'issued'::text) = (issued_at IS NOT NULL)) AND (((state = 'issued'::text) AND (amount > 0)) = (number IS NOT NULL)) AND (num_nulls(form, serial, number) = ANY (ARRAY[0, 3])))),
    CONSTRAINT provider_receipt_kind_check CHECK ((kind = ANY (ARRAY['fee'::text, 'charge'::text]))),
    CONSTRAINT provider_receipt_last_error_check CHECK (((length(last_error) >= 1) AND (length(last_error) <= 500))),
    CONSTRAINT provider_receipt_number_check CHECK (((length(number) >= 1) AND (length(number) <= 30))),
    CONSTRAINT provider_receipt_order_check CHECK (((replaces < id) AND ((replaces IS NULL) = (reason IS NULL)) AND ((amount > 0) OR (replaces IS NOT NULL)))),
    CONSTRAINT provider_receipt_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500))),
    CONSTRAINT provider_receipt_serial_check CHECK (((length(serial) >= 1) AND (length(serial) <= 20))),
    CONSTRAINT provider_receipt_state_check CHECK ((state = ANY (ARRAY['awaiting'::text, 'issued'::text]))),
    CONSTRAINT provider_receipt_turn_check CHECK (((turn >= 1) AND (turn <= 1000)))
);
COMMENT ON TABLE provider_receipt IS 'A receipt that a provider numbers: an order to it, written in the transaction that pays, and sent until it has a number. awaiting: it has none yet.';
COMMENT ON COLUMN provider_receipt.amount IS '0: what it replaces is cancelled, because all went back.';
COMMENT ON COLUMN provider_receipt.asked_at IS 'When it was sent for the first time: from then on the provider is asked for it before it is sent again.';
COMMENT ON COLUMN provider_receipt.key IS 'By which the provider knows that it is one receipt, however often it is asked.';
COMMENT ON COLUMN provider_receipt.payment_request_id IS 'References payment_request, checked by provider_receipt_added.';
COMMENT ON COLUMN provider_receipt.turn IS '1 for the first of a request and kind; each correction is the next.';
ALTER TABLE provider_receipt ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY provider_receipt ADD CONSTRAINT provider_receipt_key_key UNIQUE (key);
ALTER TABLE ONLY provider_receipt ADD CONSTRAINT provider_receipt_pkey PRIMARY KEY (id);
ALTER TABLE ONLY provider_receipt ADD CONSTRAINT provider_receipt_replaces_key UNIQUE (replaces);
ALTER TABLE ONLY provider_receipt ADD CONSTRAINT provider_receipt_turn_key UNIQUE (payment_request_id, kind, turn);
ALTER TABLE ONLY provider_receipt ADD CONSTRAINT provider_receipt_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES receipt_provider(id);
ALTER TABLE ONLY provider_receipt ADD CONSTRAINT provider_receipt_replaces_fkey FOREIGN KEY (replaces) REFERENCES provider_receipt(id);
CREATE INDEX provider_receipt_awaiting_idx ON provider_receipt USING btree (next_attempt_at) WHERE (state = 'awaiting'::text);
CREATE TRIGGER provider_receipt_added AFTER INSERT ON provider_receipt FOR EACH ROW EXECUTE FUNCTION provider_receipt_added();
CREATE TRIGGER provider_receipt_changed BEFORE UPDATE ON provider_receipt FOR EACH ROW EXECUTE FUNCTION provider_receipt_changed();
CREATE TRIGGER provider_receipt_permanent BEFORE DELETE OR TRUNCATE ON provider_receipt FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER provider_receipt_state_changed BEFORE UPDATE OF state ON provider_receipt FOR EACH ROW WHEN ((old.state IS DISTINCT FROM new.state)) EXECUTE FUNCTION state_changed('provider_receipt');
CREATE TRIGGER provider_receipt_told AFTER UPDATE OF state ON provider_receipt FOR EACH ROW WHEN (((old.state <> new.state) AND (new.state = 'issued'::text))) EXECUTE FUNCTION provider_receipt_told();
CREATE TRIGGER provider_receipt_versioned AFTER INSERT ON provider_receipt REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{attempts,asked_at,next_attempt_at,leased_until,last_error}');
CREATE TRIGGER provider_receipt_versioned_again AFTER UPDATE OF id, key, provider_id, payment_request_id, kind, turn, amount, replaces, reason, made_at, state, form, serial, number, issued_at ON provider_receipt FOR EACH ROW EXECUTE FUNCTION row_changed('{id}', '{attempts,asked_at,next_attempt_at,leased_until,last_error}');

CREATE TABLE raw_key (
    month integer NOT NULL,
    sealed bytea NOT NULL,
    key_id text NOT NULL,
    made_at timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE raw_key IS 'The keys that callbacks as received are sealed under, one a month: when the service''s key changes, these few are sealed again and not what they seal.';
COMMENT ON COLUMN raw_key.key_id IS 'Which secret key sealed it.';
COMMENT ON COLUMN raw_key.month IS 'Years since 0 times 12, plus the month from 0.';
COMMENT ON COLUMN raw_key.sealed IS 'AES-GCM: nonce, ciphertext and tag, under the key named.';
ALTER TABLE ONLY raw_key ADD CONSTRAINT raw_key_pkey PRIMARY KEY (month);

CREATE TABLE receipt (
    id bigint NOT NULL,
    series_id integer NOT NULL,
    number integer NOT NULL,
    payment_request_id uuid NOT NULL,
    amount bigint NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    code bigint NOT NULL,
    replaces bigint,
    reason text,
    CONSTRAINT receipt_amount_check CHECK (((amount >= 0) AND (amount <= '9999999999999'::bigint))),
    CONSTRAINT receipt_code_check CHECK (((code >= 0) AND (code <= '281474976710655'::bigint))),
    CONSTRAINT receipt_number_check CHECK (((number >= 1) AND (number <= 99999999))),
    CONSTRAINT receipt_order_check CHECK ((replaces < id)),
    CONSTRAINT receipt_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500))),
    CONSTRAINT receipt_replacing_check CHECK ((((replaces IS NULL) = (reason IS NULL)) AND ((amount > 0) OR (replaces IS NOT NULL))))
);
COMMENT ON TABLE receipt IS 'What was collected for a request, of one kind. What else a receipt says follows from the request, its lines and the collector''s row of the time. Facts: never changed or deleted.';
COMMENT ON COLUMN receipt.code IS 'Random; in the address of the receipt''s page, so that nobody sees a receipt by guessing its number.';
COMMENT ON COLUMN receipt.payment_request_id IS 'References payment_request: receipts are made from it.';
COMMENT ON COLUMN receipt.replaces IS 'The receipt in whose place it stands.';
COMMENT ON COLUMN receipt.series_id IS 'References receipt_series, checked by receipt_added.';
ALTER TABLE receipt ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY receipt ADD CONSTRAINT receipt_number_key UNIQUE (series_id, number);
ALTER TABLE ONLY receipt ADD CONSTRAINT receipt_pkey PRIMARY KEY (id);
CREATE INDEX receipt_issued_idx ON receipt USING brin (issued_at) WITH (pages_per_range='32');
CREATE UNIQUE INDEX receipt_replaces_key ON receipt USING btree (replaces) WHERE (replaces IS NOT NULL);
CREATE INDEX receipt_request_idx ON receipt USING btree (payment_request_id);
CREATE TRIGGER receipt_added AFTER INSERT ON receipt REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION receipt_added();
CREATE TRIGGER receipt_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON receipt FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER receipt_told AFTER INSERT ON receipt REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION receipt_told();

CREATE TABLE receipt_collector (
    id bigint NOT NULL,
    agency_code text NOT NULL,
    name text NOT NULL,
    address text,
    tax_code text,
    phone text,
    issues boolean NOT NULL,
    set_at timestamp with time zone NOT NULL,
    set_by text NOT NULL,
    set_by_name text NOT NULL,
    CONSTRAINT receipt_collector_address_check CHECK (((length(address) >= 1) AND (length(address) <= 300))),
    CONSTRAINT receipt_collector_name_check CHECK (((length(name) >= 1) AND (length(name) <= 300))),
    CONSTRAINT receipt_collector_phone_check CHECK (((length(phone) >= 1) AND (length(phone) <= 50))),
    CONSTRAINT receipt_collector_tax_code_check CHECK ((tax_code ~ '^[0-9]{10}(-[0-9]{3})?$'::text))
);
COMMENT ON TABLE receipt_collector IS 'What receipts say about the agency that collects, from set_at on. Facts: a change is another row. An agency without one is named as the catalogue does.';
COMMENT ON COLUMN receipt_collector.issues IS 'Whether receipts are made here: false where another system makes them.';
ALTER TABLE receipt_collector ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY receipt_collector ADD CONSTRAINT receipt_collector_pkey PRIMARY KEY (id);
CREATE INDEX receipt_collector_agency_idx ON receipt_collector USING btree (agency_code, id DESC);
CREATE TRIGGER receipt_collector_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON receipt_collector FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER receipt_collector_versioned AFTER INSERT ON receipt_collector REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');
CREATE TRIGGER receipt_collector_versioned_again AFTER UPDATE ON receipt_collector REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');

CREATE TABLE receipt_document (
    receipt_id bigint NOT NULL,
    xml bytea NOT NULL,
    made_at timestamp with time zone NOT NULL,
    CONSTRAINT receipt_document_xml_check CHECK (((length(xml) >= 1) AND (length(xml) <= 2000000)))
);
COMMENT ON TABLE receipt_document IS 'The signed XML of a receipt with its proof, as it was first made: what is asked for later is the same. It names the payer, so it is erased with the payer''s data, and made again without the name when somebody asks for it.';
ALTER TABLE ONLY receipt_document ADD CONSTRAINT receipt_document_pkey PRIMARY KEY (receipt_id);
ALTER TABLE ONLY receipt_document ADD CONSTRAINT receipt_document_receipt_id_fkey FOREIGN KEY (receipt_id) REFERENCES receipt(id);
CREATE TRIGGER receipt_document_append_only BEFORE UPDATE OR TRUNCATE ON receipt_document FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE receipt_notice (
    id bigint NOT NULL,
    receipt_id bigint NOT NULL,
    error text NOT NULL,
    note text NOT NULL,
    made_by text NOT NULL,
    made_by_name text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    CONSTRAINT receipt_notice_error_check CHECK ((error = ANY (ARRAY['payer_name'::text, 'payer_address'::text, 'words'::text]))),
    CONSTRAINT receipt_notice_note_check CHECK (((length(note) >= 1) AND (length(note) <= 500)))
);
COMMENT ON TABLE receipt_notice IS 'Notices of errors that need no new receipt, form 04/SS-CTĐT (Circular 91/2026, article 20.1). Facts.';
COMMENT ON COLUMN receipt_notice.note IS 'What is wrong and what is right, for the payer and the tax office.';
ALTER TABLE receipt_notice ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY receipt_notice ADD CONSTRAINT receipt_notice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY receipt_notice ADD CONSTRAINT receipt_notice_receipt_id_fkey FOREIGN KEY (receipt_id) REFERENCES receipt(id);
CREATE INDEX receipt_notice_receipt_idx ON receipt_notice USING btree (receipt_id);
CREATE TRIGGER receipt_notice_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON receipt_notice FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE receipt_provider (
    id integer NOT NULL,
    agency_code text NOT NULL,
    dialect text NOT NULL,
    url text NOT NULL,
    username text NOT NULL,
    sealed bytea NOT NULL,
    key_id text NOT NULL,
    tax_code text NOT NULL,
    fee_form text NOT NULL,
    fee_serial text NOT NULL,
    charge_form text NOT NULL,
    charge_serial text NOT NULL,
    set_at timestamp with time zone NOT NULL,
    set_by text NOT NULL,
    set_by_name text NOT NULL,
    ended_at timestamp with time zone,
    ended_by text,
    ended_by_name text,
    CONSTRAINT receipt_provider_charge_form_check CHECK (((length(charge_form) >= 1) AND (length(charge_form) <= 20))),
    CONSTRAINT receipt_provider_charge_serial_check CHECK (((length(charge_serial) >= 1) AND (length(charge_serial) <= 20))),
    CONSTRAINT receipt_provider_dialect_check CHECK ((dialect = 'viettel'::text)),
    CONSTRAINT receipt_provider_ended_check CHECK ((num_nulls(ended_at, ended_by, ended_by_name) = ANY (ARRAY[0, 3]))),
    CONSTRAINT receipt_provider_fee_form_check CHECK (((length(fee_form) >= 1) AND (length(fee_form) <= 20))),
    CONSTRAINT receipt_provider_fee_serial_check CHECK (((length(fee_serial) >= 1) AND (length(fee_serial) <= 20))),
    CONSTRAINT receipt_provider_tax_code_check CHECK ((tax_code ~ '^[0-9]{10}(-[0-9]{3})?$'::text)),
    CONSTRAINT receipt_provider_url_check CHECK (((length(url) >= 1) AND (length(url) <= 300))),
    CONSTRAINT receipt_provider_username_check CHECK (((length(username) >= 1) AND (length(username) <= 100)))
);
COMMENT ON TABLE receipt_provider IS 'The provider that numbers an agency''s receipts, from set_at until ended_at. What it says never changes: a change is another row.';
COMMENT ON COLUMN receipt_provider.fee_form IS 'What the provider calls the form of fee receipts.';
COMMENT ON COLUMN receipt_provider.sealed IS 'The password, sealed with the key key_id.';
ALTER TABLE receipt_provider ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY receipt_provider ADD CONSTRAINT receipt_provider_pkey PRIMARY KEY (id);
CREATE UNIQUE INDEX receipt_provider_agency_key ON receipt_provider USING btree (agency_code) WHERE (ended_at IS NULL);
CREATE TRIGGER receipt_provider_permanent BEFORE DELETE OR UPDATE OF agency_code, dialect, url, username, tax_code, fee_form, fee_serial, charge_form, charge_serial, set_at, set_by OR TRUNCATE ON receipt_provider FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER receipt_provider_versioned AFTER INSERT ON receipt_provider REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');
CREATE TRIGGER receipt_provider_versioned_again AFTER UPDATE ON receipt_provider REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');

CREATE TABLE receipt_series (
    id integer NOT NULL,
    agency_code text NOT NULL,
    kind text NOT NULL,
    year smallint NOT NULL,
    serial text NOT NULL,
    last_number integer DEFAULT 0 NOT NULL,
    last_issued_at timestamp with time zone,
    CONSTRAINT receipt_series_kind_check CHECK ((kind = ANY (ARRAY['fee'::text, 'charge'::text]))),
    CONSTRAINT receipt_series_last_number_check CHECK (((last_number >= 0) AND (last_number <= 99999999))),
    CONSTRAINT receipt_series_serial_check CHECK ((serial ~ '^[0-9]{2}T[ABCDEGHKLMNPQRSTUVXY]{2}$'::text)),
    CONSTRAINT receipt_series_serial_of_year_check CHECK ((("left"(serial, 2))::integer = ((year)::integer % 100))),
    CONSTRAINT receipt_series_year_check CHECK (((year >= 2020) AND (year <= 2099)))
)
WITH (fillfactor='10');
COMMENT ON TABLE receipt_series IS 'The run of numbers of an agency''s receipts of a kind in a year. Whoever takes numbers locks the rows of a transaction''s receipts in the order of their ids, as its last locks.';
COMMENT ON COLUMN receipt_series.kind IS 'fee: phí, form EBL01; charge: lệ phí, form EBL02.';
COMMENT ON COLUMN receipt_series.year IS 'Of the day of issue in Vietnam: numbers begin at 1 on 1 January.';
ALTER TABLE receipt_series ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY receipt_series ADD CONSTRAINT receipt_series_key UNIQUE (agency_code, kind, year);
ALTER TABLE ONLY receipt_series ADD CONSTRAINT receipt_series_pkey PRIMARY KEY (id);
CREATE TRIGGER receipt_series_permanent BEFORE DELETE OR UPDATE OF agency_code, kind, year OR TRUNCATE ON receipt_series FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER receipt_series_versioned AFTER INSERT ON receipt_series REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{last_number,last_issued_at}');
CREATE TRIGGER receipt_series_versioned_again AFTER UPDATE OF id, agency_code, kind, year, serial ON receipt_series FOR EACH ROW EXECUTE FUNCTION row_changed('{id}', '{last_number,last_issued_at}');

CREATE TABLE reconciliation_case (
    id bigint NOT NULL,
    kind text NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    account_number text,
    agency_code text,
    payment_request_id uuid,
    notice_id bigint,
    statement_line_id bigint,
    statement_id bigint,
    content_hash bytea,
    connection_id integer,
    amount bigint NOT NULL,
    evidence jsonb DEFAULT '{}'::jsonb NOT NULL,
    reason jsonb,
    opened_at timestamp with time zone DEFAULT now() NOT NULL,
    ended_at timestamp with time zone,
    ended_by text,
    action text,
    note text,
    assignee text,
    due_on date,
    salt uuid DEFAULT gen_random_uuid(),
    CONSTRAINT reconciliation_case_connection_check CHECK (((kind = 'conflict'::text) = (connection_id IS NOT NULL))),
    CONSTRAINT reconciliation_case_ended_check CHECK (((state = 'open'::text) = (ended_at IS NULL))),
    CONSTRAINT reconciliation_case_kind_check CHECK ((kind = ANY (ARRAY['underpaid'::text, 'overpaid'::text, 'late'::text, 'unknown_reference'::text, 'other_account'::text, 'conflict'::text, 'amount_mismatch'::text, 'duplicate_line'::text, 'unmatched'::text, 'missing_at_bank'::text, 'statement_gap'::text, 'alarm'::text, 'platform_difference'::text]))),
    CONSTRAINT reconciliation_case_state_check CHECK ((state = ANY (ARRAY['open'::text, 'resolved'::text, 'closed'::text])))
);
COMMENT ON TABLE reconciliation_case IS 'A case (vụ việc): something that did not fit and waits for a person.';
COMMENT ON COLUMN reconciliation_case.action IS 'How it ended; statement_undone: taken back with the import that had opened it.';
COMMENT ON COLUMN reconciliation_case.amount IS 'The amount in question, in đồng.';
COMMENT ON COLUMN reconciliation_case.assignee IS 'Who works on it.';
COMMENT ON COLUMN reconciliation_case.connection_id IS 'For the kind conflict, the connection that brought the conflicting report: not always that of the first report, for an issuer may have several.';
COMMENT ON COLUMN reconciliation_case.content_hash IS 'For the kind conflict, the conflicting content: different content, or the same for another account, is another case. For the kind alarm, SHA-256 of what it is about and its day.';
COMMENT ON COLUMN reconciliation_case.due_on IS 'Set if a person chose a day other than the kind''s default.';
COMMENT ON COLUMN reconciliation_case.evidence IS 'The facts when it was opened, as JSON; a conflict''s message as received is in it, sealed under a raw_key.';
COMMENT ON COLUMN reconciliation_case.notice_id IS 'References bank_notice, checked by reconciliation_case_added.';
COMMENT ON COLUMN reconciliation_case.payment_request_id IS 'References payment_request, checked by reconciliation_case_added.';
COMMENT ON COLUMN reconciliation_case.reason IS 'Why it was opened: the code and the values of the decision (Reason.json).';
COMMENT ON COLUMN reconciliation_case.salt IS 'Hashed together with the row in row_version; forgotten with the personal data, as case_proposal.salt.';
COMMENT ON COLUMN reconciliation_case.state IS 'open; resolved by a person; closed by itself. See state_transition.';
COMMENT ON COLUMN reconciliation_case.statement_id IS 'References statement, for the kind statement_gap.';
COMMENT ON COLUMN reconciliation_case.statement_line_id IS 'References statement_line.';
ALTER TABLE reconciliation_case ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY reconciliation_case ADD CONSTRAINT reconciliation_case_pkey PRIMARY KEY (id);
ALTER TABLE ONLY reconciliation_case ADD CONSTRAINT reconciliation_case_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connection(id);
CREATE UNIQUE INDEX reconciliation_case_alarm_key ON reconciliation_case USING btree (content_hash) WHERE (kind = 'alarm'::text);
CREATE UNIQUE INDEX reconciliation_case_conflict_key ON reconciliation_case USING btree (notice_id, content_hash, account_number) WHERE (kind = 'conflict'::text);
CREATE INDEX reconciliation_case_ended_idx ON reconciliation_case USING btree (account_number, ended_at) WHERE (ended_at IS NOT NULL);
CREATE UNIQUE INDEX reconciliation_case_gap_key ON reconciliation_case USING btree (statement_id) WHERE (kind = 'statement_gap'::text);
CREATE UNIQUE INDEX reconciliation_case_line_key ON reconciliation_case USING btree (statement_line_id) WHERE (kind = ANY (ARRAY['amount_mismatch'::text, 'duplicate_line'::text, 'unmatched'::text]));
CREATE UNIQUE INDEX reconciliation_case_notice_key ON reconciliation_case USING btree (notice_id, kind) WHERE ((kind = ANY (ARRAY['overpaid'::text, 'late'::text, 'unknown_reference'::text, 'other_account'::text, 'missing_at_bank'::text])) AND (action IS DISTINCT FROM 'statement_undone'::text));
CREATE INDEX reconciliation_case_open_idx ON reconciliation_case USING btree (kind, account_number) INCLUDE (id, agency_code, amount, opened_at, due_on) WHERE (state = 'open'::text);
CREATE INDEX reconciliation_case_opened_idx ON reconciliation_case USING btree (account_number, opened_at);
CREATE UNIQUE INDEX reconciliation_case_platform_key ON reconciliation_case USING btree (content_hash) WHERE (kind = 'platform_difference'::text);
CREATE INDEX reconciliation_case_request_idx ON reconciliation_case USING btree (payment_request_id);
CREATE INDEX reconciliation_case_state_idx ON reconciliation_case USING btree (state, kind);
CREATE UNIQUE INDEX reconciliation_case_underpaid_key ON reconciliation_case USING btree (payment_request_id) WHERE (kind = 'underpaid'::text);
CREATE INDEX reconciliation_case_words_idx ON reconciliation_case USING gin (folded(((((((COALESCE((evidence ->> 'transaction_id'::text), ''::text) || ' '::text) || COALESCE((evidence ->> 'memo'::text), ''::text)) || ' '::text) || COALESCE((evidence ->> 'counterparty_name'::text), ''::text)) || ' '::text) || COALESCE((evidence ->> 'counterparty_account'::text), ''::text))) gin_trgm_ops) WHERE (state = 'open'::text);
CREATE TRIGGER reconciliation_case_added AFTER INSERT ON reconciliation_case REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION reconciliation_case_added();
CREATE TRIGGER reconciliation_case_ended AFTER UPDATE OF state ON reconciliation_case FOR EACH ROW WHEN ((old.state IS DISTINCT FROM new.state)) EXECUTE FUNCTION reconciliation_case_ended();
CREATE TRIGGER reconciliation_case_opened AFTER INSERT ON reconciliation_case REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION reconciliation_case_opened();
CREATE TRIGGER reconciliation_case_permanent BEFORE DELETE OR TRUNCATE ON reconciliation_case FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER reconciliation_case_state_changed BEFORE UPDATE OF state ON reconciliation_case FOR EACH ROW WHEN ((old.state IS DISTINCT FROM new.state)) EXECUTE FUNCTION state_changed('case');
CREATE TRIGGER reconciliation_case_told AFTER INSERT ON reconciliation_case REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION reconciliation_case_told();
CREATE TRIGGER reconciliation_case_versioned AFTER INSERT ON reconciliation_case REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');
CREATE TRIGGER reconciliation_case_versioned_again AFTER UPDATE ON reconciliation_case REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');

CREATE TABLE reconciliation_countersignature (
    account_number text NOT NULL,
    day date NOT NULL,
    first_signer uuid NOT NULL,
    signed_by text NOT NULL,
    signed_by_person uuid GENERATED ALWAYS AS (
CASE
    WHEN (signed_by ~~ 'person:%'::text) THEN (substr(signed_by, 8))::uuid
    ELSE NULL::uuid
END) STORED NOT NULL,
    signed_by_name text NOT NULL,
    signed_at timestamp with time zone DEFAULT now() NOT NULL,
    changes integer NOT NULL,
    note text,
    CONSTRAINT reconciliation_countersignature_changes_check CHECK ((changes >= 0)),
    CONSTRAINT reconciliation_countersignature_note_check CHECK (((changes = 0) OR (note IS NOT NULL))),
    CONSTRAINT reconciliation_countersignature_two_persons_check CHECK ((signed_by_person <> first_signer))
);
COMMENT ON TABLE reconciliation_countersignature IS 'The signature of a second person under a signed day. Facts: never changed or deleted.';
COMMENT ON COLUMN reconciliation_countersignature.changes IS 'How many members of the record had changed between the two signatures.';
COMMENT ON COLUMN reconciliation_countersignature.first_signer IS 'Who signed the day off, who is somebody else.';
COMMENT ON COLUMN reconciliation_countersignature.note IS 'The second signer''s own words about them.';
ALTER TABLE ONLY reconciliation_countersignature ADD CONSTRAINT reconciliation_countersignature_pkey PRIMARY KEY (account_number, day);
ALTER TABLE ONLY reconciliation_countersignature ADD CONSTRAINT reconciliation_countersignature_sign_off_fkey FOREIGN KEY (account_number, day, first_signer) REFERENCES reconciliation_sign_off(account_number, day, signed_by_person);
ALTER TABLE ONLY reconciliation_countersignature ADD CONSTRAINT reconciliation_countersignature_signed_by_person_fkey FOREIGN KEY (signed_by_person) REFERENCES person(id);
CREATE TRIGGER reconciliation_countersignature_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON reconciliation_countersignature FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER reconciliation_countersignature_versioned AFTER INSERT ON reconciliation_countersignature REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{account_number,day}', '{}');
CREATE TRIGGER reconciliation_countersignature_versioned_again AFTER UPDATE ON reconciliation_countersignature REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{account_number,day}', '{}');

CREATE TABLE reconciliation_run (
    id bigint NOT NULL,
    account_number text NOT NULL,
    through date NOT NULL,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    started_by text NOT NULL,
    counts jsonb,
    abandoned_at timestamp with time zone,
    continues bigint,
    CONSTRAINT reconciliation_run_abandoned_check CHECK (((finished_at IS NULL) OR (abandoned_at IS NULL))),
    CONSTRAINT reconciliation_run_finished_check CHECK (((finished_at IS NULL) OR (counts IS NOT NULL)))
);
COMMENT ON TABLE reconciliation_run IS 'One run that classified an account''s lines up to and including a day.';
COMMENT ON COLUMN reconciliation_run.abandoned_at IS 'When it was found to have ended without being finished.';
COMMENT ON COLUMN reconciliation_run.continues IS 'The first of the runs that ended without being finished, if this one went on with what they had left.';
COMMENT ON COLUMN reconciliation_run.counts IS 'The number of lines with each outcome, as JSON: of a run that is not finished, of what it has written so far.';
COMMENT ON COLUMN reconciliation_run.finished_at IS 'When all of it was written; null while it is under way.';
COMMENT ON COLUMN reconciliation_run.through IS 'The last day classified.';
ALTER TABLE reconciliation_run ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY reconciliation_run ADD CONSTRAINT reconciliation_run_pkey PRIMARY KEY (id);
ALTER TABLE ONLY reconciliation_run ADD CONSTRAINT reconciliation_run_account_number_fkey FOREIGN KEY (account_number) REFERENCES bank_account(account_number);
ALTER TABLE ONLY reconciliation_run ADD CONSTRAINT reconciliation_run_continues_fkey FOREIGN KEY (continues) REFERENCES reconciliation_run(id);
CREATE UNIQUE INDEX reconciliation_run_under_way_key ON reconciliation_run USING btree (account_number) WHERE ((finished_at IS NULL) AND (abandoned_at IS NULL));

CREATE TABLE reconciliation_sign_off (
    account_number text NOT NULL,
    day date NOT NULL,
    signed_by text NOT NULL,
    signed_by_person uuid GENERATED ALWAYS AS (
CASE
    WHEN (signed_by ~~ 'person:%'::text) THEN (substr(signed_by, 8))::uuid
    ELSE NULL::uuid
END) STORED NOT NULL,
    signed_by_name text NOT NULL,
    signed_at timestamp with time zone DEFAULT now() NOT NULL,
    report jsonb NOT NULL,
    open_items integer NOT NULL,
    note text,
    CONSTRAINT reconciliation_sign_off_note_check CHECK (((open_items = 0) OR (note IS NOT NULL))),
    CONSTRAINT reconciliation_sign_off_open_items_check CHECK ((open_items >= 0))
);
COMMENT ON TABLE reconciliation_sign_off IS 'The signed reconciliation record of a day (biên bản đối soát); later changes are shown beside it. Facts: never changed or deleted.';
COMMENT ON COLUMN reconciliation_sign_off.note IS 'The signer''s own words about them.';
COMMENT ON COLUMN reconciliation_sign_off.open_items IS 'The number of items of the difference, cases and waiting lines that were open.';
COMMENT ON COLUMN reconciliation_sign_off.report IS 'The record as it was signed.';
ALTER TABLE ONLY reconciliation_sign_off ADD CONSTRAINT reconciliation_sign_off_pkey PRIMARY KEY (account_number, day);
ALTER TABLE ONLY reconciliation_sign_off ADD CONSTRAINT reconciliation_sign_off_signer_key UNIQUE (account_number, day, signed_by_person);
ALTER TABLE ONLY reconciliation_sign_off ADD CONSTRAINT reconciliation_sign_off_account_number_fkey FOREIGN KEY (account_number) REFERENCES bank_account(account_number);
ALTER TABLE ONLY reconciliation_sign_off ADD CONSTRAINT reconciliation_sign_off_signed_by_person_fkey FOREIGN KEY (signed_by_person) REFERENCES person(id);
CREATE TRIGGER reconciliation_sign_off_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON reconciliation_sign_off FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER reconciliation_sign_off_versioned AFTER INSERT ON reconciliation_sign_off REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{account_number,day}', '{}');
CREATE TRIGGER reconciliation_sign_off_versioned_again AFTER UPDATE ON reconciliation_sign_off REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{account_number,day}', '{}');

CREATE TABLE reconciliation_state (
    account_number text NOT NULL,
    through date NOT NULL,
    line_id bigint NOT NULL,
    notice_id bigint NOT NULL
);
COMMENT ON TABLE reconciliation_state IS 'How far an account is reconciled: every line up to line_id of a day up to through has its outcome, and every notice up to notice_id is proved or is in unconfirmed_notice. A run looks at the rest alone.';
COMMENT ON COLUMN reconciliation_state.line_id IS 'References statement_line.';
COMMENT ON COLUMN reconciliation_state.notice_id IS 'References bank_notice.';
ALTER TABLE ONLY reconciliation_state ADD CONSTRAINT reconciliation_state_pkey PRIMARY KEY (account_number);
ALTER TABLE ONLY reconciliation_state ADD CONSTRAINT reconciliation_state_account_number_fkey FOREIGN KEY (account_number) REFERENCES bank_account(account_number);

CREATE TABLE recovery_code (
    person_id uuid NOT NULL,
    code_hash bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    used_at timestamp with time zone,
    replaced_at timestamp with time zone,
    CONSTRAINT recovery_code_code_hash_check CHECK ((length(code_hash) = 32))
);
COMMENT ON TABLE recovery_code IS 'What stands in for a lost authenticator: each good once.';
COMMENT ON COLUMN recovery_code.code_hash IS 'SHA-256 of 80 random bits.';
COMMENT ON COLUMN recovery_code.replaced_at IS 'Set when new codes were made; it no longer works.';
ALTER TABLE ONLY recovery_code ADD CONSTRAINT recovery_code_pkey PRIMARY KEY (person_id, code_hash);
ALTER TABLE ONLY recovery_code ADD CONSTRAINT recovery_code_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id);
CREATE TRIGGER recovery_code_versioned AFTER INSERT ON recovery_code REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{person_id,code_hash}', '{}');
CREATE TRIGGER recovery_code_versioned_again AFTER UPDATE ON recovery_code REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{person_id,code_hash}', '{}');

CREATE TABLE recovery_proposal (
    id bigint NOT NULL,
    run_id bigint NOT NULL,
    statement_id bigint NOT NULL,
    line_id bigint NOT NULL,
    payment_request_id uuid NOT NULL,
    amount bigint NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    imported_by text NOT NULL,
    imported_by_person uuid GENERATED ALWAYS AS (
CASE
    WHEN (imported_by ~~ 'person:%'::text) THEN (substr(imported_by, 8))::uuid
    ELSE NULL::uuid
END) STORED,
    notice_id bigint,
    reason jsonb,
    decided_by text,
    decided_by_person uuid GENERATED ALWAYS AS (
CASE
    WHEN (decided_by ~~ 'person:%'::text) THEN (substr(decided_by, 8))::uuid
    ELSE NULL::uuid
END) STORED,
    decided_by_name text,
    decided_at timestamp with time zone,
    CONSTRAINT recovery_proposal_amount_check CHECK ((amount > 0)),
    CONSTRAINT recovery_proposal_decided_check CHECK ((num_nulls(decided_by, decided_by_name, decided_at) =
CASE
    WHEN (state = 'waiting'::text) THEN 3
    ELSE 0
END)),
    CONSTRAINT recovery_proposal_notice_check CHECK (((state = ANY (ARRAY['confirmed'::text, 'superseded'::text])) = (notice_id IS NOT NULL))),
    CONSTRAINT recovery_proposal_reason_check CHECK (((state = 'rejected'::text) = (reason IS NOT NULL))),
    CONSTRAINT recovery_proposal_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'confirmed'::text, 'rejected'::text, 'superseded'::text, 'undone'::text]))),
    CONSTRAINT recovery_proposal_two_persons_check CHECK (((state <> 'confirmed'::text) OR ((decided_by_person IS NOT NULL) AND (decided_by_person IS DISTINCT FROM imported_by_person))))
);
COMMENT ON TABLE recovery_proposal IS 'A recovery from an uploaded statement that another person must confirm: one row for each request that the line would pay. Until then its money is in suspense.';
COMMENT ON COLUMN recovery_proposal.amount IS 'The amount that the line pays of the request, in đồng.';
COMMENT ON COLUMN recovery_proposal.decided_by IS 'Who decided; system if a callback did.';
COMMENT ON COLUMN recovery_proposal.imported_by IS 'statement.imported_by_id, checked by recovery_proposal_added: the person who may not confirm.';
COMMENT ON COLUMN recovery_proposal.line_id IS 'References statement_line, checked by recovery_proposal_added; once it is undone, undone_row.';
COMMENT ON COLUMN recovery_proposal.notice_id IS 'The notice that settled it: that of the line or the callback.';
COMMENT ON COLUMN recovery_proposal.reason IS 'Why the line is a case: code and values (Reason.json).';
COMMENT ON COLUMN recovery_proposal.state IS 'waiting; confirmed: settled; rejected: the line is a case; superseded: settled by a callback; undone: taken back with its statement. See state_transition.';
ALTER TABLE recovery_proposal ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY recovery_proposal ADD CONSTRAINT recovery_proposal_line_key UNIQUE (line_id, payment_request_id);
ALTER TABLE ONLY recovery_proposal ADD CONSTRAINT recovery_proposal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY recovery_proposal ADD CONSTRAINT recovery_proposal_decided_by_person_fkey FOREIGN KEY (decided_by_person) REFERENCES person(id);
ALTER TABLE ONLY recovery_proposal ADD CONSTRAINT recovery_proposal_imported_by_person_fkey FOREIGN KEY (imported_by_person) REFERENCES person(id);
ALTER TABLE ONLY recovery_proposal ADD CONSTRAINT recovery_proposal_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES bank_notice(id);
ALTER TABLE ONLY recovery_proposal ADD CONSTRAINT recovery_proposal_payment_request_id_fkey FOREIGN KEY (payment_request_id) REFERENCES payment_request(id);
ALTER TABLE ONLY recovery_proposal ADD CONSTRAINT recovery_proposal_run_id_fkey FOREIGN KEY (run_id) REFERENCES reconciliation_run(id);
ALTER TABLE ONLY recovery_proposal ADD CONSTRAINT recovery_proposal_statement_id_fkey FOREIGN KEY (statement_id) REFERENCES statement(id);
CREATE INDEX recovery_proposal_notice_idx ON recovery_proposal USING btree (notice_id) WHERE (notice_id IS NOT NULL);
CREATE INDEX recovery_proposal_waiting_request_idx ON recovery_proposal USING btree (payment_request_id) WHERE (state = 'waiting'::text);
CREATE INDEX recovery_proposal_waiting_statement_idx ON recovery_proposal USING btree (statement_id) WHERE (state = 'waiting'::text);
CREATE TRIGGER recovery_proposal_added AFTER INSERT ON recovery_proposal REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION recovery_proposal_added();
CREATE TRIGGER recovery_proposal_facts BEFORE UPDATE OF run_id, statement_id, line_id, payment_request_id, amount, imported_by ON recovery_proposal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER recovery_proposal_permanent BEFORE DELETE OR TRUNCATE ON recovery_proposal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER recovery_proposal_state_changed BEFORE UPDATE OF state ON recovery_proposal FOR EACH ROW WHEN ((old.state IS DISTINCT FROM new.state)) EXECUTE FUNCTION state_changed('recovery_proposal');
CREATE TRIGGER recovery_proposal_versioned AFTER INSERT ON recovery_proposal REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');
CREATE TRIGGER recovery_proposal_versioned_again AFTER UPDATE ON recovery_proposal REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');

CREATE TABLE reduction (
    reduction_code text NOT NULL,
    payer_category text DEFAULT ''::text NOT NULL,
    kind text DEFAULT ''::text NOT NULL,
    procedure_code text DEFAULT ''::text NOT NULL,
    fee_code text DEFAULT ''::text NOT NULL,
    locality_code text DEFAULT ''::text NOT NULL,
    percent integer NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    legal_basis text NOT NULL,
    added_in integer NOT NULL,
    ended_in integer,
    CONSTRAINT reduction_days_check CHECK (((valid_to IS NULL) OR (valid_to >= valid_from))),
    CONSTRAINT reduction_percent_check CHECK (((percent >= 1) AND (percent <= 100)))
);
COMMENT ON TABLE reduction IS 'A reduction or exemption by law for a payer category. An empty column matches anything.';
COMMENT ON COLUMN reduction.added_in IS 'The import that brought the row.';
COMMENT ON COLUMN reduction.ended_in IS 'The import that ended it; null while it is in force.';
COMMENT ON COLUMN reduction.locality_code IS 'Covers its descendants.';
COMMENT ON COLUMN reduction.percent IS 'Of the list amount; 100 is an exemption.';
ALTER TABLE ONLY reduction ADD CONSTRAINT reduction_added_in_fkey FOREIGN KEY (added_in) REFERENCES catalogue_version(id);
ALTER TABLE ONLY reduction ADD CONSTRAINT reduction_ended_in_fkey FOREIGN KEY (ended_in) REFERENCES catalogue_version(id);
CREATE TRIGGER reduction_versioned AFTER INSERT ON reduction REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{reduction_code,payer_category,kind,procedure_code,fee_code,locality_code,valid_from,added_in}', '{}');
CREATE TRIGGER reduction_versioned_again AFTER UPDATE ON reduction REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{reduction_code,payer_category,kind,procedure_code,fee_code,locality_code,valid_from,added_in}', '{}');

CREATE TABLE refund (
    id uuid NOT NULL,
    end_to_end_id text NOT NULL,
    payment_request_id uuid,
    case_id bigint,
    account_number text NOT NULL,
    amount bigint NOT NULL,
    reason text NOT NULL,
    note text,
    beneficiary_bin text,
    beneficiary_account text,
    beneficiary_name text,
    paid_by_hand boolean DEFAULT false NOT NULL,
    state text DEFAULT 'requested'::text NOT NULL,
    requested_by text NOT NULL,
    requested_by_person uuid GENERATED ALWAYS AS (
CASE
    WHEN (requested_by ~~ 'person:%'::text) THEN (substr(requested_by, 8))::uuid
    ELSE NULL::uuid
END) STORED,
    requested_by_name text NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    approved_by text,
    approved_by_person uuid GENERATED ALWAYS AS (
CASE
    WHEN (approved_by ~~ 'person:%'::text) THEN (substr(approved_by, 8))::uuid
    ELSE NULL::uuid
END) STORED,
    approved_by_name text,
    approved_at timestamp with time zone,
    adopted_by text,
    adopted_by_person uuid GENERATED ALWAYS AS (
CASE
    WHEN (adopted_by ~~ 'person:%'::text) THEN (substr(adopted_by, 8))::uuid
    ELSE NULL::uuid
END) STORED,
    adopted_by_name text,
    adopted_at timestamp with time zone,
    approvals_needed smallint DEFAULT 1 NOT NULL,
    second_approved_by text,
    second_approved_by_person uuid GENERATED ALWAYS AS (
CASE
    WHEN (second_approved_by ~~ 'person:%'::text) THEN (substr(second_approved_by, 8))::uuid
    ELSE NULL::uuid
END) STORED,
    second_approved_by_name text,
    second_approved_at timestamp with time zone,
    rejected_by text,
    rejected_by_person uuid GENERATED ALWAYS AS (
CASE
    WHEN (rejected_by ~~ 'person:%'::text) THEN (substr(rejected_by, 8))::uuid
    ELSE NULL::uuid
END) STORED,
    rejected_by_name text,
    rejected_at timestamp with time zone,
    executed_by text,
    executed_by_person uuid GENERATED ALWAYS AS (
CASE
    WHEN (executed_by ~~ 'person:%'::text) THEN (substr(executed_by, 8))::uuid
    ELSE NULL::uuid
END) STORED,
    executed_by_name text,
    executed_at timestamp with time zone,
    executed_on date,
    settled_at timestamp with time zone,
    statement_line_id bigint,
    file_id bigint,
    salt uuid DEFAULT gen_random_uuid(),
    handed_out_in bigint,
    CONSTRAINT refund_adopted_check CHECK (((adopted_by IS NULL) OR ((adopted_by_person IS NOT NULL) AND (requested_by_person IS NULL)))),
    CONSTRAINT refund_amount_check CHECK (((amount >= 1) AND (amount <= '9999999999999'::bigint))),
    CONSTRAINT refund_approvals_needed_check CHECK ((approvals_needed = ANY (ARRAY[1, 2]))),
    CONSTRAINT refund_approved_check CHECK (((state <> ALL (ARRAY['approved'::text, 'executed'::text, 'settled'::text])) OR ((approved_by_person IS NOT NULL) AND (COALESCE(adopted_by_person, requested_by_person) IS NOT NULL) AND ((approvals_needed = 1) OR (second_approved_by_person IS NOT NULL))))),
    CONSTRAINT refund_beneficiary_account_check CHECK ((beneficiary_account ~ '^[0-9A-Za-z]{6,19}$'::text)),
    CONSTRAINT refund_beneficiary_bin_check CHECK ((beneficiary_bin ~ '^[0-9]{6}$'::text)),
    CONSTRAINT refund_beneficiary_check CHECK ((num_nulls(beneficiary_bin, beneficiary_account, beneficiary_name) = ANY (ARRAY[0, 3]))),
    CONSTRAINT refund_beneficiary_name_check CHECK (((length(beneficiary_name) >= 1) AND (length(beneficiary_name) <= 70))),
    CONSTRAINT refund_end_to_end_id_check CHECK ((end_to_end_id ~ '^KHR[0-9A-HJKMNP-TV-Z]{14}$'::text)),
    CONSTRAINT refund_executed_check CHECK (((state = ANY (ARRAY['executed'::text, 'settled'::text])) = ((executed_at IS NOT NULL) AND (executed_by_person IS NOT NULL)))),
    CONSTRAINT refund_file_check CHECK (((file_id IS NULL) OR (NOT paid_by_hand))),
    CONSTRAINT refund_payee_check CHECK (((state <> ALL (ARRAY['approved'::text, 'executed'::text, 'settled'::text])) OR paid_by_hand OR (beneficiary_account IS NOT NULL))),
    CONSTRAINT refund_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500))),
    CONSTRAINT refund_second_check CHECK (((second_approved_by IS NULL) OR ((second_approved_by_person IS NOT NULL) AND (approvals_needed = 2) AND (approved_by IS NOT NULL)))),
    CONSTRAINT refund_settled_check CHECK ((((state = 'settled'::text) = (num_nonnulls(statement_line_id, handed_out_in) = 1)) AND (num_nonnulls(statement_line_id, handed_out_in) <= 1) AND ((handed_out_in IS NULL) OR paid_by_hand))),
    CONSTRAINT refund_source_check CHECK (((payment_request_id IS NOT NULL) OR (case_id IS NOT NULL))),
    CONSTRAINT refund_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'approved'::text, 'rejected'::text, 'executed'::text, 'settled'::text]))),
    CONSTRAINT refund_third_person_check CHECK (((second_approved_by_person <> requested_by_person) AND (second_approved_by_person <> adopted_by_person) AND (second_approved_by_person <> approved_by_person))),
    CONSTRAINT refund_two_persons_check CHECK (((approved_by <> requested_by) AND (approved_by_person <> requested_by_person) AND (approved_by_person <> adopted_by_person)))
);
COMMENT ON TABLE refund IS 'A refund: requested by one person, approved by another, sent to the bank, and confirmed by a debit line.';
COMMENT ON COLUMN refund.account_number IS 'The account that pays.';
COMMENT ON COLUMN refund.adopted_by IS 'The person who stands behind what a program asked for; who approves is another one.';
COMMENT ON COLUMN refund.approvals_needed IS 'How many persons must approve: 2 if it was above what the first of them may approve.';
COMMENT ON COLUMN refund.beneficiary_account IS 'Personal, as is beneficiary_name. Once erased, 000000 and “đã xóa” stand in their place.';
COMMENT ON COLUMN refund.beneficiary_bin IS 'Null, like the other two, if no payee is named: it is then paid by hand or cannot be approved.';
COMMENT ON COLUMN refund.case_id IS 'Set if the refund takes one case''s money.';
COMMENT ON COLUMN refund.end_to_end_id IS 'The refund''s mark in the payment file, which returns in the memo of the debit line.';
COMMENT ON COLUMN refund.executed_on IS 'The business day of executed_at.';
COMMENT ON COLUMN refund.handed_out_in IS 'The shift in which a cashier handed it out.';
COMMENT ON COLUMN refund.paid_by_hand IS 'Whether it is expressly paid outside a payment file.';
COMMENT ON COLUMN refund.requested_by IS 'A person, or the key of a portal that cancelled a request; a person takes it over then, see adopted_by.';
COMMENT ON COLUMN refund.salt IS 'Hashed together with the row in row_version; forgotten with the personal data, so that nobody can guess them.';
COMMENT ON COLUMN refund.statement_line_id IS 'The debit line that confirms it.';
ALTER TABLE ONLY refund ADD CONSTRAINT refund_end_to_end_key UNIQUE (end_to_end_id);
ALTER TABLE ONLY refund ADD CONSTRAINT refund_pkey PRIMARY KEY (id);
ALTER TABLE ONLY refund ADD CONSTRAINT refund_statement_line_key UNIQUE (statement_line_id);
ALTER TABLE ONLY refund ADD CONSTRAINT refund_account_number_fkey FOREIGN KEY (account_number) REFERENCES bank_account(account_number);
ALTER TABLE ONLY refund ADD CONSTRAINT refund_adopted_by_person_fkey FOREIGN KEY (adopted_by_person) REFERENCES person(id);
ALTER TABLE ONLY refund ADD CONSTRAINT refund_approved_by_person_fkey FOREIGN KEY (approved_by_person) REFERENCES person(id);
ALTER TABLE ONLY refund ADD CONSTRAINT refund_case_id_fkey FOREIGN KEY (case_id) REFERENCES reconciliation_case(id);
ALTER TABLE ONLY refund ADD CONSTRAINT refund_executed_by_person_fkey FOREIGN KEY (executed_by_person) REFERENCES person(id);
ALTER TABLE ONLY refund ADD CONSTRAINT refund_file_id_fkey FOREIGN KEY (file_id) REFERENCES refund_file(id);
ALTER TABLE ONLY refund ADD CONSTRAINT refund_handed_out_in_fkey FOREIGN KEY (handed_out_in) REFERENCES shift(id);
ALTER TABLE ONLY refund ADD CONSTRAINT refund_payment_request_id_fkey FOREIGN KEY (payment_request_id) REFERENCES payment_request(id);
ALTER TABLE ONLY refund ADD CONSTRAINT refund_rejected_by_person_fkey FOREIGN KEY (rejected_by_person) REFERENCES person(id);
ALTER TABLE ONLY refund ADD CONSTRAINT refund_requested_by_person_fkey FOREIGN KEY (requested_by_person) REFERENCES person(id);
ALTER TABLE ONLY refund ADD CONSTRAINT refund_second_approved_by_person_fkey FOREIGN KEY (second_approved_by_person) REFERENCES person(id);
ALTER TABLE ONLY refund ADD CONSTRAINT refund_statement_line_id_fkey FOREIGN KEY (statement_line_id) REFERENCES statement_line(id);
CREATE INDEX refund_account_state_idx ON refund USING btree (account_number, state);
CREATE INDEX refund_approver_idx ON refund USING btree (approved_by_person, approved_at);
CREATE INDEX refund_case_idx ON refund USING btree (case_id);
CREATE INDEX refund_handed_out_idx ON refund USING btree (handed_out_in) WHERE (handed_out_in IS NOT NULL);
CREATE INDEX refund_request_idx ON refund USING btree (payment_request_id);
CREATE TRIGGER refund_changed BEFORE UPDATE ON refund FOR EACH ROW EXECUTE FUNCTION refund_changed();
CREATE TRIGGER refund_file_taken AFTER UPDATE OF file_id, approved_by, second_approved_by ON refund FOR EACH ROW WHEN ((new.file_id IS NOT NULL)) EXECUTE FUNCTION refund_file_taken();
CREATE TRIGGER refund_limit_held AFTER INSERT ON refund FOR EACH ROW WHEN (((new.approved_by IS NOT NULL) AND (new.approvals_needed = 1))) EXECUTE FUNCTION refund_limit_held();
CREATE TRIGGER refund_limit_held_again AFTER UPDATE OF approved_by ON refund FOR EACH ROW WHEN (((new.approved_by IS NOT NULL) AND (old.approved_by IS NULL) AND (new.approvals_needed = 1))) EXECUTE FUNCTION refund_limit_held();
CREATE CONSTRAINT TRIGGER refund_parts_add_up AFTER INSERT ON refund DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refund_parts_add_up();
CREATE TRIGGER refund_permanent BEFORE DELETE OR TRUNCATE ON refund FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refund_state_changed BEFORE UPDATE OF state ON refund FOR EACH ROW WHEN ((old.state IS DISTINCT FROM new.state)) EXECUTE FUNCTION state_changed('refund');
CREATE TRIGGER refund_versioned AFTER INSERT ON refund REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');
CREATE TRIGGER refund_versioned_again AFTER UPDATE ON refund REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');

CREATE TABLE refund_file (
    id bigint NOT NULL,
    account_number text NOT NULL,
    message_id text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by text NOT NULL,
    created_by_id text NOT NULL,
    created_by_person uuid GENERATED ALWAYS AS (
CASE
    WHEN (created_by_id ~~ 'person:%'::text) THEN (substr(created_by_id, 8))::uuid
    ELSE NULL::uuid
END) STORED NOT NULL
);
COMMENT ON TABLE refund_file IS 'A payment file that was handed out, so that no refund is in two files.';
COMMENT ON COLUMN refund_file.created_by IS 'The name of the person, for people.';
COMMENT ON COLUMN refund_file.message_id IS 'The id of the file, as the bank reads it.';
ALTER TABLE refund_file ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY refund_file ADD CONSTRAINT refund_file_message_key UNIQUE (message_id);
ALTER TABLE ONLY refund_file ADD CONSTRAINT refund_file_pkey PRIMARY KEY (id);
ALTER TABLE ONLY refund_file ADD CONSTRAINT refund_file_account_number_fkey FOREIGN KEY (account_number) REFERENCES bank_account(account_number);
ALTER TABLE ONLY refund_file ADD CONSTRAINT refund_file_created_by_person_fkey FOREIGN KEY (created_by_person) REFERENCES person(id);
CREATE INDEX refund_file_account_idx ON refund_file USING btree (account_number, id);
CREATE TRIGGER refund_file_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON refund_file FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refund_file_versioned AFTER INSERT ON refund_file REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');
CREATE TRIGGER refund_file_versioned_again AFTER UPDATE ON refund_file REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');

CREATE TABLE refund_part (
    refund_id uuid NOT NULL,
    part integer NOT NULL,
    payment_request_id uuid,
    case_id bigint,
    amount bigint NOT NULL,
    CONSTRAINT refund_part_amount_check CHECK ((amount > 0)),
    CONSTRAINT refund_part_source_check CHECK ((num_nonnulls(payment_request_id, case_id) = 1))
);
COMMENT ON TABLE refund_part IS 'A part of a refund and where its money comes from: the fee of its request, or what a case holds in suspense. Facts: never changed or deleted.';
ALTER TABLE ONLY refund_part ADD CONSTRAINT refund_part_pkey PRIMARY KEY (refund_id, part);
ALTER TABLE ONLY refund_part ADD CONSTRAINT refund_part_case_id_fkey FOREIGN KEY (case_id) REFERENCES case_money(case_id);
ALTER TABLE ONLY refund_part ADD CONSTRAINT refund_part_payment_request_id_fkey FOREIGN KEY (payment_request_id) REFERENCES payment_request(id);
ALTER TABLE ONLY refund_part ADD CONSTRAINT refund_part_refund_id_fkey FOREIGN KEY (refund_id) REFERENCES refund(id);
CREATE TRIGGER refund_part_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON refund_part FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refund_part_claimed AFTER INSERT ON refund_part FOR EACH ROW EXECUTE FUNCTION refund_part_claimed();
CREATE TRIGGER refund_part_versioned AFTER INSERT ON refund_part REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{refund_id,part}', '{}');
CREATE TRIGGER refund_part_versioned_again AFTER UPDATE ON refund_part REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{refund_id,part}', '{}');

CREATE TABLE refused_callback (
    id bigint NOT NULL,
    connection_id integer NOT NULL,
    received_at timestamp with time zone NOT NULL,
    reason text NOT NULL,
    field text NOT NULL,
    detail text NOT NULL,
    raw bytea NOT NULL,
    body_bytes integer NOT NULL,
    replayed_at timestamp with time zone,
    replay_outcome text
);
COMMENT ON TABLE refused_callback IS 'Refused callbacks, kept for a while so that they can be inspected and processed again after a fix. The table is bounded, because anyone who knows the address can fill it.';
COMMENT ON COLUMN refused_callback.body_bytes IS 'The whole length of the body.';
COMMENT ON COLUMN refused_callback.field IS 'What was wrong with it, by name.';
COMMENT ON COLUMN refused_callback.raw IS 'Headers, without credentials, and up to 64 KiB of the body, as received; sealed under a raw_key.';
COMMENT ON COLUMN refused_callback.reason IS 'The code of the refusal.';
COMMENT ON COLUMN refused_callback.replay_outcome IS 'The outcome of the replay.';
COMMENT ON COLUMN refused_callback.replayed_at IS 'Set when it was processed again and accepted.';
ALTER TABLE refused_callback ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY refused_callback ADD CONSTRAINT refused_callback_pkey PRIMARY KEY (id);
ALTER TABLE ONLY refused_callback ADD CONSTRAINT refused_callback_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connection(id);
CREATE INDEX refused_callback_connection_idx ON refused_callback USING btree (connection_id, id);
CREATE INDEX refused_callback_received_idx ON refused_callback USING btree (received_at);

CREATE TABLE remittance (
    id bigint NOT NULL,
    mark text NOT NULL,
    agency_code text NOT NULL,
    account_number text NOT NULL,
    treasury_account text NOT NULL,
    payer_id bigint NOT NULL,
    budget_year smallint NOT NULL,
    due_until timestamp with time zone NOT NULL,
    amount bigint NOT NULL,
    memo text NOT NULL,
    state text DEFAULT 'made'::text NOT NULL,
    made_by uuid NOT NULL,
    made_by_name text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    approved_by uuid,
    approved_by_name text,
    approved_at timestamp with time zone,
    sent_by uuid,
    sent_by_name text,
    sent_at timestamp with time zone,
    sent_on date,
    ended_by uuid,
    ended_by_name text,
    ended_at timestamp with time zone,
    note text,
    settled_at timestamp with time zone,
    statement_line_id bigint,
    CONSTRAINT remittance_amount_check CHECK (((amount >= 1) AND (amount <= '9999999999999'::bigint))),
    CONSTRAINT remittance_approved_check CHECK (((num_nulls(approved_by, approved_by_name, approved_at) = ANY (ARRAY[0, 3])) AND ((state = ANY (ARRAY['made'::text, 'rejected'::text])) OR (approved_by IS NOT NULL)))),
    CONSTRAINT remittance_budget_year_check CHECK (((budget_year >= 2020) AND (budget_year <= 2099))),
    CONSTRAINT remittance_ended_check CHECK (((num_nulls(ended_by, ended_by_name, ended_at, note) = ANY (ARRAY[0, 4])) AND ((state = ANY (ARRAY['rejected'::text, 'returned'::text])) = (ended_by IS NOT NULL)))),
    CONSTRAINT remittance_mark_check CHECK ((mark ~ '^KHN[0-9A-HJKMNP-TV-Z]{14}$'::text)),
    CONSTRAINT remittance_memo_check CHECK (((length(memo) >= 1) AND (length(memo) <= 2000))),
    CONSTRAINT remittance_note_check CHECK (((length(note) >= 1) AND (length(note) <= 500))),
    CONSTRAINT remittance_returner_check CHECK (((state <> 'returned'::text) OR (ended_by <> sent_by))),
    CONSTRAINT remittance_sent_check CHECK (((num_nulls(sent_by, sent_by_name, sent_at, sent_on) = ANY (ARRAY[0, 4])) AND ((state = ANY (ARRAY['sent'::text, 'returned'::text, 'settled'::text])) = (sent_by IS NOT NULL)))),
    CONSTRAINT remittance_settled_check CHECK ((((state = 'settled'::text) = (statement_line_id IS NOT NULL)) AND ((state = 'settled'::text) = (settled_at IS NOT NULL)))),
    CONSTRAINT remittance_state_check CHECK ((state = ANY (ARRAY['made'::text, 'approved'::text, 'rejected'::text, 'sent'::text, 'returned'::text, 'settled'::text]))),
    CONSTRAINT remittance_taker_check CHECK ((sent_by <> approved_by)),
    CONSTRAINT remittance_treasury_account_check CHECK ((treasury_account = ANY (ARRAY['7111'::text, '3511'::text]))),
    CONSTRAINT remittance_two_persons_check CHECK ((approved_by <> made_by))
);
COMMENT ON TABLE remittance IS 'An order that pays what was collected to the State Treasury (giấy nộp tiền vào NSNN, form C1-02/NS): made by one person, approved by another, taken to the bank by one who did not approve it, confirmed by a debit line.';
COMMENT ON COLUMN remittance.budget_year IS 'Of the days on which its money was collected.';
COMMENT ON COLUMN remittance.due_until IS 'It takes what is to be remitted until then.';
COMMENT ON COLUMN remittance.mark IS 'Stands in the memo, and returns in that of the debit line.';
COMMENT ON COLUMN remittance.note IS 'Why it was rejected, or came back.';
COMMENT ON COLUMN remittance.sent_on IS 'The business day of sent_at.';
COMMENT ON COLUMN remittance.statement_line_id IS 'The debit line that confirms it.';
COMMENT ON COLUMN remittance.treasury_account IS 'The account of the Treasury that is credited.';
ALTER TABLE remittance ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY remittance ADD CONSTRAINT remittance_mark_key UNIQUE (mark);
ALTER TABLE ONLY remittance ADD CONSTRAINT remittance_pkey PRIMARY KEY (id);
ALTER TABLE ONLY remittance ADD CONSTRAINT remittance_statement_line_key UNIQUE (statement_line_id);
ALTER TABLE ONLY remittance ADD CONSTRAINT remittance_account_number_fkey FOREIGN KEY (account_number) REFERENCES bank_account(account_number);
ALTER TABLE ONLY remittance ADD CONSTRAINT remittance_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES person(id);
ALTER TABLE ONLY remittance ADD CONSTRAINT remittance_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES person(id);
ALTER TABLE ONLY remittance ADD CONSTRAINT remittance_made_by_fkey FOREIGN KEY (made_by) REFERENCES person(id);
ALTER TABLE ONLY remittance ADD CONSTRAINT remittance_payer_id_fkey FOREIGN KEY (payer_id) REFERENCES treasury_payer(id);
ALTER TABLE ONLY remittance ADD CONSTRAINT remittance_sent_by_fkey FOREIGN KEY (sent_by) REFERENCES person(id);
ALTER TABLE ONLY remittance ADD CONSTRAINT remittance_statement_line_id_fkey FOREIGN KEY (statement_line_id) REFERENCES statement_line(id);
CREATE INDEX remittance_account_state_idx ON remittance USING btree (account_number, state);
CREATE INDEX remittance_agency_idx ON remittance USING btree (agency_code, budget_year, id);
CREATE CONSTRAINT TRIGGER remittance_adds_up AFTER INSERT ON remittance DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION remittance_adds_up();
CREATE TRIGGER remittance_changed BEFORE UPDATE ON remittance FOR EACH ROW EXECUTE FUNCTION remittance_changed();
CREATE TRIGGER remittance_permanent BEFORE DELETE OR TRUNCATE ON remittance FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER remittance_state_changed BEFORE UPDATE OF state ON remittance FOR EACH ROW WHEN ((old.state IS DISTINCT FROM new.state)) EXECUTE FUNCTION state_changed('remittance');
CREATE TRIGGER remittance_versioned AFTER INSERT ON remittance REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');
CREATE TRIGGER remittance_versioned_again AFTER UPDATE ON remittance REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');

CREATE TABLE remittance_line (
    remittance_id bigint NOT NULL,
    line smallint NOT NULL,
    chapter text NOT NULL,
    budget_code text NOT NULL,
    name text NOT NULL,
    amount bigint NOT NULL,
    CONSTRAINT remittance_line_amount_check CHECK (((amount >= 1) AND (amount <= '9999999999999'::bigint))),
    CONSTRAINT remittance_line_budget_code_check CHECK (((length(budget_code) >= 1) AND (length(budget_code) <= 10))),
    CONSTRAINT remittance_line_chapter_check CHECK ((chapter ~ '^[0-9]{3}$'::text)),
    CONSTRAINT remittance_line_line_check CHECK (((line >= 1) AND (line <= 100))),
    CONSTRAINT remittance_line_name_check CHECK (((length(name) >= 1) AND (length(name) <= 300)))
);
COMMENT ON TABLE remittance_line IS 'What an order pays of one sub-item and chapter. Facts: never changed or deleted; they add up to the order.';
COMMENT ON COLUMN remittance_line.budget_code IS 'The sub-item (tiểu mục, mã NDKT).';
ALTER TABLE ONLY remittance_line ADD CONSTRAINT remittance_line_code_key UNIQUE (remittance_id, chapter, budget_code);
ALTER TABLE ONLY remittance_line ADD CONSTRAINT remittance_line_pkey PRIMARY KEY (remittance_id, line);
ALTER TABLE ONLY remittance_line ADD CONSTRAINT remittance_line_remittance_id_fkey FOREIGN KEY (remittance_id) REFERENCES remittance(id);
CREATE CONSTRAINT TRIGGER remittance_line_adds_up AFTER INSERT ON remittance_line DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION remittance_adds_up();
CREATE TRIGGER remittance_line_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON remittance_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER remittance_line_versioned AFTER INSERT ON remittance_line REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{remittance_id,line}', '{}');
CREATE TRIGGER remittance_line_versioned_again AFTER UPDATE ON remittance_line REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{remittance_id,line}', '{}');

CREATE TABLE row_version (
    id bigint NOT NULL,
    source text NOT NULL,
    row_key text NOT NULL,
    content_hash bytea NOT NULL,
    written_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT row_version_content_hash_check CHECK ((length(content_hash) = 32))
);
COMMENT ON TABLE row_version IS 'Each state that a row of a versioned_table has had. Facts: never changed or deleted.';
COMMENT ON COLUMN row_version.content_hash IS 'SHA-256 of the row as JSON without nulls: see row_content.';
ALTER TABLE row_version ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY row_version ADD CONSTRAINT row_version_pkey PRIMARY KEY (id);
CREATE INDEX row_version_row_idx ON row_version USING btree (source, row_key, id);
CREATE TRIGGER row_version_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON row_version FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE saved_view (
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    name text NOT NULL,
    address text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT saved_view_address_check CHECK (((address ~~ '/console/%'::text) AND (length(address) <= 1500))),
    CONSTRAINT saved_view_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80)))
);
COMMENT ON TABLE saved_view IS 'Named filters of lists and reports, each of one person; who is told the id may open it, and sees what they may.';
COMMENT ON COLUMN saved_view.address IS 'The path and the query of the page.';
ALTER TABLE ONLY saved_view ADD CONSTRAINT saved_view_name_key UNIQUE (person_id, name);
ALTER TABLE ONLY saved_view ADD CONSTRAINT saved_view_pkey PRIMARY KEY (id);
ALTER TABLE ONLY saved_view ADD CONSTRAINT saved_view_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id);

CREATE TABLE schema_migration (
    version integer NOT NULL,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL,
    compatible boolean DEFAULT false NOT NULL
);
COMMENT ON TABLE schema_migration IS 'The files of Migrations/tables that were applied, by their SHA-256.';
ALTER TABLE ONLY schema_migration ADD CONSTRAINT schema_migration_pkey PRIMARY KEY (version);

CREATE TABLE schema_routine (
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE schema_routine IS 'The files of Migrations/routines as they were last applied, by their SHA-256.';
ALTER TABLE ONLY schema_routine ADD CONSTRAINT schema_routine_pkey PRIMARY KEY (name);

CREATE TABLE seal (
    number bigint NOT NULL,
    size bigint NOT NULL,
    root bytea NOT NULL,
    sealed_at timestamp with time zone NOT NULL,
    key_fingerprint bytea NOT NULL,
    signature bytea NOT NULL,
    peaks bytea NOT NULL,
    CONSTRAINT seal_key_fingerprint_check CHECK ((length(key_fingerprint) = 4)),
    CONSTRAINT seal_root_check CHECK ((length(root) = 32)),
    CONSTRAINT seal_signature_check CHECK ((length(signature) = 64)),
    CONSTRAINT seal_size_check CHECK ((size > 0))
);
COMMENT ON TABLE seal IS 'The signed heads of the history, a Merkle tree (RFC 9162) that only grows. Never changed.';
COMMENT ON COLUMN seal.peaks IS 'The hashes of the complete subtrees that the size is the sum of, to append to the tree.';
COMMENT ON COLUMN seal.size IS 'The number of entries in the tree.';
ALTER TABLE ONLY seal ADD CONSTRAINT seal_pkey PRIMARY KEY (number);
ALTER TABLE ONLY seal ADD CONSTRAINT seal_size_key UNIQUE (size);
CREATE TRIGGER seal_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON seal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE seal_node (
    level smallint NOT NULL,
    "position" bigint NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT seal_node_hash_check CHECK ((length(hash) = 32)),
    CONSTRAINT seal_node_level_check CHECK ((level >= 10))
);
COMMENT ON TABLE seal_node IS 'Complete subtrees of 1,024 entries and more, so that a proof need not hash the whole history again.';
ALTER TABLE ONLY seal_node ADD CONSTRAINT seal_node_pkey PRIMARY KEY (level, "position");
CREATE TRIGGER seal_node_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON seal_node FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE seal_progress (
    kind smallint NOT NULL,
    sealed_through bigint DEFAULT 0 NOT NULL,
    pending_through bigint,
    CONSTRAINT seal_progress_pending_check CHECK ((pending_through >= sealed_through))
);
COMMENT ON TABLE seal_progress IS 'How far each table is sealed, and how far it will be once seal_wait is over.';
COMMENT ON COLUMN seal_progress.pending_through IS 'The highest id given out when the waiting began; null if no sealing is under way.';
ALTER TABLE ONLY seal_progress ADD CONSTRAINT seal_progress_pkey PRIMARY KEY (kind);

CREATE TABLE seal_range (
    seal_number bigint NOT NULL,
    kind smallint NOT NULL,
    after_id bigint NOT NULL,
    through_id bigint NOT NULL,
    first_index bigint NOT NULL,
    entries bigint NOT NULL,
    CONSTRAINT seal_range_entries_check CHECK ((entries >= 0)),
    CONSTRAINT seal_range_ids_check CHECK ((after_id <= through_id))
);
COMMENT ON TABLE seal_range IS 'Which rows of a table became entries with a seal, in the order of their ids. Never changed.';
COMMENT ON COLUMN seal_range.first_index IS 'The place of the first of them in the tree, from 0.';
COMMENT ON COLUMN seal_range.kind IS 'The kind of entry, which stands for its table.';
ALTER TABLE ONLY seal_range ADD CONSTRAINT seal_range_pkey PRIMARY KEY (seal_number, kind);
ALTER TABLE ONLY seal_range ADD CONSTRAINT seal_range_seal_number_fkey FOREIGN KEY (seal_number) REFERENCES seal(number);
CREATE INDEX seal_range_index_idx ON seal_range USING btree (first_index);
CREATE INDEX seal_range_rows_idx ON seal_range USING btree (kind, through_id);
CREATE TRIGGER seal_range_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON seal_range FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE seal_wait (
    virtual_transaction text NOT NULL
);
COMMENT ON TABLE seal_wait IS 'Transactions that were under way when the pending ids were noted. Once they have ended, each id up to there is committed or will never be, so that no late commit is skipped.';
ALTER TABLE ONLY seal_wait ADD CONSTRAINT seal_wait_pkey PRIMARY KEY (virtual_transaction);

CREATE TABLE seal_witness (
    url text NOT NULL,
    acknowledged bigint DEFAULT 0 NOT NULL,
    acknowledged_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    next_attempt_at timestamp with time zone DEFAULT now() NOT NULL,
    leased_until timestamp with time zone,
    last_error text,
    CONSTRAINT seal_witness_acknowledged_check CHECK ((acknowledged >= 0)),
    CONSTRAINT seal_witness_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT seal_witness_url_check CHECK (((length(url) >= 1) AND (length(url) <= 2000)))
);
COMMENT ON TABLE seal_witness IS 'How far each witness over HTTP has been told of the seals.';
COMMENT ON COLUMN seal_witness.acknowledged IS 'References seal: it answered that it holds those up to this one.';
COMMENT ON COLUMN seal_witness.attempts IS 'Failed attempts since the last success.';
COMMENT ON COLUMN seal_witness.last_error IS 'Why the last attempt failed: silent, unreachable, contradicted or a status; null after a success.';
COMMENT ON COLUMN seal_witness.leased_until IS 'Set while a server tells it; if that server dies, another takes over after this.';
ALTER TABLE ONLY seal_witness ADD CONSTRAINT seal_witness_pkey PRIMARY KEY (url);

CREATE TABLE shift (
    id bigint NOT NULL,
    agency_code text NOT NULL,
    cashier uuid NOT NULL,
    cashier_name text NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    float_amount bigint NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    count_turn smallint DEFAULT 0 NOT NULL,
    expected_cash bigint,
    counted_cash bigint,
    explanation text,
    counted_at timestamp with time zone,
    approved_by uuid,
    approved_by_name text,
    approval_note text,
    closed_at timestamp with time zone,
    deposit_id bigint,
    CONSTRAINT shift_approval_check CHECK (((num_nulls(approved_by, approved_by_name) = ANY (ARRAY[0, 2])) AND ((approved_by IS NULL) OR ((state = 'closed'::text) AND (approval_note IS NOT NULL))))),
    CONSTRAINT shift_approval_note_check CHECK (((length(approval_note) >= 1) AND (length(approval_note) <= 500))),
    CONSTRAINT shift_approved_check CHECK (((state <> 'closed'::text) OR (counted_cash = expected_cash) OR (approved_by IS NOT NULL))),
    CONSTRAINT shift_closed_check CHECK (((state = 'closed'::text) = (closed_at IS NOT NULL))),
    CONSTRAINT shift_count_turn_check CHECK (((count_turn >= 0) AND (count_turn <= 100))),
    CONSTRAINT shift_counted_cash_check CHECK (((counted_cash >= 0) AND (counted_cash <= '99999999999999'::bigint))),
    CONSTRAINT shift_counted_check CHECK ((((state = 'open'::text) = (counted_cash IS NULL)) AND (num_nulls(expected_cash, counted_cash, counted_at) = ANY (ARRAY[0, 3])) AND ((counted_cash IS NULL) = (count_turn = 0)))),
    CONSTRAINT shift_deposit_check CHECK (((deposit_id IS NULL) OR (state = 'closed'::text))),
    CONSTRAINT shift_expected_cash_check CHECK (((expected_cash >= 0) AND (expected_cash <= '99999999999999'::bigint))),
    CONSTRAINT shift_explained_check CHECK (((counted_cash IS NULL) OR (counted_cash = expected_cash) OR (explanation IS NOT NULL))),
    CONSTRAINT shift_explanation_check CHECK (((length(explanation) >= 1) AND (length(explanation) <= 500))),
    CONSTRAINT shift_float_amount_check CHECK (((float_amount >= 0) AND (float_amount <= '9999999999999'::bigint))),
    CONSTRAINT shift_state_check CHECK ((state = ANY (ARRAY['open'::text, 'counted'::text, 'closed'::text]))),
    CONSTRAINT shift_two_persons_check CHECK ((approved_by <> cashier))
);
COMMENT ON TABLE shift IS 'A cashier''s shift at the drawer of one agency. open: takes money. counted: the drawer holds less or more than it should, which another person decides on. closed: nothing of it changes but where its cash was carried to.';
COMMENT ON COLUMN shift.approved_by IS 'Who decided on the difference: never the cashier.';
COMMENT ON COLUMN shift.count_turn IS 'How often the drawer was counted; the last count holds.';
COMMENT ON COLUMN shift.counted_cash IS 'The sum of the last count: checked by shift_changed.';
COMMENT ON COLUMN shift.expected_cash IS 'The float, what was taken in cash, less what was given back: checked by shift_changed.';
COMMENT ON COLUMN shift.explanation IS 'The cashier''s own words about the difference.';
COMMENT ON COLUMN shift.float_amount IS 'What the drawer held at the beginning, for change; it stays in the drawer.';
ALTER TABLE shift ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY shift ADD CONSTRAINT shift_pkey PRIMARY KEY (id);
ALTER TABLE ONLY shift ADD CONSTRAINT shift_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES person(id);
ALTER TABLE ONLY shift ADD CONSTRAINT shift_cashier_fkey FOREIGN KEY (cashier) REFERENCES person(id);
ALTER TABLE ONLY shift ADD CONSTRAINT shift_deposit_id_fkey FOREIGN KEY (deposit_id) REFERENCES cash_deposit(id);
CREATE INDEX shift_agency_idx ON shift USING btree (agency_code, id);
CREATE INDEX shift_cashier_idx ON shift USING btree (cashier, id);
CREATE INDEX shift_deposit_idx ON shift USING btree (deposit_id) WHERE (deposit_id IS NOT NULL);
CREATE UNIQUE INDEX shift_open_key ON shift USING btree (cashier, agency_code) WHERE (state = 'open'::text);
CREATE TRIGGER shift_changed BEFORE UPDATE ON shift FOR EACH ROW EXECUTE FUNCTION shift_changed();
CREATE CONSTRAINT TRIGGER shift_deposit_adds_up AFTER UPDATE OF deposit_id ON shift DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION deposit_adds_up();
CREATE TRIGGER shift_permanent BEFORE DELETE OR TRUNCATE ON shift FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER shift_state_changed BEFORE UPDATE OF state ON shift FOR EACH ROW WHEN ((old.state IS DISTINCT FROM new.state)) EXECUTE FUNCTION state_changed('shift');
CREATE TRIGGER shift_told AFTER UPDATE OF state ON shift FOR EACH ROW WHEN (((new.state = 'closed'::text) AND (old.state <> 'closed'::text))) EXECUTE FUNCTION shift_told();
CREATE TRIGGER shift_versioned AFTER INSERT ON shift REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');
CREATE TRIGGER shift_versioned_again AFTER UPDATE ON shift REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');

CREATE TABLE shift_count (
    shift_id bigint NOT NULL,
    turn smallint NOT NULL,
    denomination integer NOT NULL,
    pieces bigint NOT NULL,
    CONSTRAINT shift_count_denomination_check CHECK ((denomination = ANY (ARRAY[500000, 200000, 100000, 50000, 20000, 10000, 5000, 2000, 1000, 1]))),
    CONSTRAINT shift_count_pieces_check CHECK (((pieces >= 1) AND (pieces <= '9999999999'::bigint))),
    CONSTRAINT shift_count_turn_check1 CHECK (((turn >= 1) AND (turn <= 100)))
);
COMMENT ON TABLE shift_count IS 'The notes that were counted in a drawer. Facts: each count is kept.';
COMMENT ON COLUMN shift_count.denomination IS 'In đồng; 1: coins and whatever else, with the sum as pieces.';
ALTER TABLE ONLY shift_count ADD CONSTRAINT shift_count_pkey PRIMARY KEY (shift_id, turn, denomination);
ALTER TABLE ONLY shift_count ADD CONSTRAINT shift_count_shift_id_fkey FOREIGN KEY (shift_id) REFERENCES shift(id);
CREATE TRIGGER shift_count_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON shift_count FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER shift_count_versioned AFTER INSERT ON shift_count REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{shift_id,turn,denomination}', '{}');
CREATE TRIGGER shift_count_versioned_again AFTER UPDATE ON shift_count REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{shift_id,turn,denomination}', '{}');

CREATE TABLE shift_giveback (
    refund_id uuid NOT NULL,
    shift_id bigint NOT NULL,
    amount bigint NOT NULL,
    given_by uuid NOT NULL,
    given_at timestamp with time zone NOT NULL,
    CONSTRAINT shift_giveback_amount_check CHECK (((amount >= 1) AND (amount <= '9999999999999'::bigint)))
);
COMMENT ON TABLE shift_giveback IS 'A refund that was handed out of a drawer. Facts: never changed or deleted; checked by shift_giveback_added.';
ALTER TABLE ONLY shift_giveback ADD CONSTRAINT shift_giveback_pkey PRIMARY KEY (refund_id);
ALTER TABLE ONLY shift_giveback ADD CONSTRAINT shift_giveback_given_by_fkey FOREIGN KEY (given_by) REFERENCES person(id);
ALTER TABLE ONLY shift_giveback ADD CONSTRAINT shift_giveback_refund_id_fkey FOREIGN KEY (refund_id) REFERENCES refund(id);
ALTER TABLE ONLY shift_giveback ADD CONSTRAINT shift_giveback_shift_id_fkey FOREIGN KEY (shift_id) REFERENCES shift(id);
CREATE INDEX shift_giveback_shift_idx ON shift_giveback USING btree (shift_id);
CREATE TRIGGER shift_giveback_added AFTER INSERT ON shift_giveback FOR EACH ROW EXECUTE FUNCTION shift_giveback_added();
CREATE TRIGGER shift_giveback_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON shift_giveback FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER shift_giveback_versioned AFTER INSERT ON shift_giveback REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{refund_id}', '{}');
CREATE TRIGGER shift_giveback_versioned_again AFTER UPDATE ON shift_giveback REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{refund_id}', '{}');

CREATE TABLE shift_taking (
    notice_id bigint NOT NULL,
    shift_id bigint NOT NULL,
    channel text NOT NULL,
    amount bigint NOT NULL,
    tendered bigint,
    taken_by uuid NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    CONSTRAINT shift_taking_amount_check CHECK (((amount >= 1) AND (amount <= '9999999999999'::bigint))),
    CONSTRAINT shift_taking_channel_check CHECK ((channel = ANY (ARRAY['counter_cash'::text, 'counter_card'::text, 'counter_qr'::text, 'counter_transfer'::text]))),
    CONSTRAINT shift_taking_check CHECK (((tendered >= amount) AND (tendered <= '9999999999999'::bigint))),
    CONSTRAINT shift_taking_tendered_check CHECK (((tendered IS NULL) OR (channel = 'counter_cash'::text)))
);
COMMENT ON TABLE shift_taking IS 'A payment that a cashier took in a shift. Facts: never changed or deleted.';
COMMENT ON COLUMN shift_taking.notice_id IS 'References bank_notice, checked by shift_taking_added.';
COMMENT ON COLUMN shift_taking.taken_by IS 'The cashier whose shift it is: checked by shift_taking_added.';
COMMENT ON COLUMN shift_taking.tendered IS 'What the payer handed over; the rest above the amount was the change.';
ALTER TABLE ONLY shift_taking ADD CONSTRAINT shift_taking_pkey PRIMARY KEY (notice_id);
ALTER TABLE ONLY shift_taking ADD CONSTRAINT shift_taking_shift_id_fkey FOREIGN KEY (shift_id) REFERENCES shift(id);
ALTER TABLE ONLY shift_taking ADD CONSTRAINT shift_taking_taken_by_fkey FOREIGN KEY (taken_by) REFERENCES person(id);
CREATE INDEX shift_taking_shift_idx ON shift_taking USING btree (shift_id, notice_id);
CREATE TRIGGER shift_taking_added AFTER INSERT ON shift_taking FOR EACH ROW EXECUTE FUNCTION shift_taking_added();
CREATE TRIGGER shift_taking_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON shift_taking FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER shift_taking_versioned AFTER INSERT ON shift_taking REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{notice_id}', '{}');
CREATE TRIGGER shift_taking_versioned_again AFTER UPDATE ON shift_taking REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{notice_id}', '{}');

CREATE TABLE state_transition (
    machine text NOT NULL,
    from_state text NOT NULL,
    event text NOT NULL,
    to_state text NOT NULL
);
COMMENT ON TABLE state_transition IS 'The allowed changes of state, by machine. The program has the same tables (khop states), and a test compares them; triggers refuse any other change, whoever writes it.';
ALTER TABLE ONLY state_transition ADD CONSTRAINT state_transition_pkey PRIMARY KEY (machine, from_state, event);

CREATE TABLE statement (
    id bigint NOT NULL,
    account_number text NOT NULL,
    file_hash bytea NOT NULL,
    format text NOT NULL,
    file_name text,
    lines integer NOT NULL,
    credits bigint NOT NULL,
    debits bigint NOT NULL,
    opening_balance bigint,
    closing_balance bigint,
    first_day date,
    last_day date,
    overlapping integer DEFAULT 0 NOT NULL,
    imported_at timestamp with time zone DEFAULT now() NOT NULL,
    imported_by text NOT NULL,
    imported_by_id text NOT NULL,
    gap bigint DEFAULT 0 NOT NULL,
    is_feed boolean DEFAULT false NOT NULL,
    forced_by text,
    forced_why text,
    forced_reasons jsonb,
    undone_at timestamp with time zone,
    undone_by text,
    undone_note text,
    mapping_id bigint,
    CONSTRAINT statement_forced_check CHECK (((num_nulls(forced_by, forced_why, forced_reasons) = ANY (ARRAY[0, 3])) AND (forced_why <> ''::text))),
    CONSTRAINT statement_undone_check CHECK (((num_nulls(undone_at, undone_by, undone_note) = ANY (ARRAY[0, 3])) AND (undone_note <> ''::text)))
);
COMMENT ON TABLE statement IS 'A bank''s file that lists the movements of an account. Its lines are in statement_line.';
COMMENT ON COLUMN statement.credits IS 'The sum of the credit lines, in đồng.';
COMMENT ON COLUMN statement.debits IS 'The sum of the debit lines, in đồng.';
COMMENT ON COLUMN statement.file_hash IS 'SHA-256 of the file: the same file is imported once, unless it was undone.';
COMMENT ON COLUMN statement.forced_by IS 'Who imported it although the file belongs to another account or bank; null if it does not.';
COMMENT ON COLUMN statement.forced_reasons IS 'Why it would have been refused: a list of {code, values}.';
COMMENT ON COLUMN statement.forced_why IS 'Why, in their words.';
COMMENT ON COLUMN statement.gap IS 'Opening balance minus the balance carried forward; 0 if they agree.';
COMMENT ON COLUMN statement.imported_by_id IS 'The id of the importer, who may not confirm what the statement recovers.';
COMMENT ON COLUMN statement.is_feed IS 'Sent with a key of the role feed: a program delivered it, and no person could have changed it.';
COMMENT ON COLUMN statement.lines IS 'The number of lines.';
COMMENT ON COLUMN statement.mapping_id IS 'The stored mapping that read it; null for another layout or format.';
COMMENT ON COLUMN statement.overlapping IS 'The number of lines that an earlier statement already contained.';
COMMENT ON COLUMN statement.undone_at IS 'When the import and what its run did was taken back; the statement counts for nothing since, and its rows are in undone_row.';
COMMENT ON COLUMN statement.undone_by IS 'Who took it back.';
COMMENT ON COLUMN statement.undone_note IS 'Why, in their words.';
ALTER TABLE statement ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY statement ADD CONSTRAINT statement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY statement ADD CONSTRAINT statement_account_number_fkey FOREIGN KEY (account_number) REFERENCES bank_account(account_number);
ALTER TABLE ONLY statement ADD CONSTRAINT statement_mapping_id_fkey FOREIGN KEY (mapping_id) REFERENCES statement_mapping(id);
CREATE UNIQUE INDEX statement_account_hash_key ON statement USING btree (account_number, file_hash) WHERE (undone_at IS NULL);
CREATE INDEX statement_importer_idx ON statement USING btree (imported_by_id, imported_at);
CREATE TRIGGER statement_append_only BEFORE DELETE OR TRUNCATE ON statement FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER statement_versioned AFTER INSERT ON statement REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');
CREATE TRIGGER statement_versioned_again AFTER UPDATE ON statement REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');

CREATE TABLE statement_day (
    account_number text NOT NULL,
    booked_on date NOT NULL,
    amount bigint NOT NULL,
    lines bigint NOT NULL,
    CONSTRAINT statement_day_lines_check CHECK ((lines >= 0))
);
COMMENT ON TABLE statement_day IS 'What the summed lines of a day brought a bank account. Derived from statement_line; less what was undone since.';
COMMENT ON COLUMN statement_day.amount IS 'Credits less debits, in đồng.';
ALTER TABLE ONLY statement_day ADD CONSTRAINT statement_day_pkey PRIMARY KEY (account_number, booked_on);
ALTER TABLE ONLY statement_day ADD CONSTRAINT statement_day_account_number_fkey FOREIGN KEY (account_number) REFERENCES bank_account(account_number);

CREATE TABLE statement_line (
    id bigint NOT NULL,
    statement_id bigint NOT NULL,
    line_number integer NOT NULL,
    account_number text NOT NULL,
    transaction_id text COLLATE pg_catalog."C",
    booked_at timestamp with time zone NOT NULL,
    booked_on date NOT NULL,
    value_date date,
    amount bigint NOT NULL,
    counterparty_name text,
    counterparty_account text,
    counterparty_bank text,
    memo text,
    balance bigint,
    reference_candidates text[],
    salt uuid DEFAULT gen_random_uuid(),
    CONSTRAINT statement_line_amount_check CHECK ((amount <> 0))
);
COMMENT ON TABLE statement_line IS 'A movement on an account as the bank states it (dòng sao kê). Facts: never changed; set aside in undone_row if their statement is undone.';
COMMENT ON COLUMN statement_line.amount IS 'In đồng; positive for a credit.';
COMMENT ON COLUMN statement_line.balance IS 'The balance after this line, if the file states it.';
COMMENT ON COLUMN statement_line.booked_on IS 'The business day of booked_at.';
COMMENT ON COLUMN statement_line.counterparty_bank IS 'The NAPAS number of the other party''s bank, 6 digits, if the statement states it.';
COMMENT ON COLUMN statement_line.counterparty_name IS 'Personal, as are counterparty_account, counterparty_bank and memo: null where the bank stated none, and once they are erased.';
COMMENT ON COLUMN statement_line.line_number IS 'The line number in the file.';
COMMENT ON COLUMN statement_line.reference_candidates IS 'Our references found in the memo or a structured field, in order.';
COMMENT ON COLUMN statement_line.salt IS 'Hashed together with the personal data in the sealed history; forgotten with them, so that nobody can guess.';
COMMENT ON COLUMN statement_line.statement_id IS 'References statement. Lines are written with it, a million at a time; `khop ledger verify` counts them.';
COMMENT ON COLUMN statement_line.transaction_id IS 'The bank''s id of the transfer, if the file has one.';
ALTER TABLE statement_line ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY statement_line ADD CONSTRAINT statement_line_pkey PRIMARY KEY (id);
CREATE INDEX statement_line_day_idx ON statement_line USING brin (booked_on) WITH (pages_per_range='32', autosummarize='on');
CREATE TRIGGER statement_line_append_only BEFORE TRUNCATE ON statement_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER statement_line_erased BEFORE UPDATE ON statement_line FOR EACH ROW EXECUTE FUNCTION texts_erased('5', '{memo,counterparty_name,counterparty_account,counterparty_bank,salt}');
CREATE TRIGGER statement_line_set_aside AFTER DELETE ON statement_line REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION row_set_aside('id');

CREATE TABLE statement_mapping (
    id bigint NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    version integer NOT NULL,
    bank_bin text NOT NULL,
    account_number text,
    mapping jsonb NOT NULL,
    is_proven boolean NOT NULL,
    made_by text NOT NULL,
    made_by_name text NOT NULL,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    accepted_by text,
    accepted_by_name text,
    accepted_at timestamp with time zone,
    ended_by text,
    ended_by_name text,
    ended_at timestamp with time zone,
    note text,
    CONSTRAINT statement_mapping_accepted_check CHECK ((num_nulls(accepted_by, accepted_by_name, accepted_at) = ANY (ARRAY[0, 3]))),
    CONSTRAINT statement_mapping_bank_bin_check CHECK ((bank_bin ~ '^[0-9]{6}$'::text)),
    CONSTRAINT statement_mapping_ended_check CHECK ((num_nulls(ended_by, ended_by_name, ended_at, note) = ANY (ARRAY[0, 4]))),
    CONSTRAINT statement_mapping_made_by_check CHECK ((made_by ~~ 'person:%'::text)),
    CONSTRAINT statement_mapping_mapping_check CHECK ((octet_length((mapping)::text) <= 65536)),
    CONSTRAINT statement_mapping_name_check CHECK ((name ~ '^[a-z0-9-]{1,40}$'::text)),
    CONSTRAINT statement_mapping_note_check CHECK (((length(note) >= 1) AND (length(note) <= 500))),
    CONSTRAINT statement_mapping_two_persons_check CHECK ((is_proven OR (accepted_by <> made_by))),
    CONSTRAINT statement_mapping_version_check CHECK (((version >= 1) AND (version <= 10000)))
);
COMMENT ON TABLE statement_mapping IS 'How the tables of a bank are read that no built-in layout knows. What it says never changes: a change is another version. The last accepted version of a name counts, until it is ended.';
COMMENT ON COLUMN statement_mapping.accepted_at IS 'Since when it counts; null while it waits for another person.';
COMMENT ON COLUMN statement_mapping.account_number IS 'The only account whose statements it reads; null for all of the bank.';
COMMENT ON COLUMN statement_mapping.bank_bin IS 'The bank whose tables these are: those of other banks it never reads.';
COMMENT ON COLUMN statement_mapping.ended_at IS 'When it was turned down, or counted no more.';
COMMENT ON COLUMN statement_mapping.is_proven IS 'Whether the balances of a whole file proved its columns of money when it was made; else another person accepts it.';
COMMENT ON COLUMN statement_mapping.mapping IS 'The description, as docs/statements.md has it.';
COMMENT ON COLUMN statement_mapping.note IS 'Why it was ended.';
ALTER TABLE statement_mapping ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY statement_mapping ADD CONSTRAINT statement_mapping_pkey PRIMARY KEY (id);
ALTER TABLE ONLY statement_mapping ADD CONSTRAINT statement_mapping_version_key UNIQUE (name, version);
ALTER TABLE ONLY statement_mapping ADD CONSTRAINT statement_mapping_account_number_fkey FOREIGN KEY (account_number) REFERENCES bank_account(account_number);
CREATE TRIGGER statement_mapping_versioned AFTER INSERT ON statement_mapping REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');
CREATE TRIGGER statement_mapping_versioned_again AFTER UPDATE ON statement_mapping REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');

CREATE TABLE suspense_use (
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    action text NOT NULL,
    amount bigint NOT NULL,
    notice_id bigint,
    refund_id uuid,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT suspense_use_action_check CHECK ((action = ANY (ARRAY['settle'::text, 'refund'::text, 'release'::text, 'write_off'::text, 'refund_line'::text, 'confirm'::text]))),
    CONSTRAINT suspense_use_amount_check CHECK ((amount <> 0)),
    CONSTRAINT suspense_use_notice_check CHECK (((action = ANY (ARRAY['settle'::text, 'confirm'::text])) = (notice_id IS NOT NULL))),
    CONSTRAINT suspense_use_refund_check CHECK (((action = ANY (ARRAY['refund'::text, 'release'::text, 'refund_line'::text])) = (refund_id IS NOT NULL)))
);
COMMENT ON TABLE suspense_use IS 'One row for each claim on a case''s money; a released claim is a row of the opposite sign. Facts: never changed or deleted.';
COMMENT ON COLUMN suspense_use.action IS 'settle: paid a request. refund: claimed by a refund. release: released by a rejected refund. write_off: posted as a gain or loss. refund_line: a debit line that is a refund. confirm: the line confirms a payment that a notice had already posted.';
COMMENT ON COLUMN suspense_use.refund_id IS 'References refund.';
ALTER TABLE suspense_use ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY suspense_use ADD CONSTRAINT suspense_use_pkey PRIMARY KEY (id);
ALTER TABLE ONLY suspense_use ADD CONSTRAINT suspense_use_case_id_fkey FOREIGN KEY (case_id) REFERENCES case_money(case_id);
ALTER TABLE ONLY suspense_use ADD CONSTRAINT suspense_use_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES bank_notice(id);
CREATE INDEX suspense_use_case_idx ON suspense_use USING btree (case_id);
CREATE INDEX suspense_use_notice_idx ON suspense_use USING btree (notice_id) WHERE (notice_id IS NOT NULL);
CREATE TRIGGER suspense_use_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON suspense_use FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER suspense_used AFTER INSERT ON suspense_use FOR EACH ROW EXECUTE FUNCTION suspense_used();

CREATE TABLE target (
    locality_code text NOT NULL,
    year integer NOT NULL,
    indicator text NOT NULL,
    target_percent text NOT NULL,
    added_in integer NOT NULL,
    ended_in integer,
    CONSTRAINT target_indicator_check CHECK ((indicator = ANY (ARRAY['non_cash'::text, 'online'::text])))
);
COMMENT ON TABLE target IS 'What a locality should reach in a year.';
COMMENT ON COLUMN target.added_in IS 'The import that brought the row.';
COMMENT ON COLUMN target.ended_in IS 'The import that ended it; null while it is in force.';
COMMENT ON COLUMN target.indicator IS 'non_cash: paid without cash. online: paid online.';
COMMENT ON COLUMN target.target_percent IS 'A decimal, as written in the file.';
ALTER TABLE ONLY target ADD CONSTRAINT target_added_in_fkey FOREIGN KEY (added_in) REFERENCES catalogue_version(id);
ALTER TABLE ONLY target ADD CONSTRAINT target_ended_in_fkey FOREIGN KEY (ended_in) REFERENCES catalogue_version(id);
CREATE UNIQUE INDEX target_key ON target USING btree (locality_code, year, indicator) WHERE (ended_in IS NULL);
CREATE TRIGGER target_versioned AFTER INSERT ON target REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{locality_code,year,indicator,added_in}', '{}');
CREATE TRIGGER target_versioned_again AFTER UPDATE ON target REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{locality_code,year,indicator,added_in}', '{}');

CREATE TABLE timing_difference (
    line_id bigint NOT NULL,
    notice_id bigint NOT NULL,
    account_number text NOT NULL,
    first_day date NOT NULL,
    end_day date NOT NULL,
    CONSTRAINT timing_difference_days_check CHECK ((first_day < end_day))
);
COMMENT ON TABLE timing_difference IS 'Payments that bank and books have on different days: the only confirmed ones that explain a difference. Derived from line_outcome and line_notice; deleted with them when a statement is undone.';
COMMENT ON COLUMN timing_difference.end_day IS 'The day from which on both have it.';
COMMENT ON COLUMN timing_difference.first_day IS 'The first day on which one has it and the other has not.';
COMMENT ON COLUMN timing_difference.line_id IS 'References statement_line.';
COMMENT ON COLUMN timing_difference.notice_id IS 'References bank_notice.';
ALTER TABLE ONLY timing_difference ADD CONSTRAINT timing_difference_pkey PRIMARY KEY (line_id, notice_id);
ALTER TABLE ONLY timing_difference ADD CONSTRAINT timing_difference_account_number_fkey FOREIGN KEY (account_number) REFERENCES bank_account(account_number);
CREATE INDEX timing_difference_day_idx ON timing_difference USING btree (account_number, end_day, first_day);

CREATE TABLE treasury_payer (
    id bigint NOT NULL,
    agency_code text NOT NULL,
    name text NOT NULL,
    address text,
    tax_code text NOT NULL,
    chapter text NOT NULL,
    treasury_code text NOT NULL,
    treasury_name text NOT NULL,
    office_code text NOT NULL,
    office_name text NOT NULL,
    area_code text NOT NULL,
    since date NOT NULL,
    set_at timestamp with time zone NOT NULL,
    set_by text NOT NULL,
    set_by_name text NOT NULL,
    CONSTRAINT treasury_payer_address_check CHECK (((length(address) >= 1) AND (length(address) <= 300))),
    CONSTRAINT treasury_payer_area_code_check CHECK ((area_code ~ '^[0-9A-Z]{5}$'::text)),
    CONSTRAINT treasury_payer_chapter_check CHECK ((chapter ~ '^[0-9]{3}$'::text)),
    CONSTRAINT treasury_payer_name_check CHECK (((length(name) >= 1) AND (length(name) <= 300))),
    CONSTRAINT treasury_payer_office_code_check CHECK ((office_code ~ '^[0-9]{7}$'::text)),
    CONSTRAINT treasury_payer_office_name_check CHECK (((length(office_name) >= 1) AND (length(office_name) <= 300))),
    CONSTRAINT treasury_payer_tax_code_check CHECK ((tax_code ~ '^[0-9]{10}(-[0-9]{3})?$'::text)),
    CONSTRAINT treasury_payer_treasury_code_check CHECK ((treasury_code ~ '^[0-9]{4}$'::text)),
    CONSTRAINT treasury_payer_treasury_name_check CHECK (((length(treasury_name) >= 1) AND (length(treasury_name) <= 300)))
);
COMMENT ON TABLE treasury_payer IS 'What orders to the Treasury say about an agency, from set_at on. Facts: a change is another row. Of an agency without one nothing is remitted here.';
COMMENT ON COLUMN treasury_payer.area_code IS 'Of the locality (mã ĐBHC).';
COMMENT ON COLUMN treasury_payer.chapter IS 'Of the State budget (mã chương), where the fee names none.';
COMMENT ON COLUMN treasury_payer.office_code IS 'Of the office that manages the revenue (mã cơ quan quản lý thu).';
COMMENT ON COLUMN treasury_payer.since IS 'The first day whose collections are remitted here: what came before was remitted by other means. Never changes.';
COMMENT ON COLUMN treasury_payer.treasury_code IS 'Of the Treasury''s office (mã KBNN).';
ALTER TABLE treasury_payer ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY treasury_payer ADD CONSTRAINT treasury_payer_pkey PRIMARY KEY (id);
CREATE INDEX treasury_payer_agency_idx ON treasury_payer USING btree (agency_code, id DESC);
CREATE TRIGGER treasury_payer_added BEFORE INSERT ON treasury_payer FOR EACH ROW EXECUTE FUNCTION treasury_payer_added();
CREATE TRIGGER treasury_payer_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON treasury_payer FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER treasury_payer_versioned AFTER INSERT ON treasury_payer REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');
CREATE TRIGGER treasury_payer_versioned_again AFTER UPDATE ON treasury_payer REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{id}', '{}');

CREATE TABLE unconfirmed_notice (
    notice_id bigint NOT NULL,
    account_number text NOT NULL,
    is_missing boolean NOT NULL
);
COMMENT ON TABLE unconfirmed_notice IS 'Notices up to reconciliation_state.notice_id that no line has confirmed.';
COMMENT ON COLUMN unconfirmed_notice.is_missing IS 'Whether its expected-by date has passed, so that it has a case.';
COMMENT ON COLUMN unconfirmed_notice.notice_id IS 'References bank_notice.';
ALTER TABLE ONLY unconfirmed_notice ADD CONSTRAINT unconfirmed_notice_pkey PRIMARY KEY (notice_id);
CREATE INDEX unconfirmed_notice_account_idx ON unconfirmed_notice USING btree (account_number);

CREATE TABLE undone_row (
    source text NOT NULL,
    row_id bigint NOT NULL,
    statement_id bigint NOT NULL,
    content jsonb NOT NULL,
    CONSTRAINT undone_row_source_check CHECK ((source = ANY (ARRAY['statement_line'::text, 'line_outcome'::text, 'line_notice'::text, 'bank_notice'::text])))
);
COMMENT ON TABLE undone_row IS 'What undone statements had brought: each row whole, as it stood in its table, which it left in the same transaction. Facts: never changed or deleted.';
COMMENT ON COLUMN undone_row.content IS 'The row, column by column; personal data may have been erased since.';
COMMENT ON COLUMN undone_row.row_id IS 'Its key there: the id, the line of a line_outcome, the notice of a line_notice. Ids are never given again.';
COMMENT ON COLUMN undone_row.source IS 'The table that it was in.';
ALTER TABLE ONLY undone_row ADD CONSTRAINT undone_row_pkey PRIMARY KEY (source, row_id);
ALTER TABLE ONLY undone_row ADD CONSTRAINT undone_row_statement_id_fkey FOREIGN KEY (statement_id) REFERENCES statement(id);
CREATE INDEX undone_row_statement_idx ON undone_row USING btree (statement_id);
CREATE TRIGGER undone_row_append_only BEFORE DELETE OR TRUNCATE ON undone_row FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER undone_row_erased BEFORE UPDATE ON undone_row FOR EACH ROW EXECUTE FUNCTION undone_row_erased();
CREATE TRIGGER undone_row_versioned AFTER INSERT ON undone_row REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{source,row_id}', '{}');
CREATE TRIGGER undone_row_versioned_again AFTER UPDATE ON undone_row REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION row_versioned('{source,row_id}', '{}');

CREATE TABLE versioned_table (
    name text NOT NULL,
    key_columns text[] NOT NULL,
    left_out text[] DEFAULT '{}'::text[] NOT NULL
);
COMMENT ON TABLE versioned_table IS 'Tables whose rows change: each state of a row is a row_version. Tables of facts alone are sealed row by row.';
COMMENT ON COLUMN versioned_table.left_out IS 'Columns that are no version of the row: they are derived from facts, which are sealed themselves, or say how the service works at the moment.';
ALTER TABLE ONLY versioned_table ADD CONSTRAINT versioned_table_pkey PRIMARY KEY (name);

CREATE VIEW awaited_notice AS
 SELECT b.id,
    b.account_number,
    b.payment_request_id,
    b.amount,
    b.booked_on,
    b.occurred_at,
    b.source
   FROM bank_notice b
  WHERE ((b.source = 'callback'::text) AND (((b.applied_amount + b.suspense_amount) + b.cleared_amount) > 0) AND (NOT (EXISTS ( SELECT 1
           FROM line_outcome o
          WHERE ((o.notice_id = b.id) AND (o.outcome = ANY (ARRAY['matched'::text, 'recovered'::text, 'amount_mismatch'::text])))))) AND (NOT (EXISTS ( SELECT 1
           FROM line_notice n
          WHERE (n.notice_id = b.id)))))
UNION ALL
 SELECT b.id,
    b.account_number,
    b.payment_request_id,
    b.amount,
    b.booked_on,
    b.occurred_at,
    b.source
   FROM (clearing_item i
     JOIN bank_notice b ON ((b.id = i.notice_id)))
  WHERE (i.cleared_at IS NULL);

CREATE VIEW line_result AS
 SELECT o.line_id,
        CASE
            WHEN ((o.outcome = 'recovered'::text) AND (o.suspense_amount > 0)) THEN ( SELECT
                    CASE
                        WHEN bool_or((p.state = 'waiting'::text)) THEN 'awaiting_confirmation'::text
                        WHEN bool_or((p.state = 'rejected'::text)) THEN ( SELECT c.kind
                           FROM reconciliation_case c
                          WHERE ((c.statement_line_id = o.line_id) AND (c.kind = ANY (ARRAY['amount_mismatch'::text, 'duplicate_line'::text, 'unmatched'::text]))))
                        WHEN bool_or((p.state = 'confirmed'::text)) THEN 'recovered'::text
                        ELSE 'matched'::text
                    END AS "case"
               FROM recovery_proposal p
              WHERE (p.line_id = o.line_id))
            ELSE o.outcome
        END AS outcome
   FROM line_outcome o;

CREATE VIEW request_notice AS
 SELECT b.payment_request_id,
    b.id AS notice_id,
    b.amount
   FROM bank_notice b
  WHERE (b.payment_request_id IS NOT NULL)
UNION ALL
 SELECT p.payment_request_id,
    p.notice_id,
    p.amount
   FROM basket_part p;

CREATE FUNCTION approval_limit_in_force(p_person uuid, p_agency text, p_day date, OUT refund_amount bigint, OUT day_amount bigint) RETURNS record
    LANGUAGE sql STABLE;

CREATE FUNCTION bank_notice_added() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION basket_added() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION basket_item_added() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION basket_notice_added() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION basket_part_added() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION basket_told() RETURNS trigger
    LANGUAGE plpgsql
    SET plan_cache_mode TO 'force_generic_plan'
    SET jit TO 'off';

CREATE FUNCTION case_held(p_case bigint) RETURNS bigint
    LANGUAGE sql STABLE;

CREATE FUNCTION case_money_derive() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION catalogue_day(p_day date) RETURNS boolean
    LANGUAGE plpgsql;

CREATE FUNCTION catalogue_event(p_version integer, p_codes text[], p_days date[]) RETURNS void
    LANGUAGE plpgsql;

CREATE FUNCTION catalogue_told(p_version integer) RETURNS void
    LANGUAGE plpgsql;

CREATE FUNCTION charges_of(p_lines json) RETURNS bigint
    LANGUAGE sql IMMUTABLE;

CREATE FUNCTION clearing_item_changed() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION correct_ordered_receipts(p_requests uuid[], p_reason text, p_at timestamp with time zone) RETURNS integer
    LANGUAGE plpgsql;

CREATE FUNCTION correct_receipts(p_requests uuid[], p_reason text, p_at timestamp with time zone) RETURNS integer
    LANGUAGE plpgsql;

CREATE FUNCTION deposit_adds_up() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION drop_raw_bodies(p_after bigint, p_before timestamp with time zone, p_limit integer, OUT last_id bigint, OUT looked_at bigint, OUT dropped bigint) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp';

CREATE FUNCTION erase_cases(p_ids bigint[], p_audit bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp';

CREATE FUNCTION erase_refunds(p_ids uuid[], p_audit bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp';

CREATE FUNCTION erase_requests(p_ids uuid[], p_audit bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp';

CREATE FUNCTION erase_texts(p_kind smallint, p_ids bigint[], p_audit bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp';

CREATE FUNCTION erasure_recorded(p_audit bigint) RETURNS void
    LANGUAGE plpgsql;

CREATE FUNCTION event_body(p_type text, p_at timestamp with time zone, p_data json) RETURNS json
    LANGUAGE sql STABLE;

CREATE FUNCTION event_time(p_at timestamp with time zone) RETURNS text
    LANGUAGE sql STABLE;

CREATE FUNCTION fold_daily_totals(p_day date) RETURNS bigint
    LANGUAGE plpgsql;

CREATE FUNCTION folded(p_text text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION folded(p_text text) IS 'Text without accents in small letters, for search.';

CREATE FUNCTION issue_receipts(p_requests uuid[], p_at timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    SET plan_cache_mode TO 'force_generic_plan'
    SET jit TO 'off';

CREATE FUNCTION ledger_account_of(p_kind text, p_owner text) RETURNS integer
    LANGUAGE plpgsql;

CREATE FUNCTION ledger_transfer_added() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION line_named() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION line_personal_hash(t statement_line) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE;

CREATE FUNCTION locality_chain(start text) RETURNS SETOF text
    LANGUAGE sql STABLE;

CREATE FUNCTION name_pairs(p_name text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION name_pairs(p_name text) IS 'Each two words of a name that follow one another, without accents in small letters.';

CREATE FUNCTION notice_personal_hash(t bank_notice) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE;

CREATE FUNCTION order_receipts(p_requests uuid[], p_at timestamp with time zone) RETURNS void
    LANGUAGE plpgsql;

CREATE FUNCTION payer_contact_stopped() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION payment_request_change_told() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION payment_request_changed() RETURNS trigger
    LANGUAGE plpgsql
    SET plan_cache_mode TO 'force_generic_plan';

CREATE FUNCTION payment_request_created() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION payment_request_creation_told() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION payment_request_messages() RETURNS trigger
    LANGUAGE plpgsql
    SET jit TO 'off';

CREATE FUNCTION person_role_added() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION platform_payment_added() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION platform_payment_changed() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION provider_receipt_added() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION provider_receipt_changed() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION provider_receipt_told() RETURNS trigger
    LANGUAGE plpgsql
    SET jit TO 'off';

CREATE FUNCTION receipt_added() RETURNS trigger
    LANGUAGE plpgsql
    SET plan_cache_mode TO 'force_generic_plan'
    SET jit TO 'off';

CREATE FUNCTION receipt_told() RETURNS trigger
    LANGUAGE plpgsql
    SET jit TO 'off';

CREATE FUNCTION reconciliation_case_added() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION reconciliation_case_ended() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION reconciliation_case_opened() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION reconciliation_case_told() RETURNS trigger
    LANGUAGE plpgsql
    SET jit TO 'off';

CREATE FUNCTION recovery_proposal_added() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION refund_changed() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION refund_file_taken() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION refund_limit_held() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION refund_part_claimed() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION refund_parts_add_up() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION refuse_change() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION refuse_transition(p_id uuid, p_from text, p_to text) RETURNS text
    LANGUAGE plpgsql;

CREATE FUNCTION remittance_adds_up() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION remittance_changed() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION remove_undone_rows(p_statement bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp';

CREATE FUNCTION row_changed() RETURNS trigger
    LANGUAGE plpgsql
    SET "TimeZone" TO 'UTC';

CREATE FUNCTION row_content(p_row jsonb, p_left_out text[]) RETURNS bytea
    LANGUAGE sql STABLE;

CREATE FUNCTION row_key(p_row jsonb, p_columns text[]) RETURNS text
    LANGUAGE sql IMMUTABLE;

CREATE FUNCTION row_set_aside() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION row_versioned() RETURNS trigger
    LANGUAGE plpgsql
    SET "TimeZone" TO 'UTC';

CREATE FUNCTION rows_rewritten() RETURNS TABLE(source text, row_key text)
    LANGUAGE plpgsql STABLE
    SET "TimeZone" TO 'UTC';

CREATE FUNCTION shift_cash(p_shift bigint) RETURNS bigint
    LANGUAGE sql STABLE;

CREATE FUNCTION shift_changed() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION shift_giveback_added() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION shift_taking_added() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION shift_told() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION state_changed() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION suspense_used() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION take_receipts(p_agencies text[], p_kinds text[], p_requests uuid[], p_amounts bigint[], p_replaces bigint[], p_reason text, p_at timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    SET plan_cache_mode TO 'force_generic_plan'
    SET jit TO 'off';

CREATE FUNCTION texts_erased() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION treasury_payer_added() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION undone_row_erased() RETURNS trigger
    LANGUAGE plpgsql;

CREATE FUNCTION write_request_events(p_ids uuid[], p_types text[]) RETURNS void
    LANGUAGE plpgsql
    SET jit TO 'off';
