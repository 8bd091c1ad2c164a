import CLibpq
import Values

/// How safely a database is reached over the network.
public struct DatabaseTransport: Sendable, Hashable {
    /// Where it is, as the connection string or the environment of libpq says; empty for the usual socket.
    public let hosts: [String]
    /// The `sslmode` in force, libpq's own if none is given.
    public let mode: String
    /// Whether every host is this machine: a socket or a loopback address.
    public let isLocal: Bool

    /// Whether the server's certificate is checked, so that nobody between can be the database.
    public var isVerified: Bool { mode == "verify-full" || mode == "verify-ca" }

    /// Whether secrets and money may travel so.
    public var isSafe: Bool { isLocal || isVerified }
}

extension DatabaseOptions {
    /// How the database is reached; `nil` if the connection string cannot be read, which connecting tells in words.
    public var transport: DatabaseTransport? {
        guard let given = DatabaseOptions.values(PQconninfoParse(url, nil)) else { return nil }
        // What the environment says for what is not given: PGHOST, PGSSLMODE and the like.
        let standard = DatabaseOptions.values(PQconndefaults()) ?? [:]
        func value(_ name: String) -> String { given[name] ?? standard[name] ?? "" }
        let addresses = value("hostaddr").split(separator: ",").map(String.init)
        let hosts = value("host").split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        // A service file may name another host, which is read while connecting.
        let mayMove = !value("service").isEmpty && hosts.allSatisfy(\.isEmpty)
        let reached = addresses.isEmpty ? hosts : addresses
        return DatabaseTransport(
            hosts: reached.filter { !$0.isEmpty },
            mode: value("sslmode"),
            isLocal: !mayMove && reached.allSatisfy(DatabaseOptions.isLocal)
        )
    }

    private static func isLocal(_ host: String) -> Bool {
        // A socket's folder, or an abstract one; nothing at all is the usual socket.
        if host.isEmpty || host.hasPrefix("/") || host.hasPrefix("@") || host == "localhost" { return true }
        return IPAddress(host)?.isLoopback ?? false
    }

    private static func values(_ list: UnsafeMutablePointer<PQconninfoOption>?) -> [String: String]? {
        guard let list else { return nil }
        defer { PQconninfoFree(list) }
        var values: [String: String] = [:]
        var option = list
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { values[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        return values
    }
}
