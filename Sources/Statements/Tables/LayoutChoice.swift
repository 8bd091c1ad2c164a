/// Which of the layouts that fit a header is the file's.
struct LayoutChoice {
    /// A layout whose header a row is.
    struct Fit {
        let mapping: StatementMapping
        let headings: TableHeadings
        let found: TableHeadings.Found

        /// The columns that it explains.
        var covered: Set<Int> { Set(found.positions.values) }
    }

    /// The layout to read by; `nil` if none fits, or several of different banks and nothing decides.
    let chosen: Fit?
    /// The layouts between which nothing decides.
    let rivals: [StatementMapping]

    /// A layout described here comes first, unless it is another bank's; then one of the account's own bank; then the one
    /// that is surest. One that is less sure than another and explains fewer columns does not count.
    ///
    /// One that is stored comes after the built-in ones that are sure, and before those that are only guessed: it is for
    /// tables that nothing else knows, and must not take away what is read without it.
    ///
    /// - Parameters:
    ///   - fits: in the order of preference.
    ///   - bank: the BIN of the bank that holds the account, if it is known.
    init(_ fits: [Fit], bank: String?) {
        func isForeign(_ fit: Fit) -> Bool { bank != nil && fit.mapping.bank != nil && fit.mapping.bank != bank }
        let complete = fits.filter { $0.found.missing.isEmpty }
        let fits = complete.isEmpty ? fits : complete
        let kept = fits.first { $0.mapping.storedID != nil && !isForeign($0) }
        let described = fits.filter { $0.mapping.confidence == nil && $0.mapping.storedID == nil }
        let builtIn = Self.undominated(fits.filter { $0.mapping.confidence != nil && $0.mapping.storedID == nil })
        let own = bank == nil ? [] : Self.surest(builtIn.filter { $0.mapping.bank == bank })
        let isSure = builtIn.contains { !isForeign($0) && Self.sureness($0) > .guess }
        let meant = isSure ? nil : kept
        if let fit = described.first(where: { !isForeign($0) }) ?? meant ?? own.first ?? described.first {
            (chosen, rivals) = (fit, [])
            return
        }
        let surest = Self.surest(builtIn)
        let named = surest.filter { $0.mapping.bank != nil }
        let pool = named.isEmpty ? surest : named
        let isUndecided = bank == nil && Set(pool.map(\.mapping.bank)).count > 1
        (chosen, rivals) = (isUndecided ? nil : pool.first, isUndecided ? pool.map(\.mapping) : [])
    }

    private static func undominated(_ fits: [Fit]) -> [Fit] {
        fits.filter { fit in
            !fits.contains { other in
                other.covered.isStrictSuperset(of: fit.covered) && sureness(other) >= sureness(fit)
            }
        }
    }

    /// Those that nothing is surer than, the ones that explain most first.
    private static func surest(_ fits: [Fit]) -> [Fit] {
        guard let most = fits.map(sureness).max() else { return [] }
        let sure = fits.filter { sureness($0) == most }
        let columns = sure.map(\.covered.count).max() ?? 0
        return sure.filter { $0.covered.count == columns } + sure.filter { $0.covered.count < columns }
    }

    private static func sureness(_ fit: Fit) -> StatementMapping.Confidence { fit.mapping.confidence ?? .file }
}
