import Collection
import Foundation
public import Values

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Real HTTP calls to a running server, for the demonstration and for banks that are played.
public struct HTTPCaller: Sendable {
    /// Scheme, host and port, without a trailing slash.
    public let baseURL: String

    public init(baseURL: String) { self.baseURL = baseURL }

    /// What the server answered.
    public struct Answer: Sendable {
        public let status: Int
        public let body: [UInt8]

        public var json: JSON { get throws { try JSON.parse(body) } }
    }

    /// Sends a request and returns whatever was answered within 20 seconds; throws if nothing was.
    ///
    /// - Parameter key: an API key, for those who need one.
    public func send(
        _ method: String,
        _ path: String,
        key: String? = nil,
        headers: [String: String] = [:],
        body: [UInt8]? = nil
    ) async throws -> Answer {
        guard let url = URL(string: baseURL + path) else {
            throw ServiceError(
                .invalidParameter,
                at: "--url",
                Phrase(vi: "\(baseURL) không phải là một địa chỉ", en: "\(baseURL) is not an address")
            )
        }
        var request = URLRequest(url: url, timeoutInterval: 20)
        request.httpMethod = method
        if let key { request.setValue("Bearer \(key)", forHTTPHeaderField: "Authorization") }
        request.setValue(Language.ofTerminal.rawValue, forHTTPHeaderField: "Accept-Language")
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        if let body {
            request.httpBody = Data(body)
            if headers["Content-Type"] == nil {
                request.setValue("application/json", forHTTPHeaderField: "Content-Type")
            }
        }
        let (data, response) = try await URLSession.shared.data(for: request)
        guard let response = response as? HTTPURLResponse else {
            throw ServiceError(
                .internalFailure,
                Phrase(vi: "Máy chủ không trả lời bằng HTTP.", en: "The server did not answer in HTTP.")
            )
        }
        return Answer(status: response.statusCode, body: Array(data))
    }

    /// Sends JSON and reads JSON; any status other than success throws an error that quotes the response.
    public func json(_ method: String, _ path: String, key: String, _ body: JSON? = nil) async throws -> JSON {
        let answer = try await send(method, path, key: key, body: body?.bytes)
        guard (200..<300).contains(answer.status) else {
            throw ServiceError(
                .internalFailure,
                Phrase(
                    vi: "\(method) \(path) trả về \(answer.status): \(String(decoding: answer.body, as: UTF8.self))",
                    en: "\(method) \(path) answered \(answer.status): \(String(decoding: answer.body, as: UTF8.self))"
                )
            )
        }
        return try answer.json
    }
}
