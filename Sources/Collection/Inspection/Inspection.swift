import Cryptography
import Postgres
import Sealing
import Spreadsheets
public import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Makes inspection bundles: what was sealed in a period, with the proofs of it, to be checked without Khớp.
public struct Inspection: Sendable {
    /// The files of a bundle.
    public static let files = [
        "README.txt", "inspection.sqlite", "inspection.xlsx", "proofs.jsonl", "verify.py",
    ]

    /// Connections for long work.
    private let database: Database
    private let sealer: Sealer?
    /// Those that checked seals, the newest first.
    private let keys: [VerificationKey]

    init(_ database: Database, sealer: Sealer?, options: SealingOptions?) {
        self.database = database
        self.sealer = sealer
        keys = options.map { [$0.key.verification] + $0.formerKeys } ?? []
    }

    /// What a bundle holds.
    public struct Summary: Sendable {
        public let from: Day
        public let to: Day
        /// The numbers of the first and the last seal of the period.
        public let seals: ClosedRange<Int64>
        /// By table.
        public let entries: [(table: String, count: Int)]

        public var json: JSON {
            [
                "from": .text(from), "to": .text(to), "first_seal": .integer(seals.lowerBound),
                "last_seal": .integer(seals.upperBound),
                "entries": .object(entries.map { .init($0.table, .integer($0.count)) }),
            ]
        }
    }

    /// Writes the bundle of a period into a folder that exists and is empty. Reads one snapshot, as much as a block of 1,024
    /// entries at a time.
    ///
    /// A period is that of the seals: the bundles of two periods that follow one another hold every entry once.
    ///
    /// - Parameters:
    ///   - days: the first and the last day, in Vietnamese time.
    ///   - person: who is given it; the audit says so, and so does the bundle if it is of today.
    ///   - progress: receives how many entries of how many are written.
    /// - Throws: `notFound` if nothing was sealed in the period.
    public func export(
        _ days: ClosedRange<Day>,
        into folder: String,
        by person: Person,
        progress: @Sendable (Int, Int) -> Void = { _, _ in }
    ) async throws -> Summary {
        let (from, to) = (days.lowerBound, days.upperBound)
        try await database.transaction { tx in
            let detail: JSON = ["from": .text(from), "to": .text(to)]
            try Audit.record(tx, person, "audit.export", "inspection:\(from):\(to)", detail)
        }
        _ = try await sealer?.sealAll()
        let keys = keys
        return try await database.read { tx in
            try tx.script(SealedEntries.textSettings)
            let period = try InspectionPeriod(days, tx)
            let writer = try InspectionWriter(period, keys: keys, folder: folder, tx)
            return try writer.write(tx, progress)
        }
    }
}
