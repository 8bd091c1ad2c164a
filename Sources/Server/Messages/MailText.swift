import Collection
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A message as a letter (RFC 5322, RFC 2045): plain text in UTF-8, with the headers by which a mail program offers to
/// unsubscribe (RFC 2369, RFC 8058).
///
/// Written here because no library that the project has does it; what is in it is checked against Python's own parser.
struct MailText {
    let message: ComposedMessage
    /// The address that it comes from.
    let from: String
    /// The name beside it.
    let name: String
    let at: Instant

    /// The whole letter, with CRLF at the end of each line.
    var bytes: [UInt8] {
        let domain = from.split(separator: "@").last.map(String.init) ?? "localhost"
        let headers = [
            // An address has a line of its own: beside encoded words it would be too long (RFC 2047: 76 characters).
            "From: \(MailText.word(name))\r\n <\(from)>", "To: <\(message.address)>",
            "Subject: \(MailText.word(message.subject))", "Date: \(MailText.date(at))",
            // The same however often it is tried.
            "Message-ID: <khop-message-\(message.id)@\(domain)>", "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64",
            "Content-Language: \(message.language.rawValue)", "Auto-Submitted: auto-generated",
            "List-Unsubscribe: <\(message.unsubscribeURL)>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        ]
        let body = Data(message.text.replacing("\n", with: "\r\n").utf8).base64EncodedString()
        let lines = headers + [""] + MailText.lines(body, 76)
        return Array((lines.joined(separator: "\r\n") + "\r\n").utf8)
    }

    /// A text in a header: as it is if it is plain, else as encoded words of at most 68 characters (RFC 2047), none of which
    /// breaks a character.
    static func word(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) && !"\"<>()[]:;@\\,=?".utf8.contains($0) }
        if isPlain, text.utf8.count <= 60 { return text }
        var parts: [String] = []
        var part: [UInt8] = []
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            // 42 bytes are 56 characters in base64, 12 stand around them, and the name of the header before.
            if part.count + bytes.count > 42 {
                parts.append(encoded(part))
                part = []
            }
            // Whatever control character there were would end the header.
            part += bytes.map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }
        }
        if !part.isEmpty { parts.append(encoded(part)) }
        return parts.joined(separator: "\r\n ")
    }

    private static func encoded(_ bytes: [UInt8]) -> String { "=?utf-8?B?" + Data(bytes).base64EncodedString() + "?=" }

    private static func lines(_ text: String, _ length: Int) -> [String] {
        let bytes = Array(text.utf8)
        return stride(from: 0, to: bytes.count, by: length).map {
            String(decoding: bytes[$0..<min($0 + length, bytes.count)], as: UTF8.self)
        }
    }

    /// As `Tue, 01 Dec 2026 08:00:00 +0700`.
    static func date(_ at: Instant) -> String {
        let (year, month, day) = at.day.components
        let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let second = (at.microseconds - at.day.start.microseconds) / 1_000_000
        func two(_ number: some BinaryInteger) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let weekday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][at.day.weekday]
        let time = "\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))"
        return "\(weekday), \(two(day)) \(names[month - 1]) \(year) \(time) +0700"
    }
}
