import Cryptography

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The style and the script of the pages for payers. Each is addressed by the hash of what it holds, so that browsers keep it
/// for long and a new release is seen at once.
enum PayAssets {
    struct File: Sendable {
        let path: String
        let contentType: String
        let bytes: [UInt8]
        /// For the attribute `integrity`.
        let integrity: String

        init(_ name: String, _ ending: String, _ contentType: String, _ bytes: [UInt8]) {
            self.contentType = contentType
            self.bytes = bytes
            let hash = SHA256.hash(bytes)
            path = "/assets/\(name)-\(hexadecimal(hash.prefix(6))).\(ending)"
            integrity = "sha256-" + Data(hash).base64EncodedString()
        }
    }

    static let style = File("pay", "css", "text/css; charset=utf-8", PackageResources.pay_css)
    static let script = File("pay", "js", "text/javascript; charset=utf-8", PackageResources.pay_js)

    /// The picture of an installation.
    static func mark(_ mark: Installation.Mark) -> File {
        File("mark", mark.contentType == "image/png" ? "png" : "svg", mark.contentType, mark.bytes)
    }
}
