import Values

/// Converts the fields of MT940 into statement lines, and checks the order of the fields.
struct MT940Fields {
    var blocks: StatementBlocks
    /// The field being collected: its tag, its lines, and the line of the file where it began.
    private var tag = ""
    private var content: [String] = []
    private var contentBytes = 0
    private var fieldLine = 0
    private var isInMessage = false
    /// Whether an envelope has begun but its message has not.
    private var awaitsMessage = false
    private var hasAccount = false
    /// Which balances were present, valid or not.
    private var seen: (opening: Bool, closing: Bool) = (false, false)
    private var isInterim = false
    private var currency = "VND"
    /// The statement line being collected, and the line of the file where it began.
    private var entry: (content: MT940Entry, line: Int)?

    private static let maximumFieldBytes = 16 << 10

    init(_ options: StatementOptions) { blocks = StatementBlocks(options) }

    /// Reads one line of the file.
    mutating func take(_ line: String, _ number: Int, _ emit: (StatementLine) throws -> Void) throws {
        if line.hasPrefix("-}") || line == "-" {
            try endMessage(number, emit)
        } else if let (tag, rest) = Self.tagged(line) {
            try endField(emit)
            (self.tag, content, contentBytes, fieldLine) = (tag, [rest], rest.utf8.count, number)
        } else if line.hasPrefix("{") {
            // An envelope, `{1:…}{2:…}{4:`, sometimes followed by the first field on the same line.
            try endMessage(number, emit)
            // A trailer, `{5:…`, may be on its own line.
            awaitsMessage = !line.hasPrefix("{5:") && !line.hasPrefix("{S:")
            if let start = line.firstRange(of: "{4:"), let (tag, rest) = Self.tagged(String(line[start.upperBound...]))
            {
                (self.tag, content, contentBytes, fieldLine) = (tag, [rest], rest.utf8.count, number)
            }
        } else if !tag.isEmpty {
            contentBytes += line.utf8.count
            guard contentBytes <= Self.maximumFieldBytes else {
                return blocks.fault(
                    number,
                    ":\(tag):",
                    "",
                    Phrase(
                        vi: "dài hơn \(Self.maximumFieldBytes) byte",
                        en: "is longer than \(Self.maximumFieldBytes) bytes"
                    )
                )
            }
            content.append(line)
        }
    }

    mutating func finish(line: Int, _ emit: (StatementLine) throws -> Void) throws -> StatementSummary {
        try endMessage(line, emit)
        if awaitsMessage {
            blocks.structuralFault(
                line,
                "",
                Phrase(
                    vi: "kết thúc giữa một thông điệp: tệp có bị cắt không?",
                    en: "ends inside a message: was the file cut off?"
                )
            )
        }
        return try blocks.finish(line: line, noun: Phrase(vi: "sao kê MT940", en: "MT940 statement"))
    }

    /// Splits `:61:…` into the tag and the rest.
    static func tagged(_ line: some StringProtocol) -> (String, String)? {
        guard line.hasPrefix(":") else { return nil }
        let tag = line.dropFirst().prefix { $0 != ":" }
        let bytes = Array(tag.utf8)
        let isTag =
            (bytes.count == 2 || (bytes.count == 3 && (65...90).contains(bytes[2])))
            && bytes.prefix(2).allSatisfy { (48...57).contains($0) }
        guard isTag, tag.endIndex < line.endIndex else { return nil }
        return (String(tag), String(line[line.index(after: tag.endIndex)...]))
    }

    private mutating func endField(_ emit: (StatementLine) throws -> Void) throws {
        guard !tag.isEmpty else { return }
        defer { tag = "" }
        if tag == "20" {
            try endMessage(fieldLine, emit, field: false)
            isInMessage = true
            awaitsMessage = false
            hasAccount = false
            seen = (false, false)
            isInterim = false
            blocks.begin()
            return
        }
        guard isInMessage else {
            if ["25", "60F", "60M", "61", "62F", "62M"].contains(tag) {
                blocks.begin()
                blocks.fault(
                    fieldLine,
                    ":\(tag):",
                    content.first ?? "",
                    Phrase(
                        vi: "nằm ngoài sao kê: phía trước không có :20:",
                        en: "stands outside a statement: there is no :20: before it"
                    )
                )
            }
            return
        }
        switch tag {
        case "25", "25P":
            hasAccount = true
            let text = (content.first ?? "").filter { !$0.isWhitespace }
            if text.isEmpty {
                blocks.fault(fieldLine, ":25:", "", Phrase(vi: "không nêu tài khoản", en: "names no account"))
            }
            blocks.account(text, line: fieldLine)
        case "60F", "60M": balance(isOpening: true)
        case "62F", "62M":
            try endEntry(emit)
            balance(isOpening: false)
        case "61":
            try endEntry(emit)
            beginEntry()
        case "86":
            // The closing balance ended the last line; an :86: after it describes the statement.
            entry?.content.add(MT940Details(content))
        case "34F", "90D", "90C", "13D":
            defer { isInterim = true }
            if isInterim { return }
            blocks.fault(
                fieldLine,
                ":\(tag):",
                content.first ?? "",
                Phrase(
                    vi: "đây là báo cáo trong ngày (MT942), các dòng sẽ có lại trong sao kê: hãy nhập MT940",
                    en: "this is an interim report (MT942), whose lines come again in the statement: import the MT940"
                )
            )
        default: break
        }
    }

