import Foundation
import Statements
import Testing
import Values

@Suite struct WorkbookTests {
    /// Builds a workbook with openpyxl: `rows` is Python that fills `sheet` of `book`.
    private func workbook(_ rows: String) throws -> [UInt8] {
        let program = """
            import datetime, openpyxl
            book = openpyxl.Workbook()
            sheet = book.active
            \(rows)
            book.save('book.xlsx')
            """
        return try withPython(program) { _, folder in Array(try Data(contentsOf: folder.appending(path: "book.xlsx"))) }
    }

    private let acb =
        "sheet.append(['Ngày hiệu lực', 'Ngày giao dịch', 'Số GD', 'Nội dung giao dịch', 'Ghi nợ', 'Ghi có', 'Số dư'])\n"

    @Test func `dates, numbers, texts and empty cells are read as displayed`() throws {
        let book = try workbook(
            acb + """
                sheet.append([datetime.date(2026, 11, 21), datetime.datetime(2026, 11, 21, 9, 30, 15), 5008123, 'phí', None, 115000, 1115000.0])
                sheet.append(['22/11/2026', '22/11/2026 23:59:59', 'GD2', None, '15.000', None, '1.100.000'])
                sheet.append([])
                sheet.append([None, None, None, None, None, None, None, 'far right'])
                sheet.append([None, datetime.datetime(2026, 11, 23, 0, 0, 0), 'GD3', 'x', None, 1e5, 1.2e6])
                """
        )
        let read = try read(book)
        #expect(read.lines.map(\.amount) == [Money(115_000), Money(-15_000), Money(100_000)])
        #expect(
            read.lines.map(\.bookedAt.description) == [
                "2026-11-21T09:30:15+07:00", "2026-11-22T23:59:59+07:00", "2026-11-23T00:00:00+07:00",
            ]
        )
        #expect(
            read.lines.map(\.transactionID) == ["5008123", "GD2", "GD3"] && read.lines.map(\.lineNumber) == [2, 3, 6]
        )
        #expect(read.lines.map(\.valueDate) == [Day("2026-11-21"), Day("2026-11-22"), nil])
        #expect(read.summary.closingBalance == Money(1_200_000) && read.summary.layout == "acb")
    }

    @Test func `every second of a day is read exactly`() throws {
        let book = try workbook(
            acb + """
                for second in range(0, 86400, 97):
                    time = datetime.datetime(2026, 11, 21) + datetime.timedelta(seconds=second)
                    sheet.append([None, time, str(second), None, None, 1, None])
                """
        )
        let start = Day("2026-11-21")!.start
        let lines = try read(book).lines
        #expect(lines.count == 891)
        #expect(lines.allSatisfy { $0.bookedAt == start.adding(seconds: Int64($0.transactionID!)!) })
    }

    @Test func `days may be counted from 1904, and the first visible sheet is read`() throws {
        let book = try workbook(
            """
            from openpyxl.utils.datetime import CALENDAR_MAC_1904
            book.epoch = CALENDAR_MAC_1904
            sheet.append(['hidden']); sheet.sheet_state = 'hidden'
            sheet = book.create_sheet('Two')
            """ + "\n" + acb + "sheet.append([None, datetime.datetime(2026, 11, 21, 9, 30), 'A', None, None, 1, None])"
        )
        #expect(try read(book).lines.first?.bookedAt == Instant("2026-11-21T09:30:00+07:00"))
    }

    @Test func `fractional amounts and errors are refused with their row`() throws {
        let book = try workbook(
            acb + """
                sheet.append([None, '22/11/2026', 'A', None, None, 0.5, None])
                sheet.append([None, '22/11/2026', 'B', None, None, '#REF!', None])
                sheet.append([None, 46000, 'C', None, None, 5, None])
                """
        )
        #expect(faults(book).map { "\($0.line) \($0.field)" } == ["2 credit", "3 credit", "4 booked_at"])
    }

    @Test func `a decompression bomb is not read to its end`() throws {
        let program = """
            import zipfile
            with zipfile.ZipFile('bomb.xlsx', 'w', zipfile.ZIP_DEFLATED) as archive:
                archive.writestr('xl/workbook.xml', '<workbook xmlns:r="r"><sheets><sheet r:id="a"/></sheets></workbook>')
                archive.writestr('xl/_rels/workbook.xml.rels', '<Relationships><Relationship Id="a" Target="s.xml"/></Relationships>')
                with archive.open('xl/s.xml', 'w') as sheet:
                    sheet.write(b'<worksheet><sheetData>')
                    for _ in range(2000): sheet.write(b' ' * 100000)
            """
        let bomb = try withPython(program) { _, folder in
            Array(try Data(contentsOf: folder.appending(path: "bomb.xlsx")))
        }
        #expect(bomb.count < 300_000)
        #expect(faults(bomb).first?.reason.english.hasPrefix("unpacks to more than a workbook holds") == true)
    }

    @Test func `invalid archives are refused`() throws {
        let book = try Fixture.bytes("banks/vietinbank.xlsx")
        #expect(faults(Array(book.dropLast(100))).first?.reason.english.hasPrefix("is a broken ZIP archive") == true)
        #expect(faults([0x50, 0x4B, 0x03, 0x04]).count == 1)
        let zip = try withPython("import zipfile\nzipfile.ZipFile('z', 'w').writestr('a', 'b')") { _, folder in
            Array(try Data(contentsOf: folder.appending(path: "z")))
        }
        #expect(faults(zip).first?.reason.english == "lacks its part xl/workbook.xml")
    }

    /// What somebody may do to an archive whose parts are all there, and what is said of it. The Python has `write`, which
    /// makes the archive's bytes with the compression asked for.
    private static let hostile: [(archive: String, reason: String)] = [
        ("write(zipfile.ZIP_LZMA)", "packs its part xl/workbook.xml in a way not read here"),
        ("write(zipfile.ZIP_BZIP2)", "packs its part xl/workbook.xml in a way not read here"),
        ("write(zipfile.ZIP_DEFLATED, more=10_000)", "is a ZIP archive of more than 10000 files"),
        // The bit that says encrypted, in the table of contents and before the part.
        (
            "flip(write(zipfile.ZIP_STORED), (b'PK\\x01\\x02', 8, 1), (b'PK\\x03\\x04', 6, 1))",
            "is encrypted: save it without a password"
        ),
        // A checksum, a length, and a place that are not those of the part.
        (
            "flip(write(zipfile.ZIP_DEFLATED), (b'PK\\x01\\x02', 16, 255))",
            "is a broken ZIP archive: xl/workbook.xml does not unpack"
        ),
        (
            "flip(write(zipfile.ZIP_DEFLATED), (b'PK\\x01\\x02', 24, 1))",
            "is a broken ZIP archive: xl/workbook.xml does not unpack"
        ),
        (
            "flip(write(zipfile.ZIP_STORED), (b'PK\\x01\\x02', 23, 127))",
            "is a broken ZIP archive: xl/workbook.xml is not where it should be"
        ),
    ]

    @Test(arguments: hostile)
    func `a hostile archive is refused with what is wrong about it`(archive: String, reason: String) throws {
        let program = """
            import io, zipfile
            def write(method, more=0):
                out = io.BytesIO()
                with zipfile.ZipFile(out, 'w', method) as archive:
                    archive.writestr('xl/workbook.xml', '<workbook xmlns:r="r"><sheets><sheet r:id="a"/></sheets></workbook>')
                    archive.writestr('xl/_rels/workbook.xml.rels', '<Relationships/>')
                    for number in range(more): archive.writestr(str(number), '')
                return out.getvalue()
            def flip(data, *places):
                data = bytearray(data)
                for mark, offset, bits in places: data[data.index(mark) + offset] ^= bits
                return data
            open('book.xlsx', 'wb').write(\(archive))
            """
        let book = try withPython(program) { _, folder in
            Array(try Data(contentsOf: folder.appending(path: "book.xlsx")))
        }
        #expect(faults(book).map(\.reason.english) == [reason])
    }
}
