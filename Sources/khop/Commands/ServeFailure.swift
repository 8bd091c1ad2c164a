import Collection
import Foundation
import NIOCore
import Values

/// Why the server could not listen, in words that say what to do.
struct ServeFailure: Error {
    let error: ServiceError

    /// `nil` for what is not about the address.
    init?(_ error: any Error, host: String, port: Int) {
        let phrase: Phrase
        switch (error as? IOError)?.errnoCode {
        case EADDRINUSE:
            phrase = Phrase(
                vi: "cổng \(port) đã có chương trình khác dùng: hãy chọn cổng khác bằng KHOP_PORT hoặc --port",
                en: "port \(port) is taken: choose another with KHOP_PORT or --port"
            )
        case EADDRNOTAVAIL: phrase = ServeFailure.unknownHost(host)
        case EACCES:
            phrase = Phrase(
                vi: "không được phép dùng cổng \(port): hãy chọn cổng từ 1024 bằng KHOP_PORT hoặc --port",
                en: "port \(port) is not allowed: choose one from 1024 with KHOP_PORT or --port"
            )
        default:
            guard error is SocketAddressError else { return nil }
            phrase = ServeFailure.unknownHost(host)
        }
        self.error = ServiceError(.invalidParameter, phrase)
    }

    private static func unknownHost(_ host: String) -> Phrase {
        Phrase(
            vi: "máy này không có địa chỉ \(host): hãy chọn địa chỉ khác bằng KHOP_HOST hoặc --host",
            en: "this machine has no address \(host): choose another with KHOP_HOST or --host"
        )
    }
}
