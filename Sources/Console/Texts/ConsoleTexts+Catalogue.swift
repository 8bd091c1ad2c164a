import Values

extension ConsoleTexts {
    /// The catalogue, and how the installation is.
    static let catalogueTexts: [String: Phrase] = [
        "catalogueWord": Phrase(vi: "Danh mục", en: "Catalogue"),
        "proposalsWord": Phrase(vi: "Đề xuất", en: "Proposals"),
        "bringFiles": Phrase(vi: "Tải tệp danh mục lên", en: "Bring files of the catalogue"),
        "bringFilesText": Phrase(
            vi:
                "Một hoặc nhiều tệp; tệp không nêu thì giữ nguyên. Chưa có gì vào hiệu lực cho đến khi người khác duyệt. Tên tệp:",
            en:
                "One file or several; what is not given stays as it is. Nothing is in force until another person puts it there. Their names:"
        ),
        "filesWord": Phrase(vi: "Các tệp CSV", en: "Files (CSV)"),
        "checkAndPropose": Phrase(vi: "Kiểm tra và đề xuất", en: "Check and propose"),
        "faultsByLine": Phrase(vi: "Lỗi theo dòng", en: "Faults by line"),
        "versionsWord": Phrase(vi: "Các phiên bản", en: "Versions"),
        "versionWord": Phrase(vi: "Phiên bản", en: "Version"),
        "noVersions": Phrase(vi: "Chưa có danh mục.", en: "There is no catalogue yet."),
        "importedAt": Phrase(vi: "Có hiệu lực lúc", en: "In force since"),
        "by": Phrase(vi: "Người", en: "By"),
        "whatChanged": Phrase(vi: "Thay đổi", en: "What changed"),
        "noChanges": Phrase(vi: "Không có dòng nào.", en: "There are no rows."),
        "rehearsal": Phrase(
            vi: "Diễn tập với các khoản đã nộp tháng trước",
            en: "Rehearsal with last month's payments"
        ),
        "localityWord": Phrase(vi: "Địa bàn", en: "Locality"),
        "inForceWord": Phrase(vi: "Đang có hiệu lực", en: "In force"),
        "proposedWord": Phrase(vi: "Theo đề xuất", en: "Proposed"),
        "rowByRow": Phrase(vi: "Từng dòng", en: "Row by row"),
        "ownCatalogue": Phrase(
            vi: "Bạn đã đề xuất danh mục này: người khác đưa vào hiệu lực.",
            en: "You proposed this catalogue: another person puts it in force."
        ),
        "adopt": Phrase(vi: "Đưa vào hiệu lực", en: "Put it in force"),
        "turnDown": Phrase(vi: "Bác đề xuất", en: "Turn it down"),
        "toMend": Phrase(vi: "Cần sửa, cách sửa", en: "To mend, and how"),
        "soundThings": Phrase(vi: "Đang tốt", en: "Sound"),
        "queuesWord": Phrase(vi: "Hàng đợi", en: "Queues"),
        "jobsWord": Phrase(vi: "Việc chạy nền", en: "Background jobs"),
    ]
}
