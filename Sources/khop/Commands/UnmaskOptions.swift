import ArgumentParser
import Collection
import Identity
import Values

/// Personal data in full, for a reason that the audit keeps.
struct UnmaskOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            vi: "Hiện đầy đủ dữ liệu cá nhân; nêu LÝ DO, được ghi vào nhật ký.",
            en: "Show personal data in full; give the REASON, which the audit keeps."
        )
    ) var unmask: String?

    /// What a person who is logged in sees.
    ///
    /// - Parameter what: what is read, for the audit.
    func sight(_ services: Services, _ caller: Caller, _ what: String) async throws -> PersonalSight {
        guard let unmask else { return PersonalSight(of: caller.rolesThatCount) }
        try await services.unmasking.record(caller, reason: unmask, what: "khop \(what)")
        return .full
    }

    /// What whoever runs a command that needs no login sees: by the roles of the person who is logged in; without one,
    /// everything is masked unless a reason is given.
    func sight(_ services: Services, _ settings: Settings, _ what: String) async throws -> PersonalSight {
        if let token = try SessionFile(settings).token() {
            do {
                return try await sight(
                    services,
                    try await services.sessions.authenticate(token, .bearer, from: Terminal.origin).caller,
                    what
                )
            } catch let error as ServiceError where error.code == .unauthenticated {}
        }
        guard let unmask else { return .none }
        try await services.unmasking.record(
            try await Program.actor(services, settings),
            reason: unmask,
            what: "khop \(what)"
        )
        return .full
    }
}
