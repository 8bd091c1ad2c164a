import Values

extension ConsoleTexts {
    /// Letters to banks.
    static let inquiryTexts: [String: Phrase] = [
        "inquiryLetter": Phrase(vi: "Thư tra soát (PDF)", en: "Letter of inquiry (PDF)"),
        "inquiryChosen": Phrase(vi: "Tra soát các vụ việc đã chọn", en: "Ask the banks about those chosen"),
        "inquiryNoted": Phrase(vi: "Ghi nhận đã hỏi ngân hàng", en: "Note that the banks are asked"),
        "inquiryNotedText": Phrase(
            vi: "Ghi vào lịch sử của từng vụ việc; vụ việc vẫn mở cho đến khi có trả lời.",
            en: "It goes into the history of each case; the cases stay open until there is an answer."
        ),
        "inquiryNote": Phrase(vi: "Ghi nhận", en: "Note it"),
        "recordPDF": Phrase(vi: "Biên bản đối soát (PDF)", en: "Reconciliation record (PDF)"),
    ]
}
