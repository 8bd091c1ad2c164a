import CXlsxWriter
import Foundation
import Values

/// Writes sheets as Office Open XML workbooks with libxlsxwriter, in Vietnamese: they are printed, signed and filed here. The
/// heads of the columns have English below.
public enum Workbook {
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// Returns a workbook with these sheets, at least one.
    public static func xlsx(_ sheets: [Sheet]) throws -> [UInt8] {
        // This version of the library can write only to files, not to memory.
        try PrivateFolder.with { folder in try xlsx(sheets, by: folder + "/book.xlsx") }
    }

    private static func xlsx(_ sheets: [Sheet], by path: String) throws -> [UInt8] {
        guard let book = workbook_new(path) else { throw Failure(description: "the workbook could not be begun") }
        var names: Set<String> = []
        do {
            for sheet in sheets {
                try SheetWriter(book, sheet, name: unique(sheet.name, &names)).write()
                guard let drawn = ChartWriter(sheet) else { continue }
                try drawn.write(book, name: unique("Biểu đồ", &names), data: unique("Số liệu biểu đồ", &names))
            }
        } catch {
            workbook_close(book)
            throw error
        }
        let status = workbook_close(book)
        guard status == LXW_NO_ERROR else {
            throw Failure(description: "the workbook could not be written: \(String(cString: lxw_strerror(status)))")
        }
        return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// Returns a unique name for a tab, at most 31 characters, without characters that Excel reserves.
    private static func unique(_ name: String, _ names: inout Set<String>) -> String {
        let base = String(name.map { "[]:*?/\\'".contains($0) ? " " : $0 }.prefix(28))
        var candidate = base.isEmpty ? "Sheet" : base
        var number = 2
        while !names.insert(candidate.lowercased()).inserted {
            candidate = "\(base) \(number)"
            number += 1
        }
        return candidate
    }
}
