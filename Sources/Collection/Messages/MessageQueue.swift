import Casework
import Postgres
import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The outbox of messages: each call is one short transaction, and none is open while anything is sent.
struct MessageQueue: Sendable {
    let database: Database
    let box: SecretBox
    /// How long a server keeps a message that it sends; longer than sending takes. What is kept longer is unknown.
    let leaseSeconds: Int64

    /// After so many attempts a message is given up, and in any case when its time is over.
    static let maximumAttempts = 40

    struct Claimed: Sendable {
        let message: OutgoingMessage
        let attempt: Int
    }

    /// Claims what is due, the oldest first: from now on it may have left. Several servers may claim at once.
    ///
    /// - Parameter kinds: what may leave now, by channel.
    func claim(_ kinds: [ContactChannel: [MessageKind]], limit: Int, now: Instant) async throws -> [Claimed] {
        let pairs = kinds.sorted { $0.key.rawValue < $1.key.rawValue }.flatMap { channel, kinds in
            kinds.map { (channel.rawValue, $0.rawValue) }
        }
        guard !pairs.isEmpty else { return [] }
        let sending = try PayerMessageState.next(after: .waiting, on: .claim)
        return try await database.transaction { tx in
            let ids = try tx.query(
                """
                with due as (
                    select m.id from payer_message m join payer_contact c on c.id = m.contact_id
                    where m.state = 'waiting' and m.next_attempt_at <= \(now)::timestamptz and c.stopped_at is null
                        and (c.channel, m.kind) in (
                            select * from unnest(\(pairs.map(\.0))::text[], \(pairs.map(\.1))::text[]))
                    order by m.next_attempt_at, m.id limit \(limit)::integer for update of m skip locked
                )
                update payer_message m set state = \(sending.rawValue), attempts = m.attempts + 1,
                    leased_until = \(now.adding(seconds: leaseSeconds))::timestamptz
                from due where m.id = due.id returning m.id
                """
            ).map { try $0.get(0, as: Int64.self) }
            guard !ids.isEmpty else { return [] }
            return try read(ids, tx)
        }
    }

    private func read(_ ids: [Int64], _ tx: borrowing Transaction) throws -> [Claimed] {
        let rows = try tx.query(
            """
            select m.id, m.kind, c.channel, c.language, c.address, m.amount, m.remaining, m.made_at, c.id,
                c.payment_request_id, m.attempts
            from payer_message m join payer_contact c on c.id = m.contact_id
            where m.id = any (\(ids)::bigint[]) order by m.id
            """
        )
        let requests = try tx.query(
            Query(
                trustedSQL: "select \(PaymentRequest.columns) from payment_request where id = any ($1::uuid[])",
                binding: [try rows.map { try $0.get(9, as: UUID.self) }]
            )
        ).map(PaymentRequest.init)
        let byID = Dictionary(requests.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return try rows.compactMap { row in
            guard let request = byID[try row.get(9)], let address = try row.get(4, as: String?.self) else { return nil }
            return Claimed(
                message: OutgoingMessage(
                    id: try row.get(0),
                    kind: try row.code(1),
                    channel: try row.code(2),
                    language: try row.code(3),
                    address: address,
                    amount: try row.get(5),
                    remaining: try row.get(6),
                    madeAt: try row.get(7),
                    unsubscribeToken: UnsubscribeToken.text(try row.get(8), box),
                    request: request
                ),
                attempt: try row.get(10)
            )
        }
    }

    /// Puts back what is no longer true before it was handed to anybody.
    func drop(_ claimed: Claimed, now: Instant) async throws {
        // It was claimed and never left: it is as if it had been waiting.
        try await database.transaction { tx in
            let state = try PayerMessageState.next(after: .sending, on: .fail)
            try MessageQueue.move(claimed, to: state, error: nil, next: now, ended: nil, tx)
            let dropped = try PayerMessageState.next(after: .waiting, on: .drop)
            try tx.query(
                """
                update payer_message set state = \(dropped.rawValue), ended_at = \(now)::timestamptz
                where id = \(claimed.message.id)::bigint and state = 'waiting'
                """
            )
        }
    }

    /// Writes what became of an attempt; returns the state that it left.
    func record(_ claimed: Claimed, _ answer: MessageAnswer, now: Instant) async throws -> PayerMessageState {
        let event: PayerMessageState.Event
        var error: String?
        switch answer {
        case .sent: event = .deliver
        case .failed(let words):
            event = claimed.attempt >= MessageQueue.maximumAttempts ? .giveUp : .fail
            error = words
        case .refused(let words): (event, error) = (.giveUp, words)
        case .unknown(let words): (event, error) = (.lose, words)
        }
        let state = try PayerMessageState.next(after: .sending, on: event)
        var generator = SystemRandomNumberGenerator()
        let pause = RetrySchedule.pauseMilliseconds(afterAttempts: claimed.attempt, using: &generator)
        let next = Instant(microseconds: now.microseconds + pause * 1000)
        let words = error
        try await database.transaction { tx in
            let ended = state == .waiting ? nil : now
            try MessageQueue.move(claimed, to: state, error: words, next: next, ended: ended, tx)
        }
        return state
    }

    /// A result that comes after the time of its server changes nothing: the message is unknown by then.
    private static func move(
        _ claimed: Claimed,
        to state: PayerMessageState,
        error: String?,
        next: Instant,
        ended: Instant?,
        _ tx: borrowing Transaction
    ) throws {
        try tx.query(
            """
            update payer_message set state = \(state.rawValue), leased_until = null, ended_at = \(ended)::timestamptz,
                next_attempt_at = \(next)::timestamptz, last_error = \(error.map(MessageQueue.printable))::text
            where id = \(claimed.message.id)::bigint and state = 'sending' and attempts = \(claimed.attempt)::integer
            """
        )
    }

    /// What was being sent when its server died is unknown; what has waited for too long is given up. Returns how many of
    /// each.
    func sweep(now: Instant) async throws -> (unknown: Int, dead: Int) {
        let unknown = try PayerMessageState.next(after: .sending, on: .lose)
        let dead = try PayerMessageState.next(after: .waiting, on: .giveUp)
        let lost = try await database.query(
            """
            update payer_message set state = \(unknown.rawValue), leased_until = null, ended_at = \(now)::timestamptz,
                last_error = 'the server ended while it was being sent'
            where state = 'sending' and leased_until <= \(now)::timestamptz returning 1
            """
        ).count
        let given = try await database.query(
            """
            update payer_message set state = \(dead.rawValue), ended_at = \(now)::timestamptz,
                last_error = coalesce(last_error, 'nothing is configured that sends it')
            where state = 'waiting' and give_up_at <= \(now)::timestamptz returning 1
            """
        ).count
        return (lost, given)
    }

    /// At most 300 printable characters, never none.
    private static func printable(_ text: String) -> String {
        let shown = String(
            String.UnicodeScalarView(
                text.unicodeScalars.prefix(300).map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }
            )
        )
        return shown.isEmpty ? "?" : shown
    }
}
