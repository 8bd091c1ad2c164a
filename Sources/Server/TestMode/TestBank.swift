import BankCallbacks
import Collection
import Statements
import Synchronization
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The bank that a test installation plays for itself: it pays open requests and tells of it over real HTTP at this server's own
/// callback, signed with the connection's own secret, and afterwards has a statement of what its accounts got.
///
/// What it has booked is known to this server alone, until it is in a statement that was imported or the server is restarted.
final class TestBank: Sendable {
    /// One order to play, as far as it has come.
    struct Play: Sendable {
        let connection: String
        let account: String
        let seed: UInt64
        let beganAt: Instant
        /// How many messages were sent, and of how many.
        var told = 0
        var total: Int
        /// `nil` until it has ended.
        var tally: PlayTally?
    }

    private struct State {
        /// The number of the next transaction.
        var next: Int64 = 0
        /// What each account got.
        var booked: [String: [PlayedTransfer]] = [:]
        /// The newest first.
        var plays: [(token: String, play: Play)] = []
    }

    /// The most requests that one order pays.
    static let mostRequests = 500
    private static let mostPlays = 10
    /// Of one account; the oldest make room.
    private static let mostBooked = 20_000

    private let connections: Connections
    private let requests: PaymentRequests
    private let statements: StatementImport
    /// How long a page waits for the end of a play before it tells of progress instead.
    private let patience: Duration
    private let state = Mutex(State())

    init(_ services: Services, patience: Duration) {
        self.patience = patience
        (connections, requests, statements) = (services.connections, services.paymentRequests, services.statements)
    }

    /// The connections whose bank can be played: in force, and not the national platform, which is played by a program of its own.
    func playable() async throws -> [Connections.Listed] {
        try await connections.list().filter { one in
            guard one.disabledAt == nil, let profile = CallbackProfile(rawValue: one.profile) else { return false }
            return profile != .nationalPlatform && PlayedBank.profiles.contains(profile)
        }
    }

    /// Whether payments to an account can be simulated.
    func canPay(_ account: String) async throws -> Bool {
        try await playable().contains { $0.accountNumber == account }
    }

    /// The plays of this server, the newest first.
    var plays: [Play] { state.withLock { $0.plays.map(\.play) } }

    // MARK: Paying

    /// Pays one request as its payer would, and returns when the bank has told of it.
    func pay(_ open: PlayedDay.Open, on account: String, as kind: TransferKind, to server: String) async throws {
        guard let connection = try await playable().first(where: { $0.accountNumber == account }) else {
            throw TestBank.noConnection(account)
        }
        let (bank, day) = try await plan([open], [kind: 1], connection.name, seed: UInt64.random(in: .min ... .max))
        let teller = BankTeller(bank, path: Connections.path(connection.name), url: server)
        let answers = await teller.tell(day.transfers)
        guard let failed = answers.first(where: { $0.status != 200 }) else { return }
        throw ServiceError(
            .conflict,
            Phrase(
                vi: "Máy chủ trả lời ngân hàng thử bằng \(failed.status) \(failed.outcome ?? "").",
                en: "The server answered the test bank with \(failed.status) \(failed.outcome ?? "")."
            )
        )
    }

