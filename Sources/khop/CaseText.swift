import Collection
import Values
import Workflow

/// A case on one screen of a terminal: the bank's line, the notice, the request, and what was done.
enum CaseText {
    /// The state of the case, in one sentence.
    static func standing(_ found: JSON) -> Phrase {
        let id = found["id"]?.integer ?? 0
        let state = Vocabulary.caseState[Shown.text(found["state"])]
        guard let proposal = found["proposal"], !proposal.isNull else {
            return Phrase(vi: "Vụ việc \(id): \(state[.vietnamese]).", en: "Case \(id) is \(state[.english]).")
        }
        let action = Vocabulary.caseAction[Shown.text(proposal["action"])]
        let by = Shown.text(proposal["proposed_by"])
        return Phrase(
            vi:
                "Vụ việc \(id): \(state[.vietnamese]). \(by) đề xuất “\(action[.vietnamese])”, chờ người khác duyệt (khop case approve \(id)).",
            en:
                "Case \(id) is \(state[.english]): \(by) proposed “\(action[.english])”; another person must agree (khop case approve \(id))."
        )
    }

    static func describe(_ found: JSON) -> String {
        var text =
            "\(String(vi: "Vụ việc", en: "Case")) \(found["id"]?.integer ?? 0) · \(Shown.word(found["kind"], .caseKind))"
            + " · \(Shown.word(found["state"], .caseState))\n"
        if let sentence = found["sentence"]?.string { text += sentence + "\n" }
        text += Shown.list([
            (Phrase(vi: "số tiền", en: "amount"), Shown.money(found["amount"])),
            (Phrase(vi: "đang chờ xử lý", en: "in suspense"), Shown.money(found["suspense_left"])),
            (Phrase(vi: "tài khoản", en: "account"), Shown.text(found["account_number"])),
            (Phrase(vi: "cơ quan", en: "agency"), Shown.text(found["agency_code"])),
            (Phrase(vi: "mở lúc", en: "opened"), Shown.time(found["opened_at"])),
            (Phrase(vi: "hạn xử lý", en: "due"), due(found)),
            (Phrase(vi: "người xử lý", en: "assignee"), Shown.text(found["assignee"])),
            (Phrase(vi: "kết thúc", en: "ended"), ended(found)),
        ])
        text += line(found["statement_line"] ?? .null) + notice(found["notice"] ?? .null)
        text += request(found["payment_request"] ?? .null) + evidence(found["evidence"] ?? .null)
        text += proposal(found["proposal"] ?? .null) + suggestions(found["suggestions"] ?? .null)
        return text + refunds(found["refunds"]) + earlier(found["earlier_cases"]) + history(found["history"])
    }

    private static func due(_ found: JSON) -> String {
        let late = found["is_overdue"] == true ? String(vi: " (quá hạn)", en: " (overdue)") : ""
        return Shown.day(found["due_on"]) + late
    }

    private static func ended(_ found: JSON) -> String {
        guard found["ended_at"]?.string != nil else { return "" }
        let parts = [
            Shown.time(found["ended_at"]), Shown.text(found["ended_by"]), Shown.word(found["action"], .caseAction),
            Shown.text(found["note"]),
        ]
        return parts.filter { !$0.isEmpty }.joined(separator: " · ")
    }

    private static func line(_ line: JSON) -> String {
        Shown.section(
            Phrase(vi: "Dòng sao kê", en: "Statement line"),
            Shown.list([
                (Phrase(vi: "giao dịch", en: "transaction"), Shown.text(line["transaction_id"])),
                (Phrase(vi: "số tiền", en: "amount"), Shown.money(line["amount"])),
                (Phrase(vi: "hạch toán lúc", en: "booked"), Shown.time(line["booked_at"])),
                (
                    Phrase(vi: "người chuyển", en: "from"),
                    [Shown.text(line["counterparty_name"]), Shown.text(line["counterparty_account"])]
                        .filter { !$0.isEmpty }.joined(separator: " · ")
                ),
                (Phrase(vi: "nội dung", en: "memo"), Shown.text(line["memo"])),
                (
                    Phrase(vi: "sao kê, dòng", en: "statement, line"),
                    line["statement_id"]?.integer.map { "\($0), \(line["line_number"]?.integer ?? 0)" } ?? ""
                ),
            ])
        )
    }

    private static func notice(_ notice: JSON) -> String {
        Shown.section(
            Phrase(vi: "Thông báo của ngân hàng", en: "Notice"),
            Shown.list([
                (Phrase(vi: "giao dịch", en: "transaction"), Shown.text(notice["transaction_id"])),
                (Phrase(vi: "số tiền", en: "amount"), Shown.money(notice["amount"])),
                (Phrase(vi: "giao dịch lúc", en: "occurred"), Shown.time(notice["occurred_at"])),
                (Phrase(vi: "nhận lúc", en: "received"), Shown.time(notice["received_at"])),
                (Phrase(vi: "kết quả", en: "outcome"), Shown.word(notice["outcome"], .outcome)),
                (Phrase(vi: "nội dung", en: "memo"), Shown.text(notice["memo"])),
            ])
        )
    }

