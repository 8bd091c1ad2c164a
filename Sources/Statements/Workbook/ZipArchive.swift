import CZip
import Values

/// The files of a ZIP archive held in memory, unpacked piece by piece by libzip.
///
/// The archive comes from outside, so the number of its files and the unpacked size of each and of all together are
/// limited. Only stored and deflated files are read. libzip also supports bzip2, and LZMA with a dictionary as large as
/// the file requests, but no spreadsheet program writes them.
final class ZipArchive {
    /// Why an archive is rejected.
    struct Failure: Error { let reason: Phrase }

    /// Sheets of text compress to about a tenth; only a decompression bomb exceeds this ratio.
    private static let maximumRatio = 200
    /// The ratio of files smaller than this is not limited.
    private static let ratioFromBytes = 1 << 20
    private static let maximumTotalBytes = 1 << 30
    private static let maximumEntries = 10_000

    private let archive: OpaquePointer
    private let archiveBytes: Int
    private var unpackedBytes = 0

    /// Opens an archive; the bytes must outlive it.
    init(_ bytes: UnsafeRawBufferPointer) throws(Failure) {
        // libzip keeps every entry of the table of contents in memory, so the entries are counted first.
        guard Self.entriesAtMost(bytes) <= Self.maximumEntries else {
            throw Failure(
                reason: Phrase(
                    vi: "là tệp ZIP có hơn \(Self.maximumEntries) tệp con",
                    en: "is a ZIP archive of more than \(Self.maximumEntries) files"
                )
            )
        }
        var error = zip_error_t()
        zip_error_init(&error)
        defer { zip_error_fini(&error) }
        guard let source = zip_source_buffer_create(bytes.baseAddress, UInt64(bytes.count), 0, &error) else {
            throw Failure(reason: Phrase(vi: "không đủ bộ nhớ để bung", en: "no memory to unpack"))
        }
        guard let opened = zip_open_from_source(source, ZIP_RDONLY, &error) else {
            zip_source_free(source)
            throw Failure(
                reason: zip_error_code_zip(&error) == ZIP_ER_MULTIDISK
                    ? Phrase(vi: "là một phần của tệp ZIP bị chia", en: "is one part of a split ZIP archive")
                    : Phrase(
                        vi: "là tệp ZIP hỏng: tệp có bị cắt không?",
                        en: "is a broken ZIP archive: was the file cut off?"
                    )
            )
        }
        archive = opened
        archiveBytes = bytes.count
    }

    deinit { zip_discard(archive) }

    /// Counts the signatures of table-of-contents entries in the archive; there are at most this many entries.
    private static func entriesAtMost(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard bytes.count >= 4 else { return 0 }
        var count = 0
        for place in 0...(bytes.count - 4)
        where bytes[place] == 0x50 && bytes[place + 1] == 0x4B && bytes[place + 2] == 1 && bytes[place + 3] == 2 {
            count += 1
        }
        return count
    }

    func contains(_ name: String) -> Bool { zip_name_locate(archive, name, 0) >= 0 }

    /// Unpacks a file and hands it out in pieces.
    func unpack(_ name: String, piece: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
        let entry = try find(name)
        let broken = Failure(
            reason: Phrase(
                vi: "là tệp ZIP hỏng: không bung được \(name)",
                en: "is a broken ZIP archive: \(name) does not unpack"
            )
        )
        guard let file = zip_fopen_index(archive, entry.index, 0) else { throw broken }
        defer { zip_fclose(file) }
        var total = 0
        try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64 << 10) { buffer in
            while true {
                // At the end libzip verifies the checksum stated in the archive.
                let read = Int(zip_fread(file, buffer.baseAddress, UInt64(buffer.count)))
                guard read >= 0 else { throw broken }
                if read == 0 { break }
                total += read
                try count(read, total: total, of: Int(entry.comp_size), name)
                try piece(UnsafeBufferPointer(rebasing: buffer[..<read]))
            }
        }
        guard UInt64(total) == entry.size else { throw broken }
    }

    /// Looks up a file in the table of contents; throws if it cannot be unpacked.
    private func find(_ name: String) throws(Failure) -> zip_stat_t {
        let index = zip_name_locate(archive, name, 0)
        guard index >= 0 else { throw Failure(reason: Phrase(vi: "thiếu phần \(name)", en: "lacks its part \(name)")) }
        var entry = zip_stat_t()
        zip_stat_init(&entry)
        let known = UInt64(
            ZIP_STAT_INDEX | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD
        )
        guard zip_stat_index(archive, UInt64(index), 0, &entry) == 0, entry.valid & known == known,
            entry.comp_size <= UInt64(archiveBytes)
        else {
            throw Failure(
                reason: Phrase(
                    vi: "là tệp ZIP hỏng: \(name) không ở đúng chỗ",
                    en: "is a broken ZIP archive: \(name) is not where it should be"
                )
            )
        }
        if entry.encryption_method != UInt16(ZIP_EM_NONE) {
            throw Failure(
                reason: Phrase(
                    vi: "có mật khẩu: hãy lưu không có mật khẩu",
                    en: "is encrypted: save it without a password"
                )
            )
        }
        guard [ZIP_CM_STORE, ZIP_CM_DEFLATE].contains(Int32(entry.comp_method)) else {
            throw Failure(
                reason: Phrase(
                    vi: "nén phần \(name) theo cách không đọc được",
                    en: "packs its part \(name) in a way not read here"
                )
            )
        }
        return entry
    }

    /// Counts unpacked bytes and enforces the limits.
    private func count(_ bytes: Int, total: Int, of packed: Int, _ name: String) throws(Failure) {
        unpackedBytes += bytes
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
}
