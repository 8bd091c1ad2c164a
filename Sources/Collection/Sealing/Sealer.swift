import Cryptography
public import Postgres
import Sealing
public import Values

/// Seals the history: what was committed since the last seal becomes entries of the tree, and its head is signed and
/// written out of the database.
///
/// One sealer works at a time, whichever server runs it. No late commit is skipped: see ``SealProgress``.
public struct Sealer: Sendable {
    private let database: Database
    private let key: SigningKey
    private let witness: SealWitness

    public init(_ database: Database, options: SealingOptions) {
        self.database = database
        key = options.key
        witness = options.witness
    }

    /// What a pass did.
    public enum Result: Sendable, Hashable {
        case sealed(SealRecord)
        /// Nothing was committed since the last seal.
        case nothingNew
        /// Transactions that began before the pass are still under way; a later pass goes on.
        case waiting
        /// Another sealer is at work.
        case busy
    }

    /// One pass: seals what is ripe, notes how far the next pass can go, and sums by day what is sealed.
    public func pass(at now: Instant = .now()) async throws -> Result {
        let key = key
        let result = try await database.transaction { tx -> Result in
            try tx.script(SealedEntries.textSettings)
            guard try Locks.trySealing(tx) else { return .busy }
            guard try SealProgress.isPending(tx) else {
                try SealProgress.begin(tx)
                return .waiting
            }
            guard try SealProgress.isRipe(tx) else { return .waiting }
            let ranges = try SealProgress.ripe(tx)
            guard !ranges.isEmpty else {
                try SealProgress.begin(tx)
                return .nothingNew
            }
            let seal = try Sealer.append(ranges, at: now, key, tx)
            try SealProgress.finish(tx)
            try SealProgress.begin(tx)
            return .sealed(seal)
        }
        if case .sealed = result { try await publish() }
        guard result != .busy else { return result }
        // Sealed ids only grow: those of a moment ago are sealed still.
        try await database.transaction { try DaySums.advance(through: try SealProgress.sealed($0), $0) }
        return result
    }

    /// Seals everything that is committed when this is called, unless a transaction stays open for longer than ten seconds.
    ///
    /// - Returns: the last seal; `nil` if nothing was ever written.
    public func sealAll() async throws -> SealRecord? {
        var last: SealRecord?
        // The first pass ends what another began, the next two see everything that is committed by now.
        var passes = 3
        var patience = 1000
        while passes > 0, patience > 0 {
            switch try await pass() {
            case .sealed(let seal):
                last = seal
                passes -= 1
            case .nothingNew: passes -= 1
            case .waiting, .busy:
                patience -= 1
                try await Task.sleep(for: .milliseconds(10))
            }
        }
        guard let last else { return try await SealStore(database).last() }
        return last
    }

    /// Writes seals that the witness does not have yet.
    private func publish() async throws {
        let after = try witness.last()
        let rows = try await database.query(
            Query(
                trustedSQL: "select \(SealRecord.columns) from seal where number > $1 order by number",
                binding: [after]
            )
        )
        try witness.append(try rows.map(SealRecord.init))
    }

    private static func append(
        _ ranges: [SealProgress.Ripe],
        at now: Instant,
        _ key: SigningKey,
        _ tx: borrowing Transaction
    ) throws -> SealRecord {
        let previous = try SealStore.last(tx)
        guard let frontier = previous.map(\.frontier) ?? MerkleFrontier() else {
            throw PostgresError.unreadable("the peaks of the last seal do not fit its size")
        }
        var tree = SealedTree(frontier: frontier)
        tree.add(SealedEntries.chain(to: previous))
        var written: [(range: SealProgress.Ripe, firstIndex: Int64, entries: Int64)] = []
        for range in ranges {
            let first = tree.frontier.size
            try SealedEntries.leaves(of: range.kind, after: range.after, through: range.through, tx) {
                tree.add(leaves: $0)
            }
            written.append((range, first, tree.frontier.size - first))
        }
        let head = SealHead(size: tree.frontier.size, root: tree.frontier.root, sealedAt: now)
        let seal = SealRecord(
            number: (previous?.number ?? 0) + 1,
            head: head,
            fingerprint: key.verification.fingerprint,
            signature: key.sign(head.signed),
            peaks: tree.frontier.peaks.flatMap { $0 }
        )
        try SealStore.insert(seal, written, tree.nodes, tx)
        return seal
    }
}
