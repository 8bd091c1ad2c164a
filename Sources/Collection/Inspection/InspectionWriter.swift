import Cryptography
import Postgres
import Sealing
import Spreadsheets
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Writes the files of a bundle side by side, as the entries come.
struct InspectionWriter {
    private let period: InspectionPeriod
    private let folder: String
    private let walk: SealedWalk
    private let tables: SQLiteFile
    private let proofs: LineFile

    init(_ period: InspectionPeriod, keys: [VerificationKey], folder: String, _ tx: borrowing Transaction) throws {
        self.period = period
        self.folder = folder
        walk = try SealedWalk(upTo: period.last.head.size, tx)
        tables = try SQLiteFile(creating: folder + "/inspection.sqlite")
        for (name, columns) in try InspectionTables.sealed(tx) { try tables.createTable(name, columns) }
        proofs = try LineFile(creating: folder + "/proofs.jsonl")
        try proofs.write(try head(keys, tx).serialized)
    }

    /// The first line of `proofs.jsonl`: what the others lead to.
    private func head(_ keys: [VerificationKey], _ tx: borrowing Transaction) throws -> JSON {
        var consistency: [MerkleTree.Hash] = []
        if let before = period.before {
            var known = KnownNodes()
            consistency = try MerkleTree.consistency(of: before.head.size, with: period.last.head.size) {
                try known.hash($0, tx)
            }
        }
        return [
            "format": "khop-inspection/1", "from": .text(period.days.lowerBound), "to": .text(period.days.upperBound),
            "public_keys": .array(keys.map { .string(Data($0.bytes).base64EncodedString()) }),
            "first": period.before.map(InspectionWriter.json) ?? .null, "last": InspectionWriter.json(period.last),
            "consistency": .array(consistency.map { .string(hexadecimal($0)) }),
        ]
    }

    private static func json(_ seal: SealRecord) -> JSON {
        .object((seal.json.members ?? []) + [.init("seconds", .integer(seal.head.sealedAt.unixSeconds))])
    }

    /// Writes everything.
    func write(_ tx: borrowing Transaction, _ progress: @Sendable (Int, Int) -> Void) throws
        -> Inspection.Summary
    {
        let wanted = period.entries
        let (tables, proofs) = (tables, proofs)
        var sheets = InspectionSheets()
        var counts: [String: Int] = [:]
        var done = 0
        try walk.prove(wanted, tx) { entry, path in
            let name = entry.table
            guard let fields = SealedText.fields(of: entry.text, after: name) else {
                throw PostgresError.unreadable("the entry \(entry.index) of the sealed history is no row")
            }
            try tables.insert([String(entry.index)] + InspectionTables.filled(fields, of: entry.kind), into: name)
            let line: JSON = [
                "index": .integer(entry.index), "table": .string(name), "entry": .string(entry.text),
                "path": .string(Data(path.flatMap { $0 }).base64EncodedString()),
            ]
            try proofs.write(line.serialized)
            sheets.add(name, fields)
            counts[name, default: 0] += 1
            done += 1
            if done % 1000 == 0 || done == wanted.count { progress(done, wanted.count) }
        }
        for state in InspectionStates.all {
            try tables.createTable(state.name, state.columns.map { SQLiteFile.Column($0, .text) })
            try tx.stream(state.query(period.days)) { row in
                let values = try (0..<state.columns.count).map { try row.get($0, as: String?.self) }
                try tables.insert(values, into: state.name)
                sheets.add(state.name, values)
            }
        }
        try tables.finish()
        try proofs.finish()
        try writeRest(sheets, counts)
        return Inspection.Summary(
            from: period.days.lowerBound,
            to: period.days.upperBound,
            seals: period.first...period.last.number,
            entries: counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        )
    }

    private func writeRest(_ sheets: InspectionSheets, _ counts: [String: Int]) throws {
        func write(_ bytes: [UInt8], _ name: String) throws {
            try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + name))
        }
        try write(try Workbook.xlsx(sheets.sheets(of: period.days)), "inspection.xlsx")
        try write(PackageResources.verify_py, "verify.py")
        try write(Array(InspectionReadme.text(period, counts).utf8), "README.txt")
    }
}
