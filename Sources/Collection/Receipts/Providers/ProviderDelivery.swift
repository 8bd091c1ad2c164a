import Postgres
public import Values

/// Has receipts numbered by providers, until each has its number: a payment never has two.
///
/// An order is sent with a key of ours. Once it was sent, whatever became of that, the provider is asked for the key before
/// it is sent again; and the provider makes one receipt of a key.
public struct ProviderDelivery: Sendable {
    /// What happened, for logs and metrics.
    public enum Report: Sendable, Hashable {
        case numbered(agency: String)
        case failed(agency: String, order: Int64, reason: String)
    }

    private let queue: ProviderQueue
    private let box: SecretBox
    private let transport: any ProviderTransport
    private let timeout: Duration
    private let report: @Sendable (Report) -> Void

    /// - Parameter timeout: of one exchange; four of them are within the time that a server keeps an order.
    init(
        _ database: Database,
        box: SecretBox,
        transport: any ProviderTransport,
        timeout: Duration = .seconds(20),
        report: @escaping @Sendable (Report) -> Void = { _ in }
    ) {
        queue = ProviderQueue(database: database, leaseSeconds: 5 * timeout.components.seconds + 20)
        self.box = box
        self.transport = transport
        self.timeout = timeout
        self.report = report
    }

    /// Sends what is due, several at once.
    ///
    /// - Returns: how many orders were sent, whatever became of them.
    public func step(limit: Int = 16, now: Instant = .now()) async throws -> Int {
        let claimed = try await queue.claim(limit: limit, now: now)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for one in claimed { group.addTask { try await self.send(one, now: now) } }
            try await group.waitForAll()
        }
        return claimed.count
    }

    private func send(_ claimed: ProviderQueue.Claimed, now: Instant) async throws {
        let order = claimed.order
        let answer = try await answer(claimed, now: now)
        switch answer {
        case .numbered(let form, let serial, let number) where !order.isCancellation:
            try await queue.numbered(order.id, form: form, serial: serial, number: number)
            report(.numbered(agency: claimed.account.agencyCode))
        case .cancelled where order.isCancellation:
            try await queue.numbered(order.id, form: nil, serial: nil, number: nil)
            report(.numbered(agency: claimed.account.agencyCode))
        case .numbered, .cancelled, .unknown:
            try await fail(claimed, "the provider's answer is of something else", now)
        case .refused(let words), .silent(let words): try await fail(claimed, words, now)
        }
    }

    private func fail(_ claimed: ProviderQueue.Claimed, _ words: String, _ now: Instant) async throws {
        try await queue.failed(claimed, words, now: now)
        report(.failed(agency: claimed.account.agencyCode, order: claimed.order.id, reason: words))
    }

    private func answer(_ claimed: ProviderQueue.Claimed, now: Instant) async throws -> ProviderAnswer {
        let order = claimed.order
        let provider: any ReceiptProvider
        do { provider = try ProviderDelivery.provider(claimed.account, claimed.sealed, box, transport, timeout) } catch
        {
            return .refused("its password cannot be opened")
        }
        if claimed.wasAsked, !order.isCancellation {
            let found = await provider.find(order.key)
            guard found == .unknown else { return found }
        }
        // Committed before it is sent: what is sent and never heard of again was sent.
        try await queue.asking(order.id, now: now)
        if order.isCancellation {
            guard let former = order.replaces else { return .cancelled }
            return await provider.cancel(former, for: order)
        }
        if let former = order.replaces { return await provider.replace(former, by: order) }
        return await provider.issue(order)
    }

    static func provider(
        _ account: ReceiptProviderAccount,
        _ sealed: [UInt8],
        _ box: SecretBox,
        _ transport: any ProviderTransport,
        _ timeout: Duration
    ) throws -> any ReceiptProvider {
        let password = try box.open(sealed, for: SecretBox.receiptProvider(account.agencyCode))
        switch account.dialect {
        case .viettel:
            return ViettelProvider(account, password: password, transport: transport, timeout: timeout)
        }
    }
}
