import Values

extension Reason.Code {
    /// What a request is assessed by.
    var assessmentPhrase: Phrase? {
        switch self {
        case .reductionApplied:
            Phrase(
                vi: "Miễn, giảm {benefit} theo quy định {rule}: {legal_basis}.",
                en: "{benefit} is taken off by the reduction {rule}: {legal_basis}."
            )
        case .discountApplied:
            Phrase(
                vi: "Giảm {benefit} theo mức thu ưu đãi {rule}: {legal_basis}.",
                en: "{benefit} is taken off by the discount {rule}: {legal_basis}."
            )
        case .assessmentDayNotYours:
            Phrase(
                vi:
                    "Tại quầy, mức thu được tính theo ngày hôm nay, không theo ngày {day}: hãy bỏ assessed_on. Nếu hồ sơ đã tiếp nhận từ ngày đó thì cổng dịch vụ công hoặc quản trị viên lập yêu cầu.",
                en:
                    "At a counter the prices of today apply, not those of {day}: leave assessed_on out. If the dossier was received on that day, the portal or an administrator makes the request."
            )
        case .assessmentDayAhead:
            Phrase(
                vi:
                    "Ngày {day} chưa đến: hãy nêu ngày đã tiếp nhận hồ sơ, hoặc bỏ assessed_on để tính theo hôm nay.",
                en:
                    "{day} is yet to come: name the day on which the dossier was received, or leave assessed_on out for today."
            )
        case .assessmentDayTooFarBack:
            Phrase(
                vi:
                    "Ngày {day} đã quá {days} ngày: chỉ tính được theo ngày tiếp nhận hồ sơ trong {days} ngày gần đây.",
                en:
                    "{day} is more than {days} days ago: a dossier can be assessed by a day of the last {days} days alone."
            )
        case .evidenceMissing:
            Phrase(
                vi:
                    "Đối tượng {category} được giảm {benefit} theo {rule} ({legal_basis}): hãy gửi giấy tờ chứng minh trong payer.evidence (kind, number).",
                en:
                    "The category {category} takes {benefit} off by {rule} ({legal_basis}): send the paper that proves it as payer.evidence (kind, number)."
            )
        default: nil
        }
    }
}
