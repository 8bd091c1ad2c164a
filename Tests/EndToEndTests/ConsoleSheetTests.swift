import Collection
import Foundation
import Identity
import Spreadsheets
import TestSupport
import Testing
import Values

/// Cases taken out as a workbook, filled in, and sent again.
@Suite struct ConsoleSheetTests {
    private static let head = "Vụ việc,Cách xử lý,Gắn vào mã,Số tiền xử lý,Ghi chú\n"

    private func send(_ visitor: PageVisitor, _ bytes: [UInt8], csrf: String) async throws -> PageVisitor.Page {
        let sent = try await visitor.drop([("bang.xlsx", bytes)], csrf: csrf, at: "/console/cases/sheet")
        return if let place = sent.location { try await visitor.get(place) } else { sent }
    }

    /// Where the form that does what a table says is sent.
    private func place(_ page: PageVisitor.Page) throws -> String {
        String(try #require(page.text.firstMatch(of: /action="(\/console\/cases\/sheet\/[^"]+)"/), "\(page.text)").1)
    }

    @Test func `a filled table is looked at row by row, sent, and approved by another`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let asked = try await desk.ask(4)
            _ = try await desk.reconcile(ConsoleDesk.statement(asked))
            let clerk = try await desk.visitor(.finance, name: "Lan")
            let list = try await clerk.get("/console/cases?state=open")
            #expect(list.text.contains("/console/cases/sheet.xlsx?state=open"))
            let book = try await clerk.get("/console/cases/sheet.xlsx?state=open")
            #expect(book.status == 200 && book.headers["content-type"]?.contains("spreadsheetml") == true)
            let rows = [
                "#1,link,\(asked[0].reference),,theo gợi ý", "2,gan vao yeu cau,\(asked[1].reference),,như trên",
                // The same request once more, a case that is none, no reason, no action of a table.
                "3,link,\(asked[0].reference),,nhầm", "999,link,\(asked[3].reference),,x",
                "4,link,\(asked[3].reference),,", "4,chia cho nhiều yêu cầu,,,x", "4,,,,chưa điền",
            ]
            let preview = try await send(clerk, Array((Self.head + rows.joined(separator: "\n")).utf8), csrf: list.csrf)
            #expect(preview.status == 200 && preview.text.contains("2 rows can be done, 4 cannot"), "\(preview.text)")
            #expect(preview.text.contains("goes to another case above"))
            let open: Int64 = try await server.services.database.query("select count(*) from case_proposal").row().get(
                0
            )
            #expect(open == 0)
            let (form, place) = (["csrf": preview.csrf], try place(preview))
            // The page may be opened again.
            #expect(try await clerk.get(place).text.contains("2 rows can be done, 4 cannot"))
            // Another person has no hold of it.
            let other = try await desk.visitor(.finance, name: "Hoa")
            let own = try await other.get("/console/cases")
            #expect(try await other.post(place, ["csrf": own.csrf]).status == 404)
            #expect(try await other.get(place).status == 404)
            #expect(try await clerk.post(place, form).location == place)
            for _ in 1...2 { #expect(try await clerk.get(place).text.contains("2 rows are done, 4 are not")) }
            #expect(try await clerk.post(place, form).status == 404)
            let proposed = try await server.services.database.query(
                "select case_id from case_proposal where state = 'waiting' order by 1"
            ).map { try $0.get(0, as: Int64.self) }
            #expect(proposed == [1, 2])
        }
    }

    @Test func `the workbook that was taken out is read back as it was filled in`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let asked = try await desk.ask(2)
            _ = try await desk.reconcile(ConsoleDesk.statement(asked))
            var sheet = try await server.services.caseSheets.sheet(Cases.Filter(), seenWith: .full)
            #expect(sheet.rows.count == 2)
            let filled: [Sheet.Cell] = [
                .text("gắn vào yêu cầu"), .text(asked[1].reference), .empty, .text("điền trong Excel"),
            ]
            sheet.rows[1] = Array(sheet.rows[1].dropLast(4)) + filled
            let clerk = try await desk.visitor(.finance)
            let page = try await clerk.get("/console/cases")
            let preview = try await send(clerk, try Workbook.xlsx([sheet]), csrf: page.csrf)
            #expect(preview.text.contains("1 rows can be done, 0 cannot"), "\(preview.text)")
            #expect(preview.text.contains("điền trong Excel") && preview.text.contains(asked[1].reference))
        }
    }

    @Test func `a file that is no table, or another one, is told on the page`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let clerk = try await desk.visitor(.finance)
            let csrf = try await clerk.get("/console/cases").csrf
            for (bytes, told) in [
                (Array("a,b\n1,2\n".utf8), "has no columns"), ([0x50, 0x4B, 0x03, 0x04, 0], "ZIP"),
                ([0xFF, 0xFE], "UTF-8"),
                (Array(Self.head.utf8), "needs 1 to 500 rows"),
            ] as [([UInt8], String)] {
                let page = try await send(clerk, bytes, csrf: csrf)
                #expect(page.status == 422 && page.text.contains(told), "\(told): \(page.status) \(page.text)")
            }
            #expect(try await send(clerk, Array(Self.head.utf8), csrf: "0").status == 403)
            let auditor = try await desk.visitor(.auditor)
            let read = try await auditor.get("/console/cases")
            #expect(read.status == 200 && !read.text.contains("action=\"/console/cases/sheet\""))
            #expect(try await send(auditor, Array(Self.head.utf8), csrf: read.csrf).status == 403)
        }
    }
}
