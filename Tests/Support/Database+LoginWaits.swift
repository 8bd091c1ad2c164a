public import Postgres

extension Database {
    /// Keeps the waits after failed logins from running out while a test looks, however slow the machine is: a failure
    /// that makes an account or an address wait is booked an hour ahead. For a lent database.
    public func holdLoginWaits() async throws {
        try await TestDatabase.asOwner(self) { owner in
            _ = try await owner.query(
                """
                create function hold_login_wait() returns trigger language plpgsql as $$
                begin
                    new.last_at := new.last_at + interval '1 hour';
                    return new;
                end $$
                """
            )
            _ = try await owner.query(
                """
                create trigger hold_login_wait before update of last_at on login_attempt for each row
                when (new.failures >= case when new.subject like 'address:%' then 20 else 5 end)
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
