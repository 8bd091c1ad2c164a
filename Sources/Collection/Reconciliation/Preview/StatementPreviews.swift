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
        let hash = try StatementImport.hash(path).digest
        if let known = try await imports.find(account: account, hash: hash) {
            return StatementPreview(stored: known.statement)
        }
        return try await read(file)
    }

    /// A file of another account or bank is read as a forced import would read it; that it is another's is a fault.
    private func read(_ file: StatementFile) async throws -> StatementPreview {
        do {
            return try await rehearse(file)
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
    private func rehearse(_ file: StatementFile) async throws -> StatementPreview {
        let grace = graceSeconds
        return try await imports.work.transaction(.repeatableRead, attempts: 1) { tx in
            try tx.script("set local statement_timeout = '30min'")
            let (incoming, summary, format) = try IncomingLines.read(file, tx)
            var preview = StatementPreview(file, summary, format: format)
            preview.new = incoming.heads.count
            preview.known = summary.lines - incoming.heads.count
            preview.continuity = try StatementContinuity.read(file.account, summary, tx)
            if let last = summary.lastDay {
                var rehearsal = MatchingRehearsal(account: file.account, through: last, graceSeconds: grace)
                rehearsal.incoming = incoming
                preview.outlook = try StatementOutlook(try rehearsal.run(in: tx), of: incoming, tx)
            }
            return preview
        }
    }
}
