import CCurl
import Collection
import Values

/// One message on its way. Only the thread of ``WebhookExchanges`` uses what changes.
final class WebhookExchange: @unchecked Sendable {
    let message: EventMessage
    let networks: EventNetworks
    var continuation: CheckedContinuation<EventAnswer, Never>?
    var headers: UnsafeMutablePointer<curl_slist>?
    /// Whether an address was refused.
    var isRefused = false
    /// Whether anything of it was sent: what was not, has certainly not arrived.
    var wasSent = false
    private var received = 0
    /// How much of an answer is kept; nothing of an event's.
    private let kept: Int
    private(set) var body: [UInt8] = []

    /// The most that is read of an answer, so that its connection can be used again; a longer one is cut off.
    private static let maximumBytes = 64 << 10

    /// A file of authorities in the place of the system's; `nil` for those.
    private let authorities: String?

    init(_ message: EventMessage, _ networks: EventNetworks, authorities: String? = nil, keeping kept: Int = 0) {
        self.authorities = authorities
        self.kept = kept
        self.message = message
        self.networks = networks
    }

    /// Whether more of the answer is read.
    func takes(_ bytes: UnsafeRawBufferPointer) -> Bool {
        received += bytes.count
        if received <= kept { body.append(contentsOf: bytes) }
        return received <= max(WebhookExchange.maximumBytes, kept)
    }

    /// Prepares a handle of libcurl; the exchange lives until ``finish(_:_:)``.
    func open() -> UnsafeMutableRawPointer? {
        guard let curl = curl_easy_init() else { return nil }
        let own = Unmanaged.passRetained(self).toOpaque()
        for (name, value) in message.headers { headers = curl_slist_append(headers, "\(name): \(value)") }
        khop_curl_set_headers(curl, headers)
        khop_curl_set_text(curl, CURLOPT_URL, message.url)
        khop_curl_set_text(curl, CURLOPT_PROTOCOLS_STR, "http,https")
        khop_curl_set_text(curl, CURLOPT_PROXY, "")
        if let authorities { khop_curl_set_text(curl, CURLOPT_CAINFO, authorities) }
        khop_curl_set_number(curl, CURLOPT_FOLLOWLOCATION, 0)
        khop_curl_set_number(curl, CURLOPT_NOSIGNAL, 1)
        khop_curl_set_number(curl, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        let parts = message.timeout.components
        khop_curl_set_number(
            curl,
            CURLOPT_TIMEOUT_MS,
            Int(parts.seconds * 1000 + parts.attoseconds / 1_000_000_000_000_000)
        )
        khop_curl_set_number(curl, CURLOPT_POSTFIELDSIZE, message.body.count)
        // Copied at once.
        _ = message.body.withUnsafeBytes { bytes in
            khop_curl_set_pointer(curl, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: bytes.baseAddress))
        }
        khop_curl_set_write(curl) { bytes, size, count, exchange in
            guard let exchange else { return 0 }
            let part = UnsafeRawBufferPointer(start: bytes, count: size * count)
            let takes = Unmanaged<WebhookExchange>.fromOpaque(exchange).takeUnretainedValue().takes(part)
            return takes ? size * count : 0
        }
        khop_curl_set_pointer(curl, CURLOPT_WRITEDATA, own)
        khop_curl_set_open_socket(curl) { exchange, _, address in
            guard let exchange, let address else { return CURL_SOCKET_BAD }
            return Unmanaged<WebhookExchange>.fromOpaque(exchange).takeUnretainedValue().socket(to: address)
        }
        khop_curl_set_pointer(curl, CURLOPT_OPENSOCKETDATA, own)
        khop_curl_set_pointer(curl, CURLOPT_PRIVATE, own)
        return curl
    }

    /// A socket for an address that events may be sent to.
    private func socket(to wanted: UnsafePointer<curl_sockaddr>) -> curl_socket_t {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = Int(khop_curl_address(wanted, &bytes))
        guard let address = IPAddress(bytes: Array(bytes.prefix(count))), networks.allows(address) else {
            isRefused = true
            return CURL_SOCKET_BAD
        }
        return khop_curl_socket(wanted)
    }

    /// Ends it; called once.
    func finish(_ curl: UnsafeMutableRawPointer, _ answer: EventAnswer) {
        curl_easy_cleanup(curl)
        curl_slist_free_all(headers)
        headers = nil
        continuation?.resume(returning: answer)
        continuation = nil
        Unmanaged.passUnretained(self).release()
    }
}
