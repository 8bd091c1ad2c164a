import Collection
import Foundation
import Identity
import PaymentQR
import Server
import TestSupport
import Testing
import Values

/// What is printed and signed: the reconciliation record of a day, letters that ask banks.
@Suite struct ConsolePaperTests {
    private static func options() -> ServerOptions {
        var options = ServerOptions(publicURL: "http://127.0.0.1:1")
        options.installation.name = Phrase(vi: "Sở Tài chính tỉnh Phú Thọ", en: "Phú Thọ Department of Finance")
        return options
    }

    /// Keeps a PDF beside the pictures of the pages; returns its path.
    private static func kept(_ bytes: [UInt8], _ name: String) throws -> String {
        let folder = Repository.home + "/pictures"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = "\(folder)/\(name).pdf"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        _ = try OtherProgram.run("pdftoppm", ["-png", "-r", "80", path, "\(folder)/\(name)"])
        return path
    }

    private static func output(_ program: String, _ arguments: [String]) throws -> String {
        String(decoding: try OtherProgram.run(program, arguments), as: UTF8.self)
    }

    private static func text(_ path: String) throws -> String { try output("pdftotext", ["-layout", path, "-"]) }

    /// Whether each font of a PDF is embedded, so that it looks the same everywhere and its text can be selected.
    private static func embedsFonts(_ path: String) throws -> Bool {
        let rows = try output("pdffonts", [path]).split(separator: "\n").dropFirst(2)
        return !rows.isEmpty
            && rows.allSatisfy { $0.split(separator: " ").dropLast(2).suffix(3) == ["yes", "yes", "yes"] }
    }

    private static func with(_ body: @Sendable (ConsoleDesk) async throws -> Void) async throws {
        try await TestDatabase.withServices { services in
            try await LiveServer.over(services, options()) { try await body(ConsoleDesk(server: $0)) }
        }
    }

