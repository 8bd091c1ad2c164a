/// The passes of a reconciliation, in the order of docs/money-rules.md. Each line gets one outcome, from the first pass that
/// recognises it.
///
/// A run puts the million lines of a month through ``ExactMatch`` first; these passes see what it leaves open.
public enum MatchingPasses {
    /// Passes that find a line's payment in the books, or settle it.
    public static let upToRecovery: [@Sendable (inout OpenItems) -> Void] = [
        refundsThatLeft,
        transactionIDs,
        repetitions,
        otherAmounts,
        references,
        recoveries,
        severalRequests,
        severalTransfers,
    ]

    /// Passes over what no request was waiting for.
    public static let afterRecovery: [@Sendable (inout OpenItems) -> Void] = [
        payouts,
        knownRequests,
        remainder,
    ]

    /// Runs all passes, for previews and tests that need no settlement between them.
    public static func run(_ items: inout OpenItems) {
        for pass in upToRecovery + afterRecovery { pass(&items) }
    }
}
