public import Values

/// A file as a mapping reads it: for somebody to look at before the mapping counts for anything.
public struct MappingTrial: Sendable {
    /// The first lines as they are read, at most ``mostLines``; those before the first fault.
    public let lines: [StatementLine]
    /// What is wrong, at most ``mostFaults``; none if the whole file is read.
    public let faults: [StatementFault]
    /// Whether there are more faults than are listed.
    public let hasMoreFaults: Bool
    /// The sums of the file; `nil` if nothing of it could be read.
    public let summary: StatementSummary?
    /// Whether the file's balances prove which columns are debits, credits and balances: each balance follows from the
    /// one before it, and would not with debits and credits exchanged.
    public let isProven: Bool

    public static let mostLines = 20
    public static let mostFaults = 20

    /// - Parameters:
    ///   - account: the account that the file is of; `nil` if it is not known.
    ///   - today: no line may be booked later: its date would be read in the wrong order.
    public init(_ bytes: [UInt8], as mapping: StatementMapping, account: String?, today: Day) {
        var options = StatementOptions(account: account, bank: mapping.bank, mappings: [mapping])
        options.maximumFaults = Self.mostFaults
        let reader = StatementReader(format: .table(mapping: mapping.name), options: options)
        var first: [StatementLine] = []
        var proof = Proof()
        var late: StatementLine?
        func take(_ line: StatementLine) {
            if first.count < Self.mostLines { first.append(line) }
            proof.take(line)
            if late == nil, line.bookedAt.day > today { late = line }
        }
        do {
            try reader.feed(bytes, line: take)
            summary = try reader.finish(line: take)
            faults = late.map { [Self.fault($0)] } ?? []
            hasMoreFaults = false
        } catch let refused as StatementRejected {
            (faults, hasMoreFaults, summary) = (refused.faults, refused.hasMore, refused.summary)
        } catch { preconditionFailure("lines are only kept: \(error)") }
        lines = first
        isProven = faults.isEmpty && proof.isWhole
    }

    private static func fault(_ line: StatementLine) -> StatementFault {
        StatementFault(
            line: line.lineNumber,
            field: StatementMapping.Column.bookedAt.rawValue,
            value: line.bookedAt.day.formatted,
            reason: Phrase(
                vi: "là ngày chưa đến: ngày và tháng có bị đọc ngược, hay cột này không phải ngày ghi sổ?",
                en: "is a day to come: are day and month exchanged, or is this column not when the bank booked?"
            )
        )
    }

    /// Balances that follow prove nothing where every line has the same amount: newest first, and with the signs
    /// exchanged, they would follow as well.
    private struct Proof {
        private var lines = 0
        private var amount: Money?
        private var hasAll = true
        private var differ = false

        var isWhole: Bool { lines >= 3 && hasAll && differ }

        mutating func take(_ line: StatementLine) {
            lines += 1
            if line.balance == nil { hasAll = false }
            if let amount, amount != line.amount { differ = true }
            amount = amount ?? line.amount
        }
    }
}
