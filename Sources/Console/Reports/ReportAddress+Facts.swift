import Values
import Workflow

extension ReportAddress {
    /// What narrows a list down, in words.
    func facts(_ word: Wording) -> [Fact] {
        let days = [self["from"], self["to"]].compactMap { $0.flatMap { Day($0) }?.formatted }.joined(separator: " – ")
        let counted: String? =
            switch self["counted"] {
            case "cash": word(vi: "tiền mặt", en: "in cash")
            case "non_cash": word(vi: "không dùng tiền mặt", en: "without cash")
            case "online", "true": word(vi: "trực tuyến", en: "online")
            default: nil
            }
        let channel = self["by"] == "channel" ? self["row"].map { word[Vocabulary.channel[$0]] } : nil
        return [
            Fact(word(vi: "Kỳ", en: "Period"), self["period"] ?? days),
            Fact(word(vi: "Địa bàn", en: "Area"), self["locality"]),
            Fact(word(vi: "Dòng", en: "Row"), channel ?? self["row"]),
            Fact(word(vi: "Cơ quan", en: "Agency"), self["agency"]),
            Fact(word(vi: "Khoản thu", en: "Fee"), self["fee"]),
            Fact(word(vi: "Căn cứ", en: "Rule"), self["rule_code"]),
            Fact(word(vi: "Thủ tục", en: "Procedure"), self["procedure"]),
            Fact(word(vi: "Tính", en: "Counted"), counted),
            Fact(word(vi: "Ngày trong tuần", en: "Weekday"), self["weekday"].flatMap { weekday($0, word) }),
            Fact(word(vi: "Giờ", en: "Hour"), self["hour"].map { $0 + ":00 – " + $0 + ":59" }),
        ].compactMap { $0 }
    }

    private func weekday(_ number: String, _ word: Wording) -> String? {
        guard let number = Int(number), (1...7).contains(number) else { return nil }
        return word[ReportFilter.weekdays[number - 1]]
    }
}