    @Test func `the record of a day is a paper to sign, and then the paper that was signed`() async throws {
        try await Self.with { desk in
            let asked = try await desk.ask(3)
            _ = try await desk.reconcile(ConsoleDesk.statement(asked))
            let today = Instant.now().day
            let page = "/console/days/\(ConsoleDesk.account)/\(today)"
            let clerk = try await desk.visitor(.finance, name: "Nguyễn Thị Lan")
            let shown = try await clerk.get(page)
            #expect(shown.text.contains("href=\"\(page)/record.pdf\""))
            let draft = try await clerk.get(page + "/record.pdf")
            #expect(draft.status == 200 && draft.headers["content-type"] == "application/pdf")
            let unsigned = try Self.text(try Self.kept(draft.bytes, "record-unsigned"))
            #expect(unsigned.contains("Chưa ai ký biên bản này trên hệ thống."), "\(unsigned)")
            _ = try await clerk.post(page + "/sign", ["csrf": shown.csrf, "note": "ba vụ việc chờ tra soát"])
            let approver = try await desk.visitor(.approver, name: "Trần Văn Minh")
            let second = try await approver.get(page)
            _ = try await approver.post(page + "/countersign", ["csrf": second.csrf])
            let signed = try await clerk.get(page + "/record.pdf")
            let path = try Self.kept(signed.bytes, "record-signed")
            let text = try Self.text(path)
            for part in [
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "SỞ TÀI CHÍNH TỈNH PHÚ THỌ",
                "BIÊN BẢN ĐỐI SOÁT", "/BB-ĐS", ConsoleDesk.account, "Theo ngân hàng", "Theo sổ sách", "Chênh lệch",
                "chưa xác định", "Khoản còn mở khi ký", "ba vụ việc chờ tra soát", "Ký trên hệ thống: Nguyễn Thị Lan",
                "Ký lần hai: Trần Văn Minh", "NGƯỜI LẬP", "KẾ TOÁN TRƯỞNG", "ĐẠI DIỆN NGÂN HÀNG", today.formatted,
            ] { #expect(text.contains(part), "\(part) in \(text)") }
            // Both have signed here, and no hand is asked for.
            #expect(text.components(separatedBy: "Đã ký trên hệ thống").count == 3, "\(text)")
            #expect(text.components(separatedBy: "Trần Văn Minh").count == 3, "\(text)")
            // Codes and times of programs have no place on it.
            for code in ["unmatched", "awaiting_line", "+07:00", "+00:00"] {
                #expect(!text.contains(code), "\(code) in \(text)")
            }
            #expect(try Self.embedsFonts(path))
            let key = try await desk.server.key(.auditor)
            let asAPI = try await desk.server.send(
                "GET",
                "/v1/reports/reconciliation?account=\(ConsoleDesk.account)&day=\(today)&format=pdf",
                key: key
            )
            #expect(asAPI.status == 200 && asAPI.headers["content-type"] == "application/pdf")
            let other = try await desk.server.send("GET", "/v1/reports/collections?format=pdf", key: key)
            #expect(other.status == 400 || other.status == 422, "\(other.status)")
        }
    }

    @Test func `banks are asked about many cases by one letter each, and what was asked is noted`() async throws {
        try await Self.with { desk in
            let asked = try await desk.ask(3)
            _ = try await desk.reconcile(ConsoleDesk.statement(asked))
            let clerk = try await desk.visitor(.finance)
            let sent = try await clerk.get(
                "/console/cases/batch?step=inquiry&back=%2Fconsole%2Fcases%3Fstate%3Dopen&case-1=1&case-2=1"
            )
            let address = try #require(sent.location)
            #expect(sent.status == 303 && address.hasPrefix("/console/cases/inquiry?cases=1.2&"))
            let page = try await clerk.get(address)
            let link = try #require(
                page.text.firstMatch(of: /href="(\/console\/cases\/inquiry\.pdf[^"]+)"/),
                "\(page.text)"
            )
            let letter = try await clerk.get(String(link.1).replacing("&amp;", with: "&"))
            #expect(letter.headers["content-type"] == "application/pdf")
            let path = try Self.kept(letter.bytes, "inquiry")
            let text = try Self.text(path)
            for part in [
                "THƯ TRA SOÁT", "Kính gửi", "SỞ TÀI CHÍNH TỈNH PHÚ THỌ", "tra soát 2 giao dịch", "C0", "C1",
                "nop le phi ho so", "Vụ việc số 1", "Vụ việc số 2", "THỦ TRƯỞNG ĐƠN VỊ",
            ] { #expect(text.contains(part), "\(part) in \(text)") }
            #expect(!text.contains("C2") && !text.contains("unmatched"))
            #expect(try Self.embedsFonts(path))
            let form = ["csrf": page.csrf, "note": "công văn 12/TS", "back": "/console/cases?state=open"]
            let noted = try await clerk.post("/console/cases/inquiry?cases=1.2", form)
            #expect(noted.status == 303 && noted.location == "/console/cases?state=open&done=2", "\(noted.text)")
            let history: Int64 = try await desk.server.services.database.query(
                "select count(*) from case_event where event = 'asked_bank' and detail ->> 'note' = 'công văn 12/TS'"
            ).row().get(0)
            #expect(history == 2)
            let alone = try await clerk.get("/console/cases/3")
            #expect(alone.text.contains("/console/cases/3/inquiry.pdf"))
            #expect(try await clerk.get("/console/cases/3/inquiry.pdf").headers["content-type"] == "application/pdf")
        }
    }

    @Test func `a letter is about the own cases alone, and takes some`() async throws {
        try await Self.with { desk in
            _ = try await desk.reconcile(ConsoleDesk.statement(try await desk.ask(1)))
            let clerk = try await desk.visitor(.finance)
            #expect(try await clerk.get("/console/cases/inquiry.pdf?cases=1.999").status == 404)
            #expect(try await clerk.get("/console/cases/inquiry?cases=").status == 422)
            #expect(try await clerk.get("/console/cases/1/inquiry.pdf?bank=000000").status == 404)
            let auditor = try await desk.visitor(.auditor)
            let page = try await auditor.get("/console/cases/inquiry?cases=1")
            #expect(page.status == 200 && !page.text.contains("name=\"note\""))
            let token = ["csrf": page.csrf, "note": "x"]
            #expect(try await auditor.post("/console/cases/inquiry?cases=1", token).status == 403)
            let entries: Int64 = try await desk.server.services.database.query(
                "select count(*) from audit_entry where action = 'read.inquiry'"
            ).row().get(0)
            #expect(entries == 0)
            _ = try await auditor.get("/console/cases/1/inquiry.pdf")
            let read: String = try await desk.server.services.database.query(
                "select subject from audit_entry where action = 'read.inquiry'"
            ).row().get(0)
            #expect(read == "case:1")
        }
    }
}
