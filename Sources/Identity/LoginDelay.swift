public import Values

/// How long a login must wait after failures: growing, and never for ever.
public enum LoginDelay {
    /// What failures are counted for.
    public enum Subject: Sendable, Hashable, CaseIterable {
        /// One person's account, from anywhere it has not logged in from before.
        case account
        /// One address, whatever the account.
        case address

        /// How many failures are free: people mistype, and an office shares one address.
        var free: Int64 { self == .account ? 5 : 20 }
    }

    /// The longest wait: 15 minutes. A stranger can make somebody wait, and cannot lock anybody out.
    public static let maximumSeconds: Int64 = 900
    /// Failures older than this are forgotten.
    public static let memorySeconds: Int64 = 86_400

    /// The seconds to wait after so many failures in a row: 2, 4, 8, … up to the longest.
    public static func seconds(after failures: Int64, of subject: Subject) -> Int64 {
        let paid = failures - subject.free
        guard paid >= 0 else { return 0 }
        return paid >= 9 ? maximumSeconds : min(maximumSeconds, 2 << paid)
    }

    /// The whole seconds left to wait, rounded up; 0 if the next try may be made.
    public static func remaining(failures: Int64, last: Instant, now: Instant, of subject: Subject) -> Int64 {
        guard now < last.adding(seconds: memorySeconds) else { return 0 }
        let until = last.adding(seconds: seconds(after: failures, of: subject))
        let left = until.microseconds - now.microseconds
        // A clock that was set back must not make anybody wait longer than the longest wait.
        return left <= 0 ? 0 : min(maximumSeconds, (left + 999_999) / 1_000_000)
    }
}
