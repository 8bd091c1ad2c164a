public import Postgres
import Settlement
import Synchronization
public import Values

/// Settles notices in batches: while one batch is being written, the next ones are collected.
///
/// A caller is answered only after the batch with its notice has committed. A batch that fails is halved until the
/// faulty notice is alone, so that it does not fail its neighbours.
public final class Settler: Sendable {
    /// How much may be under way.
    public struct Limits: Sendable {
        /// Notices in one batch.
        public var batch = 256
        /// Batches being written at once; each holds a connection.
        public var inFlight = 2
        /// The largest number of waiting notices; one more is refused at once.
        public var queue = 4096
        /// How long a notice of an account that is being judged is put aside before it is tried again.
        public var pause = Duration.milliseconds(4)
        /// How long a notice waits for a run before the bank is asked to send it again.
        public var patience = Duration.seconds(8)

        public init() {}
    }

    /// Asked which of the requests that references name, by themselves or by their basket, would not cost the same on
    /// the day they were paid: the first reference that exists counts, and `nil` says that none does.
    public typealias PriceCheck = @Sendable (_ references: [String], _ day: Day) async throws -> Set<String>?

    private struct Entry: Sendable {
        var row: NoticeRow
        let answer: CheckedContinuation<Settled, any Error>
        let since = ContinuousClock.now
    }

    private struct State {
        var queue: [Entry] = []
        var inFlight = 0
        /// Notices of accounts that are being judged; they are not in the queue.
        var aside = 0
        var isClosed = false
        var drained: CheckedContinuation<Void, Never>?
    }

    private let database: Database
    private let limits: Limits
    private let graceSeconds: Int64
    private let changedPrices: PriceCheck
    private let state = Mutex(State())

    public init(
        _ database: Database,
        limits: Limits = Limits(),
        graceSeconds: Int64,
        changedPrices: @escaping PriceCheck
    ) {
        self.database = database
        self.limits = limits
        self.graceSeconds = graceSeconds
        self.changedPrices = changedPrices
    }

    /// Notices that wait and batches under way: for metrics.
    public var load: (waiting: Int, inFlight: Int) { state.withLock { ($0.queue.count + $0.aside, $0.inFlight) } }

    /// Settles one notice and returns once it is durable.
    ///
    /// - Throws: `ServiceError` with the code `overloaded`, at once, if the queue is full or the service is stopping.
    public func settle(_ row: NoticeRow) async throws -> Settled {
        try await withCheckedThrowingContinuation { continuation in
            let admitted = state.withLock { state -> Bool? in
                guard !state.isClosed, state.queue.count + state.aside < limits.queue else { return nil }
                state.queue.append(Entry(row: row, answer: continuation))
                guard state.inFlight < limits.inFlight else { return false }
                state.inFlight += 1
                return true
            }
            switch admitted {
            case nil:
                continuation.resume(throwing: Settler.busy)
            case true?: Task { await drain() }
            case false?: break
            }
        }
    }

    /// Refuses new notices and returns when all accepted ones have been answered.
    public func close() async {
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                state.isClosed = true
                guard state.inFlight + state.aside > 0 else { return true }
                state.drained = continuation
                return false
            }
            if isIdle { continuation.resume() }
        }
    }

    private static let busy = ServiceError(
        .overloaded,
        Phrase(
            vi: "Quá nhiều thông báo đang chờ. Vui lòng gửi lại sau thời gian trong Retry-After.",
            en: "Too many notices are waiting. Send this one again after the time in Retry-After."
        )
    )

    /// Takes batches until none wait.
    private func drain() async {
        while true {
            let batch = state.withLock { state -> [Entry] in
                let batch = Array(state.queue.prefix(limits.batch))
                state.queue.removeFirst(batch.count)
                guard batch.isEmpty else { return batch }
                state.inFlight -= 1
                if state.inFlight == 0, state.aside == 0 {
                    state.drained?.resume()
                    state.drained = nil
                }
                return batch
            }
            if batch.isEmpty { return }
            await write(batch)
        }
    }

    private func write(_ batch: [Entry]) async {
        do {
            let results = try await write(batch.map(\.row))
            var aside: [Entry] = []
            for (entry, result) in zip(batch, results) {
                switch result {
                case .settled(let settled): entry.answer.resume(returning: settled)
                // The request has expired: ask whether its price still holds, and settle again on its own.
                case .needsPrice(let day): await settle(entry, withPriceOf: day)
                case .accountIsJudged: aside.append(entry)
                }
            }
            putAside(aside)
        } catch let error as PostgresError where !error.isUnavailable && batch.count > 1 {
            let middle = batch.count / 2
            await write(Array(batch[..<middle]))
            await write(Array(batch[middle...]))
        } catch {
            for entry in batch { entry.answer.resume(throwing: error) }
        }
    }

    /// Puts notices of an account that a run is judging aside for a moment, so that those of other accounts go on.
    private func putAside(_ entries: [Entry]) {
        let now = ContinuousClock.now
        let isClosed = state.withLock(\.isClosed)
        var kept: [Entry] = []
        for entry in entries {
            if isClosed || now - entry.since > limits.patience {
                entry.answer.resume(throwing: Settler.busy)
            } else {
                kept.append(entry)
            }
        }
        guard !kept.isEmpty else { return }
        state.withLock { $0.aside += kept.count }
        Task { [kept] in
            // The pause is not cut short: nobody cancels this task.
            do { try await Task.sleep(for: limits.pause) } catch {}
            let starts = state.withLock { state -> Bool in
                state.aside -= kept.count
                state.queue.insert(contentsOf: kept, at: 0)
                guard state.inFlight < limits.inFlight else { return false }
                state.inFlight += 1
                return true
            }
            if starts { await drain() }
        }
    }

    private func settle(_ entry: Entry, withPriceOf day: Day) async {
        do {
            var row = entry.row
            let changed = try await changedPrices(row.notice.references, day)
            row.notice.priceHolds = changed != nil
            row.notice.changedPrices = changed ?? []
            let result = try await write([row]).first
            if case .accountIsJudged? = result { return putAside([entry]) }
            guard case .settled(let settled)? = result else {
                throw ServiceError(
                    .internalFailure,
                    Phrase(
                        vi: "Không hạch toán được thông báo: lỗi của chương trình.",
                        en: "The notice could not be settled: a fault of the program."
                    )
                )
            }
            entry.answer.resume(returning: settled)
        } catch {
            entry.answer.resume(throwing: error)
        }
    }

    private func write(_ rows: [NoticeRow]) async throws -> [SettlementResult] {
        let grace = graceSeconds
        var attempt = 1
        while true {
            do {
                return try await database.transaction(attempts: 1) { tx in
                    let terms = SettlementTerms(now: .now(), graceSeconds: grace)
                    return try SettlementStore.settleWhereFree(rows, terms: terms, in: tx)
                }
            } catch let error as PostgresError
                where (error.isTransient || error.isRace) && attempt < 6
            {
                try await Task.sleep(for: .milliseconds(Int.random(in: 1...(8 << attempt))))
                attempt += 1
            }
        }
    }
}

extension PostgresError {
    /// Whether another server recorded the same transaction between our read and our insert; a second read sees it.
    var isRace: Bool {
        sqlState == .uniqueViolation
            && (constraint == "bank_notice_transaction_key" || constraint == "bank_notice_transfer_key")
    }
}
