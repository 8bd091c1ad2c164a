public import Casework
public import Values

/// What is to be remitted to the State Treasury, as of now.
public struct RemittanceOutlook: Sendable {
    public let generatedAt: Instant
    /// The budget years that were looked at, the latest first.
    public let years: [Int]
    /// The agencies that remit here, by code.
    public let payers: [TreasuryPayer]
    /// By agency, account, account of the Treasury, year, chapter and sub-item.
    public let items: [RemittanceItem]
    public let agencyNames: [String: Phrase]

    public var due: Money { items.map(\.due).total() }
    public var overdue: Money { items.map { $0.overdue(at: generatedAt) }.total() }

    /// When the first of what is left is due; `nil` if nothing is left.
    public var nextDeadline: Instant? { items.compactMap { $0.parts.first?.deadline }.min() }

    /// What agencies should have remitted by now, for alarms.
    public var overdueByAgency: [AlarmFacts.OverdueRemittance] {
        Dictionary(grouping: items, by: \.key.agencyCode).sorted { $0.key < $1.key }.compactMap { agency, own in
            let late = own.flatMap(\.parts).filter { $0.deadline <= generatedAt }
            guard let since = late.map(\.deadline).min() else { return nil }
            return .init(agency: agency, amount: late.map(\.amount).total(), since: since)
        }
    }

    public func name(of agency: String) -> Phrase { agencyNames[agency] ?? Phrase(same: agency) }
}
