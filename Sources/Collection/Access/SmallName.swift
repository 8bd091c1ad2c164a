import Values

/// The names of connections and endpoints, used in addresses and on command lines.
enum SmallName {
    /// Throws for a name that is not a valid identifier.
    static func check(_ name: String) throws {
        let isName =
            (1...63).contains(name.utf8.count)
            && name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 95 }
            && !name.hasPrefix("-") && !name.hasPrefix("_")
        guard isName else {
            throw ServiceError(
                .invalidParameter,
                at: "name",
                Phrase(
                    vi: "tên gồm 1 đến 63 chữ thường không dấu, chữ số, dấu - và _, bắt đầu bằng chữ hoặc số",
                    en: "a name has 1 to 63 lowercase letters, digits, - and _, and begins with a letter or digit"
                )
            )
        }
    }
}
