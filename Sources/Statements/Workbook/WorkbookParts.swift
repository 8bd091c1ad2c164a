import Values

/// Collects values from the small parts of a workbook, by element name.
///
/// One receiver serves `workbook.xml`, its relationships and `styles.xml`, because their names do not overlap.
final class WorkbookParts: XMLReceiver {
    /// The relationship id of the first sheet that is not hidden.
    private(set) var firstSheet: String?
    /// Whether days are counted from 1904.
    private(set) var countsFrom1904 = false
    private var targets: [String: String] = [:]
    /// The workbook's custom number formats, and the format of each cell style.
    private var dateFormats: [Int: Bool] = [:]
    private var styleFormats: [Int] = []
    private var isInCellStyles = false
    private var path: [String] = []

    private static let maximumStyles = 100_000

    func begin(_ name: String, _ attributes: XMLAttributes, line: Int) {
        path.append(name)
        switch name {
        case "workbookPr": countsFrom1904 = ["1", "true"].contains(attributes["date1904"])
        case "sheet":
            let state = attributes["state"] ?? "visible"
            if firstSheet == nil, state == "visible" { firstSheet = attributes["id"] }
        case "Relationship":
            if let id = attributes["Id"], let target = attributes["Target"], targets.count < 1000 {
                targets[id] = target
            }
        case "numFmt":
            if let id = attributes["numFmtId"].flatMap({ Int($0) }), let code = attributes["formatCode"],
                dateFormats.count < Self.maximumStyles
            {
                dateFormats[id] = Self.isDate(code)
            }
        case "xf":
            guard path.dropLast().last == "cellXfs", styleFormats.count < Self.maximumStyles else { return }
            styleFormats.append(attributes["numFmtId"].flatMap { Int($0) } ?? 0)
        default: break
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
    func end() { path.removeLast() }

    /// The path of the first sheet in the archive.
    var sheetPath: String? {
        guard let target = firstSheet.flatMap({ targets[$0] }) else { return nil }
        return target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
    }

    /// Whether a cell with this style displays its number as a date or time.
    func isDate(style: Int) -> Bool {
        guard styleFormats.indices.contains(style) else { return false }
        let format = styleFormats[style]
        // Formats 14 to 22 and 45 to 47 are built in.
        return dateFormats[format] ?? ((14...22).contains(format) || (45...47).contains(format))
    }

    /// Whether a format code contains date letters outside quotes, brackets and escapes.
    static func isDate(_ code: String) -> Bool {
        var isQuoted = false
        var isBracketed = false
        var isEscaped = false
        for character in code.lowercased() {
            if isEscaped {
                isEscaped = false
            } else if isQuoted {
                isQuoted = character != "\""
            } else if isBracketed {
                isBracketed = character != "]"
            } else {
                switch character {
                case "\"": isQuoted = true
                case "[": isBracketed = true
                case "\\", "_", "*": isEscaped = true
                case "y", "d", "h", "s", "m": return true
                case ";": return false
                default: break
                }
            }
        }
        return false
    }

    /// Converts a number of days to a time in Vietnam; returns `nil` if it is not a date on or after 1900-03-01.
    ///
    /// Exact to the second, without floating point: the fraction is read as a decimal.
    func time(_ serial: String) -> Instant? {
        let parts = serial.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts[0].utf8.count <= 7, let days = Int32(parts[0]), days < 2_958_466
        else { return nil }
        // Serial 60 is 29 February 1900, a day that does not exist.
        guard countsFrom1904 ? days >= 0 : days >= 61 else { return nil }
        var seconds: Int64 = 0
        if parts.count == 2 {
            let digits = parts[1].prefix(17)
            guard parts[1].utf8.allSatisfy({ (48...57).contains($0) }),
                let fraction = Int128(digits.isEmpty ? "0" : digits)
            else {
                return nil
            }
            let scale = (0..<digits.count).reduce(Int128(1)) { scale, _ in scale * 10 }
            seconds = Int64((fraction * 86_400 + scale / 2) / scale)
        }
        let epoch: Int32 = countsFrom1904 ? -24_107 : -25_569
        return Day(daysSinceEpoch: epoch + days).start.adding(seconds: seconds)
    }
}
