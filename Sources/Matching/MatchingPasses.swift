/// The passes of a reconciliation, in the order of docs/money-rules.md. Each line gets one outcome, from the first pass that
/// recognises it.
///
/// A run puts the million lines of a month through ``ExactMatch`` first; these passes see what it leaves open.
public enum MatchingPasses {
    /// Passes that find a line's payment in the books, or settle it.
    static let upToRecovery: [@Sendable (inout OpenItems) -> Void] = [
        refundsThatLeft,
        remittancesThatLeft,
        transactionIDs,
        repetitions,
        otherAmounts,
        references,
        slips,
        recoveries,
        severalRequests,
        severalTransfers,
    ]

    /// Passes over what no request was waiting for.
    static let afterRecovery: [@Sendable (inout OpenItems) -> Void] = [
        payouts,
        knownRequests,
        remainder,
    ]

    /// Runs all passes.
    ///
    /// - Parameter settle: what is done about the recoveries before the later passes, which look at none of it.
    /// - Returns: what `settle` returned.
    public static func run<Settled>(_ items: inout OpenItems, settle: (OpenItems) throws -> Settled) rethrows
        -> Settled
    {
        for pass in upToRecovery { pass(&items) }
        let settled = try settle(items)
        for pass in afterRecovery { pass(&items) }
        return settled
    }

    /// Runs all passes, where nothing is settled.
    public static func run(_ items: inout OpenItems) { run(&items) { _ in } }
}
