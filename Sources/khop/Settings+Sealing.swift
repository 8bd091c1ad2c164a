import Collection
import Cryptography
import Foundation
import Values

extension Settings {
    /// The key that signs the seals, from a file or generated once in the home folder; the keys of earlier seals; and the
    /// folder in which seals are told outside of the database.
    func sealing() throws -> SealingOptions {
        let path = sealKeyFile ?? home + "/seal.key"
        if sealKeyFile == nil, !FileManager.default.fileExists(atPath: path) {
            try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
            try Settings.createKeyFile(path, SigningKey.random().withSeed { Data($0).base64EncodedString() })
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ServiceError(.invalidParameter, at: "KHOP_SEAL_KEY_FILE", .unreadableFile(path))
        }
        let text = String(decoding: data, as: UTF8.self)
        guard let seed = Data(base64Encoded: text.trimming()), let key = SigningKey(Array(seed)) else {
            throw ServiceError(
                .invalidParameter,
                at: "KHOP_SEAL_KEY_FILE",
                Phrase(
                    vi: "tệp \(path) phải chứa 32 byte viết theo base64: `openssl rand -base64 32`",
                    en: "the file \(path) must hold 32 bytes in base64: `openssl rand -base64 32`"
                )
            )
        }
        let former = try (sealFormerKeys ?? "").split(separator: ",").map { text in
            guard let bytes = Data(base64Encoded: text.trimming()), let key = VerificationKey(Array(bytes)) else {
                throw ServiceError(
                    .invalidParameter,
                    at: "KHOP_SEAL_FORMER_KEYS",
                    Phrase(
                        vi: "phải là các khóa công khai như `khop seal key` in ra, cách nhau bằng dấu phẩy",
                        en: "must be public keys as `khop seal key` prints them, separated by commas"
                    )
                )
            }
            return key
        }
        var options = SealingOptions(
            key: key,
            formerKeys: former,
            witness: SealWitness(folder: sealFolder ?? home + "/seals")
        )
        options.witnessURL = sealWitnessURL
        return options
    }

    /// Where another agency is told of the seals: over TLS, unless it is this machine.
    static func witnessURL(_ text: String?, _ name: String = "KHOP_SEAL_WITNESS_URL") throws -> String? {
        guard let text, !text.isEmpty else { return nil }
        guard let url = WebAddress(text), url.isSecure || url.isLoopback, !url.hasQuery, !url.hasFragment else {
            throw ServiceError(
                .invalidParameter,
                at: name,
                Phrase(
                    vi: "phải là địa chỉ https:// đầy đủ, không có ? hay #",
                    en: "must be a whole address https://…, without ? or #"
                )
            )
        }
        return text
    }

    /// Creates a file that only its owner can read; does nothing if another program has created it meanwhile.
    static func createKeyFile(_ path: String, _ text: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        // The service that reads it is not root: it runs as the owner of the folder.
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        var owner = stat()
        if geteuid() == 0, lstat(folder, &owner) == 0 { _ = fchown(descriptor, owner.st_uid, owner.st_gid) }
        let bytes = Array((text + "\n").utf8)
        guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
            throw ServiceError(.internalFailure, .unreadableFile(path))
        }
    }
}
