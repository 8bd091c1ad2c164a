-- Why: who may call the API (keys of programs, persons and their sessions), the first answer to each idempotency key,
-- and who did what.

create table api_key (
    id uuid primary key,
    role text not null check (role in ('portal', 'cashier', 'finance', 'approver', 'auditor', 'admin', 'feed')),
    name text not null,
    locality_code text,
    holder_id uuid not null references api_key,
    return_hosts text[] not null default '{}',
    secret_hash bytea not null check (length(secret_hash) = 32),
    previous_secret_hash bytea check (length(previous_secret_hash) = 32),
    previous_until timestamptz,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    revoked_at timestamptz,
    last_used_at timestamptz,
    last_used_from text,
    constraint api_key_previous_check check ((previous_secret_hash is null) = (previous_until is null)),
    constraint api_key_expires_check check (expires_at > created_at),
    constraint api_key_used_check check ((last_used_at is null) = (last_used_from is null))
);
comment on table api_key is 'Who may call the API: a program with a secret that only it knows.';
comment on column api_key.locality_code is
    'The holder sees and acts for this locality and its descendants; null for all.';
comment on column api_key.holder_id is
    'The first key of the same holder, often itself: a portal that changes its key keeps its requests and endpoints.';
comment on column api_key.return_hosts is
    'The hosts that the payment page may lead back to, for requests made with the key.';
comment on column api_key.secret_hash is
    'SHA-256 of the secret, which is 256 random bits: no salt or stretching is needed.';
comment on column api_key.previous_secret_hash is
    'The secret before the last rotation, which works until previous_until: the holder changes over in that time.';
comment on column api_key.expires_at is 'The key works until then.';
comment on column api_key.last_used_at is 'To a minute.';
comment on column api_key.last_used_from is 'The network address of the last use.';
comment on column api_key.revoked_at is
    'Set when the key was revoked; it no longer works, and its row is kept for the audit trail.';

create table person (
    id uuid primary key,
    name text not null check (length(name) between 1 and 200),
    email text not null constraint person_email_key unique
        constraint person_email_check
            check (email = lower(email) and email ~ '^[^@ ]+@[^@ ]+$' and length(email) <= 254),
    created_at timestamptz not null default now(),
    created_by text not null,
    disabled_at timestamptz,
    password_hash text check (password_hash like '$argon2id$%'),
    password_set_at timestamptz,
    totp_sealed bytea,
    totp_key_id text,
    totp_last_step bigint not null default 0,
    constraint person_password_check check (num_nulls(password_hash, password_set_at) in (0, 2)),
    constraint person_totp_check check (num_nulls(totp_sealed, totp_key_id) in (0, 2))
);
comment on table person is
    'Who decides: told apart by e-mail address, never by a name that somebody typed. Never deleted, for the audit.';
comment on column person.disabled_at is 'Set when the person left: no login and no session works any more.';
comment on column person.password_hash is 'Argon2id with its salt and cost; null until an invitation was accepted.';
comment on column person.totp_sealed is 'The secret of the authenticator, sealed under the service''s key.';
comment on column person.totp_key_id is 'Which key sealed it.';
comment on column person.totp_last_step is 'The step of the last code that was taken: no code serves twice.';

create table person_role (
    id bigint generated always as identity primary key,
    person_id uuid not null references person,
    role text not null check (role in ('finance', 'approver', 'cashier', 'auditor', 'leader', 'admin')),
    locality_code text,
    until timestamptz,
    granted_at timestamptz not null default now(),
    granted_by text not null,
    ended_at timestamptz,
    ended_by text,
    delegated_by uuid references person,
    constraint person_role_ended_check check (num_nulls(ended_at, ended_by) in (0, 2)),
    constraint person_role_delegated_check
        check (delegated_by is null or (delegated_by <> person_id and until is not null))
);
comment on table person_role is 'The roles of persons, each everywhere or in a locality and what lies below it.';
comment on column person_role.locality_code is 'Null for every locality.';
comment on column person_role.until is 'The end of a delegation; null if it lasts until it is ended.';
comment on column person_role.delegated_by is
    'Whom the holder stands in for: the holder decides nothing about what that person asked for or decided.';
