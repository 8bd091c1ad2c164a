import Values

extension ConsoleTexts {
    static let rates: [String: Phrase] = [
        "refusedCallbacks": Phrase(vi: "Callback bị từ chối", en: "Refused callbacks"),
        "replay": Phrase(vi: "Phát lại", en: "Replay"),
        "undelivered": Phrase(vi: "Sự kiện không giao được", en: "Events that could not be delivered"),
        "levelWord": Phrase(vi: "Cấp và đơn vị", en: "Level and units"),
        "allAreas": Phrase(vi: "xem mọi địa bàn", en: "see all areas"),
        "rateWord": Phrase(vi: "Tỷ lệ", en: "Rate"),
        "targetWord": Phrase(vi: "Chỉ tiêu", en: "Target"),
        "previousWord": Phrase(vi: "Kỳ trước", en: "Period before"),
        "paidWord": Phrase(vi: "Đã thanh toán", en: "Paid"),
        "cashWord": Phrase(vi: "Tiền mặt", en: "In cash"),
        "byLocality": Phrase(vi: "Theo địa phương", en: "By locality"),
        "localityWord": Phrase(vi: "Địa phương", en: "Locality"),
        "rankWord": Phrase(vi: "Hạng", en: "Rank"),
        "trendWord": Phrase(vi: "Xu hướng theo tháng", en: "By month"),
        "exemptDossiers": Phrase(
            vi: "Hồ sơ được miễn toàn bộ, để báo Cổng Dịch vụ công quốc gia",
            en: "Dossiers exempted in full, to tell the national portal of"
        ),
        "exemptExport": Phrase(vi: "Tải danh sách (JSON)", en: "Download the list (JSON)"),
        "decision766": Phrase(vi: "Điểm theo Quyết định 766 (trên 10)", en: "Points of Decision 766 (of 10)"),
        "indicatorWord": Phrase(vi: "Chỉ số", en: "Indicator"),
        "pointsWord": Phrase(vi: "Điểm", en: "Points"),
        "forecastWord": Phrase(vi: "Dự báo cuối kỳ", en: "Expected at the end"),
        "liftsMost": Phrase(vi: "Điều nâng kết quả nhiều nhất", en: "What lifts us most"),
        "liftsPoints": Phrase(
            vi: "Thủ tục nâng điểm Quyết định 766 nhiều nhất, hết thủ tục này đến thủ tục khác",
            en: "Procedures that lift the points of Decision 766 most, one after the other"
        ),
        "liftsRate": Phrase(
            vi: "Địa phương đem lại 0,1 điểm phần trăm tiếp theo của tỷ lệ",
            en: "Localities that bring the next tenth of a percentage point of the rate"
        ),
        "nothingLeft": Phrase(vi: "Không còn gì để nâng.", en: "There is nothing left to lift."),
        "noPayments": Phrase(vi: "Không có khoản nào.", en: "There are no payments."),
        "dossierWord": Phrase(vi: "Hồ sơ", en: "Dossier"),
        "channelWord": Phrase(vi: "Kênh", en: "Channel"),
        "paidAtWord": Phrase(vi: "Thanh toán lúc", en: "Paid at"),
    ]
}
