import Identity
import Postgres
import Values

/// Failed logins, counted by account and by address before a password is looked at, so that many at once are counted too.
struct LoginAttempts: Sendable {
    let database: Database

    /// One try: what it is counted for.
    struct Try: Sendable {
        fileprivate let account: String
        fileprivate let address: String
    }

    /// Counts a try, or throws `tooManyAttempts` with the seconds to wait.
    func begin(email: String, _ origin: CallOrigin) async throws -> Try {
        try await database.transaction { tx in
            // Who has logged in from here before is counted apart, so that a stranger who guesses elsewhere cannot make
            // the person wait.
            let isKnown = try tx.query(
                """
                select exists (select 1 from person_session s join person p on p.id = s.person_id
                    where p.email = \(email) and s.address = \(origin.address) and s.factor_at > now() - interval '30 days')
                """
            ).row().get(0, as: Bool.self)
            let attempt = Try(
                account: "account:\(email)" + (isKnown ? " from \(origin.address)" : ""),
                address: "address:\(origin.address)"
            )
            let subjects = [attempt.account, attempt.address].sorted()
            try tx.query(
                """
                insert into login_attempt (subject, failures, last_at)
                select s, 0, '-infinity' from unnest(\(subjects)::text[]) as s on conflict do nothing
                """
            )
            let rows = try tx.query(
                """
                select subject, failures, greatest(last_at, 'epoch') from login_attempt
                where subject = any(\(subjects)::text[]) order by subject for update
                """
            )
            let now = Instant.now()
            var wait: Int64 = 0
            for row in rows {
                let (subject, failures, last) = try row.decode(String.self, Int64.self, Instant.self)
                wait = max(
                    wait,
                    LoginDelay.remaining(
                        failures: failures,
                        last: last,
                        now: now,
                        of: subject == attempt.address ? .address : .account
                    )
                )
            }
            guard wait == 0 else { throw LoginAttempts.tooMany(wait) }
            try tx.query(
                """
                update login_attempt set last_at = \(now)::timestamptz, failures = 1 + case
                    when last_at < \(now.adding(seconds: -LoginDelay.memorySeconds))::timestamptz then 0 else failures end
                where subject = any(\(subjects)::text[])
                """
            )
            return attempt
        }
    }

    /// Takes back a try whose password was right: what failed before still counts, else whoever knows the password could
    /// guess at the code for ever.
    static func passed(_ attempt: Try, _ tx: borrowing Transaction) throws {
        try tx.query(
            """
            update login_attempt set failures = greatest(failures - 1, 0)
            where subject = any(\([attempt.account, attempt.address])::text[])
            """
        )
    }

    /// Takes a try back that succeeded. The address keeps its other failures: they may be of other accounts.
    static func succeeded(_ attempt: Try, _ tx: borrowing Transaction) throws {
        try tx.query("delete from login_attempt where subject = \(attempt.account)")
        try tx.query(
            "update login_attempt set failures = greatest(failures - 1, 0) where subject = \(attempt.address)"
        )
    }

    /// Forgets failures that delay nothing any more; returns how many.
    func expire(now: Instant = .now()) async throws -> Int {
        try await database.query(
            """
            delete from login_attempt where last_at < \(now.adding(seconds: -LoginDelay.memorySeconds))::timestamptz
            returning 1
            """
        ).count
    }

    private static func tooMany(_ seconds: Int64) -> ServiceError {
        ServiceError(
            .tooManyAttempts,
            Phrase(
                vi: "Đăng nhập sai quá nhiều lần. Hãy thử lại sau \(seconds) giây.",
                en: "Too many failed logins. Try again in \(seconds) seconds."
            )
        ).retrying(after: seconds)
    }
}
