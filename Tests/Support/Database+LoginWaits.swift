public import Postgres

extension Database {
    /// Keeps the waits after failed logins from running out while a test looks, however slow the machine is: a failure
    /// that makes an account or an address wait is booked an hour ahead. For a lent database.
    public func holdLoginWaits() async throws {
        try await TestDatabase.asOwner(self) { owner in
            _ = try await owner.query(
                """
                create function hold_login_wait() returns trigger language plpgsql as $$
                declare
                    most_free constant integer := case when new.subject like 'address:%' then 19 else 4 end;
                begin
                    if new.failures > most_free and new.last_at > old.last_at then
                        new.last_at := new.last_at + interval '1 hour';
                    elsif new.failures <= most_free and old.failures > most_free then
                        new.last_at := new.last_at - interval '1 hour';
                    end if;
                    return new;
                end $$
                """
            )
            _ = try await owner.query(
                """
                create trigger hold_login_wait before update on login_attempt for each row
                execute function hold_login_wait()
                """
            )
        }
    }

    /// Lets waits begin at the failure again.
    public func releaseLoginWaits() async throws {
        _ = try await TestDatabase.asOwner(self) { try await $0.query("drop trigger hold_login_wait on login_attempt") }
    }
}
