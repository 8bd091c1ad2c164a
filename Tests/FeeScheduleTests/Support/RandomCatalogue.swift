import Foundation
import TestSupport
import Values

@testable import FeeSchedule

/// A small catalogue in which everything that can meet does meet: ended units, nearest prices, all kinds of rules.
struct RandomCatalogue {
    var rows = CatalogueRows()
    private static let days = ["2025-05-01", "2025-06-30", "2025-07-01", "2025-12-31", "2026-03-15", "2026-11-21"].map {
        Day($0)!
    }

    private static let procedures = ["1.000001", "1.000002"]
    private static let places = ["", "10", "15", "101", "10101", "15001"]

    init(_ random: inout Seeded) {
        addLocalities()
        addAgencies()
        rows.procedures = Self.procedures.map { ProcedureRow(code: $0, nameVi: "p", nameEn: "p", fieldVi: "f") }
        addFees(&random)
        addReductions(&random)
        addDiscounts(&random)
    }

    private static func validity(_ random: inout Seeded) -> Validity {
        let from = random.pick(Self.days)
        let to = random.chance(50) ? nil : from.adding(days: Int.random(in: 0..<400, using: &random))
        return Validity(from: from, to: to)
    }

    private func scope(_ random: inout Seeded) -> Scope {
        Scope(
            kind: random.chance(30) ? random.pick(FeeKind.allCases) : nil,
            procedureCode: random.chance(40) ? random.pick(Self.procedures) : "",
            feeCode: random.chance(40) ? random.pick(Set(rows.fees.map(\.feeCode)).sorted()) : "",
            localityCode: random.chance(40) ? random.pick(Self.places) : ""
        )
    }

    private mutating func addLocalities() {
        let old = Validity(from: Day("2000-01-01")!, to: Day("2025-06-30")!)
        let new = Validity(from: Day("2025-07-01")!, to: nil)
        func unit(_ code: String, _ validity: Validity, _ level: Level, _ parent: String, _ successors: [String] = []) {
            rows.localities.append(
                LocalityRow(
                    code: code,
                    validity: validity,
                    level: level,
                    parentCode: parent,
                    nameVi: code,
                    nameEn: code,
                    successorCodes: successors
                )
            )
        }
        unit("10", old, .province, "", ["15"])
        unit("15", old, .province, "", ["15"])
        unit("15", new, .province, "")
        unit("101", old, .district, "10")
        unit("10101", old, .commune, "101", ["15001"])
        unit("10102", old, .commune, "101", ["15001", "15002"])
        unit("15001", new, .commune, "15")
        unit("15002", new, .commune, "15")
    }

    private mutating func addAgencies() {
        for (index, code) in ["10", "15", "10101", "15001", "101"].enumerated() {
            rows.agencies.append(
                AgencyRow(
                    code: "A\(index)",
                    nameVi: "a",
                    nameEn: "a",
                    localityCode: code,
                    bankBIN: "970436",
                    accountNumber: "1\(index)",
                    accountName: "A"
                )
            )
        }
    }

    private mutating func addFees(_ random: inout Seeded) {
        for number in 0..<Int.random(in: 2..<7, using: &random) {
            let code = "F\(number)"
            let procedure = random.pick(Self.procedures)
            let kind = random.pick(FeeKind.allCases)
            for place in Set((0..<3).map { _ in random.pick(Self.places) }).sorted() {
                rows.fees.append(RandomCatalogue.fee(&random, code, procedure, kind, place, Self.validity(&random)))
            }
        }
    }

    private mutating func addReductions(_ random: inout Seeded) {
        for number in 0..<Int.random(in: 0..<6, using: &random) {
            rows.reductions.append(
                ReductionRow(
                    reductionCode: random.pick(["R", "D", "M"]) + "\(number)",
                    payerCategory: random.pick(["", "poor", "child"]),
                    scope: scope(&random),
                    percent: random.pick([1, 33, 50, 99, 100]),
                    validity: Self.validity(&random),
                    legalBasis: "l"
                )
            )
        }
    }

