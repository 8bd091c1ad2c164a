import Casework
import Values
import Workflow

/// Decisions about many cases at once. Each case is a decision and a transaction of its own, as if it had been opened and
/// decided alone: one that cannot be done stops no other.
public struct CaseBatches: Sendable {
    /// The most cases in one batch.
    public static let maximum = 200

    private let cases: Cases
    private let actions: CaseActions

    public init(cases: Cases, actions: CaseActions) {
        self.cases = cases
        self.actions = actions
    }

    /// What the best suggestions would do; throws for more cases than ``maximum``.
    ///
    /// Two cases are never given the same request: the second one is left to a person.
    ///
    /// - Parameter least: suggestions that fit less are not taken.
    public func suggest(_ ids: [Int64], least: CaseSuggestion.Strength, within agencies: [String]?) async throws
        -> CaseBatch
    {
        try CaseBatches.check(ids)
        var items: [CaseBatch.Item] = []
        var used: Set<String> = []
        for id in ids {
            let file = try await cases.find(id, within: agencies)
            items.append(CaseBatches.item(file, least, &used))
        }
        return CaseBatch(items: items)
    }

    static func check(_ ids: [Int64]) throws {
        guard (1...maximum).contains(ids.count), Set(ids).count == ids.count else {
            throw ServiceError(
                .invalidBody,
                at: "/cases",
                Phrase(
                    vi: "hãy chọn từ 1 đến \(maximum) vụ việc, mỗi vụ việc một lần",
                    en: "choose 1 to \(maximum) cases, each once"
                )
            )
        }
    }

    private static func item(_ file: CaseFile, _ least: CaseSuggestion.Strength, _ used: inout Set<String>)
        -> CaseBatch.Item
    {
        let head = file.head
        let best = file.suggestions.first
        var obstacle: Phrase?
        if head.state == .open, head.suspenseLeft <= .zero {
            obstacle = Phrase(
                vi: "không giữ tiền chờ xử lý: chỉ tra soát hoặc đóng được",
                en: "holds no money in suspense: ask the bank about it, or end it"
            )
        } else if head.state != .open {
            obstacle = Phrase(vi: "không còn mở, hoặc đã có đề xuất", en: "not open any more, or proposed already")
        } else if let best {
            if !best.strength.isAtLeast(least) {
                obstacle = Phrase(vi: "gợi ý chưa đủ chắc", en: "the suggestion is not strong enough")
            } else if !used.insert(best.reference).inserted {
                obstacle = Phrase(
                    vi: "yêu cầu \(best.reference) đã dành cho một vụ việc khác ở trên",
                    en: "the request \(best.reference) goes to another case above"
                )
            }
        } else {
            obstacle = Phrase(vi: "không có gợi ý nào", en: "there is no suggestion")
        }
        let taken = best.map { $0.noticeID == nil ? min(head.suspenseLeft, $0.remaining) : head.suspenseLeft } ?? .zero
        return CaseBatch.Item(
            id: head.id,
            kind: head.kind,
            amount: head.suspenseLeft,
            suggestion: best,
            taken: obstacle == nil ? taken : .zero,
            obstacle: obstacle
        )
    }

    /// Proposes to link each case to the request that was shown for it.
    ///
    /// - Parameter links: the reference by the id of the case, as ``suggest(_:least:within:)`` told them.
    public func propose(
        _ links: [(id: Int64, reference: String)],
        note: String,
        by person: Person,
        within agencies: [String]?
    )
        async throws -> [CaseBatch.Done]
    {
        try CaseBatches.check(links.map(\.id))
        var done: [CaseBatch.Done] = []
        for (id, reference) in links {
            let decision = CaseDecision(.link(.request(reference), amount: nil), note: note)
            done.append(
                await CaseBatches.told(id) {
                    _ = try await actions.resolve(id, decision, by: person, within: agencies, onlyProposes: true)
                }
            )
        }
        return done
    }

    /// What approving what waits on each of several cases would do, and what of it the person cannot approve; nothing of it
    /// is done.
    public func approvals(_ ids: [Int64], by person: Person, within agencies: [String]?) async throws -> CaseApprovals {
        try CaseBatches.check(ids)
        var items: [CaseApprovals.Item] = []
        var given: [String: Money] = [:]
        for id in ids {
            let file = try await cases.find(id, within: agencies)
            var obstacle = await CaseBatches.told(id) {
                try await actions.rehearseApproval(id, by: person, within: agencies)
            }.fault?.phrase
            if obstacle == nil { obstacle = CaseBatches.overpaid(file.proposal?.move, &given) }
            items.append(CaseApprovals.Item(head: file.head, proposal: file.proposal, obstacle: obstacle))
        }
        return CaseApprovals(items: items)
    }

    /// Why the cases above leave no room at a request for one more; adds it to what they give if they do.
    private static func overpaid(_ move: CaseMoveShown?, _ given: inout [String: Money]) -> Phrase? {
        for target in move?.targets ?? [] where target.remaining > .zero {
            let total = given[target.reference, default: .zero] + target.amount
            guard total <= target.remaining else {
                return Phrase(
                    vi: "yêu cầu \(target.reference) đã nhận tiền của một vụ việc khác ở trên",
                    en: "the request \(target.reference) is paid by another case above"
                )
            }
            given[target.reference] = total
        }
        return nil
    }

    /// Approves proposals on several cases, each if it is still the one that was shown.
    public func approve(
        _ shown: [(id: Int64, proposal: Int64)],
        note: String?,
        by person: Person,
        within agencies: [String]?
    ) async throws -> [CaseBatch.Done] {
        try CaseBatches.check(shown.map(\.id))
        try person.requireFreshFactor()
        var done: [CaseBatch.Done] = []
        for (id, proposal) in shown {
            done.append(
                await CaseBatches.told(id) {
                    _ = try await actions.approve(id, note: note, shown: proposal, by: person, within: agencies)
                }
            )
        }
        return done
    }

    /// Notes of each case that its bank is asked about it; the cases stay open.
    public func ask(_ ids: [Int64], note: String, by person: Person, within agencies: [String]?) async throws
        -> [CaseBatch.Done]
    {
        try CaseBatches.check(ids)
        var done: [CaseBatch.Done] = []
        for id in ids {
            done.append(
                await CaseBatches.told(id) {
                    let decision = CaseDecision(.askBank, note: note)
                    _ = try await actions.resolve(id, decision, by: person, within: agencies)
                }
            )
        }
        return done
    }

    private static func told(_ id: Int64, _ work: () async throws -> Void) async -> CaseBatch.Done {
        do {
            try await work()
            return CaseBatch.Done(id: id, fault: nil)
        } catch {
            return CaseBatch.Done(id: id, fault: ServiceError(unexpected: error))
        }
    }
}

extension CaseSuggestion.Strength {
    /// Whether it fits as well as another, or better.
    func isAtLeast(_ other: Self) -> Bool {
        let order = Self.allCases
        return order.firstIndex(of: self) ?? order.endIndex <= order.firstIndex(of: other) ?? order.startIndex
    }
}
