/// The languages that people are addressed in; Vietnamese unless they ask for English.
public enum Language: String, Sendable, Hashable, CaseIterable {
    case vietnamese = "vi"
    case english = "en"

    /// Chooses by an `Accept-Language` header (RFC 9110 §12.5.4): the supported language with the highest weight.
    ///
    /// Without a header, or if neither language is acceptable, it is Vietnamese.
    public init(acceptLanguage header: String?) {
        var best: (language: Language, weight: Int)?
        for part in (header ?? "").prefix(1000).split(separator: ",").prefix(32) {
            let pieces = part.split(separator: ";").map { $0.trimming() }
            guard let range = pieces.first?.lowercased(), let language = Language(range: range) else { continue }
            let weight =
                pieces.dropFirst().first { $0.hasPrefix("q=") }.map { Language.thousandths($0.dropFirst(2)) } ?? 1000
            guard weight > 0, weight > (best?.weight ?? 0) else { continue }
            best = (language, weight)
        }
        self = best?.language ?? .vietnamese
    }

    /// Chooses by a program's environment: `KHOP_LANG` (`vi` or `en`) if it is set, otherwise the terminal's locale.
    ///
    /// As POSIX has it, the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is not empty names the locale.
    public init(environment: [String: String]) {
        let names = ["KHOP_LANG", "LC_ALL", "LC_MESSAGES", "LANG"]
        self.init(locale: names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty })
    }

    /// Chooses by the locale of a terminal (`LC_ALL`, `LC_MESSAGES` or `LANG`): English for `en…`, else Vietnamese.
    public init(locale: String?) { self = locale?.lowercased().hasPrefix("en") == true ? .english : .vietnamese }

    /// A count as it is printed: `1.234` in Vietnamese, `1,234` in English.
    public func grouped(_ count: some BinaryInteger) -> String {
        let grouped = Money(Int64(clamping: count)).grouped
        return self == .vietnamese ? grouped : grouped.replacing(".", with: ",")
    }

    private init?(range: String) {
        guard range != "*" else {
            self = .vietnamese
            return
        }
        guard let language = Language(rawValue: String(range.prefix { $0 != "-" })) else { return nil }
        self = language
    }

    /// A weight such as `0.8` in thousandths; 0 when it cannot be read.
    private static func thousandths(_ text: some StringProtocol) -> Int {
        let parts = text.split(separator: ".", maxSplits: 1)
        guard let whole = parts.first.flatMap({ Int($0) }), (0...1).contains(whole) else { return 0 }
        let digits = parts.count > 1 ? String(parts[1].prefix(3)) : ""
        guard let fraction = Int(digits.isEmpty ? "0" : digits) else { return 0 }
        let scale = [1000, 100, 10, 1][digits.count]
        return min(1000, whole * 1000 + fraction * scale)
    }
}
