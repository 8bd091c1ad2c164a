import Values

/// Reads the members of a mapping's JSON; errors name the member.
struct MappingReader {
    typealias Failure = StatementMapping.Failure
    let json: JSON

    /// The headings of the header, each with its forms.
    func header() throws(Failure) -> [[String]] {
        guard let items = json["header"]?.array else {
            return try texts("header").map { [StatementMapping.folded($0)] }
        }
        var header: [[String]] = []
        for item in items {
            let forms = try MappingReader(json: ["header": item.array == nil ? .array([item]) : item]).texts("header")
            if !forms.isEmpty { header.append(forms.map(StatementMapping.folded)) }
        }
        return header
    }

    /// One of the words of a kind; `nil` if the member is missing.
    func word<Word: RawRepresentable<String> & CaseIterable>(_ name: String, _ kind: Word.Type) throws(Failure) -> Word?
    {
        guard let value = json[name] else { return nil }
        if let word = value.string.flatMap(Word.init) { return word }
        let all = Word.allCases.map(\.rawValue).joined(separator: ", ")
        throw Failure(member: name, reason: Phrase(vi: "phải là một trong \(all)", en: "must be one of \(all)"))
    }

    /// Whether a member that can only have this word is there.
    func isWord(_ name: String, _ only: String) throws(Failure) -> Bool {
        guard let value = json[name] else { return false }
        if value.string == only { return true }
        throw Failure(member: name, reason: Phrase(vi: "chỉ có thể là \(only)", en: "can only be \(only)"))
    }

    func dates() throws(Failure) -> [DatePattern] {
        var dates: [DatePattern] = []
        for text in try texts("dates") {
            guard let pattern = DatePattern(text) else {
                throw Failure(
                    member: "dates",
                    reason: Phrase(
                        vi: "\(text) không phải là mẫu gồm dd, MM, yyyy, HH, mm, ss và dấu phân cách",
                        en: "\(text) is not a pattern of dd, MM, yyyy, HH, mm, ss and separators"
                    )
                )
            }
            dates.append(pattern)
        }
        guard !dates.isEmpty else {
            throw Failure(
                member: "dates",
                reason: Phrase(vi: "phải có ít nhất một mẫu", en: "must give at least one pattern")
            )
        }
        return dates
    }

    func refuseUnknown(in object: JSON, named name: String, allowed: [String]) throws(Failure) {
        guard let members = object.members else {
            throw Failure(member: name, reason: Phrase(vi: "phải là một đối tượng", en: "must be an object"))
        }
        for member in members where !allowed.contains(member.name) {
            let path = name.isEmpty ? member.name : "\(name).\(member.name)"
            throw Failure(
                member: path,
                reason: Phrase(
                    vi: "không có trong các thành phần: \(allowed.joined(separator: ", "))",
                    en: "is unknown; known are \(allowed.joined(separator: ", "))"
                )
            )
        }
    }

    func text(_ name: String) throws(Failure) -> String {
        guard let text = json[name]?.string else {
            throw Failure(member: name, reason: Phrase(vi: "phải là chuỗi", en: "must be a string"))
        }
        return text
    }

    /// Reads a list of texts; a missing member is an empty list, a single text is a list of one.
    func texts(_ name: String, within parent: String? = nil) throws(Failure) -> [String] {
        guard let value = json[name] else { return [] }
        if let text = value.string { return [text] }
        let path = parent.map { "\($0).\(name)" } ?? name
        var texts: [String] = []
        for item in value.array ?? [.null] {
            guard let text = item.string, !StatementMapping.folded(text).isEmpty else {
                throw Failure(
                    member: path,
                    reason: Phrase(
                        vi: "phải là danh sách chuỗi, không chuỗi nào trống",
                        en: "must be a list of strings, none of them empty"
                    )
                )
            }
            texts.append(text)
        }
        return texts
    }

    func characters(_ name: String) throws(Failure) -> [Character] {
        var characters: [Character] = []
        for text in try texts(name) {
            guard let character = text.first, text.count == 1, !character.isNumber, character != "-", character != "+"
            else {
                throw Failure(
                    member: name,
                    reason: Phrase(
                        vi: "phải là danh sách dấu phân cách một ký tự",
                        en: "must be a list of single separators"
                    )
                )
            }
            characters.append(character)
        }
        return characters
    }

