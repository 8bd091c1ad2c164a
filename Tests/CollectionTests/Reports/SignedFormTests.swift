import FeeSchedule
import Foundation
import PureSupport
import Spreadsheets
import TestSupport
import Testing
import Values

@testable import Collection

/// Workbooks and PDFs that are signed as they are.
@Suite struct SignedFormTests {
    /// What openpyxl, which is not ours, reads of a workbook.
    private static func read(_ sheets: [Sheet], _ script: String) throws -> [String] {
        try PrivateFolder.with { folder in
            let path = folder + "/book.xlsx"
            try Data(try Workbook.xlsx(sheets)).write(to: URL(fileURLWithPath: path))
            let head =
                "import sys, openpyxl, zipfile, re\nbook = openpyxl.load_workbook(sys.argv[1])\ns = book.worksheets[0]\n"
            let printed = try OtherProgram.run(OtherProgram.python, ["-c", head + script, path])
            return String(decoding: printed, as: UTF8.self).split(separator: "\n").map(String.init)
        }
    }

    private static func line(_ code: String, _ name: String, paid: Int64, cash: Int64, target: Int64?)
        -> NonCashReport.Line
    {
        var figures = NonCashFigures()
        (figures.paid, figures.cash) = (paid, cash)
        return NonCashReport.Line(
            key: .locality(LocalityKey(code: code, validFrom: Day("2025-07-01")!)),
            nameVi: name,
            nameEn: name,
            figures: figures,
            target: target,
            onlineTarget: nil,
            previous: Rate(1, of: 2)
        )
    }

    private static func rates() throws -> NonCashReport {
        let period = try ReportPeriod("2026-11", basis: .calendar)
        var above = line("25", "Phú Thọ", paid: 500, cash: 0, target: 6000)
        above.isAboveLevel = true
        return NonCashReport(
            question: .init(period: period, level: .commune, locality: "25", asOf: .recorded),
            generatedAt: Instant("2026-11-25T12:31:11.196128Z")!,
            lines: [
                above, line("08001", "Phường Việt Trì", paid: 10, cash: 5, target: 6000),
                line("08002", "Xã Hy Cương", paid: 8, cash: 1, target: 6000),
            ],
            total: line("25", "Tổng cộng", paid: 518, cash: 6, target: 6000),
            quiet: [line("08003", "Xã Lâm Thao", paid: 0, cash: 0, target: 6000)],
            area: ReportedArea(code: "25", name: Phrase(same: "Phú Thọ"))
        )
    }

    @Test func `the rates are a form: head, sorted rows, local time, an axis to 100 % with the target, places to sign`()
        throws
    {
        let report = try Self.rates()
        let script = """
            for row in s.iter_rows(values_only=True):
                print('|'.join(str(v) for v in row if v is not None).replace('\\n', '/'))
            z = zipfile.ZipFile(sys.argv[1])
            chart = [z.read(n).decode() for n in z.namelist() if re.search('charts/chart', n)][0]
            print('AXIS', re.findall('<c:max val="([^"]*)"/><c:min val="([^"]*)"/>|<c:min val="([^"]*)"/>', chart),
                len(re.findall('<c:ser>', chart)), re.findall('<c:overlap val="([^"]*)"', chart),
                re.findall('<c:orientation val="([^"]*)"', chart))
            print('TABS', [w.title + ' ' + w.sheet_state for w in book.worksheets], [c.title for c in book.chartsheets])
            """
        let text = try Self.read([report.sheet], script)
        let all = text.joined(separator: "\n")
        #expect(text[0] == "ỦY BAN NHÂN DÂN PHÚ THỌ|CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "\(all)")
        #expect(text.contains { $0.contains("Độc lập - Tự do - Hạnh phúc") })
        #expect(all.contains("Số liệu đến 19:31:11 25/11/2026") && !all.contains("196128"))
        let names = ["Xã Hy Cương", "Phường Việt Trì", "Xã Lâm Thao", "Phú Thọ: cơ quan của cấp trên", "Tổng cộng"]
        let found = names.map { name in text.firstIndex { $0.contains(name) } ?? -1 }
        #expect(found == found.sorted() && !found.contains(-1), "\(all)")
        #expect(all.contains("NGƯỜI LẬP BIỂU|THỦ TRƯỞNG ĐƠN VỊ") && all.contains("(Ký, ghi rõ họ tên)"))
        let axis = text.first { $0.hasPrefix("AXIS") } ?? ""
        #expect(axis.contains("'1', '0'") && axis.contains(" 2 ['100']"), "\(axis)")
        #expect(text.last == "TABS ['Không tiền mặt visible', 'Số liệu biểu đồ hidden'] ['Biểu đồ']", "\(all)")
    }

