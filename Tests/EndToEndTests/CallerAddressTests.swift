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
        terms.limits.attemptsPerMinute = 1
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

    /// Guesses until an address is not listened to any more: one guess a minute is let through.
    private static func exhaust(_ server: LiveServer, _ headers: (Int) -> [String: String]) async throws {
        var number = 0
        try await until("the limit") {
            number += 1
            return try await guess(server, number, headers(number)) == 429
        }
        #expect(number > 1)
    }

    @Test(arguments: [true, false])
    func `behind a named proxy the limit falls on the caller, and on nobody else`(_ isStandard: Bool) async throws {
        try await Self.with(named: true) { server in
            try await Self.exhaust(server) { _ in Self.from("203.0.113.7", isStandard) }
            // What the caller wrote himself, before the proxy's word, changes nothing.
            try await Self.exhaust(server) { ["X-Forwarded-For": "198.51.100.\($0), 203.0.113.9"] }
            for address in ["203.0.113.8", "198.51.100.1"] {
                #expect(try await Self.guess(server, 0, Self.from(address, isStandard)) == 401)
            }
        }
    }

    @Test(arguments: [true, false])
    func `behind a proxy that is not named no word about the caller counts`(_ isStandard: Bool) async throws {
        try await Self.with(named: false) { server in
            try await Self.exhaust(server) { Self.from("203.0.113.\($0)", isStandard) }
        }
    }

    private static func logIn(_ server: LiveServer, _ email: String, _ headers: [String: String]) async throws -> Int {
        let body: JSON = ["email": .string(email), "password": "a wrong password", "code": "000000"]
        return try await server.send("POST", "/v1/sessions", headers: headers, json: body).status
    }

    /// How an address that failed stands, as if it had failed very often.
    private static func failedOften(_ server: LiveServer) async throws -> [String] {
        try await server.services.database.query(
            """
            update login_attempt set failures = 500, last_at = now() where subject like 'address:%' returning subject
            """
        ).map { try $0.get(0) }
    }

    @Test func `failed logins delay the address that they come from`() async throws {
        try await Self.with(named: true) { server in
            let (guilty, other) = (Self.from("203.0.113.7", false), Self.from("203.0.113.8", false))
            let first = try await Self.logIn(server, "nobody@test.invalid", guilty)
            #expect(first == 401)
            #expect(try await Self.failedOften(server) == ["address:203.0.113.7"])
            #expect(try await Self.logIn(server, "another@test.invalid", guilty) == 429)
            #expect(try await Self.logIn(server, "another@test.invalid", other) == 401)
        }
        try await Self.with(named: false) { server in
            let first = try await Self.logIn(server, "nobody@test.invalid", Self.from("203.0.113.7", false))
            #expect(first == 401)
            #expect(try await Self.failedOften(server) == ["address:127.0.0.1"])
            #expect(try await Self.logIn(server, "another@test.invalid", Self.from("203.0.113.8", false)) == 429)
        }
    }
}
