import BankCallbacks
import Cryptography
import Postgres
public import Values
import Workflow

extension PlatformPayments {
    /// What waits for the platform.
    public struct Waiting: Sendable, Hashable {
        /// Attempts that nobody knows the end of.
        public let attempts: Int64
        /// Those of them that the platform was asked for more than three times.
        public let silent: Int64
        /// When the oldest was begun.
        public let since: Instant?
        /// What went wrong last with one of them.
        public let error: String?
    }

    public func waiting() async throws -> Waiting {
        let row = try await database.query(
            """
            select count(*), count(*) filter (where attempts > 3), min(made_at),
                (array_agg(last_error order by id desc) filter (where last_error is not null))[1]
            from platform_payment where state = 'waiting' and origin = 'page'
            """
        ).row()
        return Waiting(
            attempts: try row.get(0),
            silent: try row.get(1),
            since: try row.get(2),
            error: try row.get(3)
        )
    }

    /// Sends a message and returns what came back.
    func exchange(
        _ opened: PlatformLinks.Opened,
        _ url: String,
        _ message: PlatformMessage,
        _ secret: CallbackSecret,
        _ transport: any ProviderTransport,
        _ timeout: Duration
    ) async -> (answer: EventAnswer, body: [UInt8]) {
        await transport.exchange(
            EventMessage(url: url, headers: opened.headers, body: message.body(secret).bytes, timeout: timeout)
        )
    }

    /// Ends an attempt that the platform never spoke of, with a case: money may have been taken.
    func giveUp(_ id: Int64, _ words: String?, now: Instant) async throws {
        try await end(id, .giveUp, words: words, now: now)
        try await database.transaction { tx in
            let found = try tx.query(
                """
                select p.code, p.amount, p.made_at, p.payment_request_id, r.account_number, r.agency_code
                from platform_payment p join payment_request r on r.id = p.payment_request_id
                where p.id = \(id)::bigint and p.state = 'silent'
                """
            ).first
            guard let row = found else { return }
            let (code, amount): (String, Money) = (try row.get(0), try row.get(1))
            let opened = CaseRecord(
                kind: .platformDifference,
                accountNumber: try row.get(4),
                agencyCode: try row.get(5),
                requestID: try row.get(3),
                contentHash: PlatformPayments.silentSubject(code),
                amount: amount,
                evidence: ["attempt": .string(code)],
                reason: .platformNeverAnswered(code, amount: amount, at: try row.get(2))
            )
            for query in CaseWriter.open([opened], now: now) { try tx.query(query) }
        }
    }

    private static func silentSubject(_ code: String) -> [UInt8] { SHA256.hash(Array("platform silent \(code)".utf8)) }

    /// Closes the case of an attempt that the platform spoke of after all.
    static func closeSilent(_ code: String, now: Instant) -> Query {
        """
        update reconciliation_case set state = 'closed', ended_at = \(now)::timestamptz, ended_by = 'system',
            action = 'platform_answered'
        where kind = 'platform_difference' and content_hash = \(Bytes(silentSubject(code))) and state = 'open'
        """
    }

    /// The receipt of a paid attempt, as the platform gives it: a PDF.
    ///
    /// - Parameter code: MaThamChieu.
    public func bill(_ code: String, over transport: any ProviderTransport) async throws -> [UInt8] {
        let found = try await database.query(
            """
            select p.link_id, p.made_at, b.occurred_at
            from platform_payment p join platform_link l on l.id = p.link_id join connection c on c.id = l.connection_id
                left join bank_notice b on b.source = 'callback' and b.issuer_id = c.issuer_id
                    and b.provider_transaction_id = p.transaction_id
            where p.code = \(code) and p.state = 'paid'
            """
        ).first
        guard let row = found, let opened = try await links.open(id: try row.get(0)), let secret = opened.secret,
            let url = opened.link.billURL
        else {
            throw ServiceError(
                .notFound,
                Phrase(
                    vi: "Không có lần thanh toán đã xong nào mang mã này, hoặc chưa đặt địa chỉ lấy biên lai.",
                    en: "No paid attempt has this code, or no address of receipts is set."
                )
            )
        }
        let times = [try row.get(2, as: Instant?.self), try row.get(1, as: Instant?.self)].compactMap(\.self)
        // One known system sends the time of CONFIRM, another that of INIT.
        for time in times {
            guard let message = PlatformMessage.bill(partner: opened.link.partner, code: code, at: time) else { break }
            let (answer, body) = await exchange(opened, url, message, secret, transport, .seconds(20))
            if answer == .answered(status: 200), body.starts(with: "%PDF-".utf8) { return body }
        }
        throw ServiceError(
            .overloaded,
            Phrase(vi: "Nền tảng chưa trả bản PDF: hãy thử lại.", en: "The platform gives no PDF: try again.")
        )
    }
}

extension PlatformPayments: PaymentAttempts {
    func attempt(_ code: String, on connection: Int32) async throws -> PaymentAttempt? {
        try await database.query(
            """
            select p.id, p.code, p.made_at from platform_payment p join platform_link l on l.id = p.link_id
            where p.code = \(code) and l.connection_id = \(connection)::integer
            """
        ).first.map { PaymentAttempt(id: try $0.get(0), code: try $0.get(1), madeAt: try $0.get(2)) }
    }

    func heard(_ id: Int64, transaction: String?, now: Instant) async throws {
        try await end(id, transaction == nil ? .fail : .pay, transaction: transaction, now: now)
    }
}
