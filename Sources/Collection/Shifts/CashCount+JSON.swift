public import Casework
import Values

extension CashCount {
    /// Reads the members `counts: {"500000": 2, …}` and `others`.
    ///
    /// - Returns: an empty count beside a fault, which `body.finish()` throws.
    public static func read(_ body: inout BodyReader) -> CashCount {
        var pieces: [Int64: Int64] = [:]
        if let given = body.optionalObject("counts") {
            for member in given.members ?? [] {
                let path = "/counts/" + member.name.prefix(20)
                guard let note = Int64(member.name), CashCount.denominations.contains(note) else {
                    body.fault(path, .oneOf(CashCount.denominations.map(String.init)))
                    continue
                }
                guard let count = member.value.integer, (0...CashCount.maximumPieces).contains(count) else {
                    body.fault(path, CashCount.wrongPieces)
                    continue
                }
                pieces[note] = count
            }
        }
        let others = body.optionalInteger("others", 0...CashCount.maximumOthers.dong, BodyReader.wholeDong) ?? 0
        return CashCount(pieces: pieces, others: Money(others)) ?? .nothing
    }

    static let wrongPieces = Phrase(
        vi: "phải là số tờ, từ 0 đến 1000000",
        en: "must be a number of notes, from 0 to 1000000"
    )
}
