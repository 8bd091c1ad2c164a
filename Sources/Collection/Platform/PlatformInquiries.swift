import BankCallbacks
import Postgres
public import Values
import Workflow

/// Asks the platform what became of attempts that it has said nothing of.
///
/// What was paid is settled as its callback would have been: by the same core, under the same transaction, so that whichever
/// comes first counts and the other is a repetition.
public struct PlatformInquiries: Sendable {
    /// What happened, for logs and metrics.
    public enum Report: Sendable, Hashable {
        case paid(connection: String)
        case failed(connection: String)
        /// It was asked for days in vain; a case says so.
        case gaveUp(connection: String)
        /// It will be asked again.
        case unanswered(connection: String, reason: String)
        case pending(connection: String)
    }

    let payments: PlatformPayments
    let callbacks: Callbacks
    let transport: any ProviderTransport
    let timeout: Duration
    let report: @Sendable (Report) -> Void

    private struct Claimed: Sendable {
        let id: Int64
        let linkID: Int32
        let code: String
        let amount: Money
        let madeAt: Instant
        let attempts: Int
    }

    /// Asks for what is due, several at once.
    ///
    /// - Returns: how many attempts were asked for.
    public func step(limit: Int = 16, now: Instant = .now()) async throws -> Int {
        let claimed = try await claim(limit: limit, now: now)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for one in claimed { group.addTask { try await self.ask(one, now: now) } }
            try await group.waitForAll()
        }
        return claimed.count
    }

    /// Claims what is due, for longer than the question takes. Several servers may claim at once.
    private func claim(limit: Int, now: Instant) async throws -> [Claimed] {
        let until = now.adding(seconds: 4 * timeout.components.seconds + 60)
        return try await payments.database.transaction { tx in
            try tx.query(
                """
                with due as (
                    select id from platform_payment
                    where next_query_at <= \(now)::timestamptz
                        and (leased_until is null or leased_until <= \(now)::timestamptz)
                    order by next_query_at, id limit \(limit)::integer for update skip locked
                )
                update platform_payment p set attempts = p.attempts + 1, leased_until = \(until)::timestamptz
                from due where p.id = due.id
                returning p.id, p.link_id, p.code, p.amount, p.made_at, p.attempts
                """
            ).map { row in
                Claimed(
                    id: try row.get(0),
                    linkID: try row.get(1),
                    code: try row.get(2),
                    amount: try row.get(3),
                    madeAt: try row.get(4),
                    attempts: try row.get(5)
                )
            }
        }
    }

    private func ask(_ claimed: Claimed, now: Instant) async throws {
        guard let opened = try await payments.links.open(id: claimed.linkID), let secret = opened.secret,
            let message = PlatformMessage.query(
                partner: opened.link.partner,
                code: claimed.code,
                begunAt: claimed.madeAt
            )
        else { return try await later(claimed, "its connection cannot be used", nil, now: now) }
        let (answer, body) = await payments.exchange(opened, opened.link.queryURL, message, secret, transport, timeout)
        var status = PlatformStatus.unreadable(PlatformPayments.silence(answer) ?? "?")
        if case .answered(let code) = answer {
            status = PlatformStatus.read(
                status: code,
                body,
                partner: opened.link.partner,
                code: claimed.code,
                amount: claimed.amount
            )
        }
        let name = opened.link.connection
        switch status {
        case .paid(var notice):
            notice.occurredAt = PlatformStatus.believed(notice.occurredAt, begunAt: claimed.madeAt, now: now)
            try await callbacks.settle(notice, saidIn: body, opened.connection, now: now)
            try await payments.heard(claimed.id, transaction: notice.transactionID, now: now)
            report(.paid(connection: name))
        case .failed:
            try await payments.heard(claimed.id, transaction: nil, now: now)
            report(.failed(connection: name))
        case .pending: try await later(claimed, nil, opened.link, now: now)
        case .unreadable(let words): try await later(claimed, words, opened.link, now: now)
        }
    }

    private func later(_ claimed: Claimed, _ words: String?, _ link: PlatformLink?, now: Instant) async throws {
        var generator = SystemRandomNumberGenerator()
        let next = PlatformSchedule.next(
            after: claimed.attempts,
            madeAt: claimed.madeAt,
            now: now,
            using: &generator
        )
        let name = link?.connection ?? "?"
        guard let next else {
            try await payments.giveUp(claimed.id, words, now: now)
            return report(.gaveUp(connection: name))
        }
        _ = try await payments.database.query(
            """
            update platform_payment set leased_until = null,
                next_query_at = case when state = 'waiting' then \(next)::timestamptz end,
                last_error = \(words.map(PlatformPayments.printable))::text
            where id = \(claimed.id)::bigint and state <> 'paid'
            """
        )
        report(words.map { .unanswered(connection: name, reason: $0) } ?? .pending(connection: name))
    }
}
