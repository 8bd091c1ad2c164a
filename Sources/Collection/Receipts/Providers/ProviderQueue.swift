import Postgres
import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The receipts that wait for a provider's number: each call is one short transaction, and none is open while a provider is
/// asked.
struct ProviderQueue: Sendable {
    let database: Database
    /// How long a server keeps an order that it sends; longer than all its exchanges take.
    let leaseSeconds: Int64

    /// An order to send.
    struct Claimed: Sendable {
        let order: ProviderOrder
        let account: ReceiptProviderAccount
        let sealed: [UInt8]
        /// Whether it was sent before, so that the provider is asked for it first.
        let wasAsked: Bool
        let attempt: Int
    }

    /// Claims orders that are due, the oldest first; one that corrects another waits until that one has its number. Several
    /// servers may claim at once.
    func claim(limit: Int, now: Instant) async throws -> [Claimed] {
        try await database.transaction { tx in
            let ids = try tx.query(
                """
                with due as (
                    select r.id from provider_receipt r
                    where r.state = 'awaiting' and r.next_attempt_at <= \(now)::timestamptz
                        and (r.leased_until is null or r.leased_until <= \(now)::timestamptz)
                        and not exists (
                            select 1 from provider_receipt o
                            where o.payment_request_id = r.payment_request_id and o.kind = r.kind and o.turn < r.turn
                                and o.state = 'awaiting')
                    order by r.next_attempt_at, r.id limit \(limit)::integer for update skip locked
                )
                update provider_receipt r set attempts = r.attempts + 1,
                    leased_until = \(now.adding(seconds: leaseSeconds))::timestamptz
                from due where r.id = due.id returning r.id
                """
            ).map { try $0.get(0, as: Int64.self) }
            guard !ids.isEmpty else { return [] }
            return try tx.query(
                Query(
                    trustedSQL: ProviderQueue.select + " where r.id = any($1::bigint[]) order by r.id",
                    binding: [ids]
                )
            ).map(ProviderQueue.claimed)
        }
    }

    private static let select = """
        select \(ReceiptProviderAccount.columns), p.sealed, r.id, r.key, r.kind, r.amount, r.made_at, r.attempts,
            r.asked_at is not null, r.reason, o.form, o.serial, o.number, o.issued_at, q.channel, q.payer_name,
            q.dossier_code, q.reference, q.lines
        from provider_receipt r join receipt_provider p on p.id = r.provider_id
            join payment_request q on q.id = r.payment_request_id left join provider_receipt o on o.id = r.replaces
        """

    private static func claimed(_ row: Row) throws -> Claimed {
        let account = try ReceiptProviderAccount(row, from: 0)
        let kind: ReceiptNumber.Kind = try row.get(13, as: String.self) == "fee" ? .fee : .charge
        let amount: Money = try row.get(14)
        var former: ProviderOrder.Former?
        if let number = try row.get(21, as: String?.self) {
            former = ProviderOrder.Former(
                form: try row.get(19),
                serial: try row.get(20),
                number: number,
                issuedAt: try row.get(22)
            )
        }
        let items = Receipt.items(try row.get(27), kind, adding: amount)
        let series = account.series(kind)
        let order = ProviderOrder(
            id: try row.get(11),
            key: try row.get(12),
            form: series.form,
            serial: series.serial,
            amount: amount,
            madeAt: try row.get(15),
            isCash: try row.get(23, as: String.self) == "counter_cash",
            payerName: try row.get(24),
            dossierCode: try row.get(25),
            reference: try row.get(26),
            items: items.map { .init(name: $0.name, unit: $0.unit, quantity: $0.quantity, amount: $0.amount) },
            replaces: former,
            reason: try row.get(18)
        )
        return Claimed(
            order: order,
            account: account,
            sealed: try row.get(10, as: Bytes.self).bytes,
            wasAsked: try row.get(17),
            attempt: try row.get(16)
        )
    }

    /// Notes that an order is about to be sent: from now on the provider may have it.
    func asking(_ id: Int64, now: Instant) async throws {
        _ = try await database.query(
            "update provider_receipt set asked_at = coalesce(asked_at, \(now)::timestamptz) where id = \(id)::bigint"
        )
    }

    /// Keeps the number of a receipt, once: what is told twice is told once.
    func numbered(_ id: Int64, form: String?, serial: String?, number: String?) async throws {
        let state = try ProviderReceiptState.next(after: .awaiting, on: .number)
        try await database.transaction { tx in
            let kept = try tx.query(
                """
                update provider_receipt set state = \(state.rawValue), form = \(form)::text, serial = \(serial)::text,
                    number = \(number)::text, issued_at = made_at, leased_until = null, last_error = null
                where id = \(id)::bigint and state = 'awaiting'
                """
            ).affected
            guard kept > 0 else { return }
            let detail: JSON = ["form": .optional(form), "serial": .optional(serial), "number": .optional(number)]
            try Audit.record(tx, .system, "provider_receipt.number", "provider_receipt:\(id)", detail)
        }
    }

    /// Puts an order off; its error is told to the operator.
    func failed(_ claimed: Claimed, _ error: String, now: Instant) async throws {
        var generator = SystemRandomNumberGenerator()
        let pause = RetrySchedule.pauseMilliseconds(afterAttempts: claimed.attempt, using: &generator)
        let next = Instant(microseconds: now.microseconds + pause * 1000)
        _ = try await database.query(
            """
            update provider_receipt set leased_until = null, next_attempt_at = \(next)::timestamptz,
                last_error = \(ProviderQueue.printable(error))
            where id = \(claimed.order.id)::bigint and state = 'awaiting'
            """
        )
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
