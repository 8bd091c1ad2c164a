import CCurl
import Collection

/// What libcurl's end of an exchange with a mail server says of the letter: a pure table, for a wrong row would send twice.
enum MailOutcome {
    /// - Parameters:
    ///   - code: the last reply of the server; 0 if there was none.
    ///   - wasHandedOver: whether the last byte of the letter was taken from us. Only then can the server have it.
    static func of(_ result: CURLcode, code: Int, wasHandedOver: Bool) -> MessageAnswer {
        if result == CURLE_OK { return .sent }
        let refused = (400...599).contains(code)
        guard !wasHandedOver else {
            // A reply that refuses what was handed over; anything else leaves open what became of it.
            guard refused, result == CURLE_WEIRD_SERVER_REPLY else {
                return .unknown("the mail server did not answer after the letter was handed over")
            }
            return code >= 500 ? .refused("SMTP \(code)") : .failed("SMTP \(code)")
        }
        switch result {
        case CURLE_LOGIN_DENIED: return .failed("the mail server refuses the login")
        case CURLE_USE_SSL_FAILED: return .failed("the mail server offers no TLS")
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE:
            return .failed("the certificate of the mail server is not trusted")
        // The sender or the recipient is refused, for good or for now.
        case CURLE_SEND_ERROR where code >= 500 && refused, CURLE_RECV_ERROR where code >= 500 && refused:
            return .refused("SMTP \(code)")
        default: return .failed(refused ? "SMTP \(code)" : String(cString: curl_easy_strerror(result)))
        }
    }
}
