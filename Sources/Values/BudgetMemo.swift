/// The memo of a transfer to the State budget, as interbank payments carry it (CITAD):
/// `(NSNN!tax code!office!kind![detail!…]!(content/chapter/sub-item/amount)!(…))`.
///
/// One kind is written here, 01: what is paid to the budget in general. Others have details of their own, which are read
/// and kept.
public struct BudgetMemo: Sendable, Hashable {
    public struct Row: Sendable, Hashable {
        /// Without accents, and without what the grammar is made of.
        public let content: String
        /// Three digits.
        public let chapter: String
        /// Four digits: the sub-item (mã NDKT).
        public let budgetCode: String
        public let amount: Money

        public init(content: String, chapter: String, budgetCode: String, amount: Money) {
            self.content = BudgetMemo.plain(content)
            self.chapter = chapter
            self.budgetCode = budgetCode
            self.amount = amount
        }
    }

    public let taxCode: String
    /// The office that manages the revenue (mã cơ quan thu), seven digits.
    public let office: String
    /// `01`; 03 with frame and engine, 04 of customs, 07 of a deciding office.
    public let kind: String
    public let details: [String]
    public let rows: [Row]

    public init(taxCode: String, office: String, kind: String = "01", details: [String] = [], rows: [Row]) {
        self.taxCode = taxCode
        self.office = office
        self.kind = kind
        self.details = details
        self.rows = rows
    }

    public var total: Money { rows.map(\.amount).total() }

    /// The memo as a bank sends it.
    public var text: String {
        let head = (["NSNN", taxCode, office, kind] + details).joined(separator: "!")
        let rows = rows.map { "!(\($0.content)/\($0.chapter)/\($0.budgetCode)/\($0.amount))" }.joined()
        return "(\(head)\(rows))"
    }

    /// Reads the first such memo in a text, of at most 10,000 characters; `nil` if there is none that is whole.
    public init?(_ text: String) {
        guard text.utf8.count <= 10_000, let start = text.firstRange(of: "(NSNN!") else { return nil }
        var parts: [String] = []
        var rows: [Row] = []
        var part = ""
        var isInRow = false
        for character in text[start.upperBound...] {
            switch (character, isInRow) {
            case ("(", false) where part.isEmpty: isInRow = true
            case (")", true):
                guard let row = Row(part) else { return nil }
                rows.append(row)
                (part, isInRow) = ("", false)
            case ("!", false), (")", false):
                if !part.isEmpty {
                    // Nothing but rows follows a row.
                    guard rows.isEmpty else { return nil }
                    parts.append(part)
                }
                part = ""
                guard character == ")" else { continue }
                guard parts.count >= 3, !rows.isEmpty else { return nil }
                self.init(
                    taxCode: parts[0],
                    office: parts[1],
                    kind: parts[2],
                    details: Array(parts[3...]),
                    rows: rows
                )
                return
            default: part.append(character)
            }
        }
        return nil
    }

    /// Letters of ASCII, digits and spaces: all that passes between banks unchanged, without `! / ( )`, which the grammar
    /// is made of.
    static func plain(_ text: String) -> String {
        let plain = text.map { character -> Character in
            let bare = bareLetters[character] ?? character
            return bare.isASCII && (bare.isLetter || bare.isNumber) ? bare : " "
        }
        return String(plain).split(separator: " ").joined(separator: " ")
    }

    /// The letters of Vietnamese without their marks. Characters compare by what they are, however they are encoded.
    private static let bareLetters: [Character: Character] = {
        let groups = [
            "aàáảãạăằắẳẵặâầấẩẫậ", "dđ", "eèéẻẽẹêềếểễệ", "iìíỉĩị", "oòóỏõọôồốổỗộơờớởỡợ", "uùúủũụưừứửữự", "yỳýỷỹỵ",
        ]
        var letters: [Character: Character] = [:]
        for group in groups + groups.map({ $0.uppercased() }) {
            guard let bare = group.first else { continue }
            for letter in group.dropFirst() { letters[letter] = bare }
        }
        return letters
    }()
}

extension BudgetMemo.Row {
    /// Reads `content/chapter/sub-item/amount`.
    fileprivate init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 4, let amount = Money.parse(parts[3]), amount > .zero else { return nil }
        self.init(
            content: String(parts[0]),
            chapter: String(parts[1]),
            budgetCode: String(parts[2]),
            amount: amount
        )
    }
}
