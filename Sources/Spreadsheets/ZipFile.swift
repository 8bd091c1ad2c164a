import CZip

/// Packs files into a ZIP archive, piece by piece from the disk.
public enum ZipFile {
    /// What libzip says is wrong.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// - Parameters:
    ///   - path: of an archive that does not exist yet.
    ///   - names: the files, as they are named in the folder and in the archive.
    public static func write(_ path: String, names: [String], from folder: String) throws {
        var status: Int32 = 0
        guard let archive = zip_open(path, ZIP_CREATE | ZIP_EXCL, &status) else {
            throw Failure(description: "\(path) cannot be created: libzip says \(status)")
        }
        for name in names {
            guard let source = zip_source_file(archive, folder + "/" + name, 0, 0) else { throw discard(archive) }
            guard zip_file_add(archive, name, source, zip_flags_t(ZIP_FL_ENC_UTF_8)) >= 0 else {
                zip_source_free(source)
                throw discard(archive)
            }
        }
        guard zip_close(archive) == 0 else { throw discard(archive) }
    }

    private static func discard(_ archive: OpaquePointer) -> Failure {
        let text = zip_strerror(archive).map { String(cString: $0) } ?? ""
        zip_discard(archive)
        return Failure(description: text)
    }
}
