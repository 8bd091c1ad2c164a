-- Why: a person keeps the filters of a list or a report under a name, and comes back to them.

create table saved_view (
    id uuid primary key,
    person_id uuid not null references person,
    name text not null check (length(name) between 1 and 80),
    address text not null check (address like '/console/%' and length(address) <= 1500),
    created_at timestamptz not null default now(),
    constraint saved_view_name_key unique (person_id, name)
);
comment on table saved_view is
    'Named filters of lists and reports, each of one person; who is told the id may open it, and sees what they may.';
comment on column saved_view.address is 'The path and the query of the page.';
