import Collection
import PaymentQR
import Values

extension CasePage {
    /// Why a request may be meant, each in a few words, and whether it convinces.
    static func evidence(_ one: CaseSuggestion, _ word: Wording) -> [Evidence] {
        var told: [Evidence] = []
        func add(_ convinces: Bool, vi: String, en: String) {
            told.append(Evidence(text: word(vi: vi, en: en), convinces: convinces))
        }
        if one.noticeID != nil {
            add(true, vi: "đã được thông báo của ngân hàng ghi nhận", en: "posted by a bank's notice")
        } else if one.isSameAmount {
            add(true, vi: "đúng số tiền còn phải nộp", en: "exactly what remains")
        } else {
            add(false, vi: "gần bằng số tiền còn phải nộp", en: "about what remains")
        }
        if let reading = one.reading {
            told.append(Evidence(text: word[words(reading)], convinces: reading.certainty != .possible))
        }
        if one.namesDossier { add(true, vi: "nội dung chuyển có mã hồ sơ", en: "the memo has the dossier's code") }
        if one.nameLikeness > 0 {
            let likeness = one.nameLikeness
            add(
                likeness == 100,
                vi: "tên người nộp khớp \(likeness)%",
                en: "\(likeness)% of the payer's name is in the memo"
            )
        }
        let others = one.requestsOfSameAmount
        if one.isSameAmount, others == 1 {
            add(true, vi: "yêu cầu duy nhất có số tiền này", en: "the only request of this amount")
        } else if one.isSameAmount, others > 1 {
            add(
                false,
                vi: "\(others) yêu cầu có cùng số tiền",
                en: "\(others) requests have the same amount"
            )
        }
        return told
    }

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
