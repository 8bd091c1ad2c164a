-- Why: portals are told on the day when prices that were put in force before begin or end to count; job_state keeps the
-- day that was told last, as catalogue_day.
-- Compatible: routines are added; a program of before tells of a version when it comes in force, not on the day.
comment on table job_state is 'how far jobs that are done once a day, or go on where they stopped, have come';
