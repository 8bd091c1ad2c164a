import BankCallbacks
import PaymentQR
import Postgres
public import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Attempts to pay requests through the national payment platform: begun, and ended by what the platform says.
public struct PlatformPayments: Sendable {
    let database: Database
    let requests: PaymentRequests
    let links: PlatformLinks
    let tariff: Tariff

    /// So many attempts may be made to pay one request.
    static let maximumAttempts = 50

    /// Begins a payment of what remains of a request, and returns where the payer pays.
    ///
    /// - Parameters:
    ///   - token: of the request's pay link.
    ///   - address: the network address that the payer comes from.
    /// - Throws: `conflict` if nothing is to be paid, or the platform does not take it; the payer may pay another way.
    public func begin(
        token: String,
        from address: String,
        over transport: any ProviderTransport,
        timeout: Duration = .seconds(10),
        now: Instant = .now()
    ) async throws -> String {
        let request = try await requests.find(token: token)
        guard request.qrPayload(at: now) != nil else {
            throw ServiceError(
                .conflict,
                Phrase(vi: "Không còn khoản nào phải nộp.", en: "Nothing is left to be paid.")
            )
        }
        guard let opened = try await links.open(account: request.accountNumber), let secret = opened.secret else {
            throw ServiceError(.notFound, PlatformPayments.notHere)
        }
        let begun = try await begin(request, opened.link, origin: "page", now: now)
        let message = PlatformMessage.start(
            partner: opened.link.partner,
            code: begun.code,
            amount: request.amountRemaining,
            words: PlatformBlock.words(request),
            at: begun.madeAt,
            address: address
        )
        guard let message else { throw ServiceError(.notFound, PlatformPayments.notHere) }
        let schedule = try await tariff.current().schedule
        let block = PlatformBlock.json(request, schedule, payer: request.payerName)
        let body = message.body(secret, unsigned: [("ThongTinBienLai", block)])
        let (answer, bytes) = await transport.exchange(
            EventMessage(url: opened.link.initURL, headers: opened.headers, body: body.bytes, timeout: timeout)
        )
        switch PlatformPayments.start(answer, bytes) {
        case .address(let url) where links.mayLead(to: url): return url
        case .address: try await refuse(begun, "the platform's address is not https", now: now)
        case .refused(let words): try await refuse(begun, words, now: now)
        case .unreadable(let words): try await note(begun.id, words)
        }
        throw ServiceError(
            .conflict,
            Phrase(
                vi:
                    "Nền tảng thanh toán chưa nhận khoản này. Chưa có khoản tiền nào bị trừ: hãy quét mã QR, hoặc thử lại sau ít phút.",
                en:
                    "The payment platform did not take this. No money was taken: scan the QR code, or try again in some minutes."
            )
        )
    }

    private static func start(_ answer: EventAnswer, _ body: [UInt8]) -> PlatformStart {
        if let words = silence(answer) { return .unreadable(words) }
        guard case .answered(let status) = answer else { return .unreadable("?") }
        return PlatformStart.read(status: status, body)
    }

    /// Why there is no answer, for the operator; `nil` if there is one.
    static func silence(_ answer: EventAnswer) -> String? {
        switch answer {
        case .answered: nil
        case .silent: "no answer in time"
        case .refused: "its address is not one that may be sent to"
        case .expired: "the HTTPS certificate of its server has expired: its operator must renew it"
        case .unreachable(let words): words
        }
    }

    static let notHere = Phrase(
        vi: "Khoản này không nộp được qua nền tảng thanh toán quốc gia: hãy quét mã QR.",
        en: "This cannot be paid through the national payment platform: scan the QR code."
    )

    /// Writes an attempt down; committed before anything is sent.
    func begin(_ request: PaymentRequest, _ link: PlatformLink, origin: String, now: Instant) async throws
        -> PaymentAttempt
    {
        // QUERY repeats the time as INIT has it, to the second.
        let madeAt = Instant(unixSeconds: now.unixSeconds)
        let next = origin == "page" ? PlatformSchedule.first(after: madeAt) : nil
        return try await database.transaction { tx in
            try Locks.platform(of: request.id.text, tx)
            let count = try tx.query(
                "select count(*) from platform_payment where payment_request_id = \(request.id)"
            ).row().get(0, as: Int64.self)
            guard count < Int64(PlatformPayments.maximumAttempts) else {
                throw ServiceError(
                    .tooManyRequests,
                    Phrase(
                        vi: "Khoản này đã được thử thanh toán quá nhiều lần: hãy quét mã QR.",
                        en: "Too many attempts were made to pay this: scan the QR code."
                    )
                )
            }
            let code = request.reference + PlatformPayments.suffix(count)
            let id = try tx.query(
                """
                insert into platform_payment (link_id, payment_request_id, code, origin, amount, made_at, next_query_at)
                values (\(link.id)::integer, \(request.id), \(code), \(origin), \(request.amountRemaining),
                    \(madeAt)::timestamptz, \(next)::timestamptz)
                returning id
                """
            ).row().get(0, as: Int64.self)
            return PaymentAttempt(id: id, code: code, madeAt: madeAt)
        }
    }

    /// Four characters of the attempt's number, so that the code has 20 in all.
    static func suffix(_ number: Int64) -> String {
        let alphabet = CreditorReference.alphabet
        return String(
            decoding: [15, 10, 5, 0].map { alphabet[Int((number >> $0) & 31)] },
            as: UTF8.self
        )
    }

    /// Ends an attempt, unless it has ended so already.
    func end(
        _ id: Int64,
        _ event: PlatformPaymentState.Event,
        transaction: String? = nil,
        words: String? = nil,
        now: Instant
    ) async throws {
        try await database.transaction { tx in
            let row = try tx.query(
                "select state, code from platform_payment where id = \(id)::bigint for update"
            ).row()
            let state: PlatformPaymentState = try row.code(0)
            guard PlatformPaymentState.transitions.contains(where: { $0.from == state && $0.event == event }) else {
                // It is asked for once more, when a file has it, and then no longer.
                try tx.query(
                    """
                    update platform_payment set next_query_at = null, leased_until = null where id = \(id)::bigint
                    """
                )
                return
            }
            let next = try PlatformPaymentState.next(after: state, on: event)
            try tx.query(
                """
                update platform_payment set state = \(next.rawValue), transaction_id = \(transaction)::text,
                    ended_at = \(now)::timestamptz, next_query_at = null, leased_until = null,
                    last_error = \(words.map(PlatformPayments.printable))::text
                where id = \(id)::bigint
                """
            )
            let detail = Audit.change(
                .string(state.rawValue),
                .string(next.rawValue),
                ["transaction": .optional(transaction)]
            )
            let code: String = try row.get(1)
            if state == .silent { try tx.query(PlatformPayments.closeSilent(code, now: now)) }
            try Audit.record(tx, .system, "platform_payment.end", "platform_payment:\(code)", detail)
        }
    }

    private func refuse(_ begun: PaymentAttempt, _ words: String, now: Instant) async throws {
        try await end(begun.id, .fail, words: words, now: now)
    }

    private func note(_ id: Int64, _ words: String) async throws {
        _ = try await database.query(
            """
            update platform_payment set last_error = \(PlatformPayments.printable(words)) where id = \(id)::bigint
            """
        )
    }

    /// At most 300 printable characters, never none.
    static func printable(_ text: String) -> String {
        let shown = String(
            String.UnicodeScalarView(
                text.unicodeScalars.prefix(300).map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }
            )
        )
        return shown.isEmpty ? "?" : shown
    }
}
