public import Collection
import PaymentQR
import Statements
public import Values

/// A table that nothing knows: what each column is taken for, how the first lines are read by that, and the form that
/// stores it.
public struct MappingDraftPage: ConsolePage {
    public static let template = "mapping-draft"
    public static let section: ConsoleSection? = .statements

    struct Option: Sendable {
        let value: String
        let name: String
        let isChosen: Bool
    }

    struct Column: Sendable {
        let field: String
        let number: String
        let heading: String
        let cells: String
        let options: [Option]
    }

    struct Field: Sendable {
        let name: String
        let value: String
    }

    public let title: String
    let fileName: String
    let href: String
    let columns: [Column]
    let hasColumns: Bool
    let headers: [Option]
    let headerRows: [Option]
    /// The marks of the column of signs, with commas between them.
    let creditMarks: String
    let debitMarks: String
    let dates: [Option]
    let debits: [Option]
    let accounts: [Option]
    let trial: MappingTrialView?
    /// What was chosen, for the form that stores it: what is stored is what is shown.
    let chosen: [Field]
    let maySave: Bool
    let asksAccount: Bool
    let isProven: Bool
    let name: String
    let mappingTitle: String
    let isForBank: Bool
    let bank: String
    let fault: String?

    /// - Parameters:
    ///   - fields: what was chosen and typed, by the names of the form.
    ///   - token: names the uploaded file.
    public init(
        _ draft: MappingDraft,
        fields: [String: String],
        file: (name: String, token: String),
        accounts: [Overview.Account],
        fault: String? = nil,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now)
        title = word(vi: "Mô tả bảng sao kê", en: "Describe a table")
        fileName = file.name
        href = MappingsPage.path + "/new/" + file.token
        let guess = draft.guess
        columns = guess.map { MappingDraftPage.columns(draft.table, $0, fields, word) } ?? []
        hasColumns = !columns.isEmpty
        headers = guess.map { MappingDraftPage.headers(draft.table, $0) } ?? []
        headerRows = MappingDraftPage.options(
            [
                ("1", word(vi: "một", en: "one")),
                ("2", word(vi: "hai: dòng này và dòng ngay trên", en: "two: this and the one above")),
            ],
            chosen: String(guess?.headerRows ?? 1)
        )
        let marks = guess?.typedMarks ?? guess?.signMarks
        creditMarks = marks?.credit.joined(separator: ", ") ?? ""
        debitMarks = marks?.debit.joined(separator: ", ") ?? ""
        let forms = guess?.dates.joined(separator: " | ") ?? ""
        dates = MappingDraftPage.options(([forms] + StatementGuess.patterns).map { ($0, $0) }, chosen: forms)
        debits = MappingDraftPage.options(
            StatementMapping.DebitSign.allCases.map { ($0.rawValue, word[MappingWords.debits($0)]) },
            chosen: guess?.debits.rawValue ?? ""
        )
        self.accounts = MappingDraftPage.options(
            [("", word(vi: "chọn tài khoản", en: "choose an account"))]
                + accounts.map { ($0.number, "\($0.number) · \($0.name)") },
            chosen: draft.account ?? ""
        )
        trial = draft.trial.map { MappingTrialView($0, word) }
        let kept = [
            "date": forms, "debits": guess?.debits.rawValue, "header": guess.map { String($0.header) },
            "rows": guess.map { String($0.headerRows) }, "credit": creditMarks, "debit": debitMarks,
        ]
        chosen =
            [Field(name: "set", value: "1"), Field(name: "account", value: draft.account ?? "")]
            + kept.sorted { $0.key < $1.key }.compactMap { name, value in value.map { Field(name: name, value: $0) } }
            + columns.map { one in
                Field(name: one.field, value: one.options.first(where: \.isChosen)?.value ?? "")
            }
        isProven = draft.trial?.isProven ?? false
        let isRead = draft.trial?.faults.isEmpty ?? false
        maySave = isRead && draft.account != nil
        asksAccount = isRead && draft.account == nil
        name = fields["name"] ?? ""
        mappingTitle = fields["title"] ?? ""
        isForBank = fields["scope"] == "bank"
        bank = accounts.first { $0.number == draft.account }.map { BankNames.name(bin: $0.bankBIN) ?? $0.bankBIN } ?? ""
        self.fault = fault ?? draft.fault.map { word[$0] }
    }

    private static func options(_ all: [(value: String, name: String)], chosen: String) -> [Option] {
        var seen: Set<String> = []
        return all.filter { seen.insert($0.value).inserted }.map {
            Option(value: $0.value, name: $0.name, isChosen: $0.value == chosen)
        }
    }

    private static func columns(
        _ table: RawTable,
        _ guess: StatementGuess,
        _ fields: [String: String],
        _ word: Wording
    ) -> [Column] {
        let first = table.rows[guess.firstLine...].prefix(3).map(\.texts)
        return guess.headings.indices.map { place in
            let meanings = guess.columns.filter { $0.value == place }.map(\.key.rawValue).sorted()
            let chosen = fields["set"] == nil ? meanings.joined(separator: " ") : fields["c\(place)"] ?? ""
            let choices = MappingWords.columns.map { ($0.code, word[$0.words]) }
            // What was guessed or typed and is none of the usual ones stays as it is.
            let all = choices.contains { $0.0 == chosen } ? choices : choices + [(chosen, chosen)]
            return Column(
                field: "c\(place)",
                number: String(place + 1),
                heading: shown(guess.headings[place], 60),
                cells: first.map { place < $0.count ? shown($0[place], 40) : "" }.joined(separator: " ⏎ "),
                options: options(all, chosen: chosen)
            )
        }
    }

    private static func headers(_ table: RawTable, _ guess: StatementGuess) -> [Option] {
        let near = max(0, guess.firstLine - 12)..<guess.firstLine
        return near.map { place in
            let texts = table.rows[place].texts.filter { !$0.isEmpty }.map { shown($0, 24) }
            return Option(
                value: String(place),
                name: "\(table.rows[place].number): " + shown(texts.joined(separator: " · "), 120),
                isChosen: place == guess.header
            )
        }
    }

    private static func shown(_ text: String, _ most: Int) -> String {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count > most ? line.prefix(most) + "…" : line
    }
}
