import Collection
public import Values
public import Workflow

extension CasesPage {
    /// What is listed, as the address of the page says it.
    public struct Filter: Sendable {
        public var kind: CaseKind?
        /// `nil` for cases of every state.
        public var state: CaseState.Shown?
        public var account: String?
        public var agency: String?
        public var assignee: String?
        public var amount: Money?
        public var isOverdue: Bool

        public init(
            kind: CaseKind? = nil,
            state: CaseState.Shown? = nil,
            account: String? = nil,
            agency: String? = nil,
            assignee: String? = nil,
            amount: Money? = nil,
            isOverdue: Bool = false
        ) {
            self.kind = kind
            self.state = state
            self.account = account
            self.agency = agency
            self.assignee = assignee
            self.amount = amount
            self.isOverdue = isOverdue
        }

        /// The address with other values.
        func path(_ change: (inout Filter) -> Void, after: Int64? = nil) -> String {
            var other = self
            change(&other)
            let pairs: [(String, String?)] = [
                ("kind", other.kind?.rawValue), ("state", other.state?.rawValue ?? "all"), ("account", other.account),
                ("agency", other.agency), ("assignee", other.assignee),
                ("amount", other.amount.map { String($0.dong) }),
                ("overdue", other.isOverdue ? "true" : nil), ("cursor", after.map(String.init)),
            ]
            let query = pairs.compactMap { name, value in
                value.map { name + "=" + $0.percentEncoded() }
            }.joined(separator: "&")
            return "/console/cases" + (query.isEmpty ? "" : "?" + query)
        }
    }

    /// The kinds to choose from, each with how many cases of it the list would show.
    static func kinds(_ filter: Filter, _ counts: [CaseKind: Int64], _ word: Wording) -> [Choice] {
        let all = Choice(
            name: word(vi: "Mọi loại", en: "All kinds"),
            count: word.number(counts.values.reduce(0, +)),
            href: filter.path { $0.kind = nil },
            isChosen: filter.kind == nil
        )
        return [all]
            + CaseKind.allCases.filter { counts[$0] != nil || $0 == filter.kind }.map { kind in
                Choice(
                    name: word[Vocabulary.caseKind[kind.rawValue]],
                    count: counts[kind].map { word.number($0) },
                    href: filter.path { $0.kind = kind },
                    isChosen: filter.kind == kind
                )
            }
    }

    /// The states to choose from.
    static func states(_ filter: Filter, _ word: Wording) -> [Choice] {
        let everyState = Choice(
            name: word(vi: "Mọi trạng thái", en: "All states"),
            count: nil,
            href: filter.path { $0.state = nil },
            isChosen: filter.state == nil
        )
        return CaseState.Shown.allCases.map { state in
            Choice(
                name: word[Vocabulary.caseState[state.rawValue]],
                count: nil,
                href: filter.path { $0.state = state },
                isChosen: filter.state == state
            )
        } + [everyState]
    }

    /// What the list is narrowed down to, each with the address of the list without it.
    static func narrowed(_ filter: Filter, _ agencyNames: [String: String], _ word: Wording) -> [Choice] {
        func choice(_ name: String?, _ change: (inout Filter) -> Void) -> Choice? {
            name.map { Choice(name: $0, count: nil, href: filter.path(change), isChosen: true) }
        }
        return [
            choice(filter.account) { $0.account = nil },
            choice(filter.agency.map { agencyNames[$0] ?? $0 }) { $0.agency = nil },
            choice(filter.assignee) { $0.assignee = nil },
            choice(filter.amount.map { word.money($0) }) { $0.amount = nil },
            choice(filter.isOverdue ? word(vi: "quá hạn", en: "overdue") : nil) { $0.isOverdue = false },
        ].compactMap { $0 }
    }

    /// The values to choose from; one that is chosen and not among them stands there too.
    static func options(_ values: [String], _ chosen: String?, _ name: (String) -> String = { $0 }) -> [Option] {
        let all = chosen.map { values.contains($0) ? values : [$0] + values } ?? values
        return all.map { Option(code: $0, name: name($0), isChosen: $0 == chosen) }
    }
}
