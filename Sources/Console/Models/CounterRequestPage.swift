public import Collection
public import FeeSchedule
import Identity
public import Values
import Workflow

/// The form that makes a request at the counter: for what, for whom, and what it costs before it is made.
public struct CounterRequestPage: ConsolePage {
    public static let template = "counter-request"
    public static let section: ConsoleSection? = .counter

    struct Field: Sendable {
        let value: String
        let fault: String?
    }

    struct Option: Sendable {
        let code: String
        let name: String
        let isChosen: Bool
    }

    /// A fee of the procedure, with how much of it is asked for.
    struct Fee: Sendable {
        let field: String
        let name: String
        /// What one unit costs and by which law.
        let price: String
        /// Whether a value is typed, of which the fee is a percent, instead of a quantity.
        let isPercent: Bool
        let value: String
        /// What is wrong with what was typed.
        let wrong: String?
    }

    /// What the form offers to choose from: codes and names.
    public struct Choices: Sendable {
        let agencies: [(code: String, name: String)]
        let procedures: [(code: String, name: String)]
        let categories: [String]
        let fees: [FeeRow]

        /// - Parameter fees: those of the chosen procedure that have a price at the chosen agency.
        public init(
            agencies: [(code: String, name: String)],
            procedures: [(code: String, name: String)],
            categories: [String],
            fees: [FeeRow]
        ) {
            self.agencies = agencies
            self.procedures = procedures
            self.categories = categories
            self.fees = fees
        }
    }

    public let title: String
    let dossier: Field
    let agency: Field
    let procedure: Field
    let fees: [Fee]
    let hasFees: Bool
    let category: Field
    let evidenceNumber: Field
    let payer: Field
    let agencies: [Option]
    let procedures: [Option]
    let categories: [Option]
    let kinds: [Option]
    let channels: [Option]
    let fault: String?
    let price: String?
    let lines: [CounterPaymentPage.Line]
    let once: String

    private static let pointers = [
        "/dossier_code": "dossier", "/agency_code": "agency", "/procedure_code": "procedure",
        "/payer/category": "category", "/payer/evidence": "evidence", "/payer/evidence/number": "evidence",
        "/payer/evidence/kind": "evidence", "/payer/name": "payer",
    ]

    /// The field of a fee: how often it is taken, or the value that it is a percent of.
    public static func field(_ fee: FeeRow) -> String { (fee.isPercent ? "base." : "fee.") + fee.feeCode }

    /// Whether the form asks for a fee.
    public static func isTaken(_ fee: FeeRow, _ typed: [String: String]) -> Bool {
        !["", "0"].contains((typed[field(fee)] ?? "").trimming())
    }

    /// - Parameters:
    ///   - typed: what the fields have, by their names.
    ///   - quote: what it costs; `nil` before it was worked out.
    public init(
        _ choices: Choices,
        typed: [String: String],
        quote: Assessment? = nil,
        fault: ServiceError? = nil,
        once: String,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now)
        var faults: [String: String] = [:]
        let taken = choices.fees.filter { CounterRequestPage.isTaken($0, typed) }.map(CounterRequestPage.field)
        for one in fault?.faults ?? [] {
            let place = one.pointer.split(separator: "/").dropFirst().first.flatMap { Int($0) }
            let item = place.flatMap { taken.indices.contains($0) ? taken[$0] : nil }
            faults[CounterRequestPage.pointers[one.pointer] ?? item ?? ""] = one.reason[language]
        }
        func field(_ name: String) -> Field { Field(value: typed[name] ?? "", fault: faults[name]) }
        title = word(vi: "Lập khoản thu tại quầy", en: "Make a request at the counter")
        (dossier, agency, procedure) = (field("dossier"), field("agency"), field("procedure"))
        category = field("category")
        fees = choices.fees.map { fee in
            CounterRequestPage.fee(fee, isOnly: choices.fees.count == 1, typed, faults, word)
        }
        hasFees = !fees.isEmpty
        evidenceNumber = Field(value: typed["evidence_number"] ?? "", fault: faults["evidence"])
        payer = field("payer")
        func options(_ list: [(code: String, name: String)], _ name: String) -> [Option] {
            list.map { Option(code: $0.code, name: $0.name, isChosen: $0.code == typed[name]) }
        }
        agencies = options(choices.agencies, "agency")
        procedures = options(choices.procedures.map { ($0.code, "\($0.code) · \($0.name)") }, "procedure")
        categories = options(choices.categories.map { ($0, word[Vocabulary.payerCategory[$0]]) }, "category")
        kinds = options(EvidenceKind.allCases.map { ($0.rawValue, word[$0.words]) }, "evidence_kind")
        let ways = [Channel.counterCash, .counterCard, .counterQR]
        channels = options(ways.map { ($0.rawValue, word[Vocabulary.channel[$0.rawValue]]) }, "channel")
        self.fault = fault.map { faults.isEmpty || faults[""] != nil ? $0.text(in: language) : "" }
            .flatMap { $0.isEmpty ? nil : $0 }
        price = quote.map { word.money($0.amountDue) }
        lines = quote.map { CounterPaymentPage.lines($0.linesJSON, word) } ?? []
        self.once = once
    }

    private static func fee(
        _ fee: FeeRow,
        isOnly: Bool,
        _ typed: [String: String],
        _ faults: [String: String],
        _ word: Wording
    ) -> Fee {
        let field = field(fee)
        return Fee(
            field: field,
            name: word.language == .vietnamese || fee.nameEn.isEmpty ? fee.nameVi : fee.nameEn,
            price: [price(fee, word), fee.legalBasis].filter { !$0.isEmpty }.joined(separator: " · "),
            isPercent: fee.isPercent,
            value: typed[field] ?? (fee.isPercent ? "" : isOnly ? "1" : "0"),
            wrong: faults[field]
        )
    }

    /// What one unit costs, or the percent with its bounds.
    private static func price(_ fee: FeeRow, _ word: Wording) -> String {
        let unit = fee.unit.isEmpty ? "" : " / " + fee.unit
        var text: String
        switch fee.calculation {
        case .flat: text = word.money(fee.amount) + unit
        case .tiered(let tiers):
            text =
                tiers.map { tier in
                    let last = tier.last.map { $0 == tier.first ? "" : "–\($0)" } ?? "+"
                    return "\(tier.first)\(last): " + word.money(tier.price)
                }.joined(separator: "; ") + unit
        case .percent:
            text = fee.percentText + word(vi: " % giá trị", en: " % of the value")
        }
        if let minimum = fee.minimum { text += word(vi: ", ít nhất ", en: ", at least ") + word.money(minimum) }
        if let maximum = fee.maximum { text += word(vi: ", nhiều nhất ", en: ", at most ") + word.money(maximum) }
        return text
    }
}
