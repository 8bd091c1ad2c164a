import Postgres

/// Where a name is looked for among the requests of years; each place is read by an index.
enum NamePlace {
    /// The requests that ran, or run, out last, which are about the latest. A common name is among them several times, and would
    /// be read from the index of parts a hundred thousand times.
    case latest
    /// Those with each two words that follow one another, the name being whole.
    case pairs
    /// Those with each three letters, whatever part of a name it is.
    case parts

    /// Where to look for a name, which may be a part of one.
    ///
    /// - Parameters:
    ///   - name: folded.
    ///   - enough: how many are looked for.
    static func all(of name: String, enough: Int, _ tx: borrowing Transaction) throws -> [NamePlace] {
        let pattern = Finder.escaped(name)
        let latest = try tx.query(
            Query(
                trustedSQL: "select count(*) from \(Self.latest.requests(0)) where \(Self.latest.holds("$1"))",
                binding: [pattern]
            )
        ).row().get(0, as: Int.self)
        guard latest < enough else { return [.latest] }
        let words = pairs(of: name)
        guard !words.isEmpty else { return [.latest, .parts] }
        let isWhole = try tx.query(
            Query(
                trustedSQL: """
                    select exists (select 1 from \(Self.pairs.requests(1)) where \(Self.pairs.holds("$2")))
                    """,
                binding: [words, pattern]
            )
        ).row().get(0, as: Bool.self)
        return [.latest, isWhole ? .pairs : .parts]
    }

    /// Each two words of a name that follow one another, as name_pairs has them; empty for a single word.
    static func pairs(of name: String) -> [String] {
        let words = name.split(separator: " ")
        return zip(words, words.dropFirst()).map { "\($0) \($1)" }
    }

    /// The requests to look at, as SQL.
    ///
    /// - Parameter pairs: the number of the parameter with the pairs of words.
    func requests(_ pairs: Int) -> String {
        switch self {
        case .latest: "(select * from payment_request order by expires_at desc limit 2000) latest"
        case .pairs: "(select * from payment_request where name_pairs(payer_name) @> $\(pairs)::text[]) named"
        case .parts: "payment_request"
        }
    }

    /// That a request is of the name, as SQL.
    ///
    /// - Parameter pattern: the parameter with the name, escaped.
    func holds(_ pattern: String) -> String {
        // Not as the index of parts has it, which would then be read too.
        let name = self == .parts ? "folded(payer_name)" : "folded(payer_name) || ''"
        return "\(name) like '%' || \(pattern) || '%'"
    }
}
