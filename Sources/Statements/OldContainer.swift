import Values

/// Says of a file in the container of old Office programs what it is: none of them is read.
///
/// A workbook with a password lies in such a container, too, whatever its name ends with.
struct OldContainer: FormatReader {
    private static let signature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0]
    /// The container's table of contents consists of entries of this size that begin with a name in UTF-16.
    private static let entryBytes = 128
    private static let names: [[UInt8]] = ["EncryptedPackage", "EncryptionInfo", "WordDocument"].map { name in
        var entry: [UInt8] = []
        for byte in name.utf8 { entry += [byte, 0] }
        return entry + [0, 0]
    }

    /// The bytes of an entry that is not complete yet.
    private var rest: [UInt8] = []
    private var isEncrypted = false
    private var isDocument = false

    static func begins(_ bytes: [UInt8]) -> Bool { bytes.starts(with: signature) }

    mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>, line: (StatementLine) throws -> Void) throws {
        rest.append(contentsOf: bytes)
        var start = 0
        while start + Self.entryBytes <= rest.count {
            look(at: rest[start..<(start + Self.entryBytes)])
            start += Self.entryBytes
        }
        rest.removeFirst(start)
    }

    private mutating func look(at entry: ArraySlice<UInt8>) {
        guard let place = Self.names.firstIndex(where: { entry.starts(with: $0) }) else { return }
        if place == 2 { isDocument = true } else { isEncrypted = true }
    }

    mutating func finish(line: (StatementLine) throws -> Void) throws -> StatementSummary {
        let reason =
            if isEncrypted {
                Phrase(
                    vi: "là bảng tính có mật khẩu: hãy mở bằng mật khẩu ngân hàng đã cấp rồi lưu lại không mật khẩu",
                    en:
                        "is a workbook with a password: open it with the password that the bank gave and save it without one"
                )
            } else if isDocument {
                Phrase(
                    vi: "là văn bản Word, không phải bảng: hãy lấy sao kê dạng .xlsx hoặc CSV",
                    en: "is a Word document, not a table: get the statement as .xlsx or as CSV"
                )
            } else {
                Phrase(
                    vi: "là bảng tính .xls đời cũ: hãy lưu thành .xlsx hoặc CSV",
                    en: "is an old .xls workbook: save it as .xlsx or as CSV"
                )
            }
        throw StatementRejected(faults: [StatementFault(line: 1, field: "", value: "", reason: reason)])
    }
}
