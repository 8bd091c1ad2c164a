public import BankCallbacks
import PaymentQR
import Postgres
import Settlement
import Values

/// Receives callbacks: authenticates, reads and settles them, and returns the answer.
public struct Callbacks: Sendable {
    private let connections: Connections
    private let settler: Settler
    private let log: CallbackLog
    private let raw: RawMessages
    private let limits: CallLimits
    private let attempts: any PaymentAttempts

    init(
        connections: Connections,
        settler: Settler,
        log: CallbackLog,
        raw: RawMessages,
        limits: CallLimits,
        attempts: any PaymentAttempts
    ) {
        self.connections = connections
        self.settler = settler
        self.log = log
        self.raw = raw
        self.limits = limits
        self.attempts = attempts
    }

    /// The result of a message.
    public enum Result: Sendable {
        /// No connection has that name, or it is disabled.
        case unknownConnection
        case answered(ConnectionSettings, CallbackResult)
    }

    /// Receives a message. Returns once everything it reports is durable.
    ///
    /// What verifies is never limited. Of what does not, an address may send so much a minute: the rest is not noted, and
    /// `tooManyAttempts` is thrown.
    ///
    /// - Parameters:
    ///   - address: the network address that it came from.
    ///   - steps: is told when it was verified and when settled.
    public func receive(
        _ message: SignedMessage,
        connection name: String,
        from address: String,
        steps: CallbackSteps? = nil
    ) async throws -> Result {
        guard let connection = try await connection(name, from: address) else { return .unknownConnection }
        let now = Instant.now()
        log.used(connection.id, at: now)
        let result = try await process(message, connection, now: now, steps: steps)
        if case .answered(_, .refused(let refusal)) = result {
            if let seconds = limits.failed(address) { throw CallLimits.tooManyAttempts(seconds) }
            log.refused(message, refusal, connection.id, at: now)
        }
        return result
    }

    /// The connection of a name, if it is there and enabled. A name that is not is an attempt in vain; for an address that
    /// made too many, names are looked for among those known in memory.
    private func connection(_ name: String, from address: String) async throws -> BankConnection? {
        if limits.isExhausted(address), try await !connections.mayHave(name) {
            throw CallLimits.tooManyAttempts(limits.failed(address) ?? 1)
        }
        if let connection = try await connections.open(name), !connection.isDisabled { return connection }
        if let seconds = limits.failed(address) { throw CallLimits.tooManyAttempts(seconds) }
        return nil
    }

    /// Authenticates, reads and settles a message as received at a given time.
    func process(
        _ message: SignedMessage,
        _ held: BankConnection,
        now: Instant,
        steps: CallbackSteps? = nil
    ) async throws -> Result {
        let connection: BankConnection
        var notice: BankNotice
        do {
            let content = try CallbackProfile.verify(message, connection: held.settings, now: now)
            guard case .notice(let read) = content else { return .answered(held.settings, .probe) }
            connection = try await connections.knowing(read.merchant, held)
            try connection.settings.require(merchant: read.merchant)
            notice = read
        } catch let refusal as CallbackRefusal {
            return .answered(held.settings, .refused(refusal))
        }
        steps?.ended("verify", from: now)
        let attempt = try await attempt(of: notice, connection)
        if let attempt {
            notice.occurredAt = PlatformStatus.believed(notice.occurredAt, begunAt: attempt.madeAt, now: now)
        }
        let verified = Instant.now()
        let settled = try await settle(notice, message, connection, now: now)
        steps?.ended("settle", from: verified)
        if let attempt, settled.outcome != .conflict {
            let transaction = notice.isSuccess && notice.isCredit ? notice.transactionID : nil
            try await attempts.heard(attempt.id, transaction: transaction, now: now)
        }
        if settled.outcome == .conflict { return .answered(held.settings, .conflict) }
        return .answered(
            held.settings,
            .recorded(outcome: settled.outcome.rawValue, paymentRequestID: settled.paymentRequestID?.text)
        )
    }

    /// The attempt at the national payment platform that a notice is about.
    private func attempt(of notice: BankNotice, _ connection: BankConnection) async throws -> PaymentAttempt? {
        guard connection.settings.profile == .nationalPlatform, let code = notice.reference else { return nil }
        return try await attempts.attempt(code, on: connection.id)
    }

    private func settle(
        _ notice: BankNotice,
        _ message: SignedMessage,
        _ connection: BankConnection,
        now: Instant
    ) async throws -> Settled {
        var row = Callbacks.row(notice, message, connection)
        row.raw = try await raw.sealer(at: now).seal(Callbacks.raw(message))
        return try await settler.settle(row)
    }

    /// Settles what a platform said when it was asked, as its callback would have been.
    @discardableResult
    func settle(
        _ notice: BankNotice,
        saidIn body: [UInt8],
        _ connection: BankConnection,
        now: Instant
    ) async throws -> Settled {
        let message = SignedMessage(method: "POST", path: "/", headers: [], body: body)
        return try await settle(notice, message, connection, now: now)
    }

    /// The query stands in the place of a missing body.
    private static func raw(_ message: SignedMessage) -> RawMessages.Message {
        RawMessages.Message(
            headers: ReceivedHeaders.text(message),
            body: message.body.isEmpty ? Array(message.query.utf8) : message.body
        )
    }

    private static func row(_ notice: BankNotice, _ message: SignedMessage, _ connection: BankConnection) -> NoticeRow {
        var references = notice.reference.map { CreditorReference.candidates(in: $0) } ?? []
        if references.isEmpty, let memo = notice.memo { references = CreditorReference.candidates(in: memo) }
        return NoticeRow(
            Notice(
                source: .callback,
                issuerID: connection.issuerID,
                transactionID: notice.transactionID,
                contentHash: notice.contentHash,
                isCredit: notice.isCredit && notice.isSuccess,
                amount: notice.amount,
                accountNumber: connection.settings.accountNumber,
                bankReference: notice.bankReference ?? notice.transactionID,
                references: references.prefix(8).map(\.text),
                occurredAt: notice.occurredAt ?? .now()
            ),
            connectionID: connection.id,
            memo: notice.memo,
            debitAccount: connection.bankLedgerAccount,
            suspenseAccount: connection.suspenseLedgerAccount
        )
    }
}