create unique index person_role_held_key on person_role (person_id, role, coalesce(locality_code, ''))
    where ended_at is null;

create table person_identity (
    id bigint generated always as identity primary key,
    person_id uuid not null references person,
    issuer text not null check (length(issuer) between 1 and 500),
    subject text not null check (length(subject) between 1 and 255),
    linked_at timestamptz not null default now(),
    ended_at timestamptz,
    ended_by text,
    constraint person_identity_ended_check check (num_nulls(ended_at, ended_by) in (0, 2))
);
comment on table person_identity is
    'Accounts of an OpenID Connect provider that persons log in with: linked at the first login, by verified e-mail.';
comment on column person_identity.subject is 'The account at the provider, which never becomes another person''s.';
create unique index person_identity_subject_key on person_identity (issuer, subject) where ended_at is null;
create unique index person_identity_person_key on person_identity (person_id, issuer) where ended_at is null;

create table invitation (
    id bigint generated always as identity primary key,
    person_id uuid not null references person,
    token_hash bytea not null constraint invitation_token_key unique check (length(token_hash) = 32),
    totp_sealed bytea not null,
    totp_key_id text not null,
    created_at timestamptz not null default now(),
    created_by text not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    withdrawn_at timestamptz
);
comment on table invitation is 'Links by which persons choose a password and set up an authenticator; each good once.';
comment on column invitation.token_hash is 'SHA-256 of the token in the link: 258 random bits.';
comment on column invitation.totp_sealed is 'The secret that the page shows, sealed; the person''s once accepted.';
comment on column invitation.withdrawn_at is 'Set when a later invitation replaced it, or the person was disabled.';
create index invitation_person_idx on invitation (person_id);

create table login_link (
    id bigint generated always as identity primary key,
    person_id uuid not null references person,
    token_hash bytea not null constraint login_link_token_key unique check (length(token_hash) = 32),
    created_at timestamptz not null default now(),
    created_by text not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    withdrawn_at timestamptz
);
comment on table login_link is
    'Links that log a person in without a password or a code, each good once; only of installations for development.';
comment on column login_link.token_hash is 'SHA-256 of the token in the link: 258 random bits.';
comment on column login_link.withdrawn_at is 'Set when a later link replaced it, or the person was disabled.';
create index login_link_person_idx on login_link (person_id);

create table recovery_code (
    person_id uuid not null references person,
    code_hash bytea not null check (length(code_hash) = 32),
    created_at timestamptz not null default now(),
    used_at timestamptz,
    replaced_at timestamptz,
    constraint recovery_code_pkey primary key (person_id, code_hash)
);
comment on table recovery_code is 'What stands in for a lost authenticator: each good once.';
comment on column recovery_code.code_hash is 'SHA-256 of 80 random bits.';
comment on column recovery_code.replaced_at is 'Set when new codes were made; it no longer works.';

create table person_session (
    id bigint generated always as identity primary key,
    person_id uuid not null references person,
    token_hash bytea not null constraint person_session_token_key unique check (length(token_hash) = 32),
    kind text not null check (kind in ('browser', 'bearer')),
    method text not null check (method in ('password', 'oidc', 'link')),
    address text not null,
    user_agent text,
    created_at timestamptz not null,
    last_used_at timestamptz not null,
    factor_at timestamptz,
    ended_at timestamptz,
    ended_why text check (ended_why in ('logout', 'idle', 'over', 'by_owner', 'password_changed', 'role_changed',
        'disabled', 'replaced')),
    constraint person_session_ended_check check (num_nulls(ended_at, ended_why) in (0, 2))
);
comment on table person_session is
    'Logins of persons: of a browser (cookie) or of a program that a person runs (bearer).';
