import Values

/// The address that a payment page leads back to. It stands on the government's page, so it leads nowhere that the key's holder
/// did not name beforehand.
struct ReturnURL {
    private let address: WebAddress

    /// `nil` for what is no address in plain form.
    init?(_ text: String) {
        guard let address = WebAddress(text), address.isSecure || address.isLoopback else { return nil }
        self.address = address
    }

    /// What is wrong with text that is none.
    static let form = Phrase(
        vi: "phải là địa chỉ https://… viết đầy đủ, không có tên người dùng và ký tự ngoài ASCII",
        en: "must be a whole address https://…, without a user name and characters beyond ASCII"
    )

    /// Why the holder of a key may not lead there; `nil` if it may.
    ///
    /// - Parameter isDevelopment: whether this is an installation for development: a key that names no hosts may then lead
    ///   anywhere, and pages of this machine need no TLS.
    func refusal(hosts: [String], isDevelopment: Bool) -> Phrase? {
        if isDevelopment, hosts.isEmpty { return nil }
        if address.isSecure || isDevelopment, hosts.contains(address.host) { return nil }
        return Phrase(
            vi: "khóa này không được dẫn về \(address.host): tạo khóa với `--return-host` cho máy chủ của cổng",
            en: "this key may not lead back to \(address.host): create one with `--return-host` for the portal's host"
        )
    }

    /// A host as it is kept with a key.
    static func host(_ text: String) throws -> String {
        guard let host = WebAddress.host(text) else {
            throw ServiceError(
                .invalidParameter,
                at: "return-host",
                Phrase(
                    vi: "“\(text.prefix(80))” không phải là tên máy chủ, như dichvucong.example.vn",
                    en: "“\(text.prefix(80))” is not the name of a host, such as portal.example.vn"
                )
            )
        }
        return host
    }
}
