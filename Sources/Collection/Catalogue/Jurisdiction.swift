import FeeSchedule
public import Values

/// What a caller who is bound to a locality may see: its agencies, and the accounts that only they collect on.
public struct Jurisdiction: Sendable {
    private let tariff: Tariff

    public init(_ tariff: Tariff) { self.tariff = tariff }

    /// The agencies that lie under a locality and under one that a caller acts for; `nil` for all.
    public func agencies(under locality: String?, caller: Caller) async throws -> [String]? {
        let schedule = try await tariff.current().schedule
        let today = Instant.now().day
        let bound = caller.localities
        guard locality != nil || bound != nil else { return nil }
        if let locality, schedule.localities.units(code: locality).isEmpty {
            throw ServiceError(.invalidParameter, at: "locality", .unknownLocality(locality))
        }
        return schedule.agencies.keys.filter { code in
            guard let unit = schedule.unit(ofAgency: code, on: today) else { return false }
            let chain = schedule.localities.chain(of: unit, on: today).map(\.code)
            return (locality.map(chain.contains) ?? true) && (bound?.contains(where: chain.contains) ?? true)
        }.sorted()
    }

    /// The province that all agencies lie in; `nil` if they lie in several, or if there is none.
    public func soleProvince() async throws -> String? {
        let schedule = try await tariff.current().schedule
        let today = Instant.now().day
        let provinces = schedule.agencies.keys.compactMap { code in
            schedule.unit(ofAgency: code, on: today).flatMap { unit in
                schedule.localities.chain(of: unit, on: today).first { $0.level == .province }?.code
            }
        }
        return Set(provinces).count == 1 ? provinces.first : nil
    }

    /// The names of the agencies by their codes.
    public func agencyNames(in language: Language) async throws -> [String: String] {
        try await tariff.current().schedule.agencies.mapValues { agency in
            language == .vietnamese || agency.nameEn.isEmpty ? agency.nameVi : agency.nameEn
        }
    }

    /// Throws `forbidden` if the caller is bound to a locality and the account is also used by agencies elsewhere.
    public func authorize(account: String, for caller: Caller) async throws {
        guard let allowed = try await agencies(under: nil, caller: caller) else { return }
        let collecting = try await tariff.current().schedule.agencies.filter { $0.value.accountNumber == account }.keys
        let places = (caller.localities ?? []).joined(separator: ", ")
        guard !collecting.isEmpty, collecting.allSatisfy(allowed.contains) else {
            throw ServiceError(
                .forbidden,
                Phrase(
                    vi:
                        "Bạn chỉ làm việc cho địa bàn \(places), còn tài khoản không chỉ của các cơ quan ở đó.",
                    en:
                        "You act for the locality \(places) alone, and the account is not of agencies there alone."
                )
            )
        }
    }

    /// The accounts that only agencies under a caller's locality use, as in ``authorize(account:for:)``; `nil` for all.
    public func accounts(for caller: Caller) async throws -> [String]? {
        guard let allowed = try await agencies(under: nil, caller: caller) else { return nil }
        let all = Dictionary(grouping: try await tariff.current().schedule.agencies, by: { $0.value.accountNumber })
        return all.filter { _, collecting in collecting.allSatisfy { allowed.contains($0.key) } }.keys.sorted()
    }

    /// Whether a locality is, or ever was, another one or below it.
    public func isUnit(_ code: String, under other: String) async throws -> Bool {
        let localities = try await tariff.current().schedule.localities
        return localities.units(code: code).contains { row in
            localities.chain(of: row, on: row.validity.from).contains { $0.code == other }
        }
    }
}
