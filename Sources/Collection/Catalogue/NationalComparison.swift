public import FeeSchedule
public import Spreadsheets
public import Values

/// How the catalogue in force differs from the national database of procedures, for one agency on one day.
public struct NationalComparison: Sendable {
    public let agency: String
    public let day: Day
    /// How many procedures were read.
    public let read: Int
    public let differences: [ProcedureDifference]
    /// What could not be read; the rest counts.
    public let faults: [PublishedProcedures.Fault]

    public var json: JSON {
        [
            "agency_code": .string(agency), "on": .text(day), "procedures": .integer(read),
            "differences": .array(
                differences.map { one in
                    [
                        "kind": .string(one.kind.rawValue), "procedure_code": .string(one.code),
                        "name": .string(one.name), "way": .optional(one.way?.word),
                        "here": .string(one.here[.english]), "there": .string(one.there[.english]),
                        "sentence_vi": .string(one.sentence[.vietnamese]),
                        "sentence_en": .string(one.sentence[.english]),
                    ]
                }
            ),
            "faults": .array(
                faults.map { ["pointer": .string($0.pointer), "reason": .string($0.reason[.english])] }
            ),
        ]
    }

    public var sheet: Sheet {
        Sheet(
            name: "Đối chiếu quốc gia",
            title: Phrase(
                vi: "Danh mục đối chiếu với cơ sở dữ liệu quốc gia về thủ tục hành chính",
                en: "The catalogue against the national database of procedures"
            ),
            subtitles: [
                Phrase(
                    vi: "Mức thu của \(agency) ngày \(day.formatted); đã đọc \(read) thủ tục",
                    en: "Prices of \(agency) on \(day.formatted); \(read) procedures read"
                )
            ],
            columns: [
                .init("procedure_code", "Mã", "Code", .text), .init("name", "Thủ tục", "Procedure", .text),
                .init("kind", "Khác ở", "Difference", .text), .init("sentence", "Giải thích", "Explanation", .text),
            ],
            rows: differences.map {
                [.text($0.code), .text($0.name), .words($0.kind.name), .words($0.sentence)]
            },
            footers: faults.map { fault in
                Phrase(
                    vi: "Không đọc được \(fault.pointer): \(fault.reason[.vietnamese])",
                    en: "Cannot be read: \(fault.pointer): \(fault.reason[.english])"
                )
            }
        )
    }
}

extension ProcedureDifference.Kind {
    /// What people call it.
    public var name: Phrase {
        switch self {
        case .missingHere: Phrase(vi: "thiếu ở đây", en: "missing here")
        case .missingThere: Phrase(vi: "thiếu ở quốc gia", en: "missing there")
        case .recoded: Phrase(vi: "đổi mã", en: "another code")
        case .notPublished: Phrase(vi: "thôi công khai", en: "no longer published")
        case .nameDiffers: Phrase(vi: "tên", en: "name")
        case .priceDiffers: Phrase(vi: "mức thu", en: "price")
        case .kindDiffers: Phrase(vi: "phí hay lệ phí", en: "fee or charge")
        case .notComparable: Phrase(vi: "tự so", en: "compare by hand")
        }
    }
}

extension PublishedProcedure.Way {
    fileprivate var word: String {
        switch self {
        case .counter: "counter"
        case .online: "online"
        case .post: "post"
        }
    }
}

extension Tariff {
    /// Holds the catalogue in force against what the national database answered.
    ///
    /// - Parameters:
    ///   - answers: of the service LayThuTuc, or an export of them.
    ///   - agency: whose prices; `nil` for the first by code.
    /// - Throws: `invalid-parameter` for an agency that is unknown or has no unit on the day, or for JSON that is none.
    public func compare(_ answers: [UInt8], agency: String?, on day: Day) async throws -> NationalComparison {
        let parsed: JSON
        do {
            parsed = try JSON.parse(answers)
        } catch {
            throw ServiceError(.invalidParameter, at: "file", error.phrase)
        }
        let published = PublishedProcedures(parsed)
        let schedule = try await current().schedule
        guard let chosen = agency ?? schedule.agencies.keys.min() else {
            throw ServiceError(
                .invalidParameter,
                at: "agency",
                Phrase(vi: "danh mục chưa có cơ quan nào", en: "the catalogue has no agency yet")
            )
        }
        let differences: [ProcedureDifference]
        do {
            differences = try ProcedureComparison.compare(
                schedule,
                with: published.procedures,
                agency: chosen,
                on: day
            )
        } catch {
            throw ServiceError(.invalidParameter, at: "agency", error.reason)
        }
        return NationalComparison(
            agency: chosen,
            day: day,
            read: published.procedures.count,
            differences: differences,
            faults: published.faults
        )
    }
}
