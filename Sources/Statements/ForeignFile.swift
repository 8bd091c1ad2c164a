public import Values

/// Files that are no statement whatever is in them, known by how they begin.
public enum ForeignFile {
    /// How many bytes from the beginning of a file tell.
    public static let headBytes = 65_536

    /// What such a file is and what to do about it; `nil` for one that may be a statement.
    ///
    /// - Parameter head: the first ``headBytes`` of the file, or all of it.
    public static func told(_ head: [UInt8]) -> Phrase? {
        guard let what = kind(head) else { return nil }
        return Phrase(
            vi:
                "Đây là \(what[.vietnamese]), không phải sao kê. Hãy tải sao kê từ ngân hàng điện tử dưới dạng CSV, XLSX, MT940 hoặc camt.053 rồi thả lại.",
            en:
                "This is \(what[.english]), not a statement. Export the statement from the bank as CSV, XLSX, MT940 or camt.053, then drop it here."
        )
    }

    private static func kind(_ head: [UInt8]) -> Phrase? {
        let pictures: [[UInt8]] = [
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], [0xFF, 0xD8, 0xFF], Array("GIF87a".utf8),
            Array("GIF89a".utf8), [0x49, 0x49, 0x2A, 0x00], [0x4D, 0x4D, 0x00, 0x2A],
        ]
        let isBoxed = { (brand: String) in head.dropFirst(8).starts(with: brand.utf8) }
        let isWebP = head.starts(with: "RIFF".utf8) && isBoxed("WEBP")
        let isPhone =
            head.dropFirst(4).starts(with: "ftyp".utf8) && ["heic", "heix", "mif1", "avif"].contains(where: isBoxed)
        if pictures.contains(where: { head.starts(with: $0) }) || isWebP || isPhone {
            return Phrase(vi: "một ảnh", en: "a picture")
        }
        // The names of a ZIP archive's files stand before each; a workbook's first ones are under xl/.
        guard head.starts(with: [0x50, 0x4B, 0x03, 0x04]), !contains(head, "xl/") else { return nil }
        if contains(head, "word/") { return Phrase(vi: "một văn bản Word", en: "a Word document") }
        if contains(head, "ppt/") { return Phrase(vi: "một bản trình chiếu", en: "a presentation") }
        return nil
    }

    private static func contains(_ head: [UInt8], _ name: String) -> Bool {
        let wanted = Array(name.utf8)
        return head.indices.dropLast(wanted.count - 1).contains { head[$0...].starts(with: wanted) }
    }
}
