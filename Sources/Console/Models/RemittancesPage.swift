import Casework
public import Collection
import FeeSchedule
import Identity
public import Values
public import Workflow

/// What is to be remitted to the State Treasury, and the orders that pay it.
public struct RemittancesPage: ConsolePage {
    public static let template = "remittances"
    public static let section: ConsoleSection? = .reports
    public static let path = "/console/reports/remittances"

    /// What an agency is to remit.
    struct Agency: Sendable {
        let code: String
        let name: String
        let due: String
        let overdue: String?
        let rows: [Row]
        let mayMake: Bool
    }

    struct Row: Sendable {
        let code: String
        let name: String
        let account: String
        let collected: String
        let retained: String
        let ordered: String
        let due: String
        let overdue: String?
        let deadline: String
    }

    struct Order: Sendable {
        let id: String
        let mark: String
        let state: Badge
        let agency: String
        let amount: String
        let made: String
    }

    struct Filter: Sendable {
        let name: String
        let href: String
        let isChosen: Bool
    }

    public let title: String
    let facts: [Fact]
    let agencies: [Agency]
    let isEmpty: Bool
    let fault: String?
    let done: String?
    /// The day that the form offers: the last day of what is due next.
    let dueBy: String
    let orders: [Order]
    let hasOrders: Bool
    let states: [Filter]
    let next: String?

    /// - Parameter next: where the next page of orders begins; `nil` on the last one.
    public init(
        _ outlook: RemittanceOutlook,
        orders: [Remittance],
        state: RemittanceState?,
        next: Int64?,
        fault: ServiceError? = nil,
        done: String? = nil,
        for caller: Caller,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now, for: caller)
        title = word(vi: "Nộp ngân sách nhà nước", en: "Remittance to the State Treasury")
        facts = [
            Fact(word(vi: "Còn phải nộp", en: "To be remitted"), word.money(outlook.due)),
            Fact(word(vi: "Quá hạn", en: "Overdue"), word.money(outlook.overdue)),
            Fact(word(vi: "Hạn gần nhất", en: "Next deadline"), outlook.nextDeadline?.asDeadline ?? "—"),
        ].compactMap { $0 }
        agencies = Dictionary(grouping: outlook.items, by: \.key.agencyCode).sorted { $0.key < $1.key }
            .map { code, items in
                RemittancesPage.agency(code, items, outlook, mayMake: caller.holds(.makeRemittance), word)
            }
        isEmpty = agencies.isEmpty
        self.fault = fault?.text(in: language)
        self.done = done
        dueBy = (outlook.nextDeadline.map { max($0.adding(seconds: -1).day, now.day) } ?? now.day).description
        self.orders = orders.map { order in
            Order(
                id: String(order.id),
                mark: order.mark,
                state: word.badge(order.state),
                agency: order.key.agencyCode,
                amount: word.money(order.amount),
                made: "\(order.made.name) · \(order.made.at.formatted)"
            )
        }
        hasOrders = !orders.isEmpty
        states =
            [Filter(name: word(vi: "tất cả", en: "all"), href: Self.path, isChosen: state == nil)]
            + RemittanceState.allCases.map { one in
                Filter(name: word[one.words], href: "\(Self.path)?state=\(one.rawValue)", isChosen: one == state)
            }
        let chosen = state.map { "&state=\($0.rawValue)" } ?? ""
        self.next = next.map { "\(Self.path)?cursor=\($0)\(chosen)" }
    }

    private static func agency(
        _ code: String,
        _ items: [RemittanceItem],
        _ outlook: RemittanceOutlook,
        mayMake: Bool,
        _ word: Wording
    ) -> Agency {
        let now = outlook.generatedAt
        let overdue = items.map { $0.overdue(at: now) }.total()
        return Agency(
            code: code,
            name: word[outlook.name(of: code)],
            due: word.money(items.map(\.due).total()),
            overdue: overdue > .zero ? word.money(overdue) : nil,
            rows: items.map { item in
                let late = item.overdue(at: now)
                return Row(
                    code: "\(item.code.chapter) / \(item.code.budgetCode.isEmpty ? "—" : item.code.budgetCode)",
                    name: "\(item.name) · \(item.key.budgetYear)",
                    account: item.key.treasuryAccount.rawValue,
                    collected: word.money(item.collected),
                    retained: word.money(item.retained),
                    ordered: word.money(item.ordered),
                    due: word.money(item.due),
                    overdue: late > .zero ? word.money(late) : nil,
                    deadline: item.parts.first?.deadline.asDeadline ?? "—"
                )
            },
            mayMake: mayMake && items.contains { $0.due > .zero }
        )
    }
}

extension Wording {
    func badge(_ state: RemittanceState) -> Badge {
        let tone: Badge.Tone =
            switch state {
            case .made, .approved: .wait
            case .sent: .plain
            case .returned: .warn
            case .rejected: .plain
            case .settled: .done
            }
        return Badge(self[state.words], tone)
    }
}
