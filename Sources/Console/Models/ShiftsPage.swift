public import Collection
import Identity
public import Values
public import Workflow

/// The shifts of cashiers, the newest first.
public struct ShiftsPage: ConsolePage {
    public static let template = "shifts"
    public static let section: ConsoleSection? = .counter

    struct Row: Sendable {
        let id: String
        let cashier: String
        let agency: String
        let since: String
        let state: Badge
        let expected: String
        let difference: String
    }

    struct Filter: Sendable {
        let name: String
        let href: String
        let isChosen: Bool
    }

    public let title: String
    let rows: [Row]
    let isEmpty: Bool
    let states: [Filter]
    let next: String?

    /// - Parameter next: where the next page begins; `nil` on the last one.
    public init(
        _ shifts: [Shift],
        state: ShiftState?,
        next: Int64?,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now)
        title = word(vi: "Các ca thu", en: "Shifts")
        rows = shifts.map { shift in
            Row(
                id: String(shift.id),
                cashier: shift.cashierName,
                agency: shift.agencyCode,
                since: shift.openedAt.formatted,
                state: word.badge(shift.state),
                expected: word.money(shift.expected),
                difference: shift.difference.map { word.money($0) } ?? ""
            )
        }
        isEmpty = rows.isEmpty
        let path = "/console/counter/shifts"
        states =
            [Filter(name: word(vi: "tất cả", en: "all"), href: path, isChosen: state == nil)]
            + ShiftState.allCases.map { one in
                Filter(name: word[one.words], href: "\(path)?state=\(one.rawValue)", isChosen: one == state)
            }
        let chosen = state.map { "&state=\($0.rawValue)" } ?? ""
        self.next = next.map { "\(path)?cursor=\($0)\(chosen)" }
    }
}

extension Wording {
    func badge(_ state: ShiftState) -> Badge {
        let tone: Badge.Tone =
            switch state {
            case .open: .wait
            case .counted: .warn
            case .closed: .done
            }
        return Badge(self[state.words], tone)
    }
}
