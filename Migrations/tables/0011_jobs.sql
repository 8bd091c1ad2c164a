-- Why: what background jobs remember between runs.

create table job_state (
    name text primary key,
    value text not null,
    changed_at timestamptz not null default now()
);
comment on table job_state is 'What background jobs remember between runs.';
comment on column job_state.value is 'Depends on the job: usually the last day it ran for.';
