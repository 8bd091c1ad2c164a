import Matching
import PaymentQR
import Postgres
public import Statements
import Values
import Workflow

/// Reads a statement as an import does and says what would become of it, without storing anything.
public struct StatementPreviews: Sendable {
    private let imports: StatementImport
    private let graceSeconds: Int64

    init(_ imports: StatementImport, graceSeconds: Int64) {
        self.imports = imports
        self.graceSeconds = graceSeconds
    }

    /// The most faults that are listed of a file.
    static let maximumFaults = 10_000

    /// What an import of a file and a run through its last day would do now.
    ///
    /// A file that an import would refuse is not an error: its faults are part of the preview. Throws for an unknown
    /// account or format, and for a file that cannot be opened.
    ///
    /// - Parameters:
    ///   - format: as for ``StatementImport/importFile(path:account:format:mapping:by:isFeed:force:progress:)``.
    ///   - progress: receives how many bytes are done of the reading of the lines.
    public func preview(
        path: String,
        account: String,
        format: String = "auto",
        mapping: StatementMapping? = nil,
        progress: (@Sendable (Int) -> Void)? = nil
    ) async throws -> StatementPreview {
        var file = try await imports.file(path, of: account, format: format, mapping: mapping, progress: progress)
        file.maximumFaults = Self.maximumFaults
        return try await read(file)
    }

    /// A file of another account or bank is read as a forced import would read it; that it is another's is a fault.
    private func read(_ file: StatementFile) async throws -> StatementPreview {
        do {
            do {
                return try await rehearse(file, isCopied: false)
            } catch is FileReading.Overlaps {
                // It may be a file that was imported already.
                let hash = try StatementImport.hash(file.path).digest
                if let known = try await imports.find(account: file.account, hash: hash) {
                    return StatementPreview(stored: known.statement)
                }
                return try await rehearse(file, isCopied: true)
            }
        } catch let refused as StatementRejected {
            guard !refused.foreign.isEmpty, !file.acceptsForeign else {
                return StatementPreview(broken: refused, of: file)
            }
            var foreign = file
            foreign.acceptsForeign = true
            var preview = try await read(foreign)
            preview.faults.insert(
                contentsOf: refused.foreign.map { StatementPreview.Fault($0, of: file, in: refused) },
                at: 0
            )
            return preview
        }
    }

    /// In one snapshot.
    ///
    /// - Parameter isCopied: whether its lines are copied into PostgreSQL, which tells those apart that another statement
    ///   contains. Otherwise, throws ``FileReading/Overlaps`` if there may be any.
    private func rehearse(_ file: StatementFile, isCopied: Bool) async throws -> StatementPreview {
        let grace = graceSeconds
        return try await imports.work.transaction(.repeatableRead, attempts: 1) { tx in
            try tx.script("set local statement_timeout = '30min'")
            let firstID = try IncomingLines.nextID(tx)
            let rehearsal = MatchingRehearsal(account: file.account, graceSeconds: grace)
            if isCopied {
                let lines = try IncomingLines.copy(file, firstID: firstID, tx)
                return try preview(file, lines, rehearsal, try rehearsal.notices(tx), tx)
            }
            try tx.script("set transaction read only")
            let days = try StatementGaps.statements(file.account, tx).map { $0.firstDay...$0.lastDay }
            // The file and the notices are read at the same time: a million of each takes as long as one of them.
            let reading = FileReading(file, firstID: firstID, days: days)
            defer { reading.stop() }
            let notices = try rehearsal.notices(tx)
            return try preview(file, try reading.lines(), rehearsal, notices, tx)
        }
    }

    private func preview(
        _ file: StatementFile,
        _ lines: FileReading.Lines,
        _ rehearsal: MatchingRehearsal,
        _ notices: OpenHeads,
        _ tx: borrowing Transaction
    ) throws -> StatementPreview {
        let (incoming, summary) = (lines.incoming, lines.summary)
        var preview = StatementPreview(file, summary, format: lines.format)
        preview.new = incoming.heads.count
        preview.known = summary.lines - incoming.heads.count
        preview.continuity = try StatementContinuity.read(file.account, summary, tx)
        if let last = summary.lastDay {
            let decided = try rehearsal.run(through: last, notices: notices, incoming: incoming, in: tx)
            preview.outlook = try StatementOutlook(decided, of: incoming, tx)
        }
        return preview
    }
}