    private mutating func balance(isOpening: Bool) {
        let text = content.first ?? ""
        let isSecond = isOpening ? seen.opening : seen.closing
        if isOpening { seen.opening = true } else { seen.closing = true }
        guard let balance = MT940Balance(text) else {
            return blocks.fault(
                fieldLine,
                ":\(tag):",
                text,
                Phrase(
                    vi: "không phải là số dư: cần D hoặc C, ngày YYMMDD, loại tiền và số tiền có dấu phẩy",
                    en: "is not a balance: D or C, a date YYMMDD, a currency and an amount with a comma"
                )
            )
        }
        if isSecond {
            return blocks.fault(
                fieldLine,
                ":\(tag):",
                text,
                Phrase(vi: "có hai lần trong một sao kê", en: "stands twice in one statement")
            )
        }
        currency = balance.currency
        blocks.currency(currency, line: fieldLine, field: ":\(tag):")
        if isOpening { blocks.opening(balance.amount) } else { blocks.closing(balance.amount) }
    }

    private mutating func beginEntry() {
        let text = content.first ?? ""
        if !seen.opening, !isInterim {
            blocks.fault(
                fieldLine,
                ":61:",
                text,
                Phrase(vi: "đứng trước số dư đầu kỳ :60F:", en: "stands before the opening balance :60F:")
            )
        }
        if seen.closing {
            blocks.fault(
                fieldLine,
                ":61:",
                text,
                Phrase(vi: "đứng sau số dư cuối kỳ :62F:", en: "stands after the closing balance :62F:")
            )
        }
        do throws(MT940Entry.Failure) {
            var begun = try MT940Entry(text, exponent: StatementAmount.exponent(of: currency))
            begun.supplement = content.dropFirst().joined(separator: " ")
            entry = (begun, fieldLine)
        } catch {
            blocks.fault(fieldLine, ":61:", text, error.reason)
        }
    }

    private mutating func endEntry(_ emit: (StatementLine) throws -> Void) throws {
        guard let entry else { return }
        self.entry = nil
        let line = entry.content.line(number: entry.line)
        if let memo = line.memo, memo.unicodeScalars.count > StatementText.memo {
            return blocks.fault(
                entry.line,
                ":86:",
                memo,
                Phrase(vi: "có hơn \(StatementText.memo) ký tự", en: "has more than \(StatementText.memo) characters")
            )
        }
        try blocks.take(line, emit)
    }

    private mutating func endMessage(
        _ line: Int,
        _ emit: (StatementLine) throws -> Void,
        field: Bool = true
    ) throws {
        if field { try endField(emit) }
        guard isInMessage else { return }
        try endEntry(emit)
        isInMessage = false
        if !hasAccount {
            blocks.fault(
                line,
                ":25:",
                "",
                Phrase(vi: "còn thiếu: sao kê không nêu tài khoản", en: "is missing: the statement names no account")
            )
        }
        if !seen.opening, !isInterim {
            blocks.structuralFault(
                line,
                ":60F:",
                Phrase(
                    vi: "còn thiếu: sao kê không có số dư đầu kỳ",
                    en: "is missing: the statement has no opening balance"
                )
            )
        }
        if !seen.closing, !isInterim {
            blocks.structuralFault(
                line,
                ":62F:",
                Phrase(
                    vi: "còn thiếu: sao kê không có số dư cuối kỳ; tệp có bị cắt không?",
                    en: "is missing: the statement has no closing balance; was the file cut off?"
                )
            )
        }
        blocks.end(line: line)
    }
}
