import Collection
import Identity
import Values

extension Program {
    /// Runs a command that decides, or moves money, as the person who logged in with `khop login`.
    ///
    /// Where a fresh second factor is needed, whoever sits at the terminal is asked for a code.
    static func withPerson<Value>(
        _ permission: Permission,
        account: String? = nil,
        _ body: (Services, ActingPerson) async throws -> Value
    ) async throws -> Value {
        try await withServices { services, settings in
            let token = try SessionFile(settings).token()
            guard let token else { throw notLoggedIn }
            func work() async throws -> Value {
                let caller = try await services.sessions.authenticate(token, .bearer, from: Terminal.origin).caller
                try caller.require(permission)
                let acting = caller.acting(for: permission)
                if let account { try await services.jurisdiction.authorize(account: account, for: acting) }
                let agencies = try await services.jurisdiction.agencies(under: nil, caller: acting)
                return try await body(
                    services,
                    ActingPerson(caller: acting, person: acting.person, agencies: agencies)
                )
            }
            do { return try await work() } catch let error as ServiceError
                where error.code == .secondFactorNeeded && Prompt.isInteractive
            {
                let session = try await services.sessions.authenticate(token, .bearer, from: Terminal.origin)
                _ = try await services.sessions.stepUp(session, code: try Prompt.line(Prompt.code))
                return try await work()
            }
        }
    }

    /// Who acts in a command that needs no login: the person who is logged in, else the system's account.
    static func actor(_ services: Services, _ settings: Settings) async throws -> Person {
        guard let token = try SessionFile(settings).token() else {
            return try Person(commandLine: Terminal.user)
        }
        do {
            return try await services.sessions.authenticate(token, .bearer, from: Terminal.origin).actor
        } catch let error as ServiceError where error.code == .unauthenticated {
            return try Person(commandLine: Terminal.user)
        }
    }

    /// Runs a command that shows personal data; what it is about to show is recorded first.
    static func showing<Value>(_ body: (Services, Settings) async throws -> (Value, Disclosure)) async throws -> Value {
        try await withServices { services, settings in
            let (value, disclosure) = try await body(services, settings)
            try await services.disclosures.record(disclosure, by: try await actor(services, settings))
            return value
        }
    }

    private static let notLoggedIn = ServiceError(
        .unauthenticated,
        Phrase(
            vi:
                "Việc này phải do một người đã đăng nhập thực hiện: chạy `khop login` trước (thêm người bằng `khop person add`).",
            en: "This takes a person who is logged in: run `khop login` first (`khop person add` adds persons)."
        )
    )
}
