import CCurl
import Collection
import Foundation
import Synchronization

/// All messages on their way, driven by one thread: however many endpoints are slow, nothing else waits for them.
final class WebhookExchanges: @unchecked Sendable {
    let networks: EventNetworks
    private let multi: UnsafeMutableRawPointer
    private let asked = Mutex(Asked())

    /// What others ask of the thread.
    private struct Asked {
        var new: [WebhookExchange] = []
        var cancelled: [WebhookExchange] = []
        var isStopped = false
    }

    init(_ networks: EventNetworks) {
        self.networks = networks
        guard let multi = curl_multi_init() else { preconditionFailure("there is no memory for libcurl") }
        self.multi = multi
    }

    func start() {
        let thread = Thread { [self] in run() }
        thread.name = "events"
        thread.start()
    }

    /// Ends the thread, and what is on its way.
    func stop() {
        ask { $0.isStopped = true }
    }

    func begin(_ exchange: WebhookExchange, _ continuation: CheckedContinuation<EventAnswer, Never>) {
        exchange.continuation = continuation
        ask { $0.new.append(exchange) }
    }

    func cancel(_ exchange: WebhookExchange) {
        ask { $0.cancelled.append(exchange) }
    }

    /// Wakes the thread within the lock, because the thread lets go of `multi` when it has seen that it is to stop.
    private func ask(_ change: (inout Asked) -> Void) {
        asked.withLock {
            change(&$0)
            curl_multi_wakeup(multi)
        }
    }

    private func run() {
        var open: [ObjectIdentifier: UnsafeMutableRawPointer] = [:]
        var isStopped = false
        while !isStopped {
            let asked = asked.withLock { asked in
                let taken = asked
                (asked.new, asked.cancelled) = ([], [])
                return taken
            }
            isStopped = asked.isStopped
            for exchange in asked.new {
                guard let curl = exchange.open() else { preconditionFailure("there is no memory for libcurl") }
                open[ObjectIdentifier(exchange)] = curl
                curl_multi_add_handle(multi, curl)
            }
            let ended = isStopped ? Array(open.values) : asked.cancelled.compactMap { open[ObjectIdentifier($0)] }
            for curl in ended { end(curl, &open) { _ in .unreachable("cancelled") } }
            var running: Int32 = 0
            curl_multi_perform(multi, &running)
            var left: Int32 = 0
            while let message = curl_multi_info_read(multi, &left) {
                guard message.pointee.msg == CURLMSG_DONE, let curl = message.pointee.easy_handle else { continue }
                let result = khop_curl_result(message)
                end(curl, &open) { WebhookExchanges.answer(result, curl, $0) }
            }
            if !isStopped { curl_multi_poll(multi, nil, 0, 1000, nil) }
        }
        curl_multi_cleanup(multi)
    }

    private func end(
        _ curl: UnsafeMutableRawPointer,
        _ open: inout [ObjectIdentifier: UnsafeMutableRawPointer],
        _ answer: (WebhookExchange) -> EventAnswer
    ) {
        guard let own = khop_curl_private(curl) else { return }
        let exchange = Unmanaged<WebhookExchange>.fromOpaque(own).takeUnretainedValue()
        open[ObjectIdentifier(exchange)] = nil
        curl_multi_remove_handle(multi, curl)
        exchange.wasSent = khop_curl_sent(curl) > 0
        exchange.finish(curl, answer(exchange))
    }

    private static func answer(
        _ result: CURLcode,
        _ curl: UnsafeMutableRawPointer,
        _ exchange: WebhookExchange
    ) -> EventAnswer {
        let status = Int(khop_curl_status(curl))
        switch result {
        // An answer that was cut off is an answer.
        case CURLE_OK where status > 0, CURLE_WRITE_ERROR where status > 0: return .answered(status: status)
        case CURLE_OPERATION_TIMEDOUT: return .silent
        default:
            if exchange.isRefused { return .refused }
            if result == CURLE_PEER_FAILED_VERIFICATION, khop_curl_certificate_expired(curl) != 0 { return .expired }
            return .unreachable(String(cString: curl_easy_strerror(result)))
        }
    }
}
