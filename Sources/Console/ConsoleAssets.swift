import Cryptography

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The style and the script of the console. Each is addressed by the hash of what it holds, so that browsers keep it for
/// long and a new release is seen at once.
public enum ConsoleAssets {
    public struct File: Sendable {
        /// `/assets/console-….css`.
        public let path: String
        public let contentType: String
        public let bytes: [UInt8]
        /// For the attribute `integrity`.
        public let integrity: String

        init(_ name: String, _ ending: String, _ contentType: String, _ bytes: [UInt8]) {
            self.contentType = contentType
            self.bytes = bytes
            let hash = SHA256.hash(bytes)
            path = "/assets/\(name)-\(hexadecimal(hash.prefix(6))).\(ending)"
            integrity = "sha256-" + Data(hash).base64EncodedString()
        }
    }

    public static let style = File("console", "css", "text/css; charset=utf-8", PackageResources.console_css)
    public static let script = File("console", "js", "text/javascript; charset=utf-8", PackageResources.console_js)
}
