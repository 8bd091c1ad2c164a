import Values

extension ConsoleTexts {
    /// What portals are told.
    static let eventTexts: [String: Phrase] = [
        "eventsWord": Phrase(vi: "Sự kiện", en: "Events"),
        "event": Phrase(vi: "Sự kiện", en: "Event"),
        "about": Phrase(vi: "Về", en: "About"),
        "deliveries": Phrase(vi: "Giao cho các nơi nhận", en: "Deliveries"),
        "noDeliveries": Phrase(vi: "Không có nơi nhận nào đăng ký sự kiện này.", en: "No endpoint subscribed to it."),
        "noEvents": Phrase(vi: "Không có sự kiện nào.", en: "There are no events."),
        "resendChosen": Phrase(vi: "Gửi lại các sự kiện đã chọn", en: "Send those chosen again"),
        "attempts": Phrase(vi: "Số lần gửi", en: "Attempts"),
        "nextAttempt": Phrase(vi: "Lần gửi tới", en: "Next attempt"),
        "deliveredAt": Phrase(vi: "Đã giao", en: "Delivered"),
        "lastError": Phrase(vi: "Lỗi gần nhất", en: "Last error"),
        "asCurl": Phrase(vi: "Dưới dạng lệnh cURL", en: "As a command of cURL"),
        "headers": Phrase(vi: "Các header", en: "Headers"),
        "bodyWord": Phrase(vi: "Nội dung gửi", en: "Body"),
    ]
}
