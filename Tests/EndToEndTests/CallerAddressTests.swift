import Collection
import Foundation
import Identity
import Server
import TestSupport
import Testing
import Values

/// Whose limits and delays a call falls on, behind a proxy that is named and behind one that is not.
@Suite struct CallerAddressTests {
    private static func with(named isNamed: Bool, _ body: @Sendable (LiveServer) async throws -> Void) async throws {
        var terms = ServiceOptions(publicURL: "http://127.0.0.1:1")
        terms.limits.attemptsPerMinute = 5
        var options = ServerOptions(publicURL: "http://127.0.0.1:1")
        if isNamed { options.trustedProxies = ["127.0.0.1"].compactMap { IPRange($0) } }
        let given = options
        try await TestDatabase.withServices(options: terms) { services in
            try await LiveServer.over(services, given) { try await body($0) }
        }
    }

    /// What a proxy says, in either header.
    private static func from(_ address: String, _ isStandard: Bool) -> [String: String] {
        isStandard ? ["Forwarded": "for=\(address);proto=https"] : ["X-Forwarded-For": "1.1.1.1, \(address)"]
    }

    private static func guess(_ server: LiveServer, _ number: Int, _ headers: [String: String]) async throws -> Int {
        let key = "khop_00000000000000000000000000000000_x\(number)"
        return try await server.send("GET", "/v1/cases", key: key, headers: headers).status
    }

    @Test(arguments: [true, false])
    func `behind a named proxy the limit falls on the caller, and on nobody else`(_ isStandard: Bool) async throws {
        try await Self.with(named: true) { server in
            let guilty = Self.from("203.0.113.7", isStandard)
            for number in 0..<5 {
                let status = try await Self.guess(server, number, guilty)
                #expect(status == 401)
            }
            #expect(try await Self.guess(server, 5, guilty) == 429)
            // What the caller wrote himself, before the proxy's word, changes nothing.
            let disguised = ["X-Forwarded-For": "198.51.100.1, 203.0.113.7"]
            #expect(try await Self.guess(server, 6, disguised) == 429)
            #expect(try await Self.guess(server, 7, Self.from("203.0.113.8", isStandard)) == 401)
        }
    }

    @Test(arguments: [true, false])
    func `behind a proxy that is not named no word about the caller counts`(_ isStandard: Bool) async throws {
        try await Self.with(named: false) { server in
            for number in 0..<5 {
                let status = try await Self.guess(server, number, Self.from("203.0.113.\(number)", isStandard))
                #expect(status == 401)
            }
            #expect(try await Self.guess(server, 5, Self.from("203.0.113.99", isStandard)) == 429)
        }
    }

    private static func logIn(_ server: LiveServer, _ email: String, _ headers: [String: String]) async throws -> Int {
        let body: JSON = ["email": .string(email), "password": "a wrong password", "code": "000000"]
        return try await server.send("POST", "/v1/sessions", headers: headers, json: body).status
    }

    @Test func `failed logins delay the address that they come from`() async throws {
        try await Self.with(named: true) { server in
            let (guilty, other) = (Self.from("203.0.113.7", false), Self.from("203.0.113.8", false))
            for number in 0..<20 {
                #expect(try await Self.logIn(server, "nobody\(number)@test.invalid", guilty) == 401)
            }
            #expect(try await Self.logIn(server, "nobody@test.invalid", guilty) == 429)
            #expect(try await Self.logIn(server, "nobody@test.invalid", other) == 401)
            let subjects = try await server.services.database.query(
                "select subject from login_attempt where subject like 'address:%' order by 1"
            ).map { try $0.get(0, as: String.self) }
            #expect(subjects == ["address:203.0.113.7", "address:203.0.113.8"])
        }
        try await Self.with(named: false) { server in
            for number in 0..<20 {
                let headers = Self.from("203.0.113.\(number)", false)
                let status = try await Self.logIn(server, "nobody\(number)@test.invalid", headers)
                #expect(status == 401)
            }
            #expect(try await Self.logIn(server, "nobody@test.invalid", Self.from("203.0.113.99", false)) == 429)
        }
    }
}
