import Values

/// Decimal texts as whole numbers, without floating point.
enum Decimals {
    static func parse(_ text: String, places: Int) -> Int64? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), (1...9).contains(parts[0].utf8.count) else { return nil }
        let fraction = parts.count == 2 ? parts[1] : ""
        guard parts.count == 1 || (1...places).contains(fraction.utf8.count) else { return nil }
        guard (parts[0] + fraction).utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int64(parts[0] + fraction + String(repeating: "0", count: places - fraction.utf8.count))
    }

    static func format(_ value: Int64, places: Int) -> String {
        var scale: Int64 = 1
        for _ in 0..<places { scale *= 10 }
        var fraction = String(value % scale)
        fraction = String(repeating: "0", count: places - fraction.count) + fraction
        while fraction.last == "0" { fraction.removeLast() }
        return fraction.isEmpty ? String(value / scale) : "\(value / scale).\(fraction)"
    }
}
