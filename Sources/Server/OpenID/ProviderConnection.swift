import CCurl
import Dispatch
import Foundation
import Identity
import Synchronization
import Values

/// Asks a provider over HTTP: certificates are checked, redirects not followed, proxies of the environment not used, and
/// what is too long or too slow is no answer.
final class ProviderConnection: Sendable {
    /// Each question waits on a thread of its own, so that a provider that is silent takes nobody else's.
    private static let maximumAtOnce = 16
    private let limits: Limits
    private let queue = DispatchQueue(label: "khop.provider", attributes: .concurrent)
    private let underWay = Mutex(0)

    /// How much and how long.
    struct Limits: Sendable {
        var connectMilliseconds = 5000
        var wholeMilliseconds = 10_000
        var bytes = 1 << 20
    }

    init(limits: Limits = Limits()) { self.limits = limits }

    /// What was answered.
    struct Answer: Sendable {
        let status: Int
        let body: [UInt8]

        /// The body as an object; `nil` if it is none.
        var json: JSON? {
            do {
                let json = try JSON.parse(body)
                return json.members == nil ? nil : json
            } catch { return nil }
        }
    }

    /// What a question is made of.
    struct Question: Sendable {
        let url: String
        /// A form to post; `nil` to get.
        var form: String?
        /// The value of `Authorization`.
        var authorization: String?
    }

    /// Throws ``ProviderFault/unavailable`` unless there is an answer.
    func ask(_ question: Question) async throws(ProviderFault) -> Answer {
        let isTaken = underWay.withLock { count in
            guard count < ProviderConnection.maximumAtOnce else { return false }
            count += 1
            return true
        }
        guard isTaken else { throw .unavailable }
        let limits = limits
        let answer = await withCheckedContinuation { (continuation: CheckedContinuation<Answer?, Never>) in
            queue.async { continuation.resume(returning: ProviderConnection.ask(question, limits)) }
        }
        underWay.withLock { $0 -= 1 }
        guard let answer else { throw .unavailable }
        return answer
    }

    /// What libcurl writes to.
    private final class Received {
        var body: [UInt8] = []
        let maximum: Int

        init(maximum: Int) { self.maximum = maximum }
    }

    private static func ask(_ question: Question, _ limits: Limits) -> Answer? {
        guard let curl = curl_easy_init() else { return nil }
        defer { curl_easy_cleanup(curl) }
        let received = Received(maximum: limits.bytes)
        var headers = curl_slist_append(nil, "Accept: application/json")
        if let authorization = question.authorization {
            headers = curl_slist_append(headers, "Authorization: \(authorization)")
        }
        defer { curl_slist_free_all(headers) }
        khop_curl_set_headers(curl, headers)
        khop_curl_set_text(curl, CURLOPT_URL, question.url)
        khop_curl_set_text(curl, CURLOPT_PROTOCOLS_STR, "http,https")
        khop_curl_set_text(curl, CURLOPT_PROXY, "")
        khop_curl_set_number(curl, CURLOPT_FOLLOWLOCATION, 0)
        khop_curl_set_number(curl, CURLOPT_NOSIGNAL, 1)
        khop_curl_set_number(curl, CURLOPT_CONNECTTIMEOUT_MS, limits.connectMilliseconds)
        khop_curl_set_number(curl, CURLOPT_TIMEOUT_MS, limits.wholeMilliseconds)
        if let form = question.form {
            khop_curl_set_number(curl, CURLOPT_POSTFIELDSIZE, form.utf8.count)
            // Copied at once.
            khop_curl_set_text(curl, CURLOPT_COPYPOSTFIELDS, form)
        }
        khop_curl_set_write(curl) { bytes, size, count, own in
            guard let bytes, let own else { return 0 }
            let received = Unmanaged<Received>.fromOpaque(own).takeUnretainedValue()
            guard received.body.count + size * count <= received.maximum else { return 0 }
            bytes.withMemoryRebound(to: UInt8.self, capacity: size * count) {
                received.body += UnsafeBufferPointer(start: $0, count: size * count)
            }
            return size * count
        }
        khop_curl_set_pointer(curl, CURLOPT_WRITEDATA, Unmanaged.passUnretained(received).toOpaque())
        let result = withExtendedLifetime(received) { curl_easy_perform(curl) }
        let status = Int(khop_curl_status(curl))
        guard result == CURLE_OK, status > 0 else { return nil }
        return Answer(status: status, body: received.body)
    }
}
