import Values

extension ConsoleTexts {
    /// Reports, and the views that persons keep.
    static let reportTexts: [String: Phrase] = [
        "reportsWord": Phrase(vi: "Báo cáo", en: "Reports"),
        "forWhom": Phrase(vi: "Dành cho", en: "For"),
        "look": Phrase(vi: "Xem", en: "Show"),
        "nothingInReport": Phrase(
            vi: "Không có gì trong kỳ và địa bàn này.",
            en: "There is nothing in this period and area."
        ),
        "procedureWord": Phrase(vi: "Thủ tục", en: "Procedure"),
        "startedWord": Phrase(vi: "Bắt đầu", en: "Started"),
        "keepView": Phrase(vi: "Lưu bộ lọc này", en: "Keep this view"),
        "ownViews": Phrase(vi: "Bộ lọc đã lưu", en: "Saved views"),
        "nameWord": Phrase(vi: "Tên", en: "Name"),
        "noViews": Phrase(
            vi: "Chưa có bộ lọc nào. Ở cuối một danh sách hoặc báo cáo có “Lưu bộ lọc này”.",
            en: "There are none yet. Below a list or a report stands “Keep this view”."
        ),
        "shareBy": Phrase(vi: "Chia sẻ bằng địa chỉ", en: "Share by its address"),
        "changeView": Phrase(vi: "Đổi tên, xóa", en: "Rename, delete"),
        "deleteView": Phrase(vi: "Xóa bộ lọc", en: "Delete the view"),
        "mapWord": Phrase(vi: "Bản đồ", en: "Map"),
        "byNeed": Phrase(vi: "Theo mức cần quan tâm", en: "By need"),
    ]
}
