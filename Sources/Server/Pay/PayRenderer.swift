import Collection
import Cryptography
import FeeSchedule
import HTTPTypes
import Hummingbird
import Mustache
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Sets the pages for payers in their templates, and secures them.
struct PayRenderer: Sendable {
    let installation: Installation
    let mark: PayAssets.File?
    private let library: MustacheLibrary
    private let policy: String

    /// By the name that they are rendered by.
    private static let templates: [(name: String, bytes: [UInt8])] = [
        ("pay_frame", PackageResources.pay_frame_mustache), ("pay_page", PackageResources.pay_page_mustache),
        ("pay_main", PackageResources.pay_main_mustache), ("pay_message", PackageResources.pay_message_mustache),
        ("pay_basket", PackageResources.pay_basket_mustache), ("lookup", PackageResources.lookup_mustache),
        ("pay_onward", PackageResources.pay_onward_mustache),
        ("unsubscribe", PackageResources.unsubscribe_mustache),
    ]

    init(_ installation: Installation) throws {
        self.installation = installation
        mark = installation.mark.map { PayAssets.mark($0) }
        var library = MustacheLibrary()
        for (name, bytes) in PayRenderer.templates {
            try library.register(String(decoding: bytes, as: UTF8.self), named: name)
        }
        self.library = library
        let frames = installation.frameOrigins.isEmpty ? "'none'" : installation.frameOrigins.joined(separator: " ")
        policy =
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors \(frames)"
    }

    private func frame(_ path: String, _ language: Language) -> PayFrame {
        PayFrame(installation, markPath: mark?.path, path: path, in: language)
    }

    /// What changes on a payment page.
    struct Part {
        let html: String
        /// The same for the same content.
        let version: String
        let title: String
    }

    func part(_ view: PayerView, _ names: PayNames, in language: Language) -> Part {
        let page = PayPage(view, names, installation, now: .now(), in: language)
        let model: [String: Any] = [
            "page": page, "frame": frame("", language), "t": PayTexts.texts(language),
        ]
        let html = library.render(model, withTemplate: "pay_main") ?? ""
        let version = hexadecimal(SHA256.hash(Array(html.utf8)).prefix(8))
        let title = [page.amount, page.heading, page.procedure].filter { !$0.isEmpty }.joined(separator: " · ")
        return Part(html: html, version: version, title: title)
    }

    /// - Parameters:
    ///   - isDisplay: whether it is for a second screen at a counter, large and with nothing to click.
    ///   - notify: the form by which the payer asks to be told; `nil` for none.
    func page(
        _ view: PayerView,
        _ names: PayNames,
        isDisplay: Bool = false,
        notify: NotifyForm? = nil,
        in language: Language
    ) -> Response {
        page(
            part(view, names, in: language),
            "/pay/" + view.request.token,
            isDisplay: isDisplay,
            notify: notify,
            in: language
        )
    }

    /// What changes on the page of a basket.
    ///
    /// - Parameters:
    ///   - excesses: what arrived for each of its requests beyond what was due.
    ///   - mayBeSimulated: whether a bank of this installation can be played.
    func part(
        _ basket: Basket,
        excesses: [UUID: Money],
        _ schedule: Schedule,
        mayBeSimulated: Bool,
        in language: Language
    ) -> Part {
        let page = PayBasket(
            basket,
            excesses: excesses,
            schedule,
            now: .now(),
            mayBeSimulated: mayBeSimulated,
            in: language
        )
        let model: [String: Any] = [
            "page": page, "frame": frame("", language), "t": PayTexts.texts(language),
        ]
        let html = library.render(model, withTemplate: "pay_basket") ?? ""
        let title = [page.amount, page.heading, page.what].filter { !$0.isEmpty }.joined(separator: " · ")
        return Part(html: html, version: hexadecimal(SHA256.hash(Array(html.utf8)).prefix(8)), title: title)
    }

    /// The page of a basket.
    func page(
        _ basket: Basket,
        excesses: [UUID: Money],
        _ schedule: Schedule,
        mayBeSimulated: Bool,
        isDisplay: Bool = false,
        in language: Language
    ) -> Response {
        let part = part(basket, excesses: excesses, schedule, mayBeSimulated: mayBeSimulated, in: language)
        return page(part, "/pay/" + basket.token, isDisplay: isDisplay, in: language)
    }

    private func page(
        _ part: Part,
        _ path: String,
        isDisplay: Bool,
        notify: NotifyForm? = nil,
        in language: Language
    ) -> Response {
        html(
            "pay_page",
            [
                "main": part.html, "version": part.version, "title": part.title, "isDisplay": isDisplay,
                "eventsHref": "\(path)/events?lang=\(language.rawValue)&version=\(part.version)",
            ].merging(notify.map { $0.isShown ? ["notify": $0] : [:] } ?? [:]) { $1 },
            path,
            language
        )
    }

