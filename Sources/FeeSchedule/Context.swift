import Values

/// What a line is assessed for.
struct Context {
    /// The codes of the agency's unit and all above it, nearest first.
    let chain: [String]
    let day: Day
    let channel: Channel
    let payerCategory: String

    /// The distance of a locality: 0 for the agency's own unit, the largest for a national price, `nil` for any other
    /// locality.
    func rank(of localityCode: String) -> Int? {
        localityCode.isEmpty ? chain.count : chain.firstIndex(of: localityCode)
    }

    func covers(_ scope: Scope, _ fee: FeeRow) -> Bool {
        (scope.kind.map { $0 == fee.kind } ?? true)
            && (scope.procedureCode.isEmpty || scope.procedureCode == fee.procedureCode)
            && (scope.feeCode.isEmpty || scope.feeCode == fee.feeCode)
            && (scope.localityCode.isEmpty || chain.contains(scope.localityCode))
    }
}
