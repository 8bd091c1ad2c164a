public import Values

extension StatementMapping {
    /// Reads a mapping file.
    public init(_ bytes: some Collection<UInt8>) throws(Failure) {
        let json: JSON
        do throws(JSON.ParseError) {
            json = try JSON.parse(bytes)
        } catch {
            throw Failure(member: "", reason: error.phrase)
        }
        try self.init(json)
    }

    /// Reads a mapping from its JSON value.
    public init(_ json: JSON) throws(Failure) {
        let reader = MappingReader(json: json)
        try reader.refuseUnknown(
            in: json,
            named: "",
            allowed: [
                "name", "title", "bank", "verified", "confidence", "source", "made_from_pdf", "encoding", "delimiter",
                "header", "header_rows", "columns", "dates", "thousands", "decimals", "signs", "debits", "blank_dates",
                "footer", "bare_totals", "end", "labels", "label_values", "account_after",
            ]
        )
        self.json = json
        name = try reader.text("name")
        guard (1...40).contains(name.utf8.count), name.utf8.allSatisfy(Self.isNameByte) else {
            throw Failure(
                member: "name",
                reason: Phrase(
                    vi: "phải gồm 1 đến 40 chữ thường không dấu, chữ số và gạch ngang",
                    en: "must be 1 to 40 lowercase letters, digits and dashes"
                )
            )
        }
        title = json["title"]?.string ?? name
        bank = try reader.bank()
        isVerified = json["verified"]?.bool ?? false
        confidence = try reader.word("confidence", Confidence.self)
        isMadeFromPDF = json["made_from_pdf"]?.bool ?? false
        origin = json["source"]?.string ?? ""
        encoding = try reader.encoding()
        delimiter = try reader.delimiter()
        header = try reader.header()
        guard !header.isEmpty else {
            throw Failure(
                member: "header",
                reason: Phrase(vi: "phải nêu ít nhất một tiêu đề", en: "must name at least one heading")
            )
        }
        headerRows = Int(json["header_rows"]?.integer ?? 1)
        guard (1...2).contains(headerRows) else {
            throw Failure(member: "header_rows", reason: Phrase(vi: "phải là 1 hoặc 2", en: "must be 1 or 2"))
        }
        columns = try reader.columns()
        dates = try reader.dates()
        thousands = try reader.characters("thousands")
        decimals = try reader.characters("decimals")
        let signs = json["signs"] ?? [:]
        creditSigns = try MappingReader(json: signs).texts("credit", within: "signs").map(Self.folded)
        debitSigns = try MappingReader(json: signs).texts("debit", within: "signs").map(Self.folded)
        footer = try reader.texts("footer").map(Self.folded)
        labels = try reader.labels()
        debitSign = try reader.word("debits", DebitSign.self) ?? .positive
        fillsDates = try reader.isWord("blank_dates", "above")
        hasValuesBelow = try reader.isWord("label_values", "below")
        hasBareTotals = json["bare_totals"]?.bool ?? false
        accountMark = json["account_after"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        end = try reader.texts("end").map(Self.folded)
        if columns[.sign] != nil, creditSigns.isEmpty || debitSigns.isEmpty {
            throw Failure(
                member: "signs",
                reason: Phrase(
                    vi: "phải nêu dấu ghi có và ghi nợ cho cột sign",
                    en: "must give the marks of credits and of debits for the column sign"
                )
            )
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (97...122).contains(byte) || (48...57).contains(byte) || byte == UInt8(ascii: "-")
    }
}
