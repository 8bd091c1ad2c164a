import Casework
import Postgres
public import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Reports {
    /// The dossiers that began in a stretch of days, of one agency and procedure.
    struct DossiersCame {
        /// Its first day.
        let stretch: Day
        let agency: String
        let procedure: String
        let tally: Decision766.Tally
    }

    /// The dossiers that began in a period, by stretch.
    ///
    /// - Parameter starts: the first days of the stretches, in order.
    func dossiersCame(in period: ReportPeriod, _ starts: [Day]) async throws -> ReadDatabase.Found<[DossiersCame]> {
        try await reading.read { tx in
            try Reports.allowTime(tx)
            return try tx.query(DossierSQL.tallies(period, starts, tx)).map { row in
                DossiersCame(
                    stretch: try row.get(0),
                    agency: try row.get(1),
                    procedure: try row.get(2),
                    tally: .init(dossiers: try row.get(3), paidOnline: try row.get(4))
                )
            }
        }
    }

    /// A page of dossiers that count towards 3.6 or do not, ordered by code.
    ///
    /// - Parameters:
    ///   - isCounted: whether they were paid online; `nil` for both.
    ///   - areExempt: those that were exempted in full instead, which are no part of the indicator, but which a portal
    ///     tells the national portal of: otherwise they stay in what it counts by.
    ///   - after: the code of the last dossier of the page before.
    ///   - limit: 1 to 500.
    public func dossiers(
        _ question: NonCashReport.Question,
        procedure: String?,
        isCounted: Bool?,
        areExempt: Bool = false,
        after: String?,
        limit: Int
    ) async throws -> JSON {
        var places = try await ground(for: question).places
        try Paging.check(limit)
        var items: [JSON] = []
        var after = after
        let starts = places.starts
        // The database does not know the localities, so a page may take several reads to fill.
        while items.count < limit {
            let cursor = after
            let rows = try await reading.read { tx in
                try Reports.allowTime(tx)
                return try tx.query(
                    DossierSQL.list(
                        question.period,
                        starts,
                        procedure: procedure,
                        isCounted: isCounted,
                        areExempt: areExempt,
                        after: cursor,
                        limit: 5000
                    )
                )
            }.value
            for row in rows {
                let (stretch, agency, dossier) = (
                    try row.get(0, as: Day.self), try row.get(1, as: String.self), try row.get(3, as: String.self)
                )
                // Two agencies may have a dossier of the same code, so a page ends only between codes.
                if items.count >= limit, dossier != after { break }
                after = dossier
                guard places.unit(of: agency, stretch: stretch) != nil else { continue }
                items.append(try Reports.dossier(row, isExempt: areExempt))
            }
            if rows.count < 5000 { break }
        }
        return ["items": .array(items), "next_cursor": items.count >= limit ? .optional(after) : .null]
    }

    private static func dossier(_ row: Row, isExempt: Bool) throws -> JSON {
        let standing = DossierStanding(
            .init(
                state: try row.code(6),
                isOnline: try row.get(7),
                isReceived: try row.get(8),
                isByPlatform: try row.get(9),
                isExempt: isExempt
            )
        )
        let lines = try row.get(10, as: JSON.self).array ?? []
        return [
            "dossier_code": .string(try row.get(3)), "agency_code": .string(try row.get(1)),
            "procedure_code": .string(try row.get(2)), "started_on": .text(try row.get(4, as: Day.self)),
            "paid_online": .bool(standing.isCounted), "payment_request_id": .string(try row.get(5, as: UUID.self).text),
            "why": .string(standing.why.rawValue), "sentence_vi": .string(standing.sentence[.vietnamese]),
            "sentence_en": .string(standing.sentence[.english]),
            "DuocThanhToanTrucTuyen": .string(String(standing.flag.rawValue)),
            "DanhSachLePhi": .array(lines.map { Reports.nationalFee($0, isOnline: standing.flag != .none) }),
        ]
    }

    /// A line of a dossier as the national portal takes it (`DongBoHoSoMC`): also one of 0 đồng, so that an exempt dossier
    /// leaves the base of the indicator.
    private static func nationalFee(_ line: JSON, isOnline: Bool) -> JSON {
        let kind: JSON = line["kind"] == "fee" ? "1" : "2"
        return [
            "TenPhiLePhi": line["name_vi"] ?? "", "MaPhiLePhi": kind, "HinhThucThu": isOnline ? "2" : "1",
            "Gia": .string(line["payable"]?.integer.map { String($0) } ?? "0"), "LoaiPhiLePhi": kind,
        ]
    }
}
