-- Why: what background jobs remember between runs.

-- What background jobs remember between runs.
create table job_state (
    name text primary key,
    value text not null,
    changed_at timestamptz not null default now()
);