comment on column person_session.token_hash is 'SHA-256 of the token: 258 random bits.';
comment on column person_session.last_used_at is 'To half a minute.';
comment on column person_session.factor_at is
    'When the second factor was last given; null between password and code, when the session may do nothing else.';
create index person_session_person_idx on person_session (person_id) where ended_at is null;

create table provider_login (
    token_hash bytea primary key check (length(token_hash) = 32),
    begun_at timestamptz not null,
    next_path text not null check (length(next_path) between 1 and 500),
    session_id bigint references person_session,
    used_at timestamptz
);
comment on table provider_login is
    'Logins that browsers have begun at the OpenID Connect provider: each good once, for ten minutes.';
comment on column provider_login.token_hash is
    'SHA-256 of what the browser keeps in a cookie, of which state, nonce and code verifier are made.';
comment on column provider_login.session_id is
    'The session that the person gives a second factor anew for; null for a new login.';
create index provider_login_begun_idx on provider_login (begun_at);

create table login_attempt (
    subject text primary key check (length(subject) <= 400),
    failures bigint not null check (failures >= 0),
    last_at timestamptz not null
);
comment on table login_attempt is 'Failed logins, by account and by address; they only delay the next.';
comment on column login_attempt.subject is
    '`account:` and an e-mail address, with ` from ` and an address that it has logged in from before; or `address:` '
    'and one.';
comment on column login_attempt.failures is 'Counted before a password is looked at, and set to 0 by a login.';

create table idempotency_key (
    owner_id uuid not null,
    key text not null check (length(key) between 1 and 255),
    request_hash bytea not null,
    status integer not null,
    body text not null,
    created_at timestamptz not null default now(),
    constraint idempotency_key_pkey primary key (owner_id, key)
);
comment on table idempotency_key is 'The first answer to a key, returned again when the call is repeated.';
comment on column idempotency_key.owner_id is 'The api_key or person that called.';
comment on column idempotency_key.key is 'What the caller sent as Idempotency-Key.';
comment on column idempotency_key.request_hash is 'SHA-256 of the call; another call under the same key is refused.';
comment on column idempotency_key.status is 'The HTTP status returned.';
comment on column idempotency_key.body is 'The body returned.';
create index idempotency_key_created_idx on idempotency_key using brin (created_at);

create table audit_entry (
    id bigint generated always as identity primary key,
    happened_at timestamptz not null default now(),
    actor_id text not null check (length(actor_id) between 1 and 300),
    actor_name text not null check (length(actor_name) <= 300),
    address text check (length(address) between 1 and 100),
    request_id text check (length(request_id) between 1 and 64),
    action text not null check (action ~ '^[a-z0-9_.]{1,60}$'),
    subject text not null check (length(subject) between 1 and 300),
    detail jsonb not null default '{}'
);
comment on table audit_entry is 'Who did what to what: one row for each action, written in its transaction.';
comment on column audit_entry.actor_id is '`person:` or `key:` and its id, `cli:` and a name, or `system`.';
comment on column audit_entry.address is
    'The network address of the call, or `cli:` and the system''s account; null if khop acts by itself.';
comment on column audit_entry.request_id is 'Its X-Request-Id; null for a command.';
comment on column audit_entry.action is 'Such as refund.approve or case.resolve.';
comment on column audit_entry.subject is 'The kind and id of its object, such as `case:17`.';
comment on column audit_entry.detail is 'The arguments of the action, as JSON.';
create index audit_entry_happened_at_idx on audit_entry (happened_at, id);
create index audit_entry_subject_idx on audit_entry (subject, happened_at, id);
create index audit_entry_actor_idx on audit_entry (actor_id, happened_at, id);
create index audit_entry_request_idx on audit_entry (request_id) where request_id is not null;
create index audit_entry_login_idx on audit_entry (happened_at) where action in ('login', 'login.break_glass');
