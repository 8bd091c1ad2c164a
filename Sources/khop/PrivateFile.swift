import Collection
import Foundation
import Values

#if canImport(Glibc)
    import Glibc
#endif

/// Files that their owner alone can read.
enum PrivateFile {
    /// Writes a file with the mode 0600, in the place of one that is there.
    static func write(_ text: String, to path: String) throws {
        unlink(path)
        // Made anew and never followed: a link that somebody put there would be written through.
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw ServiceError(
                .invalidParameter,
                Phrase(vi: "không ghi được tệp \(path)", en: "the file \(path) cannot be written")
            )
        }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
    }
}
