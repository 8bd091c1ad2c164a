import Values

extension Phrase {
    /// Why a document whose elements nest too deeply is not read on.
    static func nested(deeperThan depth: Int) -> Phrase {
        Phrase(vi: "lồng phần tử sâu hơn \(depth)", en: "nests elements deeper than \(depth)")
    }
}
