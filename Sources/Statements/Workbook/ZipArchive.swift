import CZlib
import Values

/// The files of a ZIP archive held in memory, unpacked piece by piece.
///
/// What comes out is bounded: each file by what it takes up in the archive, all of them together by a fixed sum. Encrypted,
/// split and Zip64 archives are refused.
struct ZipArchive {
    /// Why an archive is not acceptable.
    struct Failure: Error { let reason: Phrase }

    private struct Entry {
        let offset: Int
        let packedBytes: Int
        let bytes: Int
        let method: UInt16
        let checksum: UInt32
        let isEncrypted: Bool
    }

    /// Sheets of text shrink to a tenth or so; only what is made to burst shrinks to less than this part.
    private static let maximumRatio = 200
    /// Small files may shrink to anything.
    private static let ratioFromBytes = 1 << 20
    private static let maximumTotalBytes = 1 << 30
    private static let maximumEntries = 10_000

    private let archive: [UInt8]
    private var entries: [String: Entry] = [:]
    private var unpackedBytes = 0

    init(_ archive: [UInt8]) throws(Failure) {
        self.archive = archive
        let broken = Failure(
            reason: Phrase(
                vi: "là tệp ZIP hỏng: tệp có bị cắt không?",
                en: "is a broken ZIP archive: was the file cut off?"
            )
        )
        guard let end = Self.endRecord(archive) else { throw broken }
        let count = Int(archive.word(end + 10))
        var place = Int(archive.long(end + 16))
        guard count <= Self.maximumEntries, count != 0xFFFF, place != 0xFFFF_FFFF else {
            throw Failure(
                reason: Phrase(
                    vi: "là tệp ZIP có quá nhiều tệp hoặc dạng không đọc được (Zip64)",
                    en: "is a ZIP archive of too many files or a form not read here (Zip64)"
                )
            )
        }
        for _ in 0..<count {
            guard place + 46 <= archive.count, archive.long(place) == 0x0201_4B50 else { throw broken }
            let nameBytes = Int(archive.word(place + 28))
            guard place + 46 + nameBytes <= archive.count else { throw broken }
            let name = String(decoding: archive[(place + 46)..<(place + 46 + nameBytes)], as: UTF8.self)
            entries[name] = Entry(
                offset: Int(archive.long(place + 42)),
                packedBytes: Int(archive.long(place + 20)),
                bytes: Int(archive.long(place + 24)),
                method: archive.word(place + 10),
                checksum: archive.long(place + 16),
                isEncrypted: archive.word(place + 8) & 1 != 0
            )
            place += 46 + nameBytes + Int(archive.word(place + 30)) + Int(archive.word(place + 32))
        }
    }

    /// The record at the archive's end that tells where its table of contents is; a comment may follow it.
    private static func endRecord(_ archive: [UInt8]) -> Int? {
        guard archive.count >= 22 else { return nil }
        let first = max(0, archive.count - 22 - 0xFFFF)
        return (first...(archive.count - 22)).last { archive.long($0) == 0x0605_4B50 }
    }

    func contains(_ name: String) -> Bool { entries[name] != nil }

    /// Unpacks a file and hands it out in pieces.
    mutating func unpack(_ name: String, piece: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
        guard let entry = entries[name] else {
            throw Failure(reason: Phrase(vi: "thiếu phần \(name)", en: "lacks its part \(name)"))
        }
        let packed = try packedRange(entry, name)
        switch entry.method {
        case 0:
            try count(packed.count, of: packed.count, name)
            try archive.withUnsafeBufferPointer { try piece(UnsafeBufferPointer(rebasing: $0[packed])) }
        case 8: try inflate(packed, entry, name, piece)
        default:
            throw Failure(
                reason: Phrase(
                    vi: "nén phần \(name) theo cách không đọc được",
                    en: "packs its part \(name) in a way not read here"
                )
            )
        }
    }

    private func packedRange(_ entry: Entry, _ name: String) throws(Failure) -> Range<Int> {
        if entry.isEncrypted {
            throw Failure(
                reason: Phrase(
                    vi: "có mật khẩu: hãy lưu không có mật khẩu",
                    en: "is encrypted: save it without a password"
                )
            )
        }
        let broken = Failure(
            reason: Phrase(
                vi: "là tệp ZIP hỏng: \(name) không ở đúng chỗ",
                en: "is a broken ZIP archive: \(name) is not where it should be"
            )
        )
        guard entry.offset + 30 <= archive.count, archive.long(entry.offset) == 0x0403_4B50 else { throw broken }
        let start = entry.offset + 30 + Int(archive.word(entry.offset + 26)) + Int(archive.word(entry.offset + 28))
        guard start + entry.packedBytes <= archive.count else { throw broken }
        return start..<(start + entry.packedBytes)
    }

    /// Counts bytes that have come out of so many.
    private mutating func count(_ bytes: Int, of packed: Int, total: Int? = nil, _ name: String) throws(Failure) {
        unpackedBytes += bytes
        let total = total ?? bytes
        if unpackedBytes > Self.maximumTotalBytes || (total > Self.ratioFromBytes && total / Self.maximumRatio > packed)
        {
            throw Failure(
                reason: Phrase(
                    vi: "bung ra lớn hơn mức của một bảng tính (\(name)): dừng đọc",
                    en: "unpacks to more than a workbook holds (\(name)): it is not read on"
                )
            )
        }
    }

    private mutating func inflate(
        _ packed: Range<Int>,
        _ entry: Entry,
        _ name: String,
        _ piece: (UnsafeBufferPointer<UInt8>) throws -> Void
    ) throws {
        let broken = Failure(
            reason: Phrase(
                vi: "là tệp ZIP hỏng: không bung được \(name)",
                en: "is a broken ZIP archive: \(name) does not unpack"
            )
        )
        var stream = z_stream()
        guard khop_inflate_init_raw(&stream) == Z_OK else {
            throw Failure(reason: Phrase(vi: "không đủ bộ nhớ để bung", en: "no memory to unpack"))
        }
        defer { inflateEnd(&stream) }
        var input = Array(archive[packed])
        var output = [UInt8](repeating: 0, count: 64 << 10)
        var total = 0
        var checksum = crc32(0, nil, 0)
        var status = Z_OK
        let outputCount = output.count
        try input.withUnsafeMutableBufferPointer { input in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            while status != Z_STREAM_END {
                let produced = output.withUnsafeMutableBufferPointer { output in
                    stream.next_out = output.baseAddress
                    stream.avail_out = UInt32(outputCount)
                    status = CZlib.inflate(&stream, Z_NO_FLUSH)
                    return outputCount - Int(stream.avail_out)
                }
                guard status == Z_OK || status == Z_STREAM_END, produced > 0 || status == Z_STREAM_END else {
                    throw broken
                }
                total += produced
                try count(produced, of: packed.count, total: total, name)
                try output.withUnsafeBufferPointer { output in
                    let made = UnsafeBufferPointer(rebasing: output[..<produced])
                    checksum = crc32(checksum, made.baseAddress, UInt32(produced))
                    try piece(made)
                }
            }
        }
        guard total == entry.bytes, UInt32(truncatingIfNeeded: checksum) == entry.checksum else { throw broken }
    }
}

extension [UInt8] {
    /// Two and four bytes, least first, at a place that is inside.
    fileprivate func word(_ place: Int) -> UInt16 { UInt16(self[place]) | UInt16(self[place + 1]) << 8 }
    fileprivate func long(_ place: Int) -> UInt32 { UInt32(word(place)) | UInt32(word(place + 2)) << 16 }
}
