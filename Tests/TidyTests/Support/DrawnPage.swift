/// A page with parts between marks that are drawn from the sources.
struct DrawnPage {
    let text: String

    struct NoMark: Error {
        let name: String
    }

    static func begin(_ name: String) -> String { "<!-- \(name): drawn from the sources by ops/architecture -->\n" }
    static func end(_ name: String) -> String { "<!-- end of \(name) -->\n" }

    /// The page with another part between the marks of a name; each mark must stand there once.
    func with(_ name: String, _ drawn: String) throws -> DrawnPage {
        let (begin, end) = (Self.begin(name), Self.end(name))
        guard let start = text.firstRange(of: begin), let stop = text.firstRange(of: end),
            start.upperBound <= stop.lowerBound, text.ranges(of: begin).count == 1, text.ranges(of: end).count == 1
        else { throw NoMark(name: name) }
        return DrawnPage(text: "\(text[..<start.upperBound])\n\(drawn)\n\n\(text[stop.lowerBound...])")
    }
}