    private mutating func addDiscounts(_ random: inout Seeded) {
        for number in 0..<Int.random(in: 0..<8, using: &random) {
            let method = random.pick(DiscountRow.Method.allCases)
            let value: Int64 =
                method == .percent ? random.pick([1, 10, 50, 67, 100]) : random.pick([1, 7, 500, 9999, 25_000])
            rows.discounts.append(
                DiscountRow(
                    discountCode: random.pick(["R", "D", "M"]) + "\(number)",
                    channels: Set((0..<3).map { _ in random.pick(Channel.allCases) }).sorted {
                        $0.rawValue < $1.rawValue
                    },
                    scope: scope(&random),
                    method: method,
                    value: value,
                    cumulative: random.chance(35),
                    validity: Self.validity(&random),
                    legalBasis: "l"
                )
            )
        }
    }

    private static func fee(
        _ random: inout Seeded,
        _ code: String,
        _ procedure: String,
        _ kind: FeeKind,
        _ place: String,
        _ validity: Validity
    ) -> FeeRow {
        let calculation: Calculation
        switch Int.random(in: 0..<6, using: &random) {
        case 0:
            calculation = .tiered([
                Tier(first: 1, last: 2, price: Money(2000)), Tier(first: 3, last: nil, price: Money(999)),
            ])
        case 1: calculation = .percent(random.pick([150_000, 1_000_000, 333_333, 12_500_001]))
        default: calculation = .flat
        }
        let minimum = random.chance(15) ? Money(random.pick([0, 1, 3000])) : nil
        let maximum = random.chance(15) ? Money(random.pick([3000, 20_000])) : nil
        return FeeRow(
            feeCode: code,
            procedureCode: procedure,
            kind: kind,
            nameVi: "f",
            nameEn: "f",
            unit: "u",
            amount: Money(random.pick([0, 1, 3, 999, 5000, 15_001, 135_000])),
            localityCode: place,
            validity: validity,
            legalBasis: "l",
            budgetCode: "2716",
            calculation: calculation,
            minimum: minimum,
            maximum: maximum,
            retained: nil,
            refundPolicy: nil
        )
    }

    func request(_ random: inout Seeded) -> AssessmentRequest {
        var items: [AssessmentRequest.Item]?
        let procedure = random.pick(rows.procedures).code
        if random.chance(60) {
            let own = rows.fees.filter { $0.procedureCode == procedure || random.chance(5) }
            if !own.isEmpty {
                items = (0..<Int.random(in: 1..<3, using: &random)).map { _ in
                    let fee = random.pick(own)
                    let isPercent = fee.percentText != ""
                    return AssessmentRequest.Item(
                        feeCode: fee.feeCode,
                        quantity: isPercent && random.chance(90) ? 1 : Int64.random(in: 1..<6, using: &random),
                        baseAmount: isPercent != random.chance(4)
                            ? Money(Int64.random(in: 0..<9_999_999, using: &random)) : nil
                    )
                }
            }
        }
        return AssessmentRequest(
            agencyCode: random.pick(rows.agencies).code,
            procedureCode: procedure + (random.chance(30) ? ".000.00.00.H62" : ""),
            items: items,
            channel: random.pick(Channel.allCases),
            payerCategory: random.pick([nil, "poor", "child", "other"]),
            day: random.pick(Self.days).adding(days: Int.random(in: -2..<40, using: &random))
        )
    }

    var json: JSON {
        func records<Row: CatalogueRow>(_ rows: [Row]) -> JSON {
            .array(rows.map { row in .object(zip(Row.file.columns, row.fields).map { JSON.Member($0, .string($1)) }) })
        }
        return [
            "localities": records(rows.localities), "agencies": records(rows.agencies), "fees": records(rows.fees),
            "reductions": records(rows.reductions), "discounts": records(rows.discounts),
        ]
    }
}
