import Foundation
import Statements
import Testing
import Values

/// How texts of other encodings come out, held against Python's codecs.
@Suite struct EncodingTests {
    private let options: StatementOptions

    init() throws {
        let mapping = """
            {"name": "test", "header": ["ngay", "tien"], "dates": ["dd/MM/yyyy"],
             "columns": {"booked_at": "ngay", "amount": "tien", "memo": "ghi"}}
            """
        options = StatementOptions(mappings: [try StatementMapping(mapping.utf8)])
    }

    /// A table whose memos are the texts that a Python program makes, and the same texts as UTF-8, one a line.
    private func table(_ program: String) throws -> (bytes: [UInt8], texts: [String]) {
        let whole = """
            import unicodedata
            \(program)
            rows = ['ngay,tien,ghi'] + [f'21/11/2026,5,{text}' for text in texts]
            open('table.csv', 'wb').write(encode('\\n'.join(rows)))
            open('texts.txt', 'wb').write('\\n'.join(unicodedata.normalize('NFC', text) for text in texts).encode())
            """
        return try withPython(whole) { _, folder in
            let texts = try String(contentsOf: folder.appending(path: "texts.txt"), encoding: .utf8)
            return (
                Array(try Data(contentsOf: folder.appending(path: "table.csv"))),
                texts.split(separator: "\n").map(String.init)
            )
        }
    }

    @Test(arguments: [1, 2, 3, 5, 4096])
    func `every letter and tone of Windows-1258 comes out composed`(piece: Int) throws {
        let (bytes, texts) = try table(
            """
            letters = 'aăâeêioôơuưyAĂÂEÊIOÔƠUƯYđĐbB'
            tones = ['', '\\u0300', '\\u0309', '\\u0303', '\\u0301', '\\u0323']
            texts = [f'{a}{tone}{b} x{a}{tone}' for a in letters for tone in tones for b in 'na']
            encode = lambda text: text.encode('cp1258')
            """
        )
        let memos = try read(bytes, as: .table(mapping: nil), options: options, piece: piece).lines.map {
            $0.memo ?? ""
        }
        #expect(memos.count == 28 * 6 * 2)
        // By scalars, for a String equals its decomposed self.
        #expect(memos.map { Array($0.unicodeScalars) } == texts.map { Array($0.unicodeScalars) })
    }

    @Test func `a byte that Windows-1258 does not define is replaced in place`() throws {
        let bytes =
            Array("ngay,tien,ghi\n21/11/2026,5,a".utf8) + [0x8A] + Array("e".utf8) + [0xEC, 0x90] + Array("z\n".utf8)
        let memo = try read(bytes, as: .table(mapping: nil), options: options, piece: 1).lines.first?.memo
        #expect(memo == "a\u{FFFD}é\u{FFFD}z")
    }

    @Test(arguments: ["utf-16-le", "utf-16-be"], [1, 3, 4096])
    func `UTF-16 comes out as it is, pairs as well`(codec: String, piece: Int) throws {
        let mark = codec.hasSuffix("le") ? "\\\\xff\\\\xfe" : "\\\\xfe\\\\xff"
        let (bytes, texts) = try table(
            """
            texts = ['nộp lệ phí', 'hồ sơ 😀 H62', 'x\\U0010FFFFy', 'đ'] * 20
            encode = lambda text: b'\(mark.replacing("\\\\", with: "\\"))' + text.encode('\(codec)')
            """
        )
        #expect(try read(bytes, as: .table(mapping: nil), options: options, piece: piece).lines.map(\.memo) == texts)
    }

    @Test(arguments: [[0x00, 0xD8, 0x61, 0x00], [0x00, 0xDC], [0x00, 0xD8]] as [[UInt8]], [1, 4096])
    func `half a pair of UTF-16 is refused`(half: [UInt8], piece: Int) throws {
        let text = Array("ngay,tien,ghi\n21/11/2026,5,a".utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        #expect(!faults([0xFF, 0xFE] + text + half, as: .table(mapping: nil), options: options).isEmpty)
    }
}