    func encoding() throws(Failure) -> TextEncoding? {
        guard let text = json["encoding"]?.string, text != "auto" else {
            if json["encoding"] == nil || json["encoding"]?.string == "auto" { return nil }
            throw Failure(member: "encoding", reason: Phrase(vi: "phải là chuỗi", en: "must be a string"))
        }
        guard let encoding = TextEncoding(rawValue: text) else {
            let all = TextEncoding.allCases.map(\.rawValue).joined(separator: ", ")
            throw Failure(
                member: "encoding",
                reason: Phrase(vi: "phải là một trong auto, \(all)", en: "must be one of auto, \(all)")
            )
        }
        return encoding
    }

    func bank() throws(Failure) -> String? {
        guard let value = json["bank"] else { return nil }
        guard let text = value.string, text.utf8.count == 6, text.utf8.allSatisfy({ (48...57).contains($0) }) else {
            throw Failure(
                member: "bank",
                reason: Phrase(vi: "phải là mã BIN của ngân hàng, 6 chữ số", en: "must be the bank's BIN, 6 digits")
            )
        }
        return text
    }

    func delimiter() throws(Failure) -> UInt8? {
        guard let value = json["delimiter"] else { return nil }
        guard let text = value.string, text.utf8.count == 1, let byte = text.utf8.first,
            [0x09, 0x2C, 0x3B, 0x7C].contains(byte)
        else {
            throw Failure(
                member: "delimiter",
                reason: Phrase(vi: "phải là một trong , ; | và dấu tab", en: "must be one of , ; | and the tabulator")
            )
        }
        return byte
    }

    func columns() throws(Failure) -> [StatementMapping.Column: StatementMapping.Source] {
        let object = json["columns"] ?? .null
        try refuseUnknown(in: object, named: "columns", allowed: StatementMapping.Column.allCases.map(\.rawValue))
        var columns: [StatementMapping.Column: StatementMapping.Source] = [:]
        for column in StatementMapping.Column.allCases {
            guard let value = object[column.rawValue] else { continue }
            if let position = value.integer {
                guard (1...1000).contains(position) else {
                    throw Failure(
                        member: "columns.\(column.rawValue)",
                        reason: Phrase(vi: "vị trí tính từ 1", en: "a position counts from 1")
                    )
                }
                columns[column] = .position(Int(position) - 1)
            } else {
                let headings = try MappingReader(json: object).texts(column.rawValue, within: "columns")
                columns[column] = .headings(headings.map(StatementMapping.folded))
            }
        }
        guard columns[.bookedAt] != nil else {
            throw Failure(member: "columns.booked_at", reason: Phrase(vi: "còn thiếu", en: "is missing"))
        }
        let hasAmount = columns[.amount] != nil
        let hasSides = columns[.debit] != nil && columns[.credit] != nil
        let namesBoth = columns[.fromAccount] != nil && columns[.toAccount] != nil
        let namesOne = columns[.fromAccount] != nil || columns[.toAccount] != nil
        guard namesOne == namesBoth, !namesBoth || (hasAmount && columns[.sign] == nil) else {
            throw Failure(
                member: "columns",
                reason: Phrase(
                    vi: "from_account phải đi cùng to_account và amount, không có sign",
                    en: "from_account goes with to_account and amount, without sign"
                )
            )
        }
        let hasSide = columns[.debit] != nil || columns[.credit] != nil
        guard hasAmount != hasSides, !hasAmount || !hasSide, hasAmount || columns[.sign] == nil else {
            throw Failure(
                member: "columns",
                reason: Phrase(
                    vi: "phải có amount (có hoặc không có sign), hoặc cả debit và credit",
                    en: "must have either amount, with or without sign, or both debit and credit"
                )
            )
        }
        return columns
    }

    func labels() throws(Failure) -> [StatementMapping.Label: [String]] {
        guard let object = json["labels"] else { return [:] }
        try refuseUnknown(in: object, named: "labels", allowed: StatementMapping.Label.allCases.map(\.rawValue))
        var labels: [StatementMapping.Label: [String]] = [:]
        for label in StatementMapping.Label.allCases {
            let texts = try MappingReader(json: object).texts(label.rawValue, within: "labels")
            labels[label] = texts.map(StatementMapping.folded)
        }
        return labels
    }
}