    /// What is not there, by where somebody looked for it.
    private static func missing(_ path: String) -> Phrase {
        if path == "/r" || path.hasPrefix("/r/") {
            return Phrase(vi: "Không tìm thấy biên lai này", en: "This receipt was not found")
        }
        if path.hasPrefix("/unsubscribe") {
            return Phrase(vi: "Đường dẫn hủy nhận tin này không đúng", en: "This link does not stop any messages")
        }
        return ["/pay", "/lookup"].contains { path.lowercased().hasPrefix($0) }
            ? Phrase(vi: "Không tìm thấy khoản nộp này", en: "This payment was not found")
            : Phrase(vi: "Không có trang này", en: "There is no such page")
    }

    /// A page that says what is wrong, and what to do.
    func problem(_ problem: Problem, path: String, in language: Language) -> Response {
        let status = problem.type.status
        let passes = status == .serviceUnavailable || status == .tooManyRequests
        let title =
            switch status {
            case .notFound: PayRenderer.missing(path)
            case .serviceUnavailable: Phrase(vi: "Hệ thống đang bận, hãy thử lại", en: "We are busy: please try again")
            default: problem.type.title
            }
        let detail =
            switch status {
            case .notFound where path.hasPrefix("/r"): problem.detail
            case .notFound where path.hasPrefix("/unsubscribe"):
                Phrase(
                    vi: "Đường dẫn có thể bị thiếu ký tự. Hãy mở lại đường dẫn ở cuối tin nhắn đã nhận.",
                    en: "The link may be incomplete. Open the one at the end of the message again."
                )
            case .notFound:
                Phrase(
                    vi: "Đường dẫn có thể bị thiếu ký tự hoặc đã cũ. Chưa có khoản tiền nào bị trừ vì lỗi này.",
                    en: "The link may be incomplete or old. No money was taken because of this."
                )
            case .serviceUnavailable:
                Phrase(
                    vi: "Trang chưa đọc được dữ liệu. Nếu bạn đã chuyển tiền, tiền vẫn được ghi nhận; đừng chuyển lại.",
                    en:
                        "The page cannot read its data right now. If you have paid, your money is safe: do not pay again."
                )
            default: problem.detail
            }
        let next =
            passes
            ? Phrase(vi: "Hãy thử lại sau ít giây.", en: "Try again in a few seconds.")
            : (PayTexts.all["goBack"] ?? problem.detail)
        var response = html(
            "pay_message",
            [
                "title": title[language], "detail": detail[language], "next": next[language], "canRetry": passes,
                "selfHref": path,
            ],
            path,
            language
        )
        response.status = status
        if let seconds = problem.retryAfter { response.headers[.retryAfter] = String(seconds) }
        return response
    }

    /// A page that says what is wrong with an address that is no payer's, and leads to where one may begin again.
    func problem(_ problem: Problem, leadingTo home: String, in language: Language) -> Response {
        let isAbsent = problem.type.status == .notFound
        let title = isAbsent ? Phrase(vi: "Không có trang này", en: "There is no such page") : problem.type.title
        let begin = Phrase(vi: "Về trang đầu của phần này", en: "To the first page of this part")
        var response = html(
            "pay_message",
            [
                "title": title[language], "detail": problem.detail[language], "homeHref": home,
                "homeText": begin[language],
            ],
            home,
            language
        )
        response.status = problem.type.status
        if let seconds = problem.retryAfter { response.headers[.retryAfter] = String(seconds) }
        return response
    }

    /// On to the payment platform. It is no redirect: the form that leads here may only lead to this server.
    func onward(_ address: String, from path: String, in language: Language) -> Response {
        var response = html(
            "pay_onward",
            [
                "title": (PayTexts.all["platformOnward"] ?? PageTexts.foreign)[language],
                "detail": (PayTexts.all["platformHelp"] ?? PageTexts.foreign)[language], "onward": address,
                "selfHref": path + "?lang=" + language.rawValue,
            ],
            path,
            language
        )
        response.headers[HTTPField.Name("Refresh")!] = "0; url=" + address
        return response
    }

    func lookUp(_ page: LookUpPage, in language: Language) -> Response {
        html("lookup", ["look": page, "title": page.title], "/lookup", language)
    }

    func unsubscribing(_ page: UnsubscribePage, _ token: String, in language: Language) -> Response {
        html("unsubscribe", ["page": page, "title": page.title], "/unsubscribe/" + token, language)
    }

    private func html(_ template: String, _ values: [String: Any], _ path: String, _ language: Language) -> Response {
        var model = values
        model["frame"] = frame(path, language)
        model["t"] = PayTexts.texts(language)
        var response = Response.text(library.render(model, withTemplate: template) ?? "", "text/html; charset=utf-8")
        response.headers[.contentSecurityPolicy] = policy
        response.headers[.cacheControl] = "no-store"
        response.headers[.contentLanguage] = language.rawValue
        response.headers[.vary] = "Accept-Language"
        // The link is the key to the page: it must not be passed on to other sites.
        response.headers[HTTPField.Name("Referrer-Policy")!] = "no-referrer"
        return response
    }
}