    @Test func `every heading fits into its cell`() throws {
        let script = """
            heads = next(r for r in s.iter_rows() if str(r[0].value).startswith('Mã'))
            height = s.row_dimensions[heads[0].row].height
            for c in heads:
                width = s.column_dimensions[c.column_letter].width
                lines = 0
                for half in str(c.value).split('\\n'):
                    left, count = width, 1
                    for word in half.split(' '):
                        if len(word) * 1.1 > width: print('CLIPPED', word, width)
                        if left < width and len(word) * 1.1 > left: count, left = count + 1, width
                        left -= len(word) * 1.1 + 1
                    lines += count
                if lines * 14 > height: print('LOW', c.value, lines, height)
            print('done')
            """
        let period = try ReportPeriod("2026-11", basis: .calendar)
        let collections = CollectionsReport(
            period: period,
            locality: nil,
            generatedAt: .now(),
            lines: [],
            remittances: [],
            remitBy: period.to
        )
        #expect(try Self.read([try Self.rates().sheet], script) == ["done"])
        #expect(try Self.read([collections.sheet], script) == ["done"])
    }

    @Test func `collections have the names of agencies and the sum of each, and CSV has rows alone`() throws {
        let period = try ReportPeriod("2026-11", basis: .calendar)
        func line(_ agency: String, _ fee: String, _ amount: Int64) -> CollectionsReport.Line {
            .init(
                agencyCode: agency,
                feeCode: fee,
                nameVi: "Lệ phí \(fee)",
                kind: "charge",
                budgetCode: "2767",
                retainedRate: 0,
                requests: 1,
                quantity: 1,
                collected: Money(amount)
            )
        }
        var report = CollectionsReport(
            period: period,
            locality: nil,
            generatedAt: .now(),
            lines: [line("A", "F1", 1000), line("A", "F2", 2000), line("B", "F1", 4000)],
            remittances: [],
            remitBy: period.to
        )
        report.agencyNames = ["A": Phrase(same: "Sở A"), "B": Phrase(same: "Sở B")]
        let sheet = report.sheet
        // One line is its own sum.
        #expect(sheet.subtotals.keys.sorted() == [1])
        let script = "for r in s.iter_rows(values_only=True): print('|'.join(str(v) for v in r if v is not None))"
        let text = try Self.read([sheet], script)
        let sum = try #require(text.firstIndex { $0.hasPrefix("Cộng A|Cộng Sở A|2|3000") }, "\(text)")
        #expect(text[sum - 1].hasPrefix("A|Sở A|F2") && text[sum + 1].hasPrefix("B|Sở B|F1"))
        #expect(text.contains { $0.hasPrefix("Tổng cộng|3|7000") } && text.contains { $0.contains("lệ phí") })
        #expect(!sheet.csv.contains("Cộng A") && sheet.csv.contains("A,Sở A,F2"))
    }

    @Test func `a form is a PDF with the name of the state and places to sign`() throws {
        let bytes = try Self.rates().sheet.document(madeAt: Instant("2026-11-25T12:31:11Z")!).pdf()
        try PrivateFolder.with { folder in
            try Data(bytes).write(to: URL(fileURLWithPath: folder + "/form.pdf"))
            let text = String(
                decoding: try OtherProgram.run("pdftotext", ["-layout", folder + "/form.pdf", "-"]),
                as: UTF8.self
            )
            for words in [
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "ỦY BAN NHÂN DÂN PHÚ THỌ", "Xã Lâm Thao", "NGƯỜI LẬP BIỂU",
                "87,50%", "(Ký, ghi rõ họ tên)",
            ] { #expect(text.contains(words), "\(words) in \(text)") }
        }
    }
}
