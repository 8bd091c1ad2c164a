import Values

extension ConsoleTexts {
    /// The description of the API.
    static let docsTexts: [String: Phrase] = [
        "docsBegin": Phrase(vi: "Bắt đầu", en: "To begin"),
        "docsKey": Phrase(
            vi:
                "Mỗi chương trình có một khóa (khop_…), gửi trong Authorization: Bearer. Việc của người thì đăng nhập bằng POST /v1/sessions.",
            en:
                "A program has a key (khop_…), which it sends in Authorization: Bearer. What takes a person takes a login: POST /v1/sessions."
        ),
        "docsProblem": Phrase(
            vi:
                "Từ chối là application/problem+json (RFC 9457): type ổn định, detail nói phải làm gì, errors nêu từng trường sai. Ngôn ngữ theo Accept-Language.",
            en:
                "A refusal is application/problem+json (RFC 9457): a stable type, a detail that says what to do, and errors with each field. Its language is that of Accept-Language."
        ),
        "docsRepeat": Phrase(
            vi: "Gửi lại cùng Idempotency-Key và nội dung thì được đúng câu trả lời đầu tiên.",
            en: "The same Idempotency-Key and body give the first answer again."
        ),
        "docsEvents": Phrase(
            vi:
                "Sự kiện gửi tới cổng được ký theo Standard Webhooks; ví dụ kiểm tra bằng Python, JavaScript, PHP, Java, C# ở docs/examples của mã nguồn.",
            en:
                "Events to portals are signed as Standard Webhooks has it; docs/examples of the sources has verifiers in Python, JavaScript, PHP, Java and C#."
        ),
        "docsOpen": Phrase(vi: "không cần khóa", en: "without a key"),
        "docsField": Phrase(vi: "Trường", en: "Field"),
        "docsType": Phrase(vi: "Kiểu", en: "Type"),
        "docsMeaning": Phrase(vi: "Ý nghĩa", en: "Meaning"),
        "docsSecret": Phrase(vi: "khóa mẫu", en: "sample secret"),
        "docsSent": Phrase(vi: "Thông điệp", en: "The message"),
    ]
}
