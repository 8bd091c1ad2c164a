import ArgumentParser
import Collection
import Foundation
import PaymentQR
import Server
import Spreadsheets
import Values
import Workflow

/// Walks through the main job from beginning to end, over real HTTP, and explains each step.
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: String(
            vi: "Đi qua công việc chính trên máy chủ đang chạy, từng bước.",
            en: "Walk through the main job against a running server, step by step."
        ),
        discussion: String(
            vi: """
                Cần `khop serve` ở KHOP_PUBLIC_URL và danh mục minh họa có hiệu lực. Tạo khóa, hai người dùng, kết nối ngân hàng
                có khóa bí mật riêng, yêu cầu thanh toán, một callback có chữ ký và một sao kê; chạy lại được.
                """,
            en: """
                Needs `khop serve` on KHOP_PUBLIC_URL and the demonstration catalogue in force. Makes keys, two persons, a bank
                connection with a secret of its own, payment requests, a signed callback and a statement; safe to repeat.
                """
        )
    )

    @Option(
        help: ArgumentHelp(vi: "Máy chủ (mặc định: KHOP_PUBLIC_URL).", en: "The server (default: KHOP_PUBLIC_URL).")
    ) var url: String?

    private static let agency = "H44.01"
    private static let connection = "demo-bank"

    func run() async throws {
        try await Program.withServices { services, settings in
            let base = url ?? settings.publicURL
            let http = HTTPCaller(baseURL: base)
            let stage = try await DemoStage.set(
                services,
                settings,
                http,
                agency: Demo.agency,
                connection: Demo.connection
            )
            try await walk(http, stage, services)
            title(Phrase(vi: "Xong", en: "What to try next"))
            print(Demo.next(base, stage)[.ofTerminal])
        }
    }

    private static func next(_ base: String, _ stage: DemoStage) -> Phrase {
        Phrase(
            vi: """
                  Dịch vụ              \(base)   (trang thanh toán của yêu cầu đầu tiên: mở bằng trình duyệt)
                  Khóa, mật khẩu       \(stage.secretsPath)   (chỉ chủ tệp đọc được)

                  curl -s -H "Authorization: Bearer $KEY" "\(base)/v1/reports/non-cash-rates?period=2026"
                  khop case list       các vụ việc chờ người xử lý
                  khop ledger verify   tính lại sổ
                  ops/stop             dừng dịch vụ
                """,
            en: """
                  The service          \(base)   (pay link of the first request: open it in a browser)
                  Keys, passwords      \(stage.secretsPath)   (for its owner's eyes alone)

                  curl -s -H "Authorization: Bearer $KEY" "\(base)/v1/reports/non-cash-rates?period=2026"
                  khop case list       what waits for a person
                  khop ledger verify   recompute the books
                  ops/stop             end the service
                """
        )
    }

    private func walk(_ http: HTTPCaller, _ stage: DemoStage, _ services: Services) async throws {
        try await quote(http, stage)
        let paid = try await order(http, stage)["reference"]?.string ?? ""
        let transaction = "FT" + stage.run + "01"
        try await callBack(http, stage, reference: paid, transaction)
        let lost = try await loseOneAndTakeCash(http, stage)
        let statement = try await importStatement(http, stage, services, transaction, paid: paid, lost: lost)
        try await reconcile(http, stage)
        try await confirm(http, stage, statement)
        try await report(services)
    }

    private func quote(_ http: HTTPCaller, _ stage: DemoStage) async throws {
        title(Phrase(vi: "1. Một khoản lệ phí", en: "1. A charge, at the counter and online"))
        say(
            Phrase(
                vi: "Cổng dịch vụ công hỏi mức thu đăng ký thường trú (1.004222) tại \(Demo.agency).",
                en: "The portal asks what permanent residence registration (1.004222) costs at \(Demo.agency)."
            )
        )
        for channel in ["counter_cash", "online"] {
            let quote = try await http.json(
                "POST",
                "/v1/quotes",
                key: stage.portal,
                ["agency_code": .string(Demo.agency), "procedure_code": "1.004222", "channel": .string(channel)]
            )
            print("   \(Vocabulary.channel[channel][.ofTerminal]): \(money(quote["amount_due"]))")
            for rule in quote["lines"]?.array?.first?["applied"]?.array ?? [] {
                print("      − \(money(rule["benefit"])) \(Shown.text(rule["sentence"]))")
            }
        }
    }

    private func order(_ http: HTTPCaller, _ stage: DemoStage) async throws -> JSON {
        title(Phrase(vi: "2. Yêu cầu thanh toán", en: "2. A payment request with its VietQR code"))
        let paid = try await request(http, stage, "DEMO-1", "online")
        let (reference, due) = (paid["reference"]?.string ?? "", money(paid["amount_due"]))
        let expires = Shown.time(paid["expires_at"])
        say(
            Phrase(
                vi: "mã thanh toán \(reference)   phải nộp \(due)   hết hạn \(expires)",
                en: "reference \(reference)   due \(due)   expires \(expires)"
            )
        )
        if let payload = paid["qr_payload"]?.string, let code = QRCode(payload) {
            print(code.terminal)
            print("   \(payload)")
        }
        say(Phrase(vi: "trang thanh toán ", en: "pay link ").followed(by: paid["pay_url"]?.string ?? ""))
        return paid
    }

    private func callBack(_ http: HTTPCaller, _ stage: DemoStage, reference: String, _ transaction: String) async throws
    {
        title(Phrase(vi: "3. Ngân hàng báo có", en: "3. The bank's signed callback settles it"))
        let (message, headers) = stage.sign(reference: reference, amount: 10_000, transaction)
        print("   POST /v1/callbacks/\(Demo.connection)  \(String(decoding: message, as: UTF8.self))")
        for attempt in [Phrase(vi: "lần đầu", en: "first"), Phrase(vi: "gửi lại", en: "again")] {
            let answer = try await http.send(
                "POST",
                "/v1/callbacks/\(Demo.connection)",
                headers: headers,
                body: message
            )
            say(attempt.followed(by: ": \(answer.status) \(String(decoding: answer.body, as: UTF8.self))"))
        }
        var forged = headers
        forged["webhook-signature"] = "v1," + Data(repeating: 7, count: 32).base64EncodedString()
        let refused = try await http.send("POST", "/v1/callbacks/\(Demo.connection)", headers: forged, body: message)
        let detail = try refused.json["detail"]?.string ?? ""
        say(Phrase(vi: "giả mạo", en: "forged").followed(by: ": \(refused.status) \(detail)"))
    }

    /// Returns the reference of the request whose callback was lost.
    private func loseOneAndTakeCash(_ http: HTTPCaller, _ stage: DemoStage) async throws -> String {
        title(Phrase(vi: "4. Thông báo bị mất, và tiền mặt", en: "4. A lost callback, and cash at the counter"))
        let lost = try await request(http, stage, "DEMO-2", "online")
        say(
            Phrase(
                vi: ": đã chuyển khoản nhưng ngân hàng không báo",
                en: ": paid by transfer, but its callback never arrived"
            ).prefixed(by: lost["reference"]?.string ?? "")
        )
        let cash = try await request(http, stage, "DEMO-3", "online")
        let body: JSON = [
            "payment_request_id": cash["id"] ?? .null, "channel": "counter_cash", "amount": cash["amount_due"] ?? .null,
        ]
        let told = try await http.send("POST", "/v1/counter-payments", key: stage.cashier, body: body.bytes)
        let (asked, answer) = (money(cash["amount_due"]), try told.json["detail"]?.string ?? "")
        say(
            Phrase(
                vi: "thu ngân thu \(asked): \(told.status) \(answer)",
                en: "a cashier takes \(asked): \(told.status) \(answer)"
            )
        )
        _ = try await http.json(
            "POST",
            "/v1/counter-payments",
            key: stage.cashier,
            [
                "payment_request_id": cash["id"] ?? .null, "channel": "counter_cash",
                "amount": try told.json["amount_due"] ?? .null,
            ]
        )
        let owed = money(try told.json["amount_due"])
        say(Phrase(vi: "sau đó thu \(owed): đã thanh toán", en: "then \(owed): paid"))
        return lost["reference"]?.string ?? ""
    }

    private func importStatement(
        _ http: HTTPCaller,
        _ stage: DemoStage,
        _ services: Services,
        _ transaction: String,
        paid: String,
        lost: String
    ) async throws -> Int64 {
        title(Phrase(vi: "5. Sao kê", en: "5. The bank's statement of the day"))
        let statement = try await stage.statement(
            services,
            [
                (transaction, 10_000, "RUT \(paid) LE PHI"),
                ("FT" + stage.run + "02", 10_000, "CK \(lost.lowercased()) nop le phi"),
                ("FT" + stage.run + "03", 50_000, "NGUYEN VAN A chuyen tien"),
            ]
        )
        print(statement.text.split(separator: "\n").map { "   \($0)" }.joined(separator: "\n"))
        let imported = try await http.send(
            "POST",
            "/v1/statements?account=\(stage.account)&format=csv",
            key: stage.finance.token,
            headers: ["Content-Type": "text/csv"],
            body: Array(statement.text.utf8)
        )
        print("   \(imported.status) \(String(decoding: imported.body, as: UTF8.self))")
        return try imported.json["id"]?.integer ?? 0
    }

    private func reconcile(_ http: HTTPCaller, _ stage: DemoStage) async throws {
        title(Phrase(vi: "6. Đối soát", en: "6. Reconciliation"))
        let run = try await http.json(
            "POST",
            "/v1/reconciliations",
            key: stage.finance.token,
            ["account_number": .string(stage.account), "through": .text(Instant.now().day)]
        )
        for name in Reconciliation.outcomes {
            print("   \(Vocabulary.outcome[name][.ofTerminal]): \(run[name]?.integer ?? 0)")
        }
        say(
            Phrase(
                vi: "Khoản bị mất chờ người khác xác nhận; khoản chuyển lạc ở tài khoản chờ xử lý, có một vụ việc.",
                en: "The lost one waits for another person; the stray transfer is in suspense, with a case."
            )
        )
    }

    /// The one who imported the statement may not confirm it; an approver does.
    private func confirm(_ http: HTTPCaller, _ stage: DemoStage, _ statement: Int64) async throws {
        title(Phrase(vi: "7. Người thứ hai xác nhận", en: "7. A second person confirms"))
        let path = "/v1/statements/\(statement)/confirm"
        let refused = try await http.send("POST", path, key: stage.finance.token)
        let detail = try refused.json["detail"]?.string ?? ""
        say(
            Phrase(vi: "người nhập (\(stage.finance.name))", en: "the importer (\(stage.finance.name))").followed(
                by: ": \(refused.status) \(detail)"
            )
        )
        let confirmed = try await http.json("POST", path, key: stage.approver.token, [:])
        let (lines, amount) = (confirmed["confirmed"]?.integer ?? 0, money(confirmed["amount_confirmed"]))
        say(
            Phrase(
                vi: "\(stage.approver.name): \(lines) dòng, \(amount) đã ghi nhận từ sao kê",
                en: "\(stage.approver.name): \(lines) line, \(amount) recovered from the statement"
            )
        )
    }

    private func report(_ services: Services) async throws {
        title(Phrase(vi: "8. Tỷ lệ không dùng tiền mặt", en: "8. The non-cash rate"))
        let (year, month, _) = Instant.now().day.components
        let period = "\(year)-\(month < 10 ? "0" : "")\(month)"
        let question = try NonCashReport.Question(
            period: period,
            from: nil,
            to: nil,
            basis: nil,
            level: nil,
            locality: nil,
            asOf: nil
        )
        print(try await services.reports.nonCash(question).sheet.table(in: .ofTerminal))

        title(Phrase(vi: "9. Sổ cái", en: "9. The books, recomputed"))
        for finding in try await services.ledger.verify() {
            print("   \(finding.ok ? "✓" : "✗") \(finding.title[.ofTerminal]): \(finding.detail[.ofTerminal])")
        }
    }

    private func request(_ http: HTTPCaller, _ stage: DemoStage, _ dossier: String, _ channel: String) async throws
        -> JSON
    {
        try await http.json(
            "POST",
            "/v1/payment-requests",
            key: stage.portal,
            [
                "dossier_code": .string("\(dossier)-\(stage.run)"), "agency_code": .string(Demo.agency),
                "procedure_code": "1.004222.000.00.00.H44", "channel": .string(channel),
            ]
        )
    }

    private func title(_ text: Phrase) { print("\n\u{1B}[1m\(text[.ofTerminal])\u{1B}[0m") }
    private func say(_ text: Phrase) { print("   " + text[.ofTerminal]) }
    private func money(_ json: JSON?) -> String { Money(json?.integer ?? 0).formatted(in: .ofTerminal) }
}
