import Values

/// How often callers may come, in front of the database.
public struct CallLimits: Sendable {
    /// The settings; 0 anywhere is no limit.
    public struct Options: Sendable {
        /// Attempts a minute and address that prove nothing: unknown keys and pay links, callbacks that do not verify.
        public var attemptsPerMinute = 600
        /// Calls a minute of the key of a program (roles portal and feed).
        public var programPerMinute = 600_000
        /// Calls a minute of any other key, or of a person.
        public var personPerMinute = 6_000
        /// Calls for payment pages a minute and address; many citizens may share one.
        public var pagesPerMinute = 12_000
        /// Statements that one key or person may import a day.
        public var statementsPerDay = 2_000
        /// Requests that one key may have open at once.
        public var openRequests = 1_000_000

        public init() {}
    }

    private let attempts: RateLimiter
    private let programs: RateLimiter
    private let persons: RateLimiter
    private let pages: RateLimiter

    public init(_ options: Options, clock: @escaping @Sendable () -> Int64 = RateLimiter.monotonic) {
        attempts = RateLimiter(perMinute: options.attemptsPerMinute, clock: clock)
        programs = RateLimiter(perMinute: options.programPerMinute, clock: clock)
        persons = RateLimiter(perMinute: options.personPerMinute, clock: clock)
        pages = RateLimiter(perMinute: options.pagesPerMinute, clock: clock)
    }

    /// Throws if an address has tried too often in vain; counts nothing.
    public func checkAttempts(of address: String) throws {
        if let seconds = attempts.wait(CallLimits.network(address)) { throw CallLimits.tooManyAttempts(seconds) }
    }

    /// Whether an address has tried too often in vain.
    func isExhausted(_ address: String) -> Bool { attempts.wait(CallLimits.network(address)) != nil }

    /// Counts an attempt in vain; returns the seconds to wait if there were too many.
    @discardableResult
    public func failed(_ address: String) -> Int64? { attempts.take(CallLimits.network(address)) }

    /// Counts a call of somebody who is known, by any name that tells callers apart.
    public func called(by identity: String, isProgram: Bool) throws {
        guard let seconds = (isProgram ? programs : persons).take(identity) else { return }
        throw ServiceError(
            .tooManyRequests,
            Phrase(
                vi: "Khóa hoặc người này gửi quá nhiều yêu cầu: gửi lại sau \(seconds) giây (xem Retry-After).",
                en: "This key or person sends too many requests: send this one again after \(seconds) seconds (see "
                    + "Retry-After)."
            )
        ).retrying(after: seconds)
    }

    /// Counts a call for a payment page.
    public func pageCalled(from address: String) throws {
        guard let seconds = pages.take(CallLimits.network(address)) else { return }
        throw ServiceError(
            .tooManyRequests,
            Phrase(
                vi: "Quá nhiều yêu cầu từ địa chỉ mạng này: thử lại sau \(seconds) giây.",
                en: "Too many requests come from this network address: try again after \(seconds) seconds."
            )
        ).retrying(after: seconds)
    }

    static func tooManyAttempts(_ seconds: Int64) -> ServiceError {
        ServiceError(
            .tooManyAttempts,
            Phrase(
                vi: "Địa chỉ mạng này đã gửi quá nhiều yêu cầu không hợp lệ: thử lại sau \(seconds) giây.",
                en: "This network address has sent too many requests that prove nothing: try again after \(seconds) "
                    + "seconds."
            )
        ).retrying(after: seconds)
    }

    /// Whoever has one IPv6 address has 2^64 of them.
    static func network(_ address: String) -> String {
        guard address.contains(":") else { return address }
        // An address of version 4 in the clothes of version 6.
        if address.contains("."), let last = address.split(separator: ":").last { return String(last) }
        let halves = address.lowercased().split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false)
        var groups = halves[0].split(separator: ":").map { String($0.drop { $0 == "0" }) }
        if halves.count == 2 {
            let rest = halves[1].split(separator: ":").map { String($0.drop { $0 == "0" }) }
            groups += Array(repeating: "", count: max(0, 8 - groups.count - rest.count)) + rest
        }
        return groups.prefix(4).joined(separator: ":") + "::/64"
    }
}
