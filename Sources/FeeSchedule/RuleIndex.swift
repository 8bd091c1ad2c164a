/// Rules indexed by the fee or procedure they name, so that a line looks only at those that can match.
struct RuleIndex<Rule: ScopedRule>: Sendable {
    private var byFee: [String: [Rule]] = [:]
    private var byProcedure: [String: [Rule]] = [:]
    private var general: [Rule] = []

    init(_ rules: [Rule]) {
        for rule in rules {
            if !rule.scope.feeCode.isEmpty {
                byFee[rule.scope.feeCode, default: []].append(rule)
            } else if !rule.scope.procedureCode.isEmpty {
                byProcedure[rule.scope.procedureCode, default: []].append(rule)
            } else {
                general.append(rule)
            }
        }
    }

    func candidates(_ fee: FeeRow) -> [Rule] {
        (byFee[fee.feeCode] ?? []) + (byProcedure[fee.procedureCode] ?? []) + general
    }
}
