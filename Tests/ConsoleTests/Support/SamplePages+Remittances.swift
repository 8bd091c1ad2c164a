import Casework
import Console
import FeeSchedule
import Values
import Workflow

@testable import Collection

extension SamplePages {
    private static let payer = TreasuryPayer(
        agencyCode: "H44.01",
        name: "Trung tâm <HCC>",
        address: "1 phố \"Mẫu\"",
        taxCode: "0100000000",
        chapter: "860",
        treasury: ("0011", "KBNN khu vực I"),
        office: ("1054449", "Thuế cơ sở 1"),
        areaCode: "002HH",
        since: Sample.day.adding(days: -200)
    )

    private static let key = RemittanceKey(
        agencyCode: "H44.01",
        accountNumber: Sample.account,
        treasuryAccount: .revenue,
        budgetYear: 2026
    )

    private static func collected(_ code: String, _ name: String, _ amount: Int64, _ rate: Int64, _ days: Int)
        -> CollectedPart
    {
        CollectedPart(
            key: key,
            code: RemittanceCode(chapter: "860", budgetCode: code),
            name: name,
            collected: Money(amount),
            retainedRate: rate,
            deadline: days == 0 ? Sample.ago(hours: 2) : Sample.day.adding(days: days).start
        )
    }

    private static var outlook: RemittanceOutlook {
        let parts = [
            collected("2767", "Lệ phí đăng ký <cư trú>", 120_000, 0, 0),
            collected("2767", "Lệ phí đăng ký <cư trú>", 480_000, 0, 13),
            collected("2716", "Phí chứng thực", 1_000_000, 8500, 13),
        ]
        let ordered = [key: [RemittanceCode(chapter: "860", budgetCode: "2716"): Money(50_000)]]
        return RemittanceOutlook(
            generatedAt: Sample.now,
            years: [2026, 2025],
            payers: [payer],
            items: RemittanceRules.due(parts, ordered: ordered),
            agencyNames: ["H44.01": Phrase(vi: "Trung tâm <HCC>", en: "One-stop <centre>")]
        )
    }

    private static func order(_ state: RemittanceState) -> Remittance {
        func step(_ number: UInt8, _ name: String, _ hours: Int64) -> Remittance.Step {
            Remittance.Step(person: Sample.id(number), name: name, at: Sample.ago(hours: hours))
        }
        let isSent = [.sent, .settled, .returned].contains(state)
        return Remittance(
            id: 7,
            mark: "KHNAB12CD34EF56GH",
            key: key,
            payer: payer,
            dueUntil: Sample.day.adding(days: 13).start,
            amount: Money(700_000),
            memo: "(NSNN!0100000000!1054449!01!(KHNAB12CD34EF56GH Le phi/860/2767/550000)!(Phi/860/2716/150000))",
            state: state,
            made: step(201, "Trần Thị <Mai>", 30),
            approved: state == .made ? nil : step(202, "Lê \"Nam\"", 20),
            sent: isSent ? step(203, "Phạm Hoa", 10) : nil,
            ended: state == .returned ? step(202, "Lê \"Nam\"", 1) : nil,
            note: state == .returned ? "sai mã <KBNN>" : nil,
            settledAt: state == .settled ? Sample.ago(hours: 1) : nil,
            lineID: state == .settled ? 12 : nil,
            bankBIN: "970436",
            accountName: "TT PHUC VU HCC",
            lines: [
                RemittanceLine(
                    code: RemittanceCode(chapter: "860", budgetCode: "2716"),
                    name: "Phí chứng thực",
                    amount: Money(150_000)
                ),
                RemittanceLine(
                    code: RemittanceCode(chapter: "860", budgetCode: "2767"),
                    name: "Lệ phí đăng ký <cư trú>",
                    amount: Money(550_000)
                ),
            ]
        )
    }

    /// What goes to the State Treasury.
    static func remittances(_ language: Language) -> [Named] {
        func page(_ state: RemittanceState) -> RemittancePage {
            RemittancePage(
                order(state),
                agencyName: "Trung tâm <HCC>",
                fault: state == .approved ? ServiceError(.forbidden, .approverCannotTakeOrder("KHN<1>")) : nil,
                for: Sample.caller,
                in: language,
                now: Sample.now
            )
        }
        return [
            (
                "remittances",
                RemittancesPage(
                    outlook,
                    orders: [order(.made), order(.settled)],
                    state: .made,
                    next: 3,
                    for: Sample.caller,
                    in: language,
                    now: Sample.now
                )
            ),
            ("remittance", page(.made)), ("remittance-approved", page(.approved)),
            ("remittance-sent", page(.sent)), ("remittance-returned", page(.returned)),
        ]
    }
}
