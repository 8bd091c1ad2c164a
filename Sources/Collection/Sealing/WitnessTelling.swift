package import Postgres
public import Values

/// Tells another agency of each seal over HTTP, in their order, and keeps how far it has acknowledged them.
///
/// A seal is posted as the JSON that stands in `seals.jsonl`. An answer of 2xx says that the witness holds it; 409 that it
/// holds another one of the same number, which is the alarm that a witness is for.
public struct WitnessTelling: Sendable {
    /// Seals told in one pass; the next pass follows soon.
    static let most = 100
    /// Another server takes over a pass that has not ended by then.
    static let leaseSeconds: Int64 = 120

    private let database: Database
    private let sender: any EventSender
    public let url: String
    /// How long an answer may take.
    private let timeout: Duration

    package init(_ database: Database, url: String, sender: any EventSender, timeout: Duration = .seconds(10)) {
        self.database = database
        self.url = url
        self.sender = sender
        self.timeout = timeout
    }

    /// How a pass went.
    public enum Result: Sendable, Hashable {
        /// The witness holds everything up to this seal.
        case told(through: Int64)
        /// There is nothing to tell, it is not time yet, or another server tells it.
        case idle
        /// It did not take one; the word says why.
        case failed(String)
        /// It holds another seal of that number: this history or that of the witness was rewritten.
        case contradicted(number: Int64)
    }

    /// One pass: tells what the witness has not acknowledged yet, if it is time to.
    public func pass(at now: Instant = .now()) async throws -> Result {
        guard let (acknowledged, attempts) = try await lease(now) else { return .idle }
        let rows = try await database.query(
            Query(
                trustedSQL: "select \(SealRecord.columns) from seal where number > $1 order by number limit $2",
                binding: [acknowledged, WitnessTelling.most]
            )
        )
        var last = acknowledged
        for seal in try rows.map(SealRecord.init) {
            let answer = await sender.send(
                EventMessage(
                    url: url,
                    headers: [("Content-Type", "application/json"), ("User-Agent", "khop")],
                    body: seal.json.bytes,
                    timeout: timeout
                )
            )
            guard let error = WitnessTelling.word(answer) else {
                last = seal.number
                continue
            }
            try await release(last, attempts: last > acknowledged ? 1 : attempts + 1, error, now)
            return error == WitnessTelling.contradicted ? .contradicted(number: seal.number) : .failed(error)
        }
        try await release(last, attempts: 0, nil, now)
        return last > acknowledged ? .told(through: last) : .idle
    }

    static let contradicted = "contradicted"

    /// Why an answer is none that acknowledges; `nil` if it is one.
    private static func word(_ answer: EventAnswer) -> String? {
        switch answer {
        case .answered(let status) where (200..<300).contains(status): nil
        case .answered(status: 409): contradicted
        case .answered(let status): "\(status)"
        case .silent: "silent"
        case .expired: "certificate expired"
        case .refused, .unreachable: "unreachable"
        }
    }

    /// Takes the turn; returns how far the witness is, and how often it failed since.
    private func lease(_ now: Instant) async throws -> (acknowledged: Int64, attempts: Int32)? {
        let until = now.adding(seconds: WitnessTelling.leaseSeconds)
        return try await database.transaction { tx in
            try tx.query(
                """
                insert into seal_witness (url, next_attempt_at) values (\(url), \(now)::timestamptz)
                on conflict do nothing
                """
            )
            return try tx.query(
                """
                update seal_witness set leased_until = \(until)::timestamptz
                where url = \(url) and next_attempt_at <= \(now)::timestamptz
                    and coalesce(leased_until, '-infinity') <= \(now)::timestamptz
                    and acknowledged < (select coalesce(max(number), 0) from seal)
                returning acknowledged, attempts
                """
            ).first?.decode(Int64.self, Int32.self)
        }
    }

    private func release(_ last: Int64, attempts: Int32, _ error: String?, _ now: Instant) async throws {
        var generator = SystemRandomNumberGenerator()
        let pause =
            attempts == 0
            ? 0 : RetrySchedule.pauseMilliseconds(afterAttempts: Int(attempts), using: &generator) * 1000
        let next = Instant(microseconds: now.microseconds + pause)
        _ = try await database.query(
            """
            update seal_witness set leased_until = null, attempts = \(attempts)::integer, last_error = \(error),
                next_attempt_at = \(next)::timestamptz,
                acknowledged_at = case when acknowledged < \(last)::bigint then \(now)::timestamptz
                    else acknowledged_at end,
                acknowledged = greatest(acknowledged, \(last)::bigint)
            where url = \(url)
            """
        )
    }
}
