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

    /// What the form offers to choose from: codes and names.
    public struct Choices: Sendable {
        let agencies: [(code: String, name: String)]
        let procedures: [(code: String, name: String)]
        let categories: [String]

        public init(
            agencies: [(code: String, name: String)],
            procedures: [(code: String, name: String)],
            categories: [String]
        ) {
            self.agencies = agencies
            self.procedures = procedures
            self.categories = categories
        }
    }

    public let title: String
    let dossier: Field
    let agency: Field
    let procedure: Field
    let quantity: Field
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
        "/payer/evidence/kind": "evidence", "/payer/name": "payer", "quantity": "quantity",
    ]

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
        for one in fault?.faults ?? [] {
            let name = CounterRequestPage.pointers[one.pointer] ?? (one.pointer.hasPrefix("/items") ? "quantity" : "")
            faults[name] = one.reason[language]
        }
        func field(_ name: String) -> Field { Field(value: typed[name] ?? "", fault: faults[name]) }
        title = word(vi: "Lập khoản thu tại quầy", en: "Make a request at the counter")
        (dossier, agency, procedure) = (field("dossier"), field("agency"), field("procedure"))
        (quantity, category) = (
            Field(value: typed["quantity"] ?? "1", fault: faults["quantity"]), field("category")
        )
        evidenceNumber = Field(value: typed["evidence_number"] ?? "", fault: faults["evidence"])
        payer = field("payer")
        func options(_ list: [(code: String, name: String)], _ name: String) -> [Option] {
            list.map { Option(code: $0.code, name: $0.name, isChosen: $0.code == typed[name]) }
        }
        agencies = options(choices.agencies, "agency")
        procedures = options(choices.procedures.map { ($0.code, "\($0.code) · \($0.name)") }, "procedure")
        categories = options(choices.categories.map { ($0, $0) }, "category")
        kinds = options(EvidenceKind.allCases.map { ($0.rawValue, word[$0.words]) }, "evidence_kind")
        let ways = [Channel.counterCash, .counterCard, .counterQR]
        channels = options(ways.map { ($0.rawValue, word[Vocabulary.channel[$0.rawValue]]) }, "channel")
        self.fault = fault.map { faults.isEmpty || faults[""] != nil ? $0.text(in: language) : "" }
            .flatMap { $0.isEmpty ? nil : $0 }
        price = quote.map { word.money($0.amountDue) }
        lines = quote.map { CounterPaymentPage.lines($0.linesJSON, word) } ?? []
        self.once = once
    }
}
