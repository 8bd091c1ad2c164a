import CCurl
import Collection
import Foundation
import Values

/// One letter on its way to the mail server, on a thread of its own while it takes.
final class MailExchange: @unchecked Sendable {
    private let server: MailServer
    private let recipient: String
    private let letter: [UInt8]
    private var read = 0
    /// Whether libcurl has taken the letter to its end.
    private var wasHandedOver = false

    init(_ server: MailServer, to recipient: String, _ letter: [UInt8]) {
        (self.server, self.recipient, self.letter) = (server, recipient, letter)
    }

    /// Called once.
    func perform() -> MessageAnswer {
        guard let curl = curl_easy_init() else { return .failed("there is no memory for libcurl") }
        let recipients = curl_slist_append(nil, "<\(recipient)>")
        defer {
            curl_easy_cleanup(curl)
            curl_slist_free_all(recipients)
        }
        khop_curl_set_text(curl, CURLOPT_URL, server.url)
        khop_curl_set_text(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        khop_curl_set_text(curl, CURLOPT_PROXY, "")
        khop_curl_set_number(curl, CURLOPT_NOSIGNAL, 1)
        // Without TLS addresses would be read on the way; on this machine there is no way.
        khop_curl_set_number(curl, CURLOPT_USE_SSL, Int((server.isLoopback ? CURLUSESSL_TRY : CURLUSESSL_ALL).rawValue))
        if let authorities = server.authorities { khop_curl_set_text(curl, CURLOPT_CAINFO, authorities) }
        if let login = server.login {
            khop_curl_set_text(curl, CURLOPT_USERNAME, login.name)
            khop_curl_set_text(curl, CURLOPT_PASSWORD, login.password)
        }
        let parts = server.timeout.components
        let milliseconds = Int(parts.seconds * 1000 + parts.attoseconds / 1_000_000_000_000_000)
        khop_curl_set_number(curl, CURLOPT_TIMEOUT_MS, milliseconds)
        khop_curl_set_text(curl, CURLOPT_MAIL_FROM, "<\(server.from)>")
        khop_curl_set_list(curl, CURLOPT_MAIL_RCPT, recipients)
        khop_curl_set_number(curl, CURLOPT_UPLOAD, 1)
        khop_curl_set_read(curl) { buffer, size, count, exchange in
            guard let buffer, let exchange else { return 0 }
            let room = UnsafeMutableRawBufferPointer(start: buffer, count: size * count)
            return Unmanaged<MailExchange>.fromOpaque(exchange).takeUnretainedValue().give(into: room)
        }
        let own = Unmanaged.passUnretained(self).toOpaque()
        khop_curl_set_pointer(curl, CURLOPT_READDATA, own)
        let result = withExtendedLifetime(self) { curl_easy_perform(curl) }
        return MailOutcome.of(result, code: Int(khop_curl_status(curl)), wasHandedOver: wasHandedOver)
    }

    private func give(into room: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(room.count, letter.count - read)
        room.copyBytes(from: letter[read..<read + count])
        read += count
        // From the last byte on the server may have it.
        if read == letter.count { wasHandedOver = true }
        return count
    }
}
