import PaymentQR
import Values

extension CasePage {
    /// Which characters of the reference the memo has, and how sure that makes it.
    static func words(_ reading: MemoFinding) -> Phrase {
        let sure =
            switch reading.certainty {
            case .proof: Phrase(vi: "không thể là mã khác", en: "it can be no other")
            case .likely: Phrase(vi: "rất có thể", en: "likely")
            case .possible: Phrase(vi: "có thể", en: "possible")
            }
        let count = reading.agreeingInBody
        return Phrase(
            vi: "nội dung có \(count) trong 12 ký tự của mã tham chiếu (\(sure[.vietnamese]))",
            en: "the memo has \(count) of the 12 characters of the reference (\(sure[.english]))"
        )
    }
}
