import Values

/// The entry of a receipt in the sealed history: the row as PostgreSQL writes one, `receipt(17,1,123,…)`.
struct SealedReceipt {
    let number: String
    let amount: String
    let issuedAt: Instant
    /// Whether it replaces another receipt, and why.
    let isReplacing: Bool
    let reason: String

    /// The day of issue in Vietnam, as the file states it.
    var day: String { issuedAt.day.description }

    /// `nil` if the text is no such entry.
    init?(_ entry: String) {
        let head = "receipt("
        guard entry.hasPrefix(head), entry.hasSuffix(")") else { return nil }
        // id, series, number, request, amount, time, the receipt that is replaced, why: only the last may hold a comma.
        let fields = entry.dropFirst(head.count).dropLast().split(
            separator: ",",
            maxSplits: 7,
            omittingEmptySubsequences: false
        )
        guard fields.count == 8, let issuedAt = SealedReceipt.instant(fields[5]) else { return nil }
        (number, amount, self.issuedAt) = (String(fields[2]), String(fields[4]), issuedAt)
        isReplacing = !fields[6].isEmpty
        reason = SealedReceipt.plain(fields[7])
    }

    /// `"2026-11-30 01:02:03.5+00"`, always of UTC.
    private static func instant(_ field: Substring) -> Instant? {
        let text = plain(field)
        guard text.hasSuffix("+00") else { return nil }
        return Instant(text.dropLast(3).replacing(" ", with: "T") + "Z")
    }

    /// A value of a row without its quotes.
    private static func plain(_ field: Substring) -> String {
        guard field.hasPrefix("\""), field.hasSuffix("\""), field.count >= 2 else { return String(field) }
        var (text, isEscaped) = ("", false)
        for character in field.dropFirst().dropLast() {
            if !isEscaped, character == "\"" || character == "\\" {
                isEscaped = true
                continue
            }
            isEscaped = false
            text.append(character)
        }
        return text
    }
}
