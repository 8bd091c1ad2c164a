import Casework
public import Collection
import Identity
public import Values
import Workflow

/// The counter: find a payment or make one, the shifts that are open, and what was taken today.
public struct CounterPage: ConsolePage {
    public static let template = "counter"
    public static let section: ConsoleSection? = .counter

    struct Found: Sendable {
        let href: String
        let dossier: String
        let reference: String
        let amount: String
        let state: Badge
    }

    /// An agency at whose drawer a shift may be opened.
    struct Agency: Sendable {
        let code: String
        let name: String
    }

    struct Open: Sendable {
        let href: String
        let agency: String
        let since: String
        let expected: String
    }

    /// A shift that was counted and is not closed.
    struct Counted: Sendable {
        let href: String
        let agency: String
        let text: String
    }

    struct Taken: Sendable {
        let href: String
        let at: String
        let dossier: String
        let way: String
        let amount: String
        let change: String
        let receipts: [String]
    }

    public let title: String
    let typed: String
    let found: [Found]
    let hasFound: Bool
    /// What the basket of what was found is, and how it stands; `nil` if it is none.
    let basket: String?
    let fault: String?
    /// The form for a request of the dossier that was scanned and is not known; `nil` if it is, or is no dossier.
    let newHref: String?
    let done: String?
    let mayTake: Bool
    let mayWork: Bool
    let shifts: [Open]
    let hasShifts: Bool
    let counted: [Counted]
    /// Whether there is none to tell of.
    let hasNoShift: Bool
    let agencies: [Agency]
    let float: String
    let takings: [Taken]
    let hasTakings: Bool
    /// Of the day, by channel.
    let sums: [Fact]

    /// What a cashier sees of the day.
    public struct Day: Sendable {
        let shifts: [Shift]
        let takings: [ShiftTaking]
        let agencies: [(code: String, name: String)]

        /// - Parameters:
        ///   - shifts: those of the person that are not closed.
        ///   - takings: of the person today, the latest first.
        ///   - agencies: those that the person acts for.
        public init(shifts: [Shift], takings: [ShiftTaking], agencies: [(code: String, name: String)]) {
            self.shifts = shifts
            self.takings = takings
            self.agencies = agencies
        }
    }

    /// - Parameters:
    ///   - found: what was found of what was typed; `nil` if nothing was.
    ///   - basket: whose requests these are, if the reference of a basket was typed.
    ///   - typed: into the box.
    ///   - newHref: the form for a new request of what was scanned, if that is the code of no request.
    ///   - float: as it was typed.
    public init(
        _ day: Day,
        found: [PaymentRequest]? = nil,
        basket: FoundBasket? = nil,
        typed: String = "",
        newHref: String? = nil,
        float: String = "",
        fault: ServiceError? = nil,
        done: String? = nil,
        for caller: Caller,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now, for: caller)
        title = word(vi: "Quầy thu", en: "Counter")
        self.typed = typed
        self.float = float
        self.done = done
        self.found = (found ?? []).map { request in
            Found(
                href: "/console/counter/payments/\(request.id.text)",
                dossier: request.dossierCode,
                reference: request.reference,
                amount: word.money(request.amountRemaining),
                state: word.badge(request.status(at: now))
            )
        }
        hasFound = !self.found.isEmpty
        self.basket = basket.map { CounterPage.told($0, word) }
        let nothing = word(
            vi: "Không tìm thấy hồ sơ hay mã thanh toán này. Hãy quét lại, hoặc lập khoản thu mới.",
            en: "No dossier or reference like this was found. Scan it again, or make a request."
        )
        self.fault = fault?.text(in: language) ?? (found?.isEmpty == true ? nothing : nil)
        self.newHref = newHref
        mayTake = caller.holds(.takeCounterPayment)
        mayWork = caller.holds(.workShift)
        let names = Dictionary(day.agencies.map { ($0.code, $0.name) }, uniquingKeysWith: { first, _ in first })
        let open = day.shifts.filter { $0.state == .open }
        shifts = open.map { shift in
            Open(
                href: "/console/counter/shifts/\(shift.id)",
                agency: names[shift.agencyCode] ?? shift.agencyCode,
                since: shift.openedAt.formatted,
                expected: word.money(shift.expected)
            )
        }
        hasShifts = !shifts.isEmpty
        counted = day.shifts.filter { $0.state == .counted }.map { shift in
            Counted(
                href: "/console/counter/shifts/\(shift.id)",
                agency: names[shift.agencyCode] ?? shift.agencyCode,
                text: CounterPage.told(counted: shift, word)
            )
        }
        hasNoShift = shifts.isEmpty && counted.isEmpty
        let taken = Set(open.map(\.agencyCode))
        agencies = day.agencies.filter { !taken.contains($0.code) }.map { Agency(code: $0.code, name: $0.name) }
        takings = day.takings.map { CounterPage.told($0, word) }
        hasTakings = !takings.isEmpty
        sums = Dictionary(grouping: day.takings, by: \.channel).sorted { $0.key < $1.key }.compactMap { way, list in
            Fact(
                word[Vocabulary.channel[way]],
                word.money(list.map(\.amount).total()) + " · " + word.number(list.count)
            )
        }
    }

    private static func told(_ basket: FoundBasket, _ word: Wording) -> String {
        let remaining = word.money(basket.remaining)
        let standing =
            switch basket.state {
            case .open: word(vi: "đang mở, còn phải nộp \(remaining)", en: "open, \(remaining) remain")
            case .paid: word(vi: "đã nộp đủ", en: "paid in full")
            case .expired: word(vi: "đã hết hạn", en: "expired")
            case .cancelled: word(vi: "đã hủy", en: "cancelled")
            }
        return word(
            vi: "\(basket.reference) là mã nộp chung của \(basket.count) hồ sơ: \(standing).",
            en: "\(basket.reference) is the code of a basket of \(basket.count) dossiers: \(standing)."
        )
    }

    /// Of a shift that takes no money any more and is not over: why, and what to do.
    static func told(counted shift: Shift, _ word: Wording) -> String {
        let difference = word.money(shift.difference ?? .zero)
        return word(
            vi:
                "Ca số \(shift.id) đã kiểm đếm, lệch \(difference): chờ người khác duyệt, hoặc hãy đếm lại. Để thu tiếp, hãy mở ca mới.",
            en:
                "Shift \(shift.id) is counted, with a difference of \(difference): somebody else decides on it, or count it again. To take more, open a new shift."
        )
    }

    static func told(_ taking: ShiftTaking, _ word: Wording) -> Taken {
        Taken(
            href: "/console/counter/payments/\(taking.requestID.text)",
            at: taking.takenAt.formatted,
            dossier: taking.dossierCode,
            way: word[Vocabulary.channel[taking.channel]],
            amount: word.money(taking.amount),
            change: taking.change.map { word.money($0) } ?? "",
            receipts: taking.receipts.map(\.text)
        )
    }
}
