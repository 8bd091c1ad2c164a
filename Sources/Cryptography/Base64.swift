import COpenSSL

/// Encodes bytes in base64 (RFC 4648 §4) with padding, on one line.
public func base64(_ bytes: [UInt8]) -> String {
    // OpenSSL ends the text with a zero.
    var text = [UInt8](repeating: 0, count: (bytes.count + 2) / 3 * 4 + 1)
    let length = EVP_EncodeBlock(&text, bytes, Int32(bytes.count))
    return String(decoding: text.prefix(Int(length)), as: UTF8.self)
}
