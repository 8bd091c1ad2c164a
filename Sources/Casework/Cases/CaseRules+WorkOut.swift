import Values
public import Workflow

extension CaseRules {
    /// Works out what a decision moves now: as much as fits, or exactly the amount given.
    public static func workOut(
        _ decision: CaseDecision,
        on facts: CaseFacts,
        _ targets: CaseTargets
    ) throws(Refusal) -> CaseMove {
        guard facts.left != .zero else { throw Refusal(.state, .caseHoldsNothing(facts.id)) }
        if facts.left < .zero { return try ofDebit(decision, facts, targets) }
        switch decision.choice {
        case .accept(let amount): return .accept(try accept(amount, facts, targets))
        case .link(let target, let amount): return try link(target, amount, facts, targets)
        case .split(let parts): return .split(try split(parts, facts, targets))
        case .refund(let refund): return .refund(try giveBack(refund, facts))
        case .writeOff(let amount): return .writeOff(try fit(amount, facts))
        case .askBank, .dismiss, .reopen: preconditionFailure("\(decision.action) moves no money")
        }
    }

    /// Money that left the bank is a refund that was executed, or a loss.
    private static func ofDebit(
        _ decision: CaseDecision,
        _ facts: CaseFacts,
        _ targets: CaseTargets
    ) throws(Refusal) -> CaseMove {
        let gone = -facts.left
        switch decision.choice {
        case .link(.refund, _):
            guard let refund = targets.refund else { throw Refusal(.field("/refund_id"), .debitNeedsRefund(facts.id)) }
            guard refund.state == .executed, refund.amount == gone, refund.accountNumber == facts.accountNumber else {
                throw Refusal(
                    .field("/refund_id"),
                    .debitIsNotRefund(
                        refund.mark,
                        state: refund.state,
                        amount: refund.amount,
                        account: refund.accountNumber,
                        line: gone
                    )
                )
            }
            return .confirmRefund(CaseMove.RefundLine(refundID: refund.id, amount: gone))
        case .link: throw Refusal(.field("/refund_id"), .debitNeedsRefund(facts.id))
        case .writeOff(let amount):
            let amount = amount ?? gone
            guard amount <= gone else {
                throw Refusal(.field("/amount"), .caseHoldsLess(facts.id, suspense: gone, amount: amount))
            }
            return .writeOff(-amount)
        default: throw Refusal(.state, .caseMoneyLeftBank(facts.id, amount: gone))
        }
    }

    private static func accept(_ amount: Money?, _ facts: CaseFacts, _ targets: CaseTargets) throws(Refusal)
        -> CaseMove.Share
    {
        guard facts.requestID != nil, let own = targets.own else {
            throw Refusal(.field("/action"), .caseHasNoRequest(facts.id))
        }
        return try share(of: own, amount, facts, at: "/action")
    }

    private static func link(
        _ target: CaseDecision.Target?,
        _ amount: Money?,
        _ facts: CaseFacts,
        _ targets: CaseTargets
    ) throws(Refusal) -> CaseMove {
        guard case .request(let name) = target else {
            throw Refusal(.field("/reference"), .linkNeedsRequest(facts.id))
        }
        // A notice that this line confirms may already have posted the payment.
        if let payment = targets.unconfirmed, payment.amount == facts.left, (amount ?? facts.left) == facts.left {
            return .confirmNotice(payment)
        }
        guard let request = targets.requests[name] else {
            throw Refusal(.field("/reference"), .requestUnknown(name))
        }
        return .link(try share(of: request, amount, facts, at: "/reference"))
    }

    private static func split(_ parts: [CaseDecision.Part], _ facts: CaseFacts, _ targets: CaseTargets) throws(Refusal)
        -> [CaseMove.Share]
    {
        guard !parts.isEmpty else { throw Refusal(.field("/parts"), .splitNeedsParts(facts.id)) }
        let total = parts.map(\.amount).total()
        guard total <= facts.left else {
            throw Refusal(.field("/parts"), .caseHoldsLess(facts.id, suspense: facts.left, amount: total))
        }
        var shares: [CaseMove.Share] = []
        for (index, part) in parts.enumerated() {
            guard let request = targets.requests[part.target] else {
                throw Refusal(.field("/parts/\(index)/reference"), .requestUnknown(part.target))
            }
            guard !shares.contains(where: { $0.requestID == request.id }) else {
                throw Refusal(.field("/parts/\(index)/reference"), .splitRepeats(request.reference))
            }
            try requireOpen(request, facts, at: "/parts/\(index)/reference")
            try require(part.amount, of: request, at: "/parts/\(index)/amount")
            try requireUncounted(facts)
            shares.append(.init(requestID: request.id, reference: request.reference, amount: part.amount))
        }
        return shares
    }

    private static func giveBack(_ refund: CaseDecision.Refund, _ facts: CaseFacts) throws(Refusal)
        -> CaseMove.GoingBack
    {
        let amount = try fit(refund.amount, facts)
        // The money goes to the payee named, or otherwise to the account that paid.
        guard let payee = refund.payee ?? facts.payer.map(RefundPayee.transfer) else {
            throw Refusal(.field("/beneficiary"), .payeeMissing(amount: amount))
        }
        try payee.requirePayable(amount: amount)
        return CaseMove.GoingBack(amount: amount, reason: refund.reason ?? facts.kind.rawValue, payee: payee)
    }

    /// What a request receives: as much as remains to be paid, or exactly the amount given. The rest stays in suspense.
    private static func share(
        of request: RequestFacts,
        _ amount: Money?,
        _ facts: CaseFacts,
        at pointer: String
    ) throws(Refusal) -> CaseMove.Share {
        try requireOpen(request, facts, at: pointer)
        let amount = amount ?? min(facts.left, request.remaining)
        guard amount <= facts.left else {
            throw Refusal(.field("/amount"), .caseHoldsLess(facts.id, suspense: facts.left, amount: amount))
        }
        try require(amount, of: request, at: "/amount")
        try requireUncounted(facts)
        return CaseMove.Share(requestID: request.id, reference: request.reference, amount: amount)
    }

    private static func fit(_ amount: Money?, _ facts: CaseFacts) throws(Refusal) -> Money {
        let amount = amount ?? facts.left
        guard amount <= facts.left else {
            throw Refusal(.field("/amount"), .caseHoldsLess(facts.id, suspense: facts.left, amount: amount))
        }
        return amount
    }

    private static func requireOpen(_ request: RequestFacts, _ facts: CaseFacts, at pointer: String) throws(Refusal) {
        guard request.state.isOpen, request.remaining > .zero else {
            throw Refusal(.field(pointer), .requestTakesNothing(request.reference, state: request.state))
        }
        // The money must be on the account that the request is paid to.
        guard let account = facts.accountNumber, request.accountNumber == account else {
            throw Refusal(
                .field(pointer),
                .requestOnOtherAccount(
                    request.reference,
                    collectsOn: request.accountNumber,
                    liesOn: facts.accountNumber ?? ""
                )
            )
        }
    }

    private static func require(_ amount: Money, of request: RequestFacts, at pointer: String) throws(Refusal) {
        guard amount <= request.remaining else {
            throw Refusal(
                .field(pointer),
                .requestWaitsForLess(request.reference, remaining: request.remaining, amount: amount)
            )
        }
    }

    /// Throws if a notice of the line's transfer has been posted since: it counts the money.
    private static func requireUncounted(_ facts: CaseFacts) throws(Refusal) {
        if let line = facts.line, line.isCounted { throw Refusal(.state, .lineCountedSince(facts.id, line.amount)) }
    }
}
