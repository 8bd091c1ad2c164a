/// The names people give to connections and endpoints, which stand in addresses and on command lines.
enum SmallName {
    /// Throws for a name that is no small identifier.
    static func check(_ name: String) throws {
        let isName =
            (1...63).contains(name.utf8.count)
            && name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 95 }
            && !name.hasPrefix("-") && !name.hasPrefix("_")
        guard isName else {
            throw ServiceError(
                .invalidParameter,
                at: "name",
                "a name has 1 to 63 small letters, digits, - and _, and begins with a letter or digit"
            )
        }
    }
}