    /// Begins to pay what waits on the account of a connection, and returns when that is done or goes on by itself.
    ///
    /// - Parameters:
    ///   - reference: of the only request that is paid; `nil` for the oldest `count`.
    ///   - shares: how often each kind happens.
    func begin(
        _ connection: Connections.Listed,
        reference: String?,
        count: Int,
        shares: [TransferKind: Int],
        seed: UInt64,
        to server: String,
        by person: Person
    ) async throws {
        var open = try await requests.open(on: connection.accountNumber, limit: reference == nil ? count : 100_000)
        if let reference { open = open.filter { $0.reference == reference } }
        guard !open.isEmpty else { throw TestBank.nothingOpen(connection.accountNumber) }
        try await connections.recordPlay(connection.name, requests: open.count, seed: seed, by: person)
        let waiting = open.map { PlayedDay.Open(reference: $0.reference, remaining: $0.remaining) }
        let (bank, day) = try await plan(waiting, shares, connection.name, seed: seed)
        let token = UUID().uuidString
        let play = Play(
            connection: connection.name,
            account: connection.accountNumber,
            seed: seed,
            beganAt: .now(),
            total: day.transfers.reduce(0) { $0 + $1.times }
        )
        state.withLock { state in
            state.plays.insert((token: token, play: play), at: 0)
            if state.plays.count > TestBank.mostPlays { state.plays.removeLast() }
        }
        let teller = BankTeller(bank, path: Connections.path(connection.name), url: server)
        let (ended, continuation) = AsyncStream<Never>.makeStream()
        Task {
            let answers = await teller.tell(day.transfers) { [self] told, _ in
                change(token) { $0.told = max($0.told, told) }
            }
            change(token) { $0.tally = PlayTally(day.transfers, answers) }
            continuation.finish()
        }
        await StatementWorks.wait(for: ended, atMost: patience)
    }

    private func change(_ token: String, _ body: (inout Play) -> Void) {
        state.withLock { state in
            guard let place = state.plays.firstIndex(where: { $0.token == token }) else { return }
            body(&state.plays[place].play)
        }
    }

    /// What is going to happen, which the account's statement has from now on.
    private func plan(_ open: [PlayedDay.Open], _ shares: [TransferKind: Int], _ connection: String, seed: UInt64)
        async throws -> (PlayedBank, PlayedDay)
    {
        let known = try await connections.forLab(connection).settings
        guard let secret = known.secrets.first,
            let bank = PlayedBank(
                known.profile,
                secret: secret,
                connection: known.name,
                signatureHeader: known.signatureHeader
            )
        else { throw TestBank.noConnection(known.accountNumber) }
        let now = Instant.now()
        let account = known.accountNumber
        let day = state.withLock { state in
            // Numbers are given out once, and rise from one start of the server to the next.
            let first = max(state.next, now.unixSeconds * 100_000)
            let day = PlayedDay(paying: open, shares: shares, account: account, seed: seed, first: first, at: now)
            state.next = first + Int64(day.transfers.count)
            let booked = (state.booked[account] ?? []) + day.booked
            state.booked[account] = Array(booked.suffix(TestBank.mostBooked))
            return day
        }
        return (bank, day)
    }

    // MARK: Statements

    /// How many transfers each account got that no statement has yet.
    func unstated() async throws -> [(account: String, count: Int)] {
        var all: [(String, Int)] = []
        for account in state.withLock({ $0.booked.keys.sorted() }) {
            let count = try await transfers(account).count
            if count > 0 { all.append((account, count)) }
        }
        return all
    }

    /// The statement of what an account got that no statement has yet; `nil` if there is nothing.
    func statement(_ account: String, _ format: StatementWriter.Format) async throws -> PlayedStatement? {
        let transfers = try await transfers(account)
        guard !transfers.isEmpty else { return nil }
        return PlayedStatement(
            transfers,
            account: account,
            opening: try await statements.lastClosingBalance(account) ?? .zero,
            on: Instant.now().day,
            format
        )
    }

    private func transfers(_ account: String) async throws -> [PlayedTransfer] {
        let booked = state.withLock { $0.booked[account] ?? [] }
        let left = try await statements.unstated(booked.map(\.payment.transactionID), of: account)
        return booked.filter { left.contains($0.payment.transactionID) }
    }

    // MARK: What is said

    private static func noConnection(_ account: String) -> ServiceError {
        ServiceError(
            .conflict,
            Phrase(
                vi:
                    "Tài khoản \(account) không có kết nối nào mà ngân hàng thử đóng vai được: thêm bằng `khop connection add`.",
                en:
                    "The account \(account) has no connection whose bank can be played: add one with `khop connection add`."
            )
        )
    }

    private static func nothingOpen(_ account: String) -> ServiceError {
        ServiceError(
            .conflict,
            Phrase(
                vi: "Tài khoản \(account) không có yêu cầu nào như vậy đang chờ nộp: hãy tạo trước.",
                en: "No such request waits on the account \(account): create one first."
            )
        )
    }
}
