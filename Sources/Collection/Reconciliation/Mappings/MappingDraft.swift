public import Statements
public import Values

/// A table that nothing knows, with what each column is guessed or said to be, and how its lines are read by that.
public struct MappingDraft: Sendable {
    public let table: RawTable
    /// `nil` if no row looks like a line of a statement.
    public let guess: StatementGuess?
    /// The account that the file is of; `nil` while nobody has said.
    public let account: String?
    /// What the guess or the choices make; `nil` if they make none.
    public let mapping: StatementMapping?
    /// How the file is read by it.
    public let trial: MappingTrial?
    /// Why there is no mapping.
    public let fault: Phrase?
    private let bank: String?

    /// The largest file that is described: a sample is enough, and what is stored reads larger ones.
    public static let maximumBytes = 16 << 20
    /// The name that a mapping has until somebody has given it one.
    public static let placeholder = "described"

    /// - Parameters:
    ///   - fields: what somebody chose: `set` if anything, `c0`, `c1`, … with the meanings of the columns, separated by
    ///     spaces, `date`, `debits`, `header` (the number of a row of the table, from 0), `rows` (1 or 2 rows of headings),
    ///     `credit` and `debit` (the marks of a column of signs, with commas between them).
    ///   - bank: of the account.
    /// - Throws: `statement-rejected` for a file that is no table.
    public init(_ bytes: [UInt8], fields: [String: String], account: String?, bank: String?, now: Instant = .now())
        throws
    {
        do { table = try RawTable(bytes) } catch let refused as StatementRejected {
            let reason = refused.faults.first?.reason ?? Phrase(vi: "không đọc được", en: "cannot be read")
            throw ServiceError(.statementRejected, at: "file", reason)
        }
        (self.account, self.bank) = (account, bank)
        let rows = fields["rows"].flatMap { Int($0) }.flatMap { (1...2).contains($0) ? $0 : nil }
        var guess = StatementGuess(table, header: fields["header"].flatMap { Int($0) }, headerRows: rows)
        var (made, why): (StatementMapping?, Phrase?) = (nil, nil)
        do throws(StatementMapping.Failure) {
            try guess?.take(fields)
            made = try guess.map { guess throws(StatementMapping.Failure) in
                // Whatever name is typed: one that cannot be is told when it is stored.
                let json = guess.mapping(name: Self.placeholder, title: Self.placeholder, bank: bank)
                return try StatementMapping(json)
            }
        } catch { why = error.phrase }
        if guess == nil {
            why = Phrase(
                vi: "không dòng nào có ngày và số tiền như một dòng sao kê",
                en: "no row has a date and an amount as a line of a statement has"
            )
        }
        (self.guess, mapping, fault) = (guess, made, why)
        trial = made.map { MappingTrial(bytes, as: $0, account: account, today: now.day) }
    }

    /// What is stored under a name; `nil` if there is no mapping.
    public func described(name: String, title: String) -> JSON? {
        mapping == nil ? nil : guess?.mapping(name: name, title: title, bank: bank)
    }
}

extension StatementGuess {
    /// Takes what a form says, in the place of what was guessed.
    fileprivate mutating func take(_ fields: [String: String]) throws(StatementMapping.Failure) {
        guard fields["set"] != nil else { return }
        var choices: [Int: [StatementMapping.Column]] = [:]
        for (name, value) in fields where name.first == "c" {
            guard let place = Int(name.dropFirst()) else { continue }
            for word in value.split(separator: " ") {
                guard let column = StatementMapping.Column(rawValue: String(word)) else {
                    throw StatementMapping.Failure(
                        member: name,
                        reason: .oneOf(StatementMapping.Column.allCases.map(\.rawValue))
                    )
                }
                choices[place, default: []].append(column)
            }
        }
        try take(choices)
        if let date = fields["date"], !date.isEmpty { dates = date.split(separator: "|").map { String($0).trimming() } }
        let marks = (SignMarks.typed(fields["credit"] ?? ""), SignMarks.typed(fields["debit"] ?? ""))
        // What was left empty is what the column has.
        if !marks.0.isEmpty || !marks.1.isEmpty { typedMarks = SignMarks(credit: marks.0, debit: marks.1) }
        if let word = fields["debits"].flatMap(StatementMapping.DebitSign.init) { debits = word }
    }
}