    private static func request(_ request: JSON) -> String {
        Shown.section(
            Phrase(vi: "Yêu cầu thanh toán", en: "Payment request"),
            Shown.list([
                (Phrase(vi: "mã thanh toán", en: "reference"), Shown.text(request["reference"])),
                (Phrase(vi: "hồ sơ", en: "dossier"), Shown.text(request["dossier_code"])),
                (Phrase(vi: "trạng thái", en: "status"), Shown.word(request["status"], .requestState)),
                (Phrase(vi: "phải nộp", en: "due"), Shown.money(request["amount_due"])),
                (Phrase(vi: "đã nhận", en: "received"), Shown.money(request["amount_received"])),
                (Phrase(vi: "đã hoàn", en: "refunded"), Shown.money(request["amount_refunded"])),
                (Phrase(vi: "hết hạn", en: "expires"), Shown.time(request["expires_at"])),
            ])
        )
    }

    /// Members of the evidence that are already shown with the bank's line and the notice.
    private static let shownAbove: Set<String> = [
        "memo", "pass", "booked_at", "line_amount", "transaction_id", "counterparty_name",
    ]

    /// The rest of the evidence kept with the case.
    private static func evidence(_ evidence: JSON) -> String {
        let pairs = (evidence.members ?? []).compactMap { member -> (Phrase, String)? in
            guard !member.value.isNull, !shownAbove.contains(member.name) else { return nil }
            let value =
                member.name.hasSuffix("_at")
                ? Shown.time(member.value) : member.value.string ?? member.value.serialized
            return (Phrase(same: member.name), value)
        }
        return Shown.section(Phrase(vi: "Chứng cứ", en: "Evidence"), Shown.list(pairs))
    }

    private static func proposal(_ proposal: JSON) -> String {
        Shown.section(
            Phrase(vi: "Đề xuất chờ duyệt", en: "Proposal that waits for approval"),
            Shown.list([
                (Phrase(vi: "quyết định", en: "action"), Shown.word(proposal["action"], .caseAction)),
                (Phrase(vi: "số tiền", en: "amount"), Shown.money(proposal["arguments"]?["amount"])),
                (Phrase(vi: "yêu cầu", en: "request"), Shown.text(proposal["arguments"]?["reference"])),
                (Phrase(vi: "ghi chú", en: "note"), Shown.text(proposal["note"])),
                (
                    Phrase(vi: "người đề xuất", en: "proposed by"),
                    [Shown.text(proposal["proposed_by"]), Shown.time(proposal["proposed_at"])].filter { !$0.isEmpty }
                        .joined(separator: " · ")
                ),
            ])
        )
    }

    private static func suggestions(_ suggestions: JSON) -> String {
        let lines = (suggestions.array ?? []).map { item in
            let parts = [
                Shown.text(item["reference"]), Shown.text(item["dossier_code"]), Shown.text(item["payer_name"]),
                Shown.word(item["status"], .requestState),
                String(
                    vi: "còn phải nộp \(Shown.money(item["still_due"]))",
                    en: "\(Shown.money(item["still_due"])) remaining"
                ),
                item["same_amount"] == true ? String(vi: "đúng số tiền", en: "same amount") : "",
                item["name_likeness"]?.integer.flatMap { $0 > 0 ? $0 : nil }.map {
                    String(vi: "tên giống \($0)%", en: "name \($0)% alike")
                } ?? "",
                item["names_dossier"] == true ? String(vi: "có mã hồ sơ", en: "names the dossier") : "",
                read(item["reference_in_memo"]),
            ]
            return "  " + parts.filter { !$0.isEmpty }.joined(separator: " · ") + "\n"
        }
        return Shown.section(Phrase(vi: "Có thể là yêu cầu", en: "It may be the request"), lines.joined())
    }

    /// How much of the request's reference the memo has.
    private static func read(_ reading: JSON?) -> String {
        guard let count = reading?["agreeing"]?.integer else { return "" }
        return String(vi: "\(count)/12 ký tự của mã", en: "\(count) of 12 characters of its reference")
    }

    private static func refunds(_ refunds: JSON?) -> String {
        let lines = (refunds?.array ?? []).map { item in
            "  \(Shown.text(item["id"])) · \(Shown.money(item["amount"])) · \(Shown.word(item["state"], .refundState))\n"
        }
        return Shown.section(Phrase(vi: "Khoản hoàn", en: "Refunds"), lines.joined())
    }

    private static func earlier(_ cases: JSON?) -> String {
        let lines = (cases?.array ?? []).map { item in
            "  \(item["id"]?.integer ?? 0) · \(Shown.word(item["kind"], .caseKind)) · \(Shown.money(item["amount"])) · \(Shown.word(item["state"], .caseState)) · \(Shown.time(item["opened_at"]))\n"
        }
        return Shown.section(
            Phrase(vi: "Vụ việc trước của yêu cầu này", en: "Earlier cases of the request"),
            lines.joined()
        )
    }

    private static func history(_ history: JSON?) -> String {
        let lines = (history?.array ?? []).map { item in
            let detail = item["detail"] ?? .null
            let parts = [
                Shown.time(item["at"]), Shown.word(item["event"], .caseEvent), Shown.text(item["by"]),
                Shown.word(detail["action"], .caseAction), Shown.money(detail["amount"]), Shown.text(detail["note"]),
                Shown.text(detail["assignee"]), Shown.day(detail["due_on"]), Shown.text(detail["title"]),
                Shown.text(detail["reference"]),
            ]
            return "  " + parts.filter { !$0.isEmpty }.joined(separator: " · ") + "\n"
        }
        return Shown.section(Phrase(vi: "Quá trình xử lý", en: "History"), lines.joined())
    }
}
