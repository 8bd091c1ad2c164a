public import Values

/// A difference of catalogues in the words of those who decide about prices: "12 giá đổi, 3 thủ tục mới".
public struct CatalogueSummary: Sendable, Hashable {
    /// One kind of change and how often it comes.
    public struct Part: Sendable, Hashable {
        public let count: Int
        /// After the count.
        public let words: Phrase
    }

    /// What matters most first.
    public private(set) var parts: [Part] = []

    /// - Parameter old: the catalogue in force, which tells a new price of a fee from a new fee.
    public init(_ difference: CatalogueDifference, from old: CatalogueRows) {
        prices(difference, old)
        for (file, noun) in CatalogueSummary.nouns {
            add(difference.count(.added, file), Phrase(vi: "\(noun.vietnamese) mới", en: "new \(noun.english)"))
            add(difference.count(.changed, file), Phrase(vi: "\(noun.vietnamese) sửa", en: "\(noun.english) changed"))
            add(difference.count(.ended, file), Phrase(vi: "\(noun.vietnamese) kết thúc", en: "\(noun.english) ended"))
        }
    }

    public func sentence(in language: Language) -> String {
        guard !parts.isEmpty else { return Phrase(vi: "Không có gì đổi.", en: "Nothing changes.")[language] }
        return parts.map { "\($0.count) \($0.words[language])" }.joined(separator: ", ") + "."
    }

    private static let nouns: [(CatalogueFile, Phrase)] = [
        (.procedures, Phrase(vi: "thủ tục", en: "procedures")),
        (.reductions, Phrase(vi: "miễn giảm", en: "reductions")),
        (.discounts, Phrase(vi: "mức giảm trực tuyến", en: "discounts")),
        (.agencies, Phrase(vi: "cơ quan", en: "agencies")), (.localities, Phrase(vi: "địa bàn", en: "localities")),
        (.targets, Phrase(vi: "chỉ tiêu", en: "targets")),
    ]

    private mutating func add(_ count: Int, _ words: Phrase) {
        if count > 0 { parts.append(Part(count: count, words: words)) }
    }

    /// Fees: a row more for a fee that has one is another price, however the file says when it begins.
    private mutating func prices(_ difference: CatalogueDifference, _ old: CatalogueRows) {
        let columns = CatalogueFile.fees.columns
        let priced = ["amount", "calculation", "tiers", "percent", "minimum", "maximum"]
            .compactMap { columns.firstIndex(of: $0) }
        let (code, place) = (columns.firstIndex(of: "fee_code") ?? 0, columns.firstIndex(of: "locality_code") ?? 0)
        func name(_ fields: [String]) -> [String] { [fields[code], fields[place]] }
        let known = Set(old.fees.map { [$0.feeCode, $0.localityCode] })
        var (repriced, new, edited, ended) = (Set<[String]>(), Set<[String]>(), Set<[String]>(), Set<[String]>())
        for entry in difference.entries where entry.file == .fees {
            switch (entry.change, entry.before, entry.after) {
            case (.added, _, let after?):
                if known.contains(name(after)) { repriced.insert(name(after)) } else { new.insert(name(after)) }
            case (.changed, let before?, let after?):
                let isRepriced = priced.contains { before[$0] != after[$0] }
                if isRepriced { repriced.insert(name(after)) } else { edited.insert(name(after)) }
            case (_, let before?, _): ended.insert(name(before))
            default: break
            }
        }
        add(repriced.count, Phrase(vi: "giá đổi", en: "prices changed"))
        add(new.count, Phrase(vi: "khoản thu mới", en: "new fees"))
        add(edited.subtracting(repriced).count, Phrase(vi: "khoản thu sửa thông tin", en: "fees edited"))
        add(ended.subtracting(repriced).count, Phrase(vi: "khoản thu kết thúc", en: "fees ended"))
    }
}
