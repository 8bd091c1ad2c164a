public import Values

/// What a witness says of the seals, to be compared with those in the database.
public struct ToldSeals: Sendable {
    /// Who says it, in words for people.
    public let witness: Phrase
    /// What it says of each seal, by its number; it need not know all.
    public let records: [Int64: JSON]

    public init(witness: Phrase, records: [Int64: JSON]) {
        self.witness = witness
        self.records = records
    }

    /// Reads what a witness over HTTP answered: a seal on each line.
    public init(of url: String, lines: [JSON]) throws {
        var records: [Int64: JSON] = [:]
        for line in lines {
            guard let number = line["number"]?.integer else {
                throw ServiceError(
                    .invalidParameter,
                    at: "--witness-url",
                    Phrase(
                        vi: "\(url) trả lời không phải niêm phong: mỗi dòng phải là một niêm phong dạng JSON",
                        en: "\(url) did not answer with seals: each line must be a seal in JSON"
                    )
                )
            }
            records[number] = line
        }
        self.init(witness: Phrase(vi: "nhân chứng \(url)", en: "the witness \(url)"), records: records)
    }
}
