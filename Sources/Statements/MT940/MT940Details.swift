/// The narrative `:86:`: plain text, or subfields such as `?20`–`?29`, which banks that follow the German layout use.
struct MT940Details {
    let memo: String
    let name: String?
    let account: String?

    init(_ lines: [String]) {
        let first = lines.first ?? ""
        let digits = first.prefix { $0.isASCII && $0.isNumber }
        if digits.isEmpty || digits.count == 3, let subfields = Self.subfields(lines.joined().dropFirst(digits.count)) {
            let memoKeys = (20...29).map(String.init) + (60...63).map(String.init)
            memo = Self.joined(memoKeys.compactMap { subfields[$0] }, width: 27)
            let name = ["32", "33"].compactMap { subfields[$0] }.joined().trimmed
            self.name = name.isEmpty ? nil : String(name.prefix(StatementText.counterpartyName))
            let account = (subfields["31"] ?? "").trimmed
            self.account = account.isEmpty ? nil : String(account.prefix(StatementText.counterpartyAccount))
        } else {
            memo = Self.joined(lines, width: 65)
            (name, account) = (nil, nil)
        }
    }

    private init(memo: String, name: String?, account: String?) {
        self.memo = memo
        self.name = name
        self.account = account
    }

    /// The text of both; the counterparty of the first that names one.
    func followed(by more: MT940Details) -> MT940Details {
        MT940Details(
            memo: [memo, more.memo].filter { !$0.isEmpty }.joined(separator: " "),
            name: name ?? more.name,
            account: account ?? more.account
        )
    }

    /// Joins lines. A line that fills the width was broken mid-word and is joined without a space; a shorter one with a
    /// space.
    private static func joined(_ lines: [String], width: Int) -> String {
        var text = ""
        var wasFull = true
        for line in lines where !line.isEmpty {
            if !wasFull { text += " " }
            text += line
            wasFull = line.unicodeScalars.count >= width
        }
        return text.trimmed
    }

    /// Splits `?20some text?21more`; returns `nil` if the text does not consist of subfields.
    private static func subfields(_ text: Substring) -> [String: String]? {
        guard text.first == "?", isKey(text.dropFirst().prefix(2)) else { return nil }
        var found: [String: String] = [:]
        var key = ""
        for part in text.dropFirst().split(separator: "?", omittingEmptySubsequences: false) {
            if isKey(part.prefix(2)) {
                key = String(part.prefix(2))
                found[key, default: ""] += part.dropFirst(2)
            } else {
                // A question mark within the text.
                found[key, default: ""] += "?" + part
            }
        }
        return found
    }

    private static func isKey(_ text: Substring) -> Bool {
        text.utf8.count == 2 && text.utf8.allSatisfy { (48...57).contains($0) }
    }
}
