import Cryptography

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Secrets as banks hand them out, the same in each run and another one for each number.
public enum TestSecret {
    /// 24 bytes in base64.
    public static func base64(_ number: UInt8 = 1) -> String {
        Data(SHA256.hash([number]).prefix(24)).base64EncodedString()
    }

    /// As Standard Webhooks writes them, another one for each connection.
    public static func standard(for connection: String) -> String {
        "whsec_" + Data(SHA256.hash(Array(connection.utf8)).prefix(24)).base64EncodedString()
    }

    /// As Standard Webhooks writes them.
    public static func standard(_ number: UInt8 = 1) -> String { "whsec_" + base64(number) }
}
